/**
 * Which of a region's two names is called: the first, or its documented backup while the first is away.
 *
 * @module
 */

/** How long the host that answered last is asked first. */
const REMEMBER_MS = 300_000;

/** A host and perhaps a second name for it. */
export interface Hosts {
  /** The one to call now. */
  current(): string;
  /** Notes that a host could not be reached; tells whether there is another one to try. */
  leave(failed: string): boolean;
}

/**
 * Begins with the first name.
 *
 * @param first The base URL.
 * @param backup A second one, when there is one.
 * @param now The clock, in milliseconds.
 */
export function hosts(first: string, backup: string | undefined, now: () => number): Hosts {
  /** Until when the backup is asked first. */
  let until = 0;
  const current = () => backup !== undefined && now() < until ? backup : first;
  return {
    current,
    leave(failed) {
      // Another call may have left it already: going on from there would come back to it.
      if (current() === failed) until = failed === first ? now() + REMEMBER_MS : 0;
      return backup !== undefined;
    },
  };
}

/**
 * Which of a region's two names is called: the first, or its documented backup while the first is away.
 *
 * @module
 */

/** How long the host that answered last is asked first. */
const REMEMBER_MS = 300_000;

/** A host and perhaps a second name for it. */
export class Hosts {
  readonly #first: string;
  readonly #backup: string | undefined;
  readonly #now: () => number;
  /** Until when the backup is asked first. */
  #until = -Infinity;

  /**
   * @param first The base URL.
   * @param backup A second one, when there is one.
   * @param now The clock, in milliseconds.
   */
  constructor(first: string, backup: string | undefined, now: () => number) {
    this.#first = first;
    this.#backup = backup;
    this.#now = now;
  }

  /** The one to call now. */
  current(): string {
    return this.#backup !== undefined && this.#now() < this.#until ? this.#backup : this.#first;
  }

  /** Notes that a host could not be reached; tells whether there is another one to try. */
  leave(failed: string): boolean {
    // Another call may have left it already: going on from there would come back to it.
    if (this.current() === failed) {
      this.#until = failed === this.#first ? this.#now() + REMEMBER_MS : -Infinity;
    }
    return this.#backup !== undefined;
  }
}

/**
 * Which of a region's two names is called: the first, or its documented backup while the first is away.
 *
 * @module
 */

/** How long the host that answered last is asked first. */
const REMEMBER_MS = 300_000;

/** A host and perhaps a second name for it. */
export class Hosts {
  readonly #names: readonly string[];
  readonly #now: () => number;
  #chosen = 0;
  #until = 0;

  /**
   * @param names The base URL and, when there is one, its backup.
   * @param now The clock, in milliseconds.
   */
  constructor(names: readonly string[], now: () => number) {
    this.#names = names;
    this.#now = now;
  }

  /** The one to call now. */
  current(): string {
    if (this.#chosen !== 0 && this.#now() >= this.#until) this.#chosen = 0;
    return this.#names[this.#chosen]!;
  }

  /** Notes that a host could not be reached; tells whether there is another one to try. */
  leave(failed: string): boolean {
    if (this.#names.length < 2) return false;
    // Another call may have left it already: going on from there would come back to it.
    if (this.current() === failed) {
      this.#chosen = (this.#chosen + 1) % this.#names.length;
      this.#until = this.#now() + REMEMBER_MS;
    }
    return true;
  }
}

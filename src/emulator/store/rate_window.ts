/**
 * How often something may happen.
 *
 * @module
 */

/** Counts what happens within one second. */
export class RateWindow {
  #second = 0;
  #count = 0;

  /** Counts once more; tells whether that is still within the limit of a second. */
  take(second: number, limit: number): boolean {
    if (second !== this.#second) {
      this.#second = second;
      this.#count = 0;
    }
    return ++this.#count <= limit;
  }
}

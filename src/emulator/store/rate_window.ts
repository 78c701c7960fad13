/**
 * How often something may happen.
 *
 * @module
 */

/** Counts what happens within one second. */
export class RateWindow {
  private _second = 0;
  private _count = 0;

  /** Counts once more; tells whether that is still within the limit of a second. */
  take(second: number, limit: number): boolean {
    if (second !== this._second) {
      this._second = second;
      this._count = 0;
    }
    return ++this._count <= limit;
  }
}

/**
 * How often things happen that are limited by hours, by days, or for a single account.
 *
 * @module
 */

const SECOND = 1000;
/** The spans that limits are documented for, in milliseconds. */
export const SPANS = { second: SECOND, hour: 3600 * SECOND, day: 86_400 * SECOND };

/** Counts by name, each within a span that begins with the first of them. */
export class Frequencies {
  readonly #counts = new Map<string, { until: number; span: number; left: number }>();
  #sweepAt = 1000;

  /**
   * Counts once more.
   *
   * @param now In milliseconds since 1970.
   * @returns Whether it is still within the limit.
   */
  take(name: string, limit: number, span: number, now: number): boolean {
    let count = this.#counts.get(name);
    if (!count || isOver(count, now)) {
      this.#sweep(now);
      this.#counts.set(name, count = { until: now + span, span, left: limit });
    }
    if (count.left === 0) return false;
    count.left--;
    return true;
  }

  /** How many more may come within the span. */
  left(name: string): number {
    return this.#counts.get(name)?.left ?? Infinity;
  }

  /** Forgets what is over, whenever twice as much is remembered as was left before. */
  #sweep(now: number): void {
    if (this.#counts.size < this.#sweepAt) return;
    for (const [name, count] of this.#counts) if (isOver(count, now)) this.#counts.delete(name);
    this.#sweepAt = Math.max(1000, 2 * this.#counts.size);
  }
}

/** A clock that was put back begins anew, too. */
function isOver({ until, span }: { until: number; span: number }, now: number): boolean {
  return now >= until || now < until - span;
}

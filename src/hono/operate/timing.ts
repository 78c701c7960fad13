/**
 * Where a request's time went.
 *
 * @module
 */

/** Stop-watches of one request, for `Server-Timing`, log and metrics. On Workers they stand still while it computes. */
export class Timing {
  /** When the request came, by `performance.now()`. */
  readonly from: number = performance.now();
  /** Time spent on finding out who asks, in milliseconds. */
  auth = 0;
  /** Time spent waiting for the backend, in milliseconds. */
  upstream = 0;

  /** Waits for who asks; one that is remembered takes no time worth telling. */
  async ofAuth<T>(finding: Promise<T>): Promise<T> {
    const from = performance.now();
    const found = await finding;
    this.auth = performance.now() - from;
    return found;
  }

  /** Milliseconds since the request came. */
  total(): number {
    return performance.now() - this.from;
  }

  /** The header. */
  header(total: number): string {
    const own = Math.max(0, total - this.auth - this.upstream);
    return `auth;dur=${tenths(this.auth)}, upstream;dur=${tenths(this.upstream)}, ` +
      `gateway;dur=${tenths(own)}`;
  }
}

/** A number of milliseconds with one decimal; `toFixed` would cost much more. */
export function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}

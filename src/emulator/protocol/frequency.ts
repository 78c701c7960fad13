/**
 * How often a command may be called: the catalogue's calls a second, for each app.
 *
 * @module
 */

import { refuse } from "../refusal.ts";
import type { Command } from "../services/registry.ts";

/** Counts the calls of each app and command in windows of a second, or of the one call's interval. */
export class Frequency {
  readonly #windows = new Map<string, { until: number; left: number }>();

  /**
   * Counts a call.
   *
   * @param nowMs The emulator's time.
   * @throws {Refusal} When it is one too many.
   */
  count(sdkAppId: number, { id, rateLimit, tooOften }: Command, nowMs: number): void {
    const key = `${sdkAppId}/${id}`;
    const length = rateLimit < 1 ? 1000 / rateLimit : 1000;
    let window = this.#windows.get(key);
    // A clock that was put back begins anew.
    if (!window || nowMs >= window.until || nowMs < window.until - length) {
      this.#windows.set(key, window = { until: nowMs + length, left: Math.max(1, rateLimit) });
    }
    if (window.left < 1) {
      refuse(tooOften, `${id} was called more often than ${allowed(rateLimit)}`);
    }
    window.left--;
  }
}

function allowed(rateLimit: number): string {
  if (rateLimit >= 1) return `${rateLimit} times a second`;
  return `once in ${Math.round(1 / rateLimit)} seconds`;
}

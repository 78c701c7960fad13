/**
 * How often a command may be called: the catalogue's calls a second, for each app.
 *
 * @module
 */

import { refuse } from "../refusal.ts";
import type { Command } from "../services/registry.ts";
import { Frequencies } from "../store/frequencies.ts";

/** Counts the calls of each app and command within a second, or within the one call's interval. */
export class Frequency {
  readonly #calls = new Frequencies();

  /**
   * Counts a call.
   *
   * @param nowMs The emulator's time.
   * @returns Whether it is the first within a second that the app's server is warned of.
   * @throws {Refusal} When it is one too many.
   */
  count(sdkAppId: number, { id, rateLimit, tooOften }: Command, nowMs: number): boolean {
    const name = `${sdkAppId}/${id}`;
    const span = rateLimit < 1 ? 1000 / rateLimit : 1000;
    if (!this.#calls.take(name, Math.max(1, rateLimit), span, nowMs)) {
      refuse(tooOften, `${id} was called more often than ${allowed(rateLimit)}`);
    }
    return rateLimit - this.#calls.left(name) === warnedAt(rateLimit);
  }
}

/** The number of calls a second that is over 80 % of what is allowed. */
export function warnedAt(rateLimit: number): number {
  return Math.floor(rateLimit * 0.8) + 1;
}

function allowed(rateLimit: number): string {
  if (rateLimit >= 1) return `${rateLimit} times a second`;
  return `once in ${Math.round(1 / rateLimit)} seconds`;
}

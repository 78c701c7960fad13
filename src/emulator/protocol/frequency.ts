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
   * @throws {Refusal} When it is one too many.
   */
  count(sdkAppId: number, { id, rateLimit, tooOften }: Command, nowMs: number): void {
    const span = rateLimit < 1 ? 1000 / rateLimit : 1000;
    if (this.#calls.take(`${sdkAppId}/${id}`, Math.max(1, rateLimit), span, nowMs)) return;
    refuse(tooOften, `${id} was called more often than ${allowed(rateLimit)}`);
  }
}

function allowed(rateLimit: number): string {
  if (rateLimit >= 1) return `${rateLimit} times a second`;
  return `once in ${Math.round(1 / rateLimit)} seconds`;
}

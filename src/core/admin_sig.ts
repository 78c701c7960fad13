/**
 * The administrator's UserSig: signed once, kept, and renewed well before it ends.
 *
 * @module
 */

import type { SigSource } from "./attempts.ts";
import type { Sign } from "./signing.ts";

/** Lifetime; the error table of the documentation advises at least a day. */
const LIFETIME_SECONDS = 86_400;

/**
 * Signs for a client's administrator; nothing yet.
 *
 * Keeps the finished value, never a promise: a Worker may not wait on another request's.
 */
export function adminSig(sign: Sign, identifier: string, now: () => number): SigSource {
  let kept: string | undefined;
  let signedAt: number;

  async function renewed(time: number): Promise<string> {
    const currentDate = new Date(time);
    const text = await sign({ identifier, expireSeconds: LIFETIME_SECONDS, currentDate });
    signedAt = time;
    return kept = text;
  }

  return {
    // A new one when half the lifetime is over or the clock was set back.
    get() {
      const time = now();
      const age = time - signedAt;
      return kept && age >= 0 && age < LIFETIME_SECONDS * 500 ? kept : renewed(time);
    },
    // Unless another call has dropped it already.
    renew(refused) {
      if (kept === refused) kept = undefined;
      return true;
    },
  };
}

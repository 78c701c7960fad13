/**
 * The administrator's UserSig: signed once, kept, and renewed well before it ends.
 *
 * @module
 */

import type { SigSource } from "./attempts.ts";
import type { Signer } from "./signing.ts";

/** Lifetime; the error table of the documentation advises at least a day. */
const LIFETIME_SECONDS = 86_400;

/**
 * Signs for a client's administrator; nothing yet.
 *
 * Keeps the finished value, never a promise: a Worker may not wait on another request's.
 */
export function adminSig(signer: Signer, identifier: string, now: () => number): SigSource {
  let kept: { text: string; signedAt: number } | undefined;

  async function sign(signedAt: number): Promise<string> {
    const text = await signer.sign({
      identifier,
      expireSeconds: LIFETIME_SECONDS,
      currentDate: new Date(signedAt),
    });
    kept = { text, signedAt };
    return text;
  }

  return {
    // A new one when half the lifetime is over or the clock was set back.
    get() {
      const time = now();
      const age = kept ? time - kept.signedAt : -1;
      return age >= 0 && age < LIFETIME_SECONDS * 500 ? kept!.text : sign(time);
    },
    // Unless another call has dropped it already.
    renew(refused) {
      if (kept?.text === refused) kept = undefined;
      return true;
    },
  };
}

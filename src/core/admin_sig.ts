/**
 * The administrator's UserSig: signed once, kept, and renewed well before it ends.
 *
 * @module
 */

import type { SigSource } from "./attempts.ts";
import type { Signer } from "./signing.ts";

/** Lifetime; the error table of the documentation advises at least a day. */
const LIFETIME_SECONDS = 86_400;

/** Keeps the finished value, never a promise: a Worker may not wait on another request's. */
export class AdminSig implements SigSource {
  readonly #signer: Signer;
  readonly #identifier: string;
  readonly #now: () => number;
  #kept: { text: string; signedAt: number } | undefined;

  /** Signs nothing yet. */
  constructor(signer: Signer, identifier: string, now: () => number) {
    this.#signer = signer;
    this.#identifier = identifier;
    this.#now = now;
  }

  /** The UserSig; a new one when half the lifetime is over or the clock was set back. */
  get(): string | Promise<string> {
    const now = this.#now();
    const age = now - (this.#kept?.signedAt ?? -Infinity);
    return this.#kept && age >= 0 && age < LIFETIME_SECONDS * 500
      ? this.#kept.text
      : this.#sign(now);
  }

  /** Drops a UserSig that the backend refused, unless another call has done so already. */
  renew(refused: string): boolean {
    if (this.#kept?.text === refused) this.#kept = undefined;
    return true;
  }

  async #sign(now: number): Promise<string> {
    const text = await this.#signer.sign({
      identifier: this.#identifier,
      expireSeconds: LIFETIME_SECONDS,
      currentDate: new Date(now),
    });
    this.#kept = { text, signedAt: now };
    return text;
  }
}

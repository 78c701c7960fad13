/**
 * Tokens that were verified, remembered until they expire: a signature costs more than all else.
 *
 * @module
 */

import type { Caller } from "./caller.ts";

/** A bounded memory of verified tokens; the one that was not used for longest goes first. */
export class TokenCache {
  readonly #max: number;
  readonly #kept = new Map<string, { caller: Caller; until: number }>();

  /** @param max How many tokens are kept. */
  constructor(max: number) {
    this.#max = max;
  }

  /** Who a token stands for, unless it is unknown or has expired. */
  get(token: string): Caller | undefined {
    const found = this.#kept.get(token);
    if (found === undefined) return undefined;
    this.#kept.delete(token);
    if (Date.now() >= found.until) return undefined;
    this.#kept.set(token, found);
    return found.caller;
  }

  /** Remembers a token until a moment, in milliseconds since 1970. */
  set(token: string, caller: Caller, until: number): void {
    if (this.#kept.size >= this.#max) this.#kept.delete(this.#kept.keys().next().value!);
    this.#kept.set(token, { caller, until });
  }
}

/**
 * Tokens that were verified, remembered until they expire: a signature costs more than all else.
 *
 * @module
 */

import { dropUnused } from "../limits/drop_unused.ts";
import type { Caller } from "./caller.ts";

interface Kept {
  caller: Caller;
  until: number;
  /** Whether it was used since it was last in line to go. */
  used: boolean;
}

/** A bounded memory of verified tokens; of those that nobody used lately, the oldest goes first. */
export class TokenCache {
  readonly #max: number;
  readonly #kept = new Map<string, Kept>();

  /** @param max How many tokens are kept. */
  constructor(max: number) {
    this.#max = max;
  }

  /** Who a token stands for, unless it is unknown or has expired. */
  get(token: string): Caller | undefined {
    const found = this.#kept.get(token);
    if (found === undefined) return undefined;
    if (Date.now() >= found.until) {
      this.#kept.delete(token);
      return undefined;
    }
    found.used = true;
    return found.caller;
  }

  /** Remembers a token until a moment, in milliseconds since 1970. */
  set(token: string, caller: Caller, until: number): void {
    if (this.#kept.size >= this.#max) dropUnused(this.#kept);
    this.#kept.set(token, { caller, until, used: false });
  }
}

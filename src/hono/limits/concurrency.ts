/**
 * How many requests may be under way at the same time.
 *
 * @module
 */

import { Refusal } from "../problem.ts";

/** Counts requests under way. */
export class Concurrency {
  readonly #max: number;
  readonly #maxPerCaller: number;
  readonly #callers = new Map<string, number>();
  /** How many are under way. */
  underWay = 0;

  /**
   * @param max Of all callers together.
   * @param maxPerCaller Of one caller.
   */
  constructor(max: number, maxPerCaller: number) {
    this.#max = max;
    this.#maxPerCaller = maxPerCaller;
  }

  /** Lets a request in; throws a refusal. */
  enter(): void {
    if (this.underWay >= this.#max) {
      throw new Refusal("too-busy", "Try again in a second", { "retry-after": "1" });
    }
    this.underWay++;
  }

  /** The request is over. */
  leave(): void {
    this.underWay--;
  }

  /** Lets a caller's request in; throws a refusal. */
  enterCaller(identifier: string): void {
    const now = this.#callers.get(identifier) ?? 0;
    if (now >= this.#maxPerCaller) {
      throw new Refusal(
        "too-many-requests",
        `${this.#maxPerCaller} of your requests are under way; wait for their answers`,
        { "retry-after": "1" },
      );
    }
    this.#callers.set(identifier, now + 1);
  }

  /** The caller's request is over. */
  leaveCaller(identifier: string): void {
    const left = this.#callers.get(identifier)! - 1;
    if (left > 0) this.#callers.set(identifier, left);
    else this.#callers.delete(identifier);
  }
}

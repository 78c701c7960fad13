/**
 * One end for a whole call: its own time limit and the caller's signal.
 *
 * @module
 */

import { TimError } from "./errors.ts";

/** Ends everything that belongs to one call, or to one attempt of it. */
export class Deadline {
  /** For `fetch`: aborted at the end of the time, or with the caller's signal. */
  readonly signal: AbortSignal;
  /** Whether a request is out that the backend may act on. */
  sent = false;
  readonly #controller = new AbortController();
  readonly #ended: Promise<never>;
  #reject!: (reason: TimError) => void;
  readonly #endsAt: number;
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #caller: AbortSignal | undefined;
  readonly #onAbort = () => this.#end(this.#aborted());
  readonly #command: string;

  /**
   * Starts the clock.
   *
   * @param command What is called, for the error.
   * @param timeoutMs Time in milliseconds.
   * @param caller The caller's signal, or that of the call which this attempt belongs to.
   */
  constructor(command: string, timeoutMs: number, caller?: AbortSignal) {
    this.signal = this.#controller.signal;
    // One promise for all steps: a listener for each would cost more than all the rest of a call.
    this.#ended = new Promise((_, reject) => this.#reject = reject);
    this.#ended.catch(() => {});
    this.#command = command;
    this.#caller = caller;
    this.#endsAt = performance.now() + timeoutMs;
    this.#timer = setTimeout(() => this.#end(this.#timedOut(timeoutMs)), timeoutMs);
    if (caller?.aborted) this.#onAbort();
    else caller?.addEventListener("abort", this.#onAbort);
  }

  /** What is left of the time, in milliseconds. */
  remainingMs(): number {
    return Math.max(0, this.#endsAt - performance.now());
  }

  /** Waits for a step, but no longer than the call may last. */
  async race<T>(step: Promise<T>): Promise<T> {
    return await Promise.race([step, this.#ended]);
  }

  /** Does nothing for a while. */
  async pause(ms: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await this.race(new Promise<void>((resolve) => timer = setTimeout(resolve, ms)));
    } finally {
      clearTimeout(timer);
    }
  }

  /** Takes the timer and the listener away. */
  close(): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener("abort", this.#onAbort);
  }

  #end(reason: TimError): void {
    this.#reject(reason);
    this.#controller.abort(reason);
  }

  #timedOut(timeoutMs: number): TimError {
    return new TimError(`${this.#command} timed out: no complete answer within ${timeoutMs} ms`, {
      code: "TIM_TIMEOUT",
      kind: "timeout",
      command: this.#command,
      outcomeUnknown: this.sent,
      advice: this.sent
        ? "The backend may have acted on it: read the state before repeating it, and run the doctor"
        : "Nothing was sent; it may be called again",
    });
  }

  #aborted(): TimError {
    const reason = this.#caller?.reason;
    // An attempt ends for the reason for which its call ends.
    if (reason instanceof TimError) return reason;
    return new TimError(`${this.#command} was aborted by the caller's signal`, {
      code: "TIM_ABORTED",
      kind: "aborted",
      command: this.#command,
      outcomeUnknown: this.sent,
      cause: reason,
    });
  }
}

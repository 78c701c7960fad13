/**
 * One end for a whole call: its own time limit and the caller's signal.
 *
 * @module
 */

import { TimError } from "./errors.ts";

/** Ends everything that belongs to one call. */
export class Deadline {
  /** For `fetch`: aborted at the end of the time, or with the caller's signal. */
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #caller: AbortSignal | undefined;
  readonly #onAbort = () => this.#end(this.#aborted());
  readonly #command: string;

  /**
   * @param command What is called, for the error.
   * @param timeoutMs Time for the whole call, in milliseconds.
   * @param caller The caller's signal.
   */
  constructor(command: string, timeoutMs: number, caller?: AbortSignal) {
    this.signal = this.#controller.signal;
    this.#command = command;
    this.#caller = caller;
    this.#timer = setTimeout(() => this.#end(this.#timedOut(timeoutMs)), timeoutMs);
    if (caller?.aborted) this.#onAbort();
    else caller?.addEventListener("abort", this.#onAbort);
  }

  /** Waits for a step, but no longer than the call may last. */
  async race<T>(step: Promise<T>): Promise<T> {
    step.catch(() => {});
    let stop = () => {};
    const ended = new Promise<never>((_, reject) => {
      stop = () => reject(this.signal.reason);
      if (this.signal.aborted) stop();
      else this.signal.addEventListener("abort", stop);
    });
    try {
      return await Promise.race([step, ended]);
    } catch (error) {
      // A step that `fetch` broke off reports the abort in its own words; ours say why.
      throw this.signal.aborted ? this.signal.reason : error;
    } finally {
      this.signal.removeEventListener("abort", stop);
    }
  }

  /** Takes the timer and the listener away. */
  close(): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener("abort", this.#onAbort);
  }

  #end(reason: TimError): void {
    this.#controller.abort(reason);
  }

  #timedOut(timeoutMs: number): TimError {
    return new TimError(`${this.#command} timed out: no complete answer within ${timeoutMs} ms`, {
      code: "TIM_TIMEOUT",
      kind: "timeout",
      command: this.#command,
      outcomeUnknown: true,
      advice: "The backend may have acted on the call. Read the state before repeating it; " +
        "if this happens often, run the doctor",
    });
  }

  #aborted(): TimError {
    return new TimError(`${this.#command} was aborted by the caller's signal`, {
      code: "TIM_ABORTED",
      kind: "aborted",
      command: this.#command,
      outcomeUnknown: true,
      cause: this.#caller?.reason,
    });
  }
}

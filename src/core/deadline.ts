/**
 * One end for a whole call: its own time limit and the caller's signal.
 *
 * @module
 */

import { type Alarm, Alarms } from "./alarms.ts";
import { TimError, type TimErrorInit } from "./errors.ts";

/** Ends everything that belongs to one call, or to one attempt of it. */
export class Deadline {
  readonly #controller = new AbortController();
  /** For `fetch`: aborted at the end of the time, or with the caller's signal. */
  readonly signal: AbortSignal = this.#controller.signal;
  /** Whether a request is out that the backend may act on. */
  sent = false;
  readonly #command: string;
  readonly #alarms: Alarms;
  readonly #alarm: Alarm;
  readonly #caller: AbortSignal | undefined;
  readonly #onAbort = (): void => this.#aborted();
  /** The steps that are waited for; one may be part of another, as a limiter's pause is. */
  readonly #steps = new Set<(reason: unknown) => void>();

  /**
   * Starts the clock.
   *
   * @param command What is called, for the error.
   * @param limit Time in milliseconds, or the timers of that length.
   * @param caller The caller's signal, or that of the call which this attempt belongs to.
   */
  constructor(command: string, limit: number | Alarms, caller?: AbortSignal) {
    this.#command = command;
    this.#alarms = typeof limit === "number" ? new Alarms(limit) : limit;
    this.#alarm = this.#alarms.set(() => this.#timedOut());
    if (caller === undefined) return;
    this.#caller = caller;
    if (caller.aborted) this.#onAbort();
    else caller.addEventListener("abort", this.#onAbort);
  }

  /** What is left of the time, in milliseconds. */
  remainingMs(): number {
    return Math.max(0, this.#alarm.endsAt - performance.now());
  }

  /** Waits for a step, but no longer than the call may last. */
  race<T>(step: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#steps.add(reject);
      if (this.signal.aborted) reject(this.signal.reason);
      const done = () => this.#steps.delete(reject);
      step.then((value) => {
        done();
        resolve(value);
      }, (error) => {
        done();
        reject(error);
      });
    });
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
    this.#alarms.stop(this.#alarm);
    this.#caller?.removeEventListener("abort", this.#onAbort);
  }

  #timedOut(): void {
    this.#end(`timed out: no complete answer within ${this.#alarms.ms} ms`, {
      code: "TIM_TIMEOUT",
      kind: "timeout",
      advice: this.sent
        ? "The backend may have acted on it: read the state before repeating it, and run the doctor"
        : "Nothing was sent; it may be called again",
    });
  }

  #aborted(): void {
    this.#end("was aborted by the caller's signal", {
      code: "TIM_ABORTED",
      kind: "aborted",
      cause: this.#caller!.reason,
    });
  }

  #end(how: string, init: TimErrorInit): void {
    const command = this.#command;
    const facts = { ...init, command, outcomeUnknown: this.sent };
    const reason = new TimError(`${command} ${how}`, facts);
    for (const end of this.#steps) end(reason);
    this.#controller.abort(reason);
  }
}

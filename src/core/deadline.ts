/**
 * One end for a whole call: its own time limit and the caller's signal.
 *
 * @module
 */

import { Alarms } from "./alarms.ts";
import { TimError, type TimErrorInit } from "./errors.ts";

/** Ends everything that belongs to one call, or to one attempt of it. */
export class Deadline {
  readonly #controller = new AbortController();
  /** For `fetch`: aborted at the end of the time, or with the caller's signal. */
  readonly signal: AbortSignal = this.#controller.signal;
  /** Whether a request is out that the backend may act on. */
  sent = false;
  /** What is left of the time, in milliseconds. */
  readonly remainingMs: () => number;
  /** Takes the timer and the listener away. */
  readonly close: () => void;
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
    const end = (how: string, init: TimErrorInit) => {
      const facts = { ...init, command, outcomeUnknown: this.sent };
      const reason = new TimError(`${command} ${how}`, facts);
      for (const step of this.#steps) step(reason);
      this.#controller.abort(reason);
    };
    const alarms = typeof limit === "number" ? new Alarms(limit) : limit;
    const alarm = alarms.set(() =>
      end(`timed out: no complete answer within ${alarms.ms} ms`, {
        code: "TIM_TIMEOUT",
        kind: "timeout",
        advice: this.sent
          ? "The backend may have acted: read the state again before repeating; run the doctor"
          : "Nothing was sent; it may be called again",
      })
    );
    const onAbort = () =>
      end("was aborted by the caller's signal", {
        code: "TIM_ABORTED",
        kind: "aborted",
        cause: caller!.reason,
      });
    if (caller?.aborted) onAbort();
    else caller?.addEventListener("abort", onAbort);
    this.remainingMs = () => Math.max(0, alarm.endsAt - performance.now());
    this.close = () => {
      alarms.stop(alarm);
      caller?.removeEventListener("abort", onAbort);
    };
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
}

/**
 * Timers for time limits, of which hardly any ever goes off.
 *
 * @module
 */

/** What `setTimeout` answers: an object that can be set anew, or a mere number. */
type Timer = number | { refresh(): void; ref(): void; unref(): void };

/** One time limit that is running. */
export interface Alarm {
  /** When it ends, by `performance.now()`. */
  endsAt: number;
  /** What is done then. */
  ring: (() => void) | undefined;
  /** The timer behind it. */
  readonly timer: Timer;
}

/** From so many on, timers are kept: a program that makes a few calls, a test, leaves none behind. */
const BUSY = 1000;

/** Whether timers outlive the request that makes them. Workers' do not, and so they make none outside of one. */
const lasting: boolean = /* @__PURE__ */ (() => {
  try {
    clearTimeout(setTimeout(() => {}, 0));
    return true;
  } catch {
    return false;
  }
})();

/**
 * Time limits of one length. Making a timer is the dearest part of a call on Deno; setting one anew that is
 * there costs a fifth. What is kept for later holds no program up.
 */
export class Alarms {
  /** The length, in milliseconds. */
  declare readonly ms: number;
  readonly #idle: Alarm[] = [];
  #made = 0;

  /** @param ms The length, in milliseconds. */
  constructor(ms: number) {
    this.ms = ms;
  }

  /** Starts a limit. */
  set(ring: () => void): Alarm {
    const alarm = this.#idle.pop() ?? this.#make();
    if (alarm.endsAt && typeof alarm.timer === "object") {
      alarm.timer.refresh();
      alarm.timer.ref();
    }
    alarm.endsAt = performance.now() + this.ms;
    alarm.ring = ring;
    return alarm;
  }

  /** Ends a limit that did not go off, or did. */
  stop(alarm: Alarm): void {
    alarm.ring = undefined;
    const { timer } = alarm;
    if (lasting && this.#made > BUSY && typeof timer === "object") {
      timer.unref();
      this.#idle.push(alarm);
    } else clearTimeout(timer as number);
  }

  #make(): Alarm {
    this.#made++;
    const timer = setTimeout(() => {
      // Where requests' timers mix, one that was set for an earlier use may go off: too early for this one.
      if (performance.now() > alarm.endsAt - 50) alarm.ring?.();
    }, this.ms) as unknown as Timer;
    const alarm: Alarm = { timer, endsAt: 0, ring: undefined };
    return alarm;
  }
}

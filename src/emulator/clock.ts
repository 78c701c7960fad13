/**
 * The emulator's clock: signatures, mutes, message ages and rate windows follow it.
 *
 * @module
 */

/** The last moment of the year 9999: later ones have no date that others understand. */
export const LAST_TIME = 253_402_300_799_999;

/**
 * How a clock differs from the one that it follows; nothing set when it does not.
 *
 * @example A clock that stands still from the beginning
 * ```ts
 * import { type ClockState, createEmulator } from "@tim/edge/emulator";
 *
 * const clock: ClockState = { frozenAt: Date.UTC(2026, 0, 1) };
 * const emulator = createEmulator({ seed: { version: 2, clock, apps: [] } });
 * const { iso, frozen } = await (await emulator.request("/_emulator/clock")).json();
 * console.log(iso, frozen); // 2026-01-01T00:00:00.000Z true
 * ```
 */
export interface ClockState {
  /** By how much it is ahead, in milliseconds. */
  offset?: number;
  /** Where it stands still, in milliseconds since 1970. */
  frozenAt?: number;
}

/** A clock that can be stopped and moved. Times in milliseconds since 1970. */
export class EmulatorClock {
  readonly #source: () => number;
  #offset = 0;
  #frozenAt: number | undefined;

  /** Follows another clock. */
  constructor(source: () => number) {
    this.#source = source;
  }

  /** The time. */
  readonly now = (): number => this.#frozenAt ?? this.#source() + this.#offset;

  /** Whether it stands still. */
  get frozen(): boolean {
    return this.#frozenAt !== undefined;
  }

  /** How it differs from its source. */
  get state(): ClockState {
    if (this.#frozenAt !== undefined) return { frozenAt: this.#frozenAt };
    return this.#offset === 0 ? {} : { offset: this.#offset };
  }

  /** Stands as another one stood. */
  restore({ offset = 0, frozenAt }: ClockState): void {
    this.#offset = offset;
    this.#frozenAt = frozenAt;
  }

  /** Stops it where it is. */
  freeze(): void {
    this.#frozenAt = this.now();
  }

  /** Lets it go on from where it stands. */
  resume(): void {
    if (this.#frozenAt === undefined) return;
    this.#offset = this.#frozenAt - this.#source();
    this.#frozenAt = undefined;
  }

  /** Puts it to a time; frozen or not, it stays so. */
  set(time: number): void {
    if (this.#frozenAt !== undefined) this.#frozenAt = time;
    else this.#offset = time - this.#source();
  }

  /** Follows its source again. */
  reset(): void {
    this.#frozenAt = undefined;
    this.#offset = 0;
  }
}

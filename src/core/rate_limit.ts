/**
 * The documented calls per second, kept on the caller's side, so that the backend never has to refuse.
 *
 * @module
 */

import { ConfigError, isApiError, TimError } from "./errors.ts";

/** After a "too fast" the backend's second must have passed. */
const BACK_OFF_MS = 1000;
/** How much of a second may be used up at once. */
const BURST_MS = 100;
/** Codes that speak of all calls of the app together, and not of one command. */
const WHOLE_APP_CODES = [60011, 60018, 60019];

/**
 * The time that a call has for waiting.
 *
 * @example A limiter in a test, without waiting
 * ```ts
 * import { type Patience, RateLimiter } from "@tim/edge";
 *
 * const pauses: number[] = [];
 * const patience: Patience = {
 *   remainingMs: () => 5000,
 *   pause(ms) {
 *     pauses.push(ms);
 *     return Promise.resolve();
 *   },
 * };
 * const limiter = new RateLimiter({ rateOf: () => 2, now: () => 0 });
 * for (let call = 0; call < 3; call++) await limiter.take("openim/sendmsg", patience);
 * console.log(pauses.join()); // 500,1000
 * ```
 */
export interface Patience {
  /** What is left of it, in milliseconds. */
  remainingMs(): number;
  /** Waits; ends early with the call. */
  pause(ms: number): Promise<void>;
}

/**
 * Decides when a call may go out.
 *
 * @example A gate that holds calls back
 * ```ts
 * import { type Limiter, TimClient } from "@tim/edge";
 *
 * let open = false;
 * const gate: Limiter = {
 *   async take(_command, patience) {
 *     while (!open) await patience.pause(20);
 *   },
 *   heed() {},
 * };
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 *   limiter: gate,
 * });
 * setTimeout(() => open = true, 50); // the maintenance is over
 * const { TotalCount } = await tim.call("group_open_http_svc/get_appid_group_list");
 * console.log(open, TotalCount); // true 1
 * ```
 */
export interface Limiter {
  /**
   * Waits for a command's turn; throws a {@linkcode TimError} of kind `rate-limit` when it comes too late.
   *
   * @param command `service/command`.
   * @param patience The call's time.
   */
  take(command: string, patience: Patience): Promise<void>;
  /**
   * Is told how a call failed, to learn from it.
   *
   * @param command `service/command`.
   * @param error The failure.
   */
  heed(command: string, error: TimError): void;
}

/**
 * What a {@linkcode RateLimiter} is made of.
 *
 * @example One of four processes, with its share
 * ```ts
 * import { RateLimiter, type RateLimiterOptions, TimClient } from "@tim/edge";
 *
 * const options: RateLimiterOptions = {
 *   rateOf: (command) => command.endsWith("/get_appid_group_list") ? 0.4 : undefined,
 *   share: 0.25, // one call in ten seconds
 * };
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 *   limiter: new RateLimiter(options),
 * });
 * await tim.call("group_open_http_svc/get_appid_group_list");
 * const again = tim.call("group_open_http_svc/get_appid_group_list");
 * console.log(await again.catch(({ code }) => code)); // TIM_RATE_LIMIT
 * ```
 */
export interface RateLimiterOptions {
  /** Calls a second of a command; `undefined` where none is documented. */
  rateOf: (command: string) => number | undefined;
  /**
   * Part of the documented rates that this process may use, over 0 up to 1: with four processes, 0.25.
   * @default {1}
   */
  share?: number;
  /** The clock, in milliseconds. @default {performance.now} */
  now?: () => number;
}

/**
 * Spaces a process's calls out: each command gets its documented number a second, evenly spread with a
 * tenth of a second's worth at once. Calls wait their turn, but never beyond their own deadline.
 *
 * It counts in this process only; give several processes a `share` each.
 *
 * @example At most ten a second of one command
 * ```ts
 * import { RateLimiter, TimClient } from "@tim/edge";
 *
 * const limiter = new RateLimiter({
 *   rateOf: (command) => command === "live_engine_http_srv/get_room_list" ? 10 : undefined,
 * });
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 *   limiter,
 * });
 * await Promise.all(
 *   [1, 2, 3].map(() => tim.call("live_engine_http_srv/get_room_list", { Next: "", Count: 20 })),
 * );
 * ```
 */
export class RateLimiter implements Limiter {
  readonly #rateOf: (command: string) => number | undefined;
  readonly #share: number;
  readonly #now: () => number;
  /** When the next call of a command would be on time; "" is the whole app. */
  readonly #due = new Map<string, number>();
  /** Turns that were given back, in their order: by calls that ended while they waited. */
  readonly #free = new Map<string, number[]>();

  /**
   * Makes a limiter; share one among the clients of an app.
   *
   * @param options The rates.
   * @throws {ConfigError} When `share` is out of its range.
   */
  constructor(options: RateLimiterOptions) {
    const { share = 1 } = options;
    if (!(share > 0 && share <= 1)) {
      throw new ConfigError(`share is ${share}, wanted over 0 up to 1`);
    }
    this.#rateOf = options.rateOf;
    this.#share = share;
    this.#now = options.now ?? (() => performance.now());
  }

  /**
   * Waits for a command's turn.
   *
   * @param command `service/command`.
   * @param patience The call's time.
   * @throws {TimError} At once, of kind `rate-limit`, when its turn would come after the deadline.
   */
  async take(command: string, patience: Patience): Promise<void> {
    const now = this.#now();
    const { spacing, burst } = this.#pace(command);
    // After a refusal of the whole app, its calls go out one after the other as well.
    const start = Math.max(this.#due.get("") ?? 0, now);
    const free = (this.#free.get(command) ?? []).filter((turn) => turn >= start);
    const due = free[0] ?? Math.max(this.#due.get(command) ?? 0, start);
    const wait = Math.max(due - burst, start) - now;
    if (wait >= patience.remainingMs()) throw tooMany(command);
    if (free.shift() === undefined) this.#due.set(command, due + spacing);
    this.#free.set(command, free);
    if (!(wait > 0)) return;
    try {
      await patience.pause(wait);
    } catch (error) {
      // Nothing was sent: the turn is for another call, unless a refusal has come in between.
      const turns = this.#free.get(command);
      turns?.push(due);
      turns?.sort((a, b) => a - b);
      throw error;
    }
  }

  /**
   * Learns from a refusal: nothing goes out for a second, of the command or of the whole app.
   *
   * @param command `service/command`.
   * @param error The failure.
   */
  heed(command: string, error: TimError): void {
    if (!isApiError(error) || error.kind !== "rate-limit") return;
    const whole = WHOLE_APP_CODES.includes(error.errorCode);
    const due = this.#now() + BACK_OFF_MS + (whole ? 0 : this.#pace(command).burst);
    const key = whole ? "" : command;
    this.#due.set(key, Math.max(this.#due.get(key) ?? 0, due));
    this.#free.delete(key);
  }

  /** Milliseconds between two calls of a command, and how many of them may be used up at once. */
  #pace(command: string): { spacing: number; burst: number } {
    const spacing = 1000 / ((this.#rateOf(command) ?? Infinity) * this.#share);
    return { spacing, burst: Math.max(0, BURST_MS - spacing) };
  }
}

function tooMany(command: string): TimError {
  return new TimError(
    `${command} was not sent: by its rate its turn would come after its deadline`,
    {
      code: "TIM_RATE_LIMIT",
      kind: "rate-limit",
      command,
      retryable: "after-delay",
      advice: "Call it less often, or give it a longer timeoutMs",
    },
  );
}

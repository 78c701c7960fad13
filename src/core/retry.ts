/**
 * Which failures are tried again, and when. Nothing is repeated that could happen twice.
 *
 * @module
 */

import type { TimError } from "./errors.ts";

/**
 * How often and how patiently a client tries again.
 *
 * @example More attempts, shorter pauses
 * ```ts
 * import { type RetryOptions, TimClient } from "@tim/edge";
 *
 * const retry: RetryOptions = { maxAttempts: 5, baseDelayMs: 20, maxDelayMs: 100 };
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 *   retry,
 *   fetch: () => Promise.reject(new TypeError("no network")),
 * });
 * const call = tim.call("group_open_http_svc/get_appid_group_list");
 * console.log(await call.catch(({ attempts }) => attempts)); // 5
 * ```
 */
export interface RetryOptions {
  /** Attempts for one call, the first one included; 1 turns repeating off. @default {3} */
  maxAttempts?: number | undefined;
  /** The first pause is a random part of this, in milliseconds; each further one of twice as much. @default {100} */
  baseDelayMs?: number | undefined;
  /** No pause is drawn from more than this, in milliseconds. @default {2000} */
  maxDelayMs?: number | undefined;
}

/** What {@linkcode retryDelay} decides by. */
export interface FailedAttempt {
  /** Whether the same command may run twice without harm. */
  idempotent: boolean;
  /** How the attempt failed. */
  error: Pick<TimError, "kind" | "retryable" | "outcomeUnknown" | "status">;
  /** Which attempt it was, from 1. */
  attempt: number;
  /** How much of the call's time is left, in milliseconds. */
  remainingMs: number;
}

/** After a "too fast" the backend's second must have passed. */
const RATE_PAUSE_MS = 1000;

/**
 * Decides whether a failed attempt is made again, and after how many milliseconds.
 *
 * @param failed The command, the failure and the attempt.
 * @param options How often and how patiently.
 * @param random A number from 0 up to 1, for the jitter.
 * @returns The pause, or `undefined` when the failure stands.
 */
export function retryDelay(
  { idempotent, error, attempt, remainingMs }: FailedAttempt,
  options: Required<RetryOptions>,
  random: () => number,
): number | undefined {
  if (attempt >= options.maxAttempts || !worthRepeating(error, idempotent)) return undefined;
  const spread = Math.min(options.maxDelayMs, options.baseDelayMs * 2 ** (attempt - 1));
  const pause = (error.retryable === "after-delay" ? RATE_PAUSE_MS : 0) + random() * spread;
  return pause < remainingMs ? pause : undefined;
}

function worthRepeating(error: FailedAttempt["error"], idempotent: boolean): boolean {
  const { kind, retryable, outcomeUnknown, status } = error;
  // An answer got lost, but twice is as good as once.
  if (retryable === false) {
    return idempotent &&
      (kind === "timeout" || (kind === "network" && (status === undefined || status >= 500)));
  }
  // Or the backend surely did not act: not reached, or refused before anything happened.
  return idempotent || !outcomeUnknown;
}

/**
 * Keeps a client from making an outage worse: retries may be a tenth of the calls, and ten at a stretch.
 */
export class RetryBudget {
  #tokens = 10;

  /** Notes a call that went well. */
  refill(): void {
    this.#tokens = Math.min(10, this.#tokens + 0.1);
  }

  /** Takes what one retry costs; `false` when there is nothing left. */
  take(): boolean {
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

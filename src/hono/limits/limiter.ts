/**
 * Rate limits behind one interface, wherever they are counted.
 *
 * @module
 */

import { checkCount, checkKeys } from "../check_keys.ts";

/** What a limiter says. */
export interface LimitVerdict {
  /** Whether the cost was taken; when not, nothing was. */
  allowed: boolean;
  /** When it is worth trying again, in milliseconds; absent when the limiter does not know. */
  retryAfterMs?: number;
}

/** Counts what callers use. */
export interface GatewayLimiter {
  /**
   * Takes a cost from what a key may still use.
   *
   * @param key Who uses it.
   * @param cost How much, from 1.
   * @returns Whether there was enough.
   */
  take(key: string, cost: number): LimitVerdict | Promise<LimitVerdict>;
}

/** How much a key may use: a bucket that holds `calls` and fills again within `perSeconds`. */
export interface Rate {
  /** How many at once, and in each period. */
  calls: number;
  /** The period, in seconds. @default {1} */
  perSeconds?: number;
}

/** A rate that was checked, in milliseconds. */
export interface CheckedRate {
  calls: number;
  perMs: number;
}

/**
 * Checks a rate.
 *
 * @throws {ConfigError} When a number makes no sense.
 */
export function checkRate(where: string, rate: Rate, more: readonly string[] = []): CheckedRate {
  checkKeys(where, rate, ["calls", "perSeconds", ...more]);
  checkCount(`${where}.calls`, rate.calls, 1);
  checkCount(`${where}.perSeconds`, rate.perSeconds ?? 1, 1);
  return { calls: rate.calls, perMs: (rate.perSeconds ?? 1) * 1000 };
}

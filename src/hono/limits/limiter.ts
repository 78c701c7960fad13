/**
 * Rate limits behind one interface, wherever they are counted.
 *
 * @module
 */

import { checkCount, checkKeys } from "../check_keys.ts";

/**
 * What a limiter says.
 *
 * @example How long to wait
 * ```ts
 * import { type LimitVerdict, memoryLimiter } from "@tim/edge/hono";
 *
 * const limiter = memoryLimiter({ calls: 1, perSeconds: 3600 });
 * await limiter.take("alice", 1);
 * const { allowed, retryAfterMs }: LimitVerdict = await limiter.take("alice", 1);
 * console.log(allowed, Math.round(retryAfterMs! / 60_000)); // false 60
 * ```
 */
export interface LimitVerdict {
  /** Whether the cost was taken; when not, nothing was. */
  allowed: boolean;
  /** When it is worth trying again, in milliseconds; absent when the limiter does not know. */
  retryAfterMs?: number;
}

/**
 * Counts what callers use.
 *
 * @example Two rates, both of which must hold
 * ```ts
 * import { type GatewayLimiter, memoryLimiter } from "@tim/edge/hono";
 *
 * const day = memoryLimiter({ calls: 5000, perSeconds: 86_400 });
 * const second = memoryLimiter({ calls: 2 });
 * const perCaller: GatewayLimiter = { // for the gateway's option `limits`
 *   async take(key, cost) {
 *     const verdict = await second.take(key, cost);
 *     return verdict.allowed ? await day.take(key, cost) : verdict;
 *   },
 * };
 * const verdicts = await Promise.all([1, 2, 3].map(() => perCaller.take("alice", 1)));
 * console.log(verdicts.map(({ allowed }) => allowed).join(" ")); // true true false
 * ```
 */
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

/**
 * How much a key may use: a bucket that holds `calls` and fills again within `perSeconds`.
 *
 * @example Two a minute for each caller, a thousand a second for all
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, hashApiKey, makeApiKey, type Rate } from "@tim/edge/hono";
 *
 * const perCaller: Rate = { calls: 2, perSeconds: 60 };
 * const perApp: Rate = { calls: 1000 };
 * const key = makeApiKey();
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: await hashApiKey(key), identifier: "reports" }],
 *   limits: { perCaller, perApp },
 * });
 * const ask = () => gateway.request("/whoami", { headers: { "x-api-key": key } });
 * console.log((await ask()).status, (await ask()).status, (await ask()).status); // 200 200 429
 * ```
 */
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

/**
 * Rate limits counted in this process.
 *
 * @module
 */

import { checkCount } from "../check_keys.ts";
import { type Bucket, takeFrom } from "./bucket.ts";
import { dropUnused } from "./drop_unused.ts";
import { checkRate, type GatewayLimiter, type Rate } from "./limiter.ts";

/**
 * What {@linkcode memoryLimiter} takes.
 *
 * @example Room for few callers
 * ```ts
 * import { memoryLimiter, type MemoryLimiterOptions } from "@tim/edge/hono";
 *
 * const options: MemoryLimiterOptions = { calls: 1, perSeconds: 3600, maxKeys: 2 };
 * const limiter = memoryLimiter(options);
 * for (const key of ["alice", "bob", "mira"]) await limiter.take(key, 1);
 * // The third took the place of the first, which begins anew.
 * console.log((await limiter.take("alice", 1)).allowed); // true
 * ```
 */
export interface MemoryLimiterOptions extends Rate {
  /** How many keys are remembered; of those not used lately, the oldest goes first. @default {50000} */
  maxKeys?: number;
}

/**
 * Counts in the memory of this process, or of this isolate on Workers: with several of them, a caller may
 * use the rate in each.
 *
 * @example Three at once
 * ```ts
 * import { memoryLimiter } from "@tim/edge/hono";
 *
 * const limiter = memoryLimiter({ calls: 3 });
 * const verdicts = await Promise.all([1, 2, 3, 4].map(() => limiter.take("alice", 1)));
 * console.log(verdicts.filter(({ allowed }) => allowed).length); // 3
 * ```
 *
 * @param options The rate.
 * @throws {ConfigError} When a number makes no sense.
 */
export function memoryLimiter(options: MemoryLimiterOptions): GatewayLimiter {
  const rate = checkRate("memoryLimiter", options, ["maxKeys"]);
  const maxKeys = options.maxKeys ?? 50_000;
  checkCount("memoryLimiter.maxKeys", maxKeys, 1);
  const buckets = new Map<string, Bucket & { used: boolean }>();
  return {
    take(key, cost) {
      const now = Date.now();
      let bucket = buckets.get(key);
      if (bucket === undefined) {
        if (buckets.size >= maxKeys) dropUnused(buckets);
        buckets.set(key, bucket = { left: rate.calls, at: now, used: false });
      } else bucket.used = true;
      return takeFrom(bucket, cost, rate, now);
    },
  };
}

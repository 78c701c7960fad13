/**
 * Rate limits counted in Durable Objects.
 *
 * @module
 */

import { ask, type DurableNamespace } from "../durable/namespace.ts";
import { checkRate, type LimitVerdict, type Rate, type RateLimiter } from "./limiter.ts";

/**
 * Counts in one Durable Object for each key, exactly and for all of Cloudflare's locations; it costs a way to
 * the object, tens of milliseconds when that is on another continent.
 *
 * @param namespace `env.TIM_EDGE`, bound to the class `GatewayObject`.
 * @param rate The rate.
 * @throws {ConfigError} When a number makes no sense.
 */
export function durableLimiter(namespace: DurableNamespace, rate: Rate): RateLimiter {
  const { calls, perMs } = checkRate("durableLimiter", rate);
  return {
    take: (key, cost) =>
      ask<LimitVerdict>(namespace, `limit:${calls}/${perMs}:${key}`, {
        do: "take",
        cost,
        calls,
        perMs,
      }),
  };
}

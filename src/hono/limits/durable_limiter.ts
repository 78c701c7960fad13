/**
 * Rate limits counted in Durable Objects.
 *
 * @module
 */

import { ask, type DurableNamespace } from "../durable/namespace.ts";
import { checkRate, type GatewayLimiter, type LimitVerdict, type Rate } from "./limiter.ts";

/**
 * Counts in one Durable Object for each key, exactly and for all of Cloudflare's locations; it costs a way to
 * the object, tens of milliseconds when that is on another continent.
 *
 * @example In a Worker
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import {
 *   createGateway,
 *   durableLimiter,
 *   type DurableNamespace,
 *   type Gateway,
 * } from "@tim/edge/hono";
 *
 * export { GatewayObject } from "@tim/edge/hono"; // bound as TIM_EDGE in wrangler.jsonc
 *
 * interface Env {
 *   TIM_SECRET_KEY: string;
 *   TIM_EDGE: DurableNamespace;
 * }
 *
 * let gateway: Gateway | undefined;
 *
 * export default {
 *   fetch(request: Request, env: Env, context: Parameters<Gateway["fetch"]>[2]) {
 *     gateway ??= createGateway({
 *       client: new TimClient({ sdkAppId: 1400000000, secretKey: env.TIM_SECRET_KEY }),
 *       apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 *       limits: { perCaller: durableLimiter(env.TIM_EDGE, { calls: 100, perSeconds: 60 }) },
 *     });
 *     return gateway.fetch(request, env, context);
 *   },
 * };
 * ```
 *
 * @param namespace `env.TIM_EDGE`, bound to the class `GatewayObject`.
 * @param rate The rate.
 * @throws {ConfigError} When a number makes no sense.
 */
export function durableLimiter(namespace: DurableNamespace, rate: Rate): GatewayLimiter {
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

/**
 * Rate limits of the Workers platform.
 *
 * @module
 */

import type { GatewayLimiter } from "./limiter.ts";

/**
 * The binding that `ratelimits` in `wrangler.jsonc` gives, with its rate written there.
 *
 * @example In a test, in the binding's place
 * ```ts
 * import { type RateLimitBinding, workersLimiter } from "@tim/edge/hono";
 *
 * const PER_CALLER: RateLimitBinding = {
 *   limit: ({ key }) => Promise.resolve({ success: key !== "caller:greedy" }),
 * };
 * const limiter = workersLimiter(PER_CALLER);
 * console.log((await limiter.take("caller:greedy", 1)).allowed); // false
 * ```
 */
export interface RateLimitBinding {
  /** Counts one. */
  limit(options: { key: string }): Promise<{ success: boolean }>;
}

/**
 * Counts with the platform's rate-limiting binding: fast, and apart in each of Cloudflare's locations, where
 * it is about right and not exact.
 *
 * @example In a Worker
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import {
 *   createGateway,
 *   type Gateway,
 *   type RateLimitBinding,
 *   workersLimiter,
 * } from "@tim/edge/hono";
 *
 * interface Env {
 *   TIM_SECRET_KEY: string;
 *   PER_CALLER: RateLimitBinding; // "ratelimits" in wrangler.jsonc
 * }
 *
 * let gateway: Gateway | undefined;
 *
 * export default {
 *   fetch(request: Request, env: Env, context: Parameters<Gateway["fetch"]>[2]) {
 *     gateway ??= createGateway({
 *       client: new TimClient({ sdkAppId: 1400000000, secretKey: env.TIM_SECRET_KEY }),
 *       apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 *       limits: { perCaller: workersLimiter(env.PER_CALLER) },
 *     });
 *     return gateway.fetch(request, env, context);
 *   },
 * };
 * ```
 *
 * @param binding `env.MY_LIMITER`.
 */
export function workersLimiter(binding: RateLimitBinding): GatewayLimiter {
  return {
    async take(key, cost) {
      for (let taken = 0; taken < cost; taken++) {
        if (!(await binding.limit({ key })).success) return { allowed: false };
      }
      return { allowed: true };
    },
  };
}

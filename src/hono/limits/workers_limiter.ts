/**
 * Rate limits of the Workers platform.
 *
 * @module
 */

import type { RateLimiter } from "./limiter.ts";

/** The binding that `ratelimits` in `wrangler.jsonc` gives, with its rate written there. */
export interface RateLimitBinding {
  /** Counts one. */
  limit(options: { key: string }): Promise<{ success: boolean }>;
}

/**
 * Counts with the platform's rate-limiting binding: fast, and apart in each of Cloudflare's locations, where
 * it is about right and not exact.
 *
 * @param binding `env.MY_LIMITER`.
 */
export function workersLimiter(binding: RateLimitBinding): RateLimiter {
  return {
    async take(key, cost) {
      for (let taken = 0; taken < cost; taken++) {
        if (!(await binding.limit({ key })).success) return { allowed: false };
      }
      return { allowed: true };
    },
  };
}

/**
 * Idempotency-Keys in Durable Objects.
 *
 * @module
 */

import { ask, type DurableNamespace } from "../durable/namespace.ts";
import type { IdempotencyStore } from "./store.ts";

/**
 * Remembers in one Durable Object for each key, for all of Cloudflare's locations, on disk; an answer may
 * have up to 120 kB, and the call is in doubt when it is larger.
 *
 * @example In a Worker
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import {
 *   createGateway,
 *   durableIdempotency,
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
 *       idempotency: { store: durableIdempotency(env.TIM_EDGE) },
 *     });
 *     return gateway.fetch(request, env, context);
 *   },
 * };
 * ```
 *
 * @param namespace `env.TIM_EDGE`, bound to the class `GatewayObject`.
 */
export function durableIdempotency(namespace: DurableNamespace): IdempotencyStore {
  const name = (key: string) => `once:${key}`;
  return {
    begin: (key, options) => ask(namespace, name(key), { do: "begin", ...options }),
    finish: (key, answer) => ask(namespace, name(key), { do: "finish", answer }),
    doubt: (key) => ask(namespace, name(key), { do: "doubt" }),
    release: (key) => ask(namespace, name(key), { do: "release" }),
  };
}

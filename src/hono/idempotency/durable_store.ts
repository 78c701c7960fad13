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

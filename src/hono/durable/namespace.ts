/**
 * How the Worker talks to its Durable Objects.
 *
 * @module
 */

import type { DurableCommand } from "./gateway_object.ts";

/**
 * The binding that `durable_objects` in `wrangler.jsonc` gives.
 *
 * @example Counted in this process where nothing is bound
 * ```ts
 * import { durableLimiter, type DurableNamespace, memoryLimiter } from "@tim/edge/hono";
 *
 * interface Env {
 *   TIM_EDGE?: DurableNamespace; // "durable_objects" in wrangler.jsonc; not there in tests
 * }
 *
 * const rate = { calls: 20 };
 * const limiterOf = ({ TIM_EDGE }: Env) =>
 *   TIM_EDGE ? durableLimiter(TIM_EDGE, rate) : memoryLimiter(rate);
 * console.log((await limiterOf({}).take("alice", 1)).allowed); // true
 * ```
 */
export interface DurableNamespace {
  /** The id of the object of that name. */
  idFromName(name: string): unknown;
  /** The object, to talk to. */
  // deno-lint-ignore no-explicit-any -- the platform's own id type is not in this module's world
  get(id: any): { fetch(url: string, init: RequestInit): Promise<Response> };
}

/** Sends a command to the object of a name. */
export async function ask<T>(
  namespace: DurableNamespace,
  name: string,
  command: DurableCommand,
): Promise<T> {
  const response = await namespace.get(namespace.idFromName(name)).fetch("https://gateway/", {
    method: "POST",
    body: JSON.stringify(command),
  });
  if (!response.ok) throw new Error(`The Durable Object answered ${response.status}`);
  return await response.json() as T;
}

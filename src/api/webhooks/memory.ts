/**
 * Remembers which callbacks came, so that one that is sent again is not handled again.
 *
 * @module
 */

import { ConfigError } from "../../core/errors.ts";
import { sha256Hex } from "../../core/sha256.ts";

/**
 * Where callbacks are remembered. Taking must be one step: of two requests one gets the id.
 *
 * @example In Redis, for several processes
 * ```ts
 * import { connectRedis } from "@tim/edge/redis";
 * import { webhookHandler, type WebhookMemory } from "@tim/edge/webhooks";
 *
 * const redis = connectRedis("redis://127.0.0.1:6379");
 * const memory: WebhookMemory = {
 *   take: async (id, forMs) =>
 *     await redis.command("SET", `callback:${id}`, "1", "NX", "PX", `${forMs}`) === "OK",
 *   release: async (id) => void await redis.command("DEL", `callback:${id}`),
 * };
 * const handle = webhookHandler({ sdkAppId: 1400000000, token: "a token", on: {}, memory });
 * export default { fetch: (request: Request) => handle(request) };
 * ```
 */
export interface WebhookMemory {
  /**
   * Takes an id.
   *
   * @param id Stands for the callback: its time, its name and its body.
   * @param forMs How long it is remembered, in milliseconds.
   * @returns Whether nobody had taken it.
   */
  take(id: string, forMs: number): boolean | Promise<boolean>;
  /** Frees an id: its callback could not be handled, and may come again. */
  release(id: string): void | Promise<void>;
}

/**
 * What {@linkcode webhookMemory} takes.
 *
 * @example A memory whose clock a test moves
 * ```ts
 * import { webhookMemory, type WebhookMemoryOptions } from "@tim/edge/webhooks";
 *
 * let time = 0;
 * const options: WebhookMemoryOptions = { maxKeys: 1000, now: () => time };
 * const memory = webhookMemory(options);
 * console.log(memory.take("a", 60_000), memory.take("a", 60_000)); // true false
 * time = 60_000;
 * console.log(memory.take("a", 60_000)); // true
 * ```
 */
export interface WebhookMemoryOptions {
  /** How many callbacks are remembered; beyond it the oldest are forgotten. @default {100000} */
  maxKeys?: number;
  /** The clock, in milliseconds since 1970. @default {Date.now} */
  now?: () => number;
}

/**
 * Remembers in this process; another one, or another isolate of a Worker, knows nothing of it.
 *
 * @example What is sent again is not handled again
 * ```ts
 * import { webhookHandler, webhookMemory } from "@tim/edge/webhooks";
 *
 * export default {
 *   fetch: webhookHandler({
 *     sdkAppId: 1400000000,
 *     token: "the token in the console",
 *     on: { "Group.CallbackAfterSendMsg": ({ body }) => console.log(body.GroupId) },
 *     memory: webhookMemory({ maxKeys: 10_000 }),
 *   }),
 * };
 * ```
 *
 * @param options How much is remembered.
 * @throws {ConfigError} When `maxKeys` is no whole number over 0.
 */
export function webhookMemory(options: WebhookMemoryOptions = {}): WebhookMemory {
  const { maxKeys = 100_000, now = Date.now } = options;
  if (!(Number.isInteger(maxKeys) && maxKeys > 0)) {
    throw new ConfigError(`maxKeys is ${maxKeys}, wanted a whole number over 0`);
  }
  const until = new Map<string, number>();
  return {
    take(id, forMs) {
      const at = now();
      if ((until.get(id) ?? 0) > at) return false;
      until.delete(id);
      // All are kept for about as long, so the first are the oldest.
      for (const [oldest, end] of until) {
        if (end > at && until.size < maxKeys) break;
        until.delete(oldest);
      }
      until.set(id, at + forMs);
      return true;
    },
    release: (id) => void until.delete(id),
  };
}

/** The id of a callback. An address that names another client, or orders its parts anew, is the same. */
export async function webhookId(url: string, command: string, body: object): Promise<string> {
  const time = new URL(url).searchParams.get("RequestTime");
  return await sha256Hex(JSON.stringify([time, command, body]));
}

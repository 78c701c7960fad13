/**
 * Idempotency keys kept in Redis, for several processes.
 *
 * @module
 */

import { checkKeys } from "../check_keys.ts";
import type { RedisCommands } from "../limits/redis_limiter.ts";
import type { Begun, IdempotencyStore, StoredAnswer } from "./store.ts";

/**
 * What {@linkcode redisIdempotency} takes besides the connection.
 *
 * @example Names that tell whose the keys are
 * ```ts
 * import {
 *   type RedisCommands,
 *   redisIdempotency,
 *   type RedisIdempotencyOptions,
 * } from "@tim/edge/hono";
 *
 * const sent: string[][] = [];
 * const redis: RedisCommands = { command: async (...words) => sent.push(words) };
 * const options: RedisIdempotencyOptions = { prefix: "chat:staging:once:" };
 * await redisIdempotency(redis, options).release("order-17");
 * console.log(sent[0]!.join(" ")); // DEL chat:staging:once:order-17
 * ```
 */
export interface RedisIdempotencyOptions {
  /** What the names of its keys begin with. @default {"tim-edge:once:"} */
  prefix?: string;
}

/** `beginRecord` of `record.ts`, run by Redis in one piece and by its clock; the key goes by itself when its time is over. */
const BEGIN = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local kept = redis.call('HMGET', KEYS[1], 'fingerprint', 'state', 'from', 'answer')
if not kept[1] then
  redis.call('HSET', KEYS[1], 'fingerprint', ARGV[1], 'state', 'running', 'from', string.format('%d', now))
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return {'new'}
end
if kept[1] ~= ARGV[1] then return {'other'} end
if kept[2] == 'done' then return {'done', kept[4]} end
if kept[2] == 'running' and now - kept[3] > tonumber(ARGV[3]) then return {'doubt'} end
return {kept[2]}
`;

/** Changes a key that is still there: written anew, it would stay for ever. */
const CHANGE = `
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], unpack(ARGV)) end
return 0
`;

/**
 * Remembers calls in Redis, so that a key makes a call once for all processes that share it, and across their
 * restarts. A Redis that throws keys out or loses them forgets calls: give it `maxmemory-policy noeviction`, and
 * `appendonly yes` if it may restart.
 *
 * @example Several processes behind one address
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, type RedisCommands, redisIdempotency } from "@tim/edge/hono";
 * import { connectRedis } from "@tim/edge/redis";
 *
 * const redis: RedisCommands = connectRedis("redis://127.0.0.1:6379");
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "shop" }],
 *   idempotency: { store: redisIdempotency(redis) },
 * });
 * console.log((await gateway.request("/healthz")).status); // 200
 * ```
 *
 * @param redis The connection.
 * @param options What its keys are called.
 * @throws {ConfigError} When an option is misspelt.
 */
export function redisIdempotency(
  redis: RedisCommands,
  options: RedisIdempotencyOptions = {},
): IdempotencyStore {
  checkKeys("redisIdempotency", options, ["prefix"]);
  const name = (key: string) => `${options.prefix ?? "tim-edge:once:"}${key}`;
  const change = async (key: string, ...fields: string[]) => {
    await redis.command("EVAL", CHANGE, "1", name(key), ...fields);
  };
  return {
    async begin(key, { fingerprint, keepMs, doubtAfterMs }) {
      const words = [fingerprint, `${keepMs}`, `${doubtAfterMs}`];
      const found = await redis.command("EVAL", BEGIN, "1", name(key), ...words);
      if (!Array.isArray(found)) throw new TypeError("Redis did not answer a list");
      const [state, answer] = found as [Begun["state"], string];
      return state === "done" ? { state, answer: JSON.parse(answer) as StoredAnswer } : { state };
    },
    finish: (key, answer) => change(key, "state", "done", "answer", JSON.stringify(answer)),
    doubt: (key) => change(key, "state", "doubt"),
    async release(key) {
      await redis.command("DEL", name(key));
    },
  };
}

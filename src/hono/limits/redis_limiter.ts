/**
 * Rate limits counted in Redis, for several processes.
 *
 * @module
 */

import { checkRate, type GatewayLimiter, type Rate } from "./limiter.ts";

/**
 * Whatever can send a command to Redis: `connectRedis` of `@tim/edge/redis`, or a few lines around
 * another client.
 *
 * @example Around the client of the package redis
 * ```ts
 * import { type RedisCommands, redisLimiter } from "@tim/edge/hono";
 *
 * // Stands for `await createClient().connect()` of that package.
 * const client = { sendCommand: (_words: string[]): Promise<unknown> => Promise.resolve(0) };
 * const redis: RedisCommands = { command: (...words) => client.sendCommand(words) };
 * const limiter = redisLimiter(redis, { calls: 20 });
 * console.log((await limiter.take("alice", 1)).allowed); // true
 * ```
 */
export interface RedisCommands {
  /** Sends one command and gives its answer. */
  command(...words: string[]): Promise<unknown>;
}

/**
 * What {@linkcode redisLimiter} takes.
 *
 * @example Names that tell whose the keys are
 * ```ts
 * import { type RedisCommands, redisLimiter, type RedisLimiterOptions } from "@tim/edge/hono";
 *
 * const sent: string[][] = [];
 * const redis: RedisCommands = { command: async (...words) => sent.push(words) && 0 };
 * const options: RedisLimiterOptions = { calls: 100, perSeconds: 60, prefix: "chat:staging:" };
 * await redisLimiter(redis, options).take("caller:alice", 1);
 * console.log(sent[0]![3]); // chat:staging:caller:alice
 * ```
 */
export interface RedisLimiterOptions extends Rate {
  /** What the names of its keys begin with. @default {"tim-edge:"} */
  prefix?: string;
}

/**
 * The bucket of `bucket.ts`, run by Redis in one piece and by its clock, so that processes whose clocks
 * differ count alike. The bucket goes by itself once it would be full again.
 */
const SCRIPT = `
local calls, per, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local kept = redis.call('HMGET', KEYS[1], 'left', 'at')
local left, at = tonumber(kept[1]) or calls, tonumber(kept[2]) or now
left = math.min(calls, left + math.max(0, now - at) * calls / per)
local wait = 0
if left + 1e-9 >= cost then left = left - cost
else wait = math.max(1, math.ceil((cost - left) * per / calls)) end
redis.call('HSET', KEYS[1], 'left', string.format('%.9f', left), 'at', string.format('%d', now))
redis.call('PEXPIRE', KEYS[1], math.ceil(per) + 1000)
return wait
`;

/**
 * Counts in Redis, exactly, for all processes that share it.
 *
 * @example With any client of Redis
 * ```ts
 * import { type RedisCommands, redisLimiter } from "@tim/edge/hono";
 * import { connectRedis } from "@tim/edge/redis";
 *
 * const redis: RedisCommands = connectRedis("redis://127.0.0.1:6379");
 * const limits = { perCaller: redisLimiter(redis, { calls: 20 }) }; // for createGateway
 * console.log(Object.keys(limits).join()); // perCaller
 * ```
 *
 * @param redis The connection.
 * @param options The rate.
 * @throws {ConfigError} When a number makes no sense.
 */
export function redisLimiter(redis: RedisCommands, options: RedisLimiterOptions): GatewayLimiter {
  const { calls, perMs } = checkRate("redisLimiter", options, ["prefix"]);
  const prefix = options.prefix ?? "tim-edge:";
  return {
    async take(key, cost) {
      const words = [`${prefix}${key}`, `${calls}`, `${perMs}`, `${cost}`];
      const wait = Number(await redis.command("EVAL", SCRIPT, "1", ...words));
      if (Number.isNaN(wait)) throw new TypeError("Redis did not answer a number");
      return wait === 0 ? { allowed: true } : { allowed: false, retryAfterMs: wait };
    },
  };
}

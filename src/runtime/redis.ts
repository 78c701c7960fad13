/**
 * A connection to Redis on Deno, Bun and Node, just large enough for the gateway's limits.
 *
 * @module
 */

import { connect as connectTcp, type Socket } from "node:net";
import { urlOf } from "../core/url.ts";
import { clearTimeout, setTimeout } from "node:timers";
import { connect as connectTls } from "node:tls";
import { encodeCommand, RedisError, RespReader, type RespValue } from "./resp.ts";

/**
 * How patient a connection is.
 *
 * @example It gives up before the gateway does
 * ```ts
 * import { redisLimiter } from "@tim/edge/hono";
 * import { connectRedis, type RedisOptions } from "@tim/edge/redis";
 *
 * const options: RedisOptions = { timeoutMs: 200 };
 * const redis = connectRedis("redis://127.0.0.1:6379", options);
 * // For createGateway:
 * const limits = { perCaller: redisLimiter(redis, { calls: 20 }), storeTimeoutMs: 250 };
 * ```
 */
export interface RedisOptions {
  /** How long connecting, and each command, may take in milliseconds. @default {2000} */
  timeoutMs?: number;
}

/**
 * A connection that opens when it is needed, and again after it broke.
 *
 * @example A stand-in for tests
 * ```ts
 * import type { RedisConnection } from "@tim/edge/redis";
 *
 * const visitsOf = async (redis: RedisConnection, user: string) =>
 *   Number(await redis.command("INCR", `visits:${user}`));
 *
 * const counts = new Map<string, number>();
 * const standIn: RedisConnection = {
 *   command(_incr, key = "") {
 *     counts.set(key, (counts.get(key) ?? 0) + 1);
 *     return Promise.resolve(counts.get(key));
 *   },
 *   close() {},
 * };
 * await visitsOf(standIn, "alice");
 * console.log(await visitsOf(standIn, "alice")); // 2
 * ```
 */
export interface RedisConnection {
  /** Sends one command and gives its answer; rejects when Redis refuses it or does not answer. */
  command(...words: string[]): Promise<unknown>;
  /** Closes it; commands that are under way are rejected. */
  close(): void;
}

interface Waiting {
  /** When it was sent, by `performance.now()`. */
  from: number;
  resolve(value: RespValue): void;
  reject(error: Error): void;
}

/** One open socket and who waits for its answers, in their order. */
interface Line {
  socket: Socket;
  waiting: Waiting[];
  /** Runs while somebody waits. */
  timer?: ReturnType<typeof setTimeout>;
  /** Starts the timer. */
  watch(): void;
}

/**
 * Makes a connection; nothing is opened yet.
 *
 * @example Limits that several processes share
 * ```ts
 * import { redisLimiter } from "@tim/edge/hono";
 * import { connectRedis } from "@tim/edge/redis";
 *
 * // It connects when the first command wants it.
 * const redis = connectRedis("redis://127.0.0.1:6379");
 * const limits = { perCaller: redisLimiter(redis, { calls: 20 }) }; // for createGateway
 * console.log(Object.keys(limits).join()); // perCaller
 * ```
 *
 * @param address `redis://user:password@host:6379/0`, or `rediss://…` for TLS.
 * @param options How patient it is.
 * @throws {TypeError} When the address is none.
 */
export function connectRedis(address: string, options: RedisOptions = {}): RedisConnection {
  const url = urlOf(address);
  if (url === undefined || (url.protocol !== "redis:" && url.protocol !== "rediss:")) {
    throw new TypeError("The address of Redis must be like redis://127.0.0.1:6379/0");
  }
  const { timeoutMs = 2000 } = options;
  const said = greeting(url);
  let line: Line | undefined;

  function open(to: URL): Line {
    const socket = socketTo(to);
    const opened: Line = { socket, waiting: [], watch: () => opened.timer ?? watch(timeoutMs) };
    const reader = new RespReader();
    const end = (error: Error) => {
      if (line === opened) line = undefined;
      clearTimeout(opened.timer);
      socket.destroy();
      for (const { reject } of opened.waiting.splice(0)) reject(error);
    };
    socket.setNoDelay(true);
    // Whoever has waited longest decides: a socket that is written to is never idle.
    const watch = (ms: number) => {
      opened.timer = setTimeout(() => {
        opened.timer = undefined;
        const [first] = opened.waiting;
        if (first === undefined) return;
        const left = first.from + timeoutMs - performance.now();
        if (left > 0) watch(Math.ceil(left));
        else end(new Error(`Redis did not answer within ${timeoutMs} ms`));
      }, ms);
      opened.timer.unref();
    };
    socket.on("error", (error) => end(error));
    socket.on("close", () => end(new Error("Redis closed the connection")));
    socket.on("data", (bytes) => {
      try {
        for (const value of reader.push(bytes)) settle(opened.waiting.shift(), value);
      } catch (error) {
        end(error as Error);
      }
    });
    for (const words of said) {
      send(opened, words).catch((error) => error instanceof RedisError && end(error));
    }
    return opened;
  }

  return {
    command: (...words) => send(line ??= open(url), words),
    close: () => void line?.socket.destroy(),
  };
}

function socketTo(url: URL): Socket {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = Number(url.port || 6379);
  return url.protocol === "rediss:"
    ? connectTls({ host, port, servername: host })
    : connectTcp({ host, port });
}

/**
 * What is said first on a new connection.
 *
 * @throws {TypeError} When a name or a password holds a percent sign that means nothing.
 */
function greeting(url: URL): string[][] {
  const [user, password] = [url.username, url.password].map((text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      throw new TypeError("In the address of Redis, a percent sign of a password is written %25");
    }
  }) as [string, string];
  const database = url.pathname.slice(1);
  return [
    ...password ? [user ? ["AUTH", user, password] : ["AUTH", password]] : [],
    ...database ? [["SELECT", database]] : [],
  ];
}

function send(line: Line, words: string[]): Promise<RespValue> {
  return new Promise((resolve, reject) => {
    line.waiting.push({ from: performance.now(), resolve, reject });
    line.watch();
    line.socket.write(encodeCommand(words));
  });
}

function settle(waiting: Waiting | undefined, value: RespValue): void {
  if (value instanceof RedisError) waiting?.reject(value);
  else waiting?.resolve(value);
}

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import type { Test } from "uvu";
import { connectRedis, type RedisConnection } from "../../src/runtime/redis.ts";

/** A real Redis of a test's own, with nothing on disk. */
export interface RedisServer {
  url: string;
  port: number;
  child: ChildProcess;
  stop(): Promise<void>;
}

/** Whether the machine has one. In CI a missing one is a failure, not a reason to skip. */
function hasRedis(): boolean {
  if (spawnSync("redis-server", ["--version"]).status === 0) return true;
  if (process.env.CI === "true") throw new Error("redis-server is missing, and CI=true");
  console.error("SKIPPED: the tests with Redis, for there is no redis-server on this machine");
  return false;
}

/** What tests with Redis are handed. */
export interface WithRedis {
  server: RedisServer;
  redis: RedisConnection;
}

/** Gives all tests of a suite one server and a connection to it; `false` where there is no Redis. */
export function useRedis(test: Test<WithRedis>): boolean {
  if (!hasRedis()) {
    test.skip("Redis is missing", () => {});
    return false;
  }
  test.before(async (context) => {
    context.server = await redisServer();
    context.redis = connectRedis(context.server.url);
  });
  test.after(async ({ server, redis }) => {
    redis.close();
    await server.stop();
  });
  return true;
}

/** Starts one, on the port given or on a free one below those that systems hand out by themselves. */
export async function redisServer(options: string[] = [], port?: number): Promise<RedisServer> {
  for (let attempt = 1;; attempt++) {
    try {
      return await startOn(port ?? 20_000 + Math.floor(Math.random() * 10_000), options);
    } catch (error) {
      if (port !== undefined || attempt === 5) throw error;
    }
  }
}

async function startOn(port: number, options: string[]): Promise<RedisServer> {
  const child = spawn("redis-server", [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
    ...options,
  ]);
  await new Promise<void>((resolve, reject) => {
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
      if (out.includes("Ready to accept connections")) resolve();
    });
    child.on("close", () => reject(new Error(`redis-server ended:\n${out}`)));
    child.on("error", reject);
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    child,
    port,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const closed = once(child, "close");
      child.kill("SIGKILL");
      await closed;
    },
  };
}

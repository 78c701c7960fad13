import { suite } from "uvu";
import * as assert from "uvu/assert";
import { redisLimiter } from "../../../src/hono/mod.ts";
import { connectRedis } from "../../../src/runtime/redis.ts";
import { gateway, LIST, post, token } from "../../support/gateway.ts";
import { rawServer } from "../../support/raw_server.ts";
import { redisServer, useRedis, type WithRedis } from "../../support/redis_server.ts";
import { rejects } from "../../support/rejects.ts";

const test = suite<WithRedis>("redis");

if (useRedis(test)) {
  test("redisLimiter counts exactly when many connections take at once", async ({ server }) => {
    const connections = [1, 2, 3, 4].map(() => connectRedis(server.url));
    const limiters = connections.map((redis) =>
      redisLimiter(redis, { calls: 100, perSeconds: 3600 })
    );
    const takes = Array.from({ length: 400 }, (_, i) => limiters[i % 4]!.take("exact", 1));
    const allowed = (await Promise.all(takes)).filter((verdict) => verdict.allowed);
    assert.is(allowed.length, 100);
    const refused = await limiters[0]!.take("exact", 1);
    assert.ok(refused.retryAfterMs! > 1000 && refused.retryAfterMs! <= 36_000);
    assert.ok((await limiters[0]!.take("another", 1)).allowed);
    for (const connection of connections) connection.close();
  });

  test("redisLimiter takes all of a cost or nothing, and its bucket fills again", async ({ redis }) => {
    const limiter = redisLimiter(redis, { calls: 10, prefix: "cost:" });
    assert.ok((await limiter.take("a", 8)).allowed);
    assert.not((await limiter.take("a", 8)).allowed);
    assert.ok((await limiter.take("a", 2)).allowed);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    assert.ok((await limiter.take("a", 10)).allowed);
    assert.ok(Number(await redis.command("PTTL", "cost:a")) > 0, "it must not stay for ever");
  });

  test("connectRedis speaks the protocol: texts, numbers, nothing, lists, refusals", async ({ redis }) => {
    assert.is(await redis.command("SET", "ü", "wörd\r\n$3"), "OK");
    assert.is(await redis.command("GET", "ü"), "wörd\r\n$3");
    assert.is(await redis.command("GET", "nothing"), null);
    assert.is(await redis.command("INCRBY", "n", "41"), 41);
    assert.equal(await redis.command("EVAL", "return {1, {'a', false}}", "0"), [1, ["a", null]]);
    assert.match((await rejects(redis.command("NOSUCH")) as Error).message, "unknown command");
    const long = "x".repeat(300_000);
    await redis.command("SET", "long", long);
    assert.is(await redis.command("GET", "long"), long);
  });

  test("connectRedis logs in and chooses the database", async () => {
    const server = await redisServer(["--requirepass", "p@ss word"]);
    try {
      const wrong = connectRedis(server.url.replace("//", "//:wrong@"));
      assert.ok(await rejects(wrong.command("PING")));
      const right = connectRedis(`${server.url.replace("//", "//:p%40ss%20word@")}/3`);
      assert.is(await right.command("SET", "k", "v"), "OK");
      assert.match(await right.command("CLIENT", "INFO") as string, "db=3");
      right.close();
      wrong.close();
    } finally {
      await server.stop();
    }
  });

  test("connectRedis refuses an address that is none, without repeating it", () => {
    const secret = "hunter2";
    for (const address of [`http://:${secret}@x`, secret, ""]) {
      try {
        connectRedis(address);
        assert.unreachable();
      } catch (error) {
        assert.match((error as Error).message, "redis://127.0.0.1:6379/0");
        assert.not.match((error as Error).message, secret);
      }
    }
  });

  test("the gateway goes on while Redis is away, as its option says, and notices its return", async () => {
    let server = await redisServer();
    const redis = connectRedis(server.url, { timeoutMs: 300 });
    const events: string[] = [];
    const make = (whenStoreAway: "memory" | "allow" | "refuse") =>
      gateway({
        log: ({ event }) => events.push(event),
        limits: {
          perCaller: redisLimiter(redis, { calls: 3, perSeconds: 3600, prefix: whenStoreAway }),
          whenStoreAway,
          storeTimeoutMs: 1000,
        },
      });
    const status = async (app: ReturnType<typeof gateway>) => {
      const response = await app.request(LIST, post(await token()));
      await response.body?.cancel();
      return response.status;
    };
    const [memory, refuse] = [make("memory"), make("refuse")];
    try {
      for (const expected of [200, 200, 200, 429]) assert.is(await status(memory), expected);
      await server.stop();
      assert.is(await status(memory), 200, "counted in this process meanwhile");
      assert.is(await status(refuse), 503);
      assert.is(await status(make("allow")), 200);
      assert.ok(events.includes("store-away"));
      server = await redisServer([], server.port);
      await new Promise((resolve) => setTimeout(resolve, 2200));
      assert.is(await status(refuse), 200, "it asks Redis again after a pause");
      assert.is(await redis.command("EXISTS", "refusecaller:alice"), 1);
    } finally {
      redis.close();
      await server.stop();
    }
  });
}

test("connectRedis gives a silent Redis up in time, though commands keep coming", async () => {
  const silent = await rawServer(() => {});
  const redis = connectRedis(silent.url.replace("http", "redis"), { timeoutMs: 200 });
  const from = performance.now();
  const first = rejects(redis.command("PING"));
  const timer = setInterval(() => redis.command("PING").catch(() => {}), 50);
  try {
    assert.match((await first as Error).message, "did not answer within 200 ms");
    assert.ok(performance.now() - from < 2000);
  } finally {
    clearInterval(timer);
    redis.close();
    await silent.close();
  }
});

test("connectRedis refuses a percent sign that means nothing at once, and opens no connection", () => {
  for (const who of [":50%off", "a%zz:b"]) {
    try {
      connectRedis(`redis://${who}@127.0.0.1:1`);
      assert.unreachable();
    } catch (error) {
      assert.match((error as Error).message, "%25");
      assert.not.match((error as Error).message, /off|zz/);
    }
  }
});

test.run();

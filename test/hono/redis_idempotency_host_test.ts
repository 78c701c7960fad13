import { suite } from "uvu";
import * as assert from "uvu/assert";
import { redisIdempotency } from "../../src/hono/mod.ts";
import { connectRedis, type RedisConnection } from "../../src/runtime/redis.ts";
import { gateway, LIST, post, problemOf, token } from "../support/gateway.ts";
import { redisServer, useRedis, type WithRedis } from "../support/redis_server.ts";

const test = suite<WithRedis>("redis idempotency");
const OK = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };
const call = { fingerprint: "f", keepMs: 60_000, doubtAfterMs: 60_000 };
const answer = { status: 200, body: '{"Name":"腾讯 \\" 1"}', headers: { "x-a": "1" } };

if (useRedis(test)) {
  test("of many processes one gets the key, and the others its answer", async ({ server }) => {
    const connections = [1, 2, 3, 4].map(() => connectRedis(server.url));
    const stores = connections.map((redis) => redisIdempotency(redis));
    const begun = await Promise.all(
      Array.from({ length: 200 }, (_, i) => stores[i % 4]!.begin("one", call)),
    );
    assert.is(begun.filter(({ state }) => state === "new").length, 1);
    assert.is(begun.filter(({ state }) => state === "running").length, 199);
    await stores[0]!.finish("one", answer);
    assert.equal(await stores[3]!.begin("one", call), { state: "done", answer });
    assert.equal(await stores[3]!.begin("one", { ...call, fingerprint: "g" }), { state: "other" });
    for (const connection of connections) connection.close();
  });

  test("a key is in doubt when that is said or its call was broken off, and free when released", async ({ redis }) => {
    const store = redisIdempotency(redis, { prefix: "mine:" });
    await store.begin("said", call);
    await store.doubt("said");
    assert.equal(await store.begin("said", call), { state: "doubt" });
    await store.release("said");
    assert.equal(await store.begin("said", call), { state: "new" });
    await store.begin("broken", call);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(await store.begin("broken", { ...call, doubtAfterMs: 1 }), { state: "doubt" });
    assert.equal((await redis.command("KEYS", "mine:*") as string[]).sort(), [
      "mine:broken",
      "mine:said",
    ]);
  });

  test("no key stays for ever, whatever becomes of it", async ({ redis }) => {
    const store = redisIdempotency(redis, { prefix: "time:" });
    const left = async (key: string) => Number(await redis.command("PTTL", `time:${key}`));
    await store.begin("k", call);
    await store.finish("k", answer);
    assert.ok(await left("k") > 0 && await left("k") <= 60_000);
    await store.begin("d", call);
    await store.doubt("d");
    assert.ok(await left("d") > 0);
    await store.finish("gone", answer);
    await store.doubt("gone");
    assert.is(await redis.command("EXISTS", "time:gone"), 0);
    await store.begin("short", { ...call, keepMs: 1 });
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(await store.begin("short", call), { state: "new" });
  });

  test("two gateways with one Redis make a call once, and a third after a restart answers it", async ({ server }) => {
    let calls = 0;
    const connections: RedisConnection[] = [];
    const make = () => {
      const redis = connectRedis(server.url);
      connections.push(redis);
      return gateway({ idempotency: { store: redisIdempotency(redis) } }, {
        fetch: () => Promise.resolve(Response.json({ ...OK, n: ++calls })),
      });
    };
    const request = post(await token(), { Limit: 2 }, { "idempotency-key": "shared" });
    const gateways = [make(), make()];
    const statuses = await Promise.all(Array.from({ length: 20 }, async (_, i) => {
      const response = await gateways[i % 2]!.request(LIST, request);
      await response.body?.cancel();
      return response.status;
    }));
    assert.is(calls, 1);
    assert.ok(statuses.every((status) => status === 200 || status === 409), statuses.join());
    const replayed = await make().request(LIST, request);
    assert.is(replayed.headers.get("idempotency-replayed"), "true");
    assert.equal(await replayed.json(), { ...OK, n: 1 });
    for (const connection of connections) connection.close();
  });

  test("while Redis is away, no call with a key is made", async () => {
    const server = await redisServer();
    const redis = connectRedis(server.url, { timeoutMs: 300 });
    let calls = 0;
    const app = gateway({ idempotency: { store: redisIdempotency(redis) } }, {
      fetch: () => Promise.resolve(Response.json({ ...OK, n: ++calls })),
    });
    await server.stop();
    const request = post(await token(), {}, { "idempotency-key": "away" });
    const response = await app.request(LIST, request);
    assert.is(response.status, 503);
    assert.is((await problemOf(response)).type, "urn:tim-edge:store-away");
    assert.is(calls, 0);
    redis.close();
  });
}

test.run();

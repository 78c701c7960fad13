import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  durableIdempotency,
  durableLimiter,
  type DurableNamespace,
  type RateLimitBinding,
  workersLimiter,
} from "../../../src/hono/mod.ts";
import { gateway, LIST, post, token } from "../../support/gateway.ts";

/** The bindings of the test's own Worker; there only once the test runs. */
function env(): { GATEWAY_OBJECT: DurableNamespace; TEN_A_MINUTE: RateLimitBinding } {
  return (globalThis as unknown as { workerEnv: ReturnType<typeof env> }).workerEnv;
}

test("durableLimiter counts exactly when many take at once", async () => {
  const limiter = durableLimiter(env().GATEWAY_OBJECT, { calls: 100, perSeconds: 3600 });
  const takes = Array.from({ length: 300 }, () => limiter.take("exact", 1));
  const allowed = (await Promise.all(takes)).filter((verdict) => verdict.allowed);
  assert.is(allowed.length, 100);
  assert.ok((await limiter.take("exact", 1)).retryAfterMs! > 0);
});

test("durableLimiter writes nothing for short periods and counts them too", async () => {
  const limiter = durableLimiter(env().GATEWAY_OBJECT, { calls: 10, perSeconds: 10 });
  const started = Date.now();
  const takes = Array.from({ length: 100 }, () => limiter.take("short", 1));
  const allowed = (await Promise.all(takes)).filter((verdict) => verdict.allowed);
  const refilled = Math.ceil((Date.now() - started) / 1000);
  assert.ok(allowed.length >= 10 && allowed.length <= 10 + refilled, `${allowed.length}`);
});

test("durableLimiter takes all of a cost or nothing, and keeps keys apart", async () => {
  const limiter = durableLimiter(env().GATEWAY_OBJECT, { calls: 10, perSeconds: 3600 });
  assert.ok((await limiter.take("a", 8)).allowed);
  assert.not((await limiter.take("a", 8)).allowed);
  assert.ok((await limiter.take("a", 2)).allowed);
  assert.ok((await limiter.take("b", 10)).allowed);
});

test("workersLimiter refuses what the platform's binding refuses", async () => {
  const limiter = workersLimiter(env().TEN_A_MINUTE);
  let allowed = 0;
  for (let i = 0; i < 15; i++) if ((await limiter.take("alice", 1)).allowed) allowed++;
  // A minute of the binding's may end in between.
  assert.ok(allowed >= 10 && allowed < 15, `${allowed}`);
  assert.not((await limiter.take("bob", 11)).allowed);
});

test("the gateway limits callers by Durable Objects", async () => {
  const limiter = durableLimiter(env().GATEWAY_OBJECT, { calls: 5, perSeconds: 3600 });
  const app = gateway({ limits: { perCaller: limiter } });
  const request = post(await token({ sub: "carol" }));
  const statuses = await Promise.all(Array.from({ length: 20 }, async () => {
    const response = await app.request(LIST, request);
    await response.body?.cancel();
    return response.status;
  }));
  assert.is(statuses.filter((status) => status === 200).length, 5);
  assert.is(statuses.filter((status) => status === 429).length, 15);
});

test("durableIdempotency gives a key to one of many, and the answer to all others", async () => {
  let calls = 0;
  const answer = { ActionStatus: "OK", ErrorCode: 0, n: 1 };
  const app = gateway({ idempotency: { store: durableIdempotency(env().GATEWAY_OBJECT) } }, {
    fetch: () => Promise.resolve(Response.json({ ...answer, n: ++calls })),
  });
  const request = post(await token(), { Limit: 2 }, {
    "idempotency-key": "durable-1",
  });
  const responses = await Promise.all(
    Array.from({ length: 10 }, async () => await app.request(LIST, request)),
  );
  assert.is(calls, 1);
  for (const response of responses) {
    assert.ok([200, 409].includes(response.status));
    await response.body?.cancel();
  }
  const replayed = await app.request(LIST, request);
  assert.is(replayed.headers.get("idempotency-replayed"), "true");
  assert.equal(await replayed.json(), answer);
});

test("an alarm that rings again leaves a key that came meanwhile", async () => {
  const objects = env().GATEWAY_OBJECT;
  const store = durableIdempotency(objects);
  const ring = () =>
    objects.get(objects.idFromName("once:early")).fetch("https://gateway/alarm", {
      method: "POST",
    });
  const answer = { status: 200, body: "{}", headers: {} };
  const begin = (keepMs: number) =>
    store.begin("early", { fingerprint: "f", keepMs, doubtAfterMs: 1 });
  assert.equal(await begin(60_000), { state: "new" });
  await store.finish("early", answer);
  await ring();
  assert.equal(await begin(60_000), { state: "done", answer });
  await store.release("early");
  await begin(0);
  await ring();
  assert.equal(await begin(60_000), { state: "new" });
});

test.run();

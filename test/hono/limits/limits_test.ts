import { test } from "uvu";
import * as assert from "uvu/assert";
import { type GatewayLimiter, type GatewayOptions, memoryLimiter } from "../../../src/hono/mod.ts";
import { fairShare } from "../../../src/hono/limits/fair_share.ts";
import { gateway, LIST, post, problemOf, token } from "../../support/gateway.ts";

const HOUR = 3600;

async function statuses(
  app: ReturnType<typeof gateway>,
  count: number,
  init: RequestInit,
): Promise<Record<number, number>> {
  const tally: Record<number, number> = {};
  await Promise.all(Array.from({ length: count }, async () => {
    const response = await app.request(LIST, init);
    await response.body?.cancel();
    tally[response.status] = (tally[response.status] ?? 0) + 1;
  }));
  return tally;
}

test("memoryLimiter takes all of a cost or nothing, fills again, and keeps keys apart", async () => {
  const limiter = memoryLimiter({ calls: 10 });
  assert.ok((await limiter.take("a", 8)).allowed);
  const refused = await limiter.take("a", 8);
  assert.not(refused.allowed);
  assert.ok(refused.retryAfterMs! > 400 && refused.retryAfterMs! <= 600);
  assert.ok((await limiter.take("a", 2)).allowed);
  assert.ok((await limiter.take("b", 10)).allowed);
  await new Promise((resolve) => setTimeout(resolve, 1050));
  assert.ok((await limiter.take("a", 10)).allowed);
});

test("memoryLimiter is bounded: the key that was used longest ago goes first", async () => {
  const limiter = memoryLimiter({ calls: 1, perSeconds: HOUR, maxKeys: 3 });
  assert.ok((await limiter.take("a", 1)).allowed);
  for (const key of ["b", "c", "a", "d"]) await limiter.take(key, 1);
  assert.not((await limiter.take("a", 1)).allowed, "used last, so kept");
  assert.ok((await limiter.take("b", 1)).allowed, "used longest ago, so forgotten");
});

test("a burst of 10,000 requests gets exactly the limit, and a 429 for the rest", async () => {
  const app = gateway({
    limits: {
      perCaller: { calls: 100, perSeconds: 24 * HOUR },
      concurrency: 20_000,
      concurrencyPerCaller: 20_000,
    },
  });
  const tally = await statuses(app, 10_000, post(await token()));
  assert.equal(tally, { 200: 100, 429: 9900 });
  const response = await app.request(LIST, post(await token()));
  assert.is((await problemOf(response)).type, "urn:tim-edge:too-many-requests");
  assert.ok(Number(response.headers.get("retry-after")) >= 1);
  const other = await app.request(LIST, post(await token({ sub: "bob" })));
  assert.is(other.status, 200, "another caller has a limit of his own");
});

test("all callers together keep to the app's limit; what is refused by policy does not count", async () => {
  const app = gateway({ limits: { perApp: { calls: 5, perSeconds: HOUR } } });
  for (let i = 0; i < 10; i++) {
    await app.request("/v4/openim/sendmsg", post(await token()));
  }
  let allowed = 0;
  for (let i = 0; i < 10; i++) {
    const response = await app.request(LIST, post(await token({ sub: `user ${i}` })));
    if (response.status === 200) allowed++;
    await response.body?.cancel();
  }
  assert.is(allowed, 5);
});

test("requests under way are bounded, of one caller and of all, and none is lost count of", async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => release = resolve);
  const app = gateway({ limits: { concurrency: 6, concurrencyPerCaller: 4 } }, {
    fetch: async () => {
      await gate;
      return Response.json({ ActionStatus: "OK", ErrorCode: 0 });
    },
  });
  const [alice, bob] = [post(await token()), post(await token({ sub: "bob" }))];
  const pause = () => new Promise((resolve) => setTimeout(resolve, 100));
  const first = statuses(app, 6, alice);
  await pause();
  const second = statuses(app, 6, bob);
  await pause();
  assert.is((await app.request("/healthz")).status, 200, "it must not be restarted for being busy");
  release();
  assert.equal(await first, { 200: 4, 429: 2 });
  assert.equal(await second, { 200: 2, 503: 4 });
  assert.equal(await statuses(app, 4, alice), { 200: 4 });
});

test("fairShare gives a caller half at most, equal parts to those who call, and all of it again", () => {
  const { now } = Date;
  let time = now();
  Date.now = () => time;
  try {
    const share = fairShare(1);
    const got = (caller: string, tries = 100) => {
      let count = 0;
      for (let i = 0; i < tries; i++) if (share.take("c", caller, 40).waitMs === 0) count++;
      return count;
    };
    assert.is(got("alice"), 20, "though nobody else is there");
    assert.is(got("bob"), 20, "the late one finds his half");
    assert.is(got("carol"), 0, "all is spent");
    assert.equal(share.take("c", "alice", 40), { waitMs: 1000, own: true });
    time += 1000;
    assert.is(got("alice"), 20, "two were served in the period before");
    assert.is(got("bob", 5), 5);
    time += 1000;
    assert.equal(["alice", "bob", "carol", "dave"].map((caller) => got(caller, 10)), [
      10,
      10,
      10,
      10,
    ]);
    time += 1000;
    assert.is(got("alice"), 10, "four called in the period before");
    time += 5000;
    assert.is(got("alice"), 20);
    assert.is(share.take("slow", "alice", 0.1).waitMs, 0);
    assert.equal(share.take("slow", "bob", 0.1), { waitMs: 10_000, own: false });
  } finally {
    Date.now = now;
  }
});

test("a command's own limit is told as such when it is reached", async () => {
  const [service, command] = LIST.slice(4).split("/") as [string, string];
  // One call in 100 s.
  const app = gateway({ commands: [{ service, command, rateLimit: 0.01 }], allow: ["*"] });
  assert.equal(await statuses(app, 3, post(await token())), { 200: 1, 429: 2 });
  const refused = await app.request(LIST, post(await token({ sub: "bob" })));
  assert.is((await problemOf(refused)).type, "urn:tim-edge:command-ceiling");
  assert.ok(Number(refused.headers.get("retry-after")) > 50);
});

for (
  const [when, expected] of [["memory", 200], ["allow", 200], ["refuse", 503]] as const
) {
  test(`a limiter whose store dies or hangs: ${when} answers ${expected} in time`, async () => {
    const broken: GatewayLimiter[] = [
      { take: () => Promise.reject(new Error("connection refused")) },
      { take: () => new Promise(() => {}) },
      {
        take: () => {
          throw new Error("not connected");
        },
      },
    ];
    for (const perCaller of broken) {
      const events: string[] = [];
      const app = gateway({
        limits: { perCaller, whenStoreAway: when, storeTimeoutMs: 50 },
        log: ({ event }) => events.push(event),
      });
      const started = Date.now();
      for (let i = 0; i < 3; i++) {
        const response = await app.request(LIST, post(await token()));
        assert.is(response.status, expected);
        if (expected === 503) {
          assert.is((await problemOf(response)).type, "urn:tim-edge:store-away");
        } else await response.body?.cancel();
      }
      assert.ok(Date.now() - started < 1500);
      assert.is(
        events.filter((event) => event === "store-away").length,
        1,
        "said once, not each time",
      );
    }
  });
}

test("a store that was away is asked again after the clock was set back", async () => {
  let away = true;
  const store = memoryLimiter({ calls: 1, perSeconds: HOUR });
  const take: GatewayLimiter["take"] = (key, cost) => {
    if (away) throw new Error("connection refused");
    return store.take(key, cost);
  };
  const app = gateway({ limits: { perCaller: { take }, whenStoreAway: "refuse" } });
  const { now } = Date;
  const setAhead = (hours: number) => Date.now = () => now() + hours * 3_600_000;
  try {
    setAhead(2);
    assert.equal(await statuses(app, 1, post(await token())), { 503: 1 });
    away = false;
    setAhead(1);
    assert.equal(await statuses(app, 1, post(await token())), { 200: 1 });
  } finally {
    Date.now = now;
  }
});

test("limits that make no sense are errors at start", () => {
  const bad = (limits: Record<string, unknown>) => () =>
    gateway({ limits: limits as GatewayOptions["limits"] });
  assert.throws(bad({ deadlineMs: 3000 }), /wanted more than 4000/);
  assert.throws(bad({ perCaller: { calls: 0 } }), /calls is 0/);
  assert.throws(bad({ perCaller: { calls: 5, perSecond: 1 } }), /did you mean "perSeconds"/);
  assert.throws(bad({ whenStoreAway: "ignore" }), /wanted "memory", "allow" or "refuse"/);
  assert.throws(bad({ bodyBytes: Infinity }), /bodyBytes is Infinity/);
  assert.throws(bad({ concurency: 1 }), /did you mean "concurrency"/);
});

test.run();

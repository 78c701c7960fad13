import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type GatewayOptions,
  type IdempotencyStore,
  memoryIdempotency,
} from "../../src/hono/mod.ts";
import { gateway, LIST, post, problemOf, token } from "../support/gateway.ts";

const CREATE = "/v4/live_engine_http_srv/create_room";
const OK = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };

/** A gateway whose backend does what each test wants, and counts. */
function counting(
  answer: (call: number) => Response | Promise<Response>,
  options: Partial<GatewayOptions> = {},
) {
  const backend = { calls: 0 };
  const app = gateway(options, {
    retry: false,
    fetch: async () => await answer(++backend.calls),
  });
  const ask = async (key: string, body: unknown = { RoomId: "r" }, sub = "alice", path = CREATE) =>
    await app.request(path, post(await token({ sub }), body, { "idempotency-key": key }));
  return { backend, ask };
}

test("the same key and body get the stored answer, and the call is made once", async () => {
  const { backend, ask } = counting((n) => Response.json({ ...OK, n }));
  const first = await ask("k1");
  assert.is(first.headers.get("idempotency-replayed"), null);
  const again = await ask("k1");
  assert.is(again.headers.get("idempotency-replayed"), "true");
  assert.equal(await again.json(), await first.json());
  assert.is(backend.calls, 1);
  await ask("k2");
  assert.is(backend.calls, 2);
});

test("the same key with another body or command is refused", async () => {
  const { backend, ask } = counting(() => Response.json(OK));
  await ask("k");
  for (const other of [await ask("k", { RoomId: "s" }), await ask("k", undefined, "alice", LIST)]) {
    assert.is(other.status, 409);
    assert.is((await problemOf(other)).type, "urn:tim-edge:key-reused");
  }
  assert.is(backend.calls, 1);
});

test("keys of two callers have nothing to do with each other", async () => {
  const { backend, ask } = counting((n) => Response.json({ ...OK, n }));
  assert.is((await (await ask("k")).json()).n, 1);
  assert.is((await (await ask("k", undefined, "bob")).json()).n, 2);
  assert.is(backend.calls, 2);
});

test("of many requests with one key at once, one makes the call", async () => {
  const { backend, ask } = counting(async () => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    return Response.json(OK);
  });
  const responses = await Promise.all(Array.from({ length: 10 }, () => ask("k")));
  const statuses = responses.map(({ status }) => status).sort();
  assert.equal(statuses, [200, ...Array(9).fill(409)]);
  assert.is(backend.calls, 1);
  const waiting = responses.find(({ status }) => status === 409)!;
  assert.is((await problemOf(waiting)).type, "urn:tim-edge:still-running");
  assert.is((await ask("k")).status, 200);
});

test("a call that is under way for longer than keys are kept is not made again", async () => {
  const { backend, ask } = counting(async () => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return Response.json(OK);
  }, { idempotency: { keepSeconds: 1 } });
  const first = ask("k");
  await new Promise((resolve) => setTimeout(resolve, 1200));
  assert.is((await problemOf(await ask("k"))).type, "urn:tim-edge:still-running");
  assert.is((await first).status, 200);
  assert.is(backend.calls, 1);
});

test("a key whose call surely failed is free again", async () => {
  const failed = { ActionStatus: "FAIL", ErrorCode: 100002, ErrorInfo: "invalid" };
  const { backend, ask } = counting((n) => Response.json(n === 1 ? failed : OK));
  assert.is((await (await ask("k")).json()).ErrorCode, 100002);
  assert.is((await (await ask("k")).json()).ErrorCode, 0);
  assert.is(backend.calls, 2);
});

test("a key that the policy refused is free again", async () => {
  const { backend, ask } = counting(() => Response.json(OK), {
    allow: [],
    policy: [{
      roles: ["*"],
      commands: ["live_engine_http_srv/create_room"],
      when: [{ field: "RoomId", startsWith: "live_" }],
    }],
  });
  assert.is((await ask("k", { RoomId: "r" })).status, 403);
  assert.is((await ask("k", { RoomId: "live_r" })).status, 200);
  assert.is(backend.calls, 1);
});

for (
  const [what, answer] of [
    ["its answer is no JSON", () => new Response("<html>")],
    ["its connection breaks", () => Promise.reject(new TypeError("reset"))],
    ["its answer breaks off", () => new Response('{"ActionStatus":"OK",')],
  ] as [string, () => Response | Promise<Response>][]
) {
  test(`a key stays in doubt when ${what}, and says so`, async () => {
    const { backend, ask } = counting((n) => n === 1 ? answer() : Response.json(OK));
    const first = await ask("k");
    assert.is(first.status, 502);
    assert.match((await problemOf(first)).detail as string, "may have acted");
    const second = await ask("k");
    assert.is(second.status, 409);
    assert.is((await problemOf(second)).type, "urn:tim-edge:in-doubt");
    assert.is(backend.calls, 1, "it is never made a second time");
  });
}

test("no call is made while the store cannot promise anything", async () => {
  const away = () => Promise.reject(new Error("store is down"));
  const hang = () => new Promise<never>(() => {});
  for (const begin of [away, hang]) {
    const store: IdempotencyStore = { begin, finish: away, doubt: away, release: away };
    const { backend, ask } = counting(() => Response.json(OK), {
      idempotency: { store },
      limits: { storeTimeoutMs: 50 },
    });
    const response = await ask("k");
    assert.is(response.status, 503);
    assert.is((await problemOf(response)).type, "urn:tim-edge:store-away");
    assert.is(backend.calls, 0);
  }
});

test("a key that the store gives too late is free again, as its call was not made", async () => {
  const memory = memoryIdempotency();
  let slow = true;
  const store: IdempotencyStore = {
    ...memory,
    begin: async (key, options) => {
      const begun = memory.begin(key, options);
      if (slow) await new Promise((resolve) => setTimeout(resolve, 150));
      return begun;
    },
  };
  const { backend, ask } = counting(() => Response.json(OK), {
    idempotency: { store },
    limits: { storeTimeoutMs: 50 },
  });
  assert.is((await problemOf(await ask("k"))).type, "urn:tim-edge:store-away");
  slow = false;
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.is((await ask("k")).status, 200);
  assert.is(backend.calls, 1);
});

test("an answer goes out although the store dies before it is kept", async () => {
  const away = () => Promise.reject(new Error("store is down"));
  const store: IdempotencyStore = {
    begin: () => ({ state: "new" }),
    finish: away,
    doubt: away,
    release: away,
  };
  const { ask } = counting(() => Response.json(OK), { idempotency: { store } });
  assert.is((await ask("k")).status, 200);
});

test("memoryIdempotency forgets in time, takes broken-off calls for doubtful, and is bounded", async () => {
  const options = { fingerprint: "f", keepMs: 100, doubtAfterMs: 30 };
  const store = memoryIdempotency({ maxKeys: 2, maxCharacters: 10 });
  const state = async (key: string) => (await store.begin(key, options)).state;
  assert.is(await state("a"), "new");
  assert.is(await state("a"), "running");
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.is(await state("a"), "doubt");
  await new Promise((resolve) => setTimeout(resolve, 70));
  assert.is(await state("a"), "new");
  for (const key of ["b", "c"]) assert.is(await state(key), "new");
  assert.is(await state("a"), "new", "the oldest of three keys was forgotten");
  const answer = { status: 200, body: "12345678", headers: {} };
  await store.finish("c", answer);
  await store.finish("a", answer);
  assert.is(await state("a"), "done");
  assert.is(await state("c"), "new", "its answer had no room beside the newer one");
  for (let i = 0; i < 3; i++) await store.finish("a", answer);
  await store.finish("c", { ...answer, body: "12" });
  assert.is(await state("a"), "done", "an answer that is told twice takes its room once");
});

test("memoryIdempotency forgets no call that is under way while it can forget another", async () => {
  const options = { fingerprint: "f", keepMs: 60_000, doubtAfterMs: 60_000 };
  const store = memoryIdempotency({ maxKeys: 3 });
  const state = async (key: string) => (await store.begin(key, options)).state;
  await state("slow");
  for (const key of ["b", "c", "d", "e"]) {
    await state(key);
    await store.finish(key, { status: 200, body: "{}", headers: {} });
  }
  assert.is(await state("slow"), "running");
  assert.is(await state("e"), "done");
});

test("an Idempotency-Key that is none is refused", async () => {
  const { backend, ask } = counting(() => Response.json(OK));
  for (const key of ["", "x".repeat(256), "a b"]) {
    assert.is((await ask(key)).status, 400, JSON.stringify(key));
  }
  assert.is(backend.calls, 0);
});

test.run();

import { test } from "uvu";
import * as assert from "uvu/assert";
import { letPass, refuse } from "../../src/api/webhooks/mod.ts";
import {
  type GatewayOptions,
  type GatewayWebhooks,
  type IdempotencyStore,
  type LogRecord,
  memoryIdempotency,
} from "../../src/hono/mod.ts";
import { type Callback, callbackOf, TOKEN } from "../support/callback.ts";
import { app, gateway, problemOf } from "../support/gateway.ts";
import { throwsConfig } from "../support/rejects.ts";

const BEFORE = "Group.CallbackBeforeSendMsg";
const AFTER = "Group.CallbackAfterSendMsg";
const PASS = { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0 };

/** A gateway that receives callbacks, and its log. */
function receiving(webhooks: Partial<GatewayWebhooks> = {}, more: Partial<GatewayOptions> = {}) {
  const log: LogRecord[] = [];
  const receiver = gateway({
    webhooks: { token: TOKEN, on: {}, ...webhooks },
    log: (record) => void log.push(record),
    ...more,
  });
  const send = async (command: string, callback: Callback = {}) => {
    const time = String(Math.floor(Date.now() / 1000));
    const query = { SdkAppid: String(app.sdkAppId), RequestTime: time, ...callback.query };
    const { url, ...rest } = await parts(await callbackOf(command, { ...callback, query }));
    return await receiver.request(`/webhooks${new URL(url).search}`, rest);
  };
  return { receiver, send, log };
}

async function parts(request: Request) {
  const { url, method } = request;
  return { url, method, headers: request.headers, body: await request.text() };
}

test("POST /webhooks gives a callback to its handler, with no caller's credentials", async () => {
  const seen: string[] = [];
  const { send, log } = receiving({
    on: {
      [BEFORE]: (event) => refuse(event, 10101, "not here"),
      [AFTER]: ({ body }) => void seen.push(body.CallbackCommand),
    },
  });
  const refused = await send(BEFORE);
  assert.is(refused.status, 200);
  assert.equal(await refused.json(), {
    ActionStatus: "OK",
    ErrorInfo: "not here",
    ErrorCode: 10101,
  });
  assert.equal(await (await send(AFTER)).json(), PASS);
  assert.equal(seen, [AFTER]);
  assert.equal(log.map(({ route, status, callback }) => [route, status, callback]), [
    ["/webhooks", 200, BEFORE],
    ["/webhooks", 200, AFTER],
  ]);
});

test("POST /webhooks gives back an answer that has no body", async () => {
  for (const status of [200, 204]) {
    const { send, log } = receiving({ on: { [AFTER]: () => new Response(null, { status }) } });
    const answer = await send(AFTER);
    assert.is(answer.status, status);
    assert.is(await answer.text(), "");
    assert.is(log.at(-1)!.status, status);
  }
});

test("POST /webhooks refuses what is unsigned, old, for another app or a replay, and says so in the log", async () => {
  let handled = 0;
  const { send, receiver, log } = receiving({ on: { [AFTER]: () => void handled++ } });
  const old = String(Math.floor(Date.now() / 1000) - 3600);
  const attacks: [Callback, number, string][] = [
    [{ query: { Sign: null } }, 403, "callback-signature"],
    [{ query: { Sign: "0".repeat(64) } }, 403, "callback-signature"],
    [{ query: { RequestTime: old } }, 403, "callback-age"],
    [{ query: { SdkAppid: "1" } }, 403, "callback-app"],
    [{ body: "[]" }, 400, "callback-body"],
    [{ body: { CallbackCommand: BEFORE } }, 400, "callback-command"],
    [{ body: { CallbackCommand: AFTER, x: "y".repeat(1 << 20) } }, 413, "callback-too-large"],
  ];
  for (const [callback, status, reason] of attacks) {
    const answer = await send(AFTER, callback);
    assert.is(answer.status, status, reason);
    assert.is((await answer.json()).ActionStatus, "FAIL");
    assert.is(log.at(-1)!.reason, reason);
    assert.match(log.at(-1)!.error!, "WebhookFault: ");
  }
  const query = { RequestTime: String(Math.floor(Date.now() / 1000)) };
  assert.is((await send(AFTER, { query })).status, 200);
  assert.is((await send(AFTER, { query })).status, 409);
  assert.is(log.at(-1)!.reason, "callback-replay");
  assert.is(handled, 1);
  assert.is((await problemOf(await receiver.request("/webhooks"))).status, 405);
  assert.not.match(JSON.stringify(log), TOKEN);
  assert.not.match(JSON.stringify(log), /[0-9a-f]{64}/, "no signature");
});

test("a callback that no page describes is acknowledged and logged; so is what a handler throws", async () => {
  const heard: string[] = [];
  const { send, log } = receiving({
    on: { [AFTER]: () => Promise.reject(new Error("database away")) },
    onUnknown: ({ command }) => void heard.push(command),
  });
  assert.equal(await (await send("Group.CallbackBrandNew")).json(), PASS);
  assert.equal(heard, ["Group.CallbackBrandNew"]);
  const [unknown] = log;
  assert.equal([unknown!.event, unknown!.level, unknown!.callback], [
    "callback-unknown",
    "warn",
    "Group.CallbackBrandNew",
  ]);
  const failed = await send(AFTER);
  assert.is(failed.status, 500, "so that the backend sends it again");
  const fault = log.find(({ event }) => event === "callback-failed")!;
  assert.equal([fault.callback, fault.error], [AFTER, "Error: database away"]);
  assert.is(fault.requestId, failed.headers.get("x-request-id"));
  await send("Group.Callback\nforged");
  assert.is(log.at(-1)!.callback, undefined);
});

test("a handler that is late is answered for, inside the time that the backend waits", async () => {
  const { send, log } = receiving({
    on: { [BEFORE]: () => new Promise<undefined>(() => {}) },
    fallback: (event) => refuse(event),
    timeoutMs: 30,
  });
  assert.is((await (await send(BEFORE)).json()).ErrorCode, 1);
  assert.match(log.find(({ event }) => event === "callback-failed")!.error!, "took over 30 ms");
});

test("a shutdown waits for a handler that goes on after its answer", async () => {
  let finish = () => {};
  const { send, receiver } = receiving({
    on: { [AFTER]: () => new Promise<void>((resolve) => finish = resolve) },
    timeoutMs: 20,
  });
  assert.equal(await (await send(AFTER)).json(), PASS);
  let drained = false;
  const draining = receiver.drain().then(() => drained = true);
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.is(drained, false);
  finish();
  await draining;
});

test("replays are remembered in a store that other gateways share", async () => {
  const store = memoryIdempotency();
  const gateways = [1, 2].map(() => receiving({ store }));
  const query = { RequestTime: String(Math.floor(Date.now() / 1000)) };
  const statuses = [];
  for (const { send } of gateways) statuses.push((await send(AFTER, { query })).status);
  assert.equal(statuses, [200, 409]);
});

test("while the store is away callbacks are handled, and the log says that it is", async () => {
  const dead: IdempotencyStore = {
    begin: () => new Promise(() => {}),
    finish: () => {},
    doubt: () => {},
    release: () => {},
  };
  const { send, log } = receiving({ store: dead }, { limits: { storeTimeoutMs: 20 } });
  assert.is((await send(AFTER)).status, 200);
  assert.is(log[0]!.event, "store-away");
});

test("createGateway refuses webhooks that check nothing or name no callback", () => {
  const make = (webhooks: object) => () => gateway({ webhooks: webhooks as GatewayWebhooks });
  throwsConfig(make({ on: {} }), /webhooks\.token/);
  throwsConfig(make({ token: "", on: {} }), /token/);
  throwsConfig(make({ token: TOKEN, on: { "Group.CallbackAfterSend": letPass } }), /did you mean/);
  throwsConfig(make({ token: TOKEN, On: {} }), /"On", which means nothing/);
  throwsConfig(make({ token: TOKEN }), /webhooks\.on/);
  throwsConfig(make({ token: TOKEN, on: {}, timeoutMs: 2000 }), /timeoutMs is 2000/);
});

test.run();

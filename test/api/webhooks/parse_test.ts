import { test } from "uvu";
import * as assert from "uvu/assert";
import { isTimError } from "../../../mod.ts";
import {
  isWebhookFault,
  parseWebhook,
  WebhookFault,
  type WebhookFaultReason,
  type WebhookOptions,
  webhookSign,
} from "../../../src/api/webhooks/mod.ts";
import { type Callback, callbackOf, NOW, SDK_APP_ID, TOKEN } from "../../support/callback.ts";
import { rejects } from "../../support/rejects.ts";

const COMMAND = "State.StateChange";
const options: WebhookOptions = { sdkAppId: SDK_APP_ID, token: TOKEN, now: () => NOW * 1000 };

const parse = async (callback: Callback = {}, changed: Partial<WebhookOptions> = {}) =>
  await parseWebhook(await callbackOf(COMMAND, callback), { ...options, ...changed });

async function faultOf(callback: Callback, changed?: Partial<WebhookOptions>) {
  const error = await rejects(parse(callback, changed));
  assert.ok(isWebhookFault(error), String(error));
  return error;
}

test("webhookSign makes the documented signature", async () => {
  assert.is(
    await webhookSign("xxxxyyyy", "1669872112"),
    "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061",
  );
});

test("parseWebhook reads a documented callback", async () => {
  const body = {
    CallbackCommand: COMMAND,
    EventTime: 1,
    Info: { Action: "Login", To_Account: "mira", Reason: "Register" },
  };
  assert.equal(await parse({ body }), {
    known: true,
    command: COMMAND,
    phase: "after",
    sdkAppId: SDK_APP_ID,
    clientIp: "203.0.113.9",
    platform: "Web",
    body,
  });
});

test("parseWebhook lets a callback through that nobody documented", async () => {
  for (const command of ["Group.CallbackBrandNew", "constructor", "__proto__"]) {
    const body = { Field: 1, CallbackCommand: command };
    const query = { ClientIP: null, OptPlatform: null };
    const event = await parseWebhook(await callbackOf(command, { body, query }), options);
    assert.equal(event, { known: false, command, sdkAppId: SDK_APP_ID, body });
  }
});

const sign = await webhookSign(TOKEN, String(NOW));
const { length } = sign;
const faults: [what: string, callback: Callback, reason: WebhookFaultReason, status: number][] = [
  ["a GET", { method: "GET" }, "method", 405],
  ["another app", { query: { SdkAppid: "1400000002" } }, "app", 403],
  ["no app", { query: { SdkAppid: null } }, "app", 403],
  ["no Sign", { query: { Sign: null } }, "signature", 403],
  ["an empty Sign", { query: { Sign: "" } }, "signature", 403],
  [
    "a Sign of another token",
    {
      query: { Sign: await webhookSign("other", String(NOW)) },
    },
    "signature",
    403,
  ],
  ["a Sign cut short", { query: { Sign: sign.slice(0, -1) } }, "signature", 403],
  ["a Sign with more behind", { query: { Sign: `${sign}0` } }, "signature", 403],
  [
    "a Sign of another time",
    {
      query: { Sign: sign, RequestTime: String(NOW + 1) },
    },
    "signature",
    403,
  ],
  ["a Sign without its time", { query: { RequestTime: null } }, "signature", 403],
  ["a replay", { query: { RequestTime: String(NOW - 61) } }, "age", 403],
  ["a time to come", { query: { RequestTime: String(NOW + 61) } }, "age", 403],
  ["a time that is none", { query: { RequestTime: "soon" } }, "age", 403],
  ["no CallbackCommand", { query: { CallbackCommand: null } }, "command", 400],
  ["two CallbackCommands", { body: { CallbackCommand: "Bot.OnC2CMessage" } }, "command", 400],
  ["a CallbackCommand that is null", { body: { CallbackCommand: null } }, "command", 400],
  ["a body that is no JSON", { body: "CallbackCommand=1" }, "body", 400],
  ["no body", { body: "" }, "body", 400],
  ["a list", { body: "[]" }, "body", 400],
  ["null", { body: "null" }, "body", 400],
  ["text that is no UTF-8", { body: new Uint8Array([0x22, 0xff, 0x22]) }, "body", 400],
];
for (const [what, callback, reason, status] of faults) {
  test(`parseWebhook refuses ${what}`, async () => {
    const fault = await faultOf(callback);
    assert.is(fault.reason, reason, fault.message);
    assert.is(fault.status, status);
    assert.instance(fault, WebhookFault);
    for (const secret of [TOKEN, sign]) assert.not.match(fault.message, secret);
  });
}

test("parseWebhook refuses a Sign with any one digit changed", async () => {
  for (let index = 0; index < length; index++) {
    const digit = sign[index] === "0" ? "1" : "0";
    const changed = sign.slice(0, index) + digit + sign.slice(index + 1);
    assert.is((await faultOf({ query: { Sign: changed } })).reason, "signature");
  }
});

test("parseWebhook takes what is as old as allowed", async () => {
  for (const seconds of [-60, 60]) {
    assert.ok(await parse({ query: { RequestTime: String(NOW + seconds) } }));
  }
  const query = { RequestTime: String(NOW - 300) };
  assert.ok(await parse({ query }, { maxAgeSeconds: 300 }));
  assert.match((await faultOf({ query }, { maxAgeSeconds: 299 })).message, "300 s old");
});

test("parseWebhook wants no signature without a token", async () => {
  const query = { Sign: null, RequestTime: null };
  assert.ok(await parse({ query }, { token: undefined }));
});

test("parseWebhook reads no more of a body than allowed", async () => {
  const body = JSON.stringify({ CallbackCommand: COMMAND });
  assert.ok(await parse({ body }, { maxBodyBytes: body.length }));
  const declared = await faultOf({ body }, { maxBodyBytes: body.length - 1 });
  assert.is(declared.status, 413);

  let pulled = 0;
  let cancelled = false;
  const endless = new ReadableStream({
    pull: (controller) => {
      pulled++;
      controller.enqueue(new Uint8Array(1000));
    },
    cancel: () => void (cancelled = true),
  });
  const streamed = await faultOf({ body: endless }, { maxBodyBytes: 5000 });
  assert.is(streamed.reason, "too-large");
  assert.ok(cancelled);
  assert.ok(pulled < 20, `${pulled} pieces read`);
});

test("parseWebhook says when a body breaks off", async () => {
  const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) });
  const fault = await faultOf({ body: broken });
  assert.is(fault.reason, "body");
  assert.match(fault.message, "ended early");
});

test("parseWebhook refuses options that would check nothing", async () => {
  const wrong: [Partial<WebhookOptions>, string][] = [
    [{ token: "" }, "token is empty"],
    [{ maxAgeSeconds: 0 }, "maxAgeSeconds is 0"],
    [{ maxAgeSeconds: NaN }, "maxAgeSeconds is NaN"],
    [{ maxBodyBytes: 0 }, "maxBodyBytes is 0"],
    [{ sdkAppId: 0 }, "sdkAppId"],
  ];
  for (const [changed, message] of wrong) {
    const error = await rejects(parse({}, changed));
    assert.ok(isTimError(error, "config"), String(error));
    assert.match(error.message.toLowerCase(), message.toLowerCase());
  }
});

test("isWebhookFault tells faults by reason, and from other errors", () => {
  assert.ok(isWebhookFault(new WebhookFault("age", "old"), "age"));
  assert.not(isWebhookFault(new WebhookFault("age", "old"), "app"));
  for (const other of [new Error("age"), null, "age", undefined]) assert.not(isWebhookFault(other));
});

test.run();

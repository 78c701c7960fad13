import { test } from "uvu";
import * as assert from "uvu/assert";
import { isTimError } from "../../../mod.ts";
import {
  type IncomingWebhook,
  isWebhookFault,
  letPass,
  refuse,
  webhookHandler,
  type WebhookHandlerOptions,
} from "../../../src/api/webhooks/mod.ts";
import { type Callback, callbackOf, NOW, SDK_APP_ID, TOKEN } from "../../support/callback.ts";

const BEFORE = "Group.CallbackBeforeSendMsg";
const AFTER = "Group.CallbackAfterSendMsg";
const PASS = { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0 };
/** A handler that takes longer than anybody waits. */
const never = () => new Promise<undefined>(() => {});

/** A handler of the test's app, and what its hook was told. */
function handlerOf(options: Partial<WebhookHandlerOptions>) {
  const told: [error: unknown, event?: IncomingWebhook][] = [];
  const handle = webhookHandler({
    sdkAppId: SDK_APP_ID,
    token: TOKEN,
    now: () => NOW * 1000,
    on: {},
    onError: (error, event) => told.push([error, event]),
    ...options,
  });
  const send = async (
    command: string,
    callback?: Callback,
    context?: Parameters<typeof handle>[1],
    workerContext?: Parameters<typeof handle>[2],
  ) => await handle(await callbackOf(command, callback), context, workerContext);
  return { send, told };
}

test("webhookHandler gives each callback to its handler, and answers what that says", async () => {
  const seen: string[] = [];
  const { send, told } = handlerOf({
    on: {
      [BEFORE]: (event) => {
        seen.push(event.command);
        return refuse(event, 10101, "not here");
      },
      [AFTER]: async ({ body }) => {
        await Promise.resolve();
        seen.push(body.CallbackCommand);
      },
    },
  });
  const refused = await send(BEFORE);
  assert.equal(await refused.json(), {
    ActionStatus: "OK",
    ErrorInfo: "not here",
    ErrorCode: 10101,
  });
  assert.equal(await (await send(AFTER)).json(), PASS);
  assert.equal(seen, [BEFORE, AFTER]);
  assert.equal(told, []);
});

test("webhookHandler acknowledges what nobody handles, and what nobody documented", async () => {
  const { send, told } = handlerOf({});
  for (const command of [BEFORE, AFTER, "Group.CallbackBrandNew", "toString"]) {
    const answer = await send(command);
    assert.is(answer.status, 200);
    assert.equal(await answer.json(), PASS);
  }
  assert.equal(told, []);
  const seen: string[] = [];
  const curious = handlerOf({ onUnknown: ({ command }) => void seen.push(command) });
  assert.is((await curious.send("Group.CallbackBrandNew")).status, 200);
  assert.is((await curious.send(AFTER)).status, 200);
  assert.equal(seen, ["Group.CallbackBrandNew"]);
});

test("webhookHandler lets an event pass whose handler is late, and says so", async () => {
  const { send, told } = handlerOf({ on: { [BEFORE]: never }, timeoutMs: 20 });
  assert.equal(await (await send(BEFORE)).json(), PASS);
  assert.is(told.length, 1);
  const [error, event] = told[0]!;
  assert.ok(isWebhookFault(error, "late"));
  assert.match(error.message, `The handler of ${BEFORE} took over 20 ms`);
  assert.is(event!.command, BEFORE);
});

test("webhookHandler answers in any case, whatever the fallback does", async () => {
  const fallback = () => {
    throw new Error("no fallback");
  };
  const { send, told } = handlerOf({ on: { [BEFORE]: never }, fallback, timeoutMs: 20 });
  assert.equal(await (await send(BEFORE)).json(), PASS);
  assert.match(String(told[1]![0]), "no fallback");
});

test("webhookHandler falls back to a refusal where the app is strict", async () => {
  const on = {
    [BEFORE]: never,
    "Sns.CallbackPrevFriendAdd": () => {
      throw new Error("down");
    },
  };
  const { send } = handlerOf({ on, fallback: (event) => refuse(event), timeoutMs: 20 });
  assert.is((await (await send(BEFORE)).json()).ErrorCode, 1);
  const body = {
    CallbackCommand: "Sns.CallbackPrevFriendAdd",
    FriendItem: [{ To_Account: "lin" }],
  };
  const friends = await (await send("Sns.CallbackPrevFriendAdd", { body })).json();
  assert.equal(friends.ResultItem, [
    { To_Account: "lin", ResultCode: 38000, ResultInfo: "" },
  ]);
});

test("webhookHandler lets an event pass whose handler throws, and says what", async () => {
  for (
    const fail of [() => Promise.reject(new Error("down")), () => {
      throw new Error("down");
    }]
  ) {
    const { send, told } = handlerOf({ on: { [BEFORE]: fail } });
    assert.equal(await (await send(BEFORE)).json(), PASS);
    assert.match(String(told[0]![0]), "down");
    assert.is(told[0]![1]!.command, BEFORE);
  }
});

test("webhookHandler tells the backend when what has happened could not be handled", async () => {
  const { send, told } = handlerOf({ on: { [AFTER]: () => Promise.reject(new Error("down")) } });
  assert.is((await send(AFTER)).status, 500);
  assert.is(told.length, 1);
});

test("webhookHandler acknowledges in time and lets late work go on", async () => {
  let finish = () => {};
  let done = false;
  const { send, told } = handlerOf({
    timeoutMs: 20,
    on: {
      [AFTER]: async () => {
        await new Promise<void>((resolve) => finish = resolve);
        done = true;
        throw new Error("after all");
      },
    },
  });
  const waiting: Promise<unknown>[] = [];
  const answer = await send(AFTER, {}, { waitUntil: (work) => waiting.push(work) });
  assert.equal(await answer.json(), PASS);
  assert.is(done, false);
  assert.equal(told, []);
  assert.is(waiting.length, 1);
  finish();
  await waiting[0];
  assert.is(done, true);
  assert.match(String(told[0]![0]), "after all");
});

test("webhookHandler is a Worker's fetch as it stands: it finds the context after the environment", async () => {
  const { send } = handlerOf({ timeoutMs: 20, on: { [AFTER]: never } });
  const waiting: Promise<unknown>[] = [];
  const environment = { TOKEN: "secret" };
  await send(AFTER, {}, environment, { waitUntil: (work) => waiting.push(work) });
  assert.is(waiting.length, 1);
});

test("webhookHandler wants a Response or nothing of a handler", async () => {
  const on = { [BEFORE]: () => ({ ErrorCode: 1 }) as unknown as Response };
  const { send, told } = handlerOf({ on });
  assert.equal(await (await send(BEFORE)).json(), PASS);
  assert.match(String(told[0]![0]), "returned neither a Response nor nothing");
});

test("webhookHandler turns away what is no callback, and handles none of it", async () => {
  let handled = 0;
  const { send, told } = handlerOf({ on: { [AFTER]: () => void handled++ } });
  const get = await send(AFTER, { method: "GET" });
  assert.is(get.status, 405);
  assert.is(get.headers.get("allow"), "POST");
  assert.is((await send(AFTER, { query: { Sign: "0" } })).status, 403);
  assert.is((await send(AFTER, { query: { SdkAppid: "1" } })).status, 403);
  const text = await send(AFTER, { body: "hello" });
  assert.is(text.status, 400);
  assert.equal(await text.json(), {
    ActionStatus: "FAIL",
    ErrorInfo: "The body is no JSON",
    ErrorCode: 1,
  });
  assert.is(told.length, 4);
  assert.ok(told.every(([error, event]) => isWebhookFault(error) && event === undefined));
  assert.is(handled, 0);
});

test("webhookHandler does not wait for a body that does not come", async () => {
  let cancelled = false;
  const stalled = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode("{")),
    cancel: () => void (cancelled = true),
  });
  const { send, told } = handlerOf({ timeoutMs: 20 });
  assert.is((await send(AFTER, { body: stalled })).status, 408);
  assert.ok(isWebhookFault(told[0]![0], "late"));
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.ok(cancelled);
});

test("webhookHandler refuses options that cannot be meant", () => {
  const on = { "Group.CallbackAfterSendMessage": letPass } as WebhookHandlerOptions["on"];
  const wrong: [Partial<WebhookHandlerOptions>, RegExp][] = [
    [{ timeoutMs: 2000 }, /timeoutMs is 2000, wanted over 0 and under 2000/],
    [{ timeoutMs: NaN }, /timeoutMs is NaN/],
    [{ token: "" }, /token is empty/],
    [{ tokn: "secret" } as never, /tokn is no option, wanted token/],
    [{ Memory: {} } as never, /Memory is no option, wanted memory/],
    [{ on }, /No callback is called Group.CallbackAfterSendMessage; did you mean Group/],
  ];
  for (const [options, message] of wrong) {
    assert.throws(
      () => handlerOf(options),
      (error: unknown) => isTimError(error, "config") && message.test(error.message),
    );
  }
});

test.run();

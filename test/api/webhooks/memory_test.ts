import { test } from "uvu";
import * as assert from "uvu/assert";
import { isTimError } from "../../../mod.ts";
import {
  isWebhookFault,
  webhookHandler,
  type WebhookHandlerOptions,
  webhookMemory,
} from "../../../src/api/webhooks/mod.ts";
import { type Callback, callbackOf, NOW, SDK_APP_ID, TOKEN } from "../../support/callback.ts";

const AFTER = "Group.CallbackAfterSendMsg";
const BEFORE = "Group.CallbackBeforeSendMsg";

/** A handler with a memory, its count, and what its hook was told. */
function remembering(options: Partial<WebhookHandlerOptions> = {}) {
  const told: unknown[] = [];
  const seen: string[] = [];
  const note = ({ command }: { command: string }) => void seen.push(command);
  const handle = webhookHandler({
    sdkAppId: SDK_APP_ID,
    token: TOKEN,
    now: () => NOW * 1000,
    on: { [AFTER]: note, [BEFORE]: note },
    memory: webhookMemory(),
    onError: (error) => told.push(error),
    ...options,
  });
  const send = async (command: string, callback?: Callback) =>
    await handle(await callbackOf(command, callback));
  return { send, seen, told };
}

test("webhookHandler with a memory turns a replay away, by whatever client's address it comes", async () => {
  const { send, seen, told } = remembering();
  assert.is((await send(AFTER)).status, 200);
  const others: Callback["query"][] = [{}, { ClientIP: "198.51.100.1" }, { OptPlatform: null }];
  for (const query of others) {
    const again = await send(AFTER, { query });
    assert.is(again.status, 409);
    assert.match((await again.json()).ErrorInfo, "has come before");
  }
  assert.equal(seen, [AFTER]);
  assert.ok(told.length === 3 && told.every((error) => isWebhookFault(error, "replay")));
});

test("webhookHandler with a memory takes another event, another second and another body", async () => {
  const { send, seen } = remembering();
  const others: [string, Callback?][] = [
    [AFTER],
    [BEFORE],
    [AFTER, { query: { RequestTime: String(NOW + 1) } }],
    [AFTER, { body: { CallbackCommand: AFTER, MsgSeq: 2 } }],
  ];
  for (const [command, callback] of others) {
    assert.is((await send(command, callback)).status, 200);
  }
  assert.is(seen.length, others.length);
});

test("of two replays at the same time one is handled", async () => {
  const { send, seen } = remembering();
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(AFTER)));
  assert.is(answers.filter(({ status }) => status === 200).length, 1);
  assert.is(seen.length, 1);
});

test("an event whose handler failed may come again", async () => {
  let down = true;
  const { send } = remembering({
    on: {
      [AFTER]: () => {
        if (down) throw new Error("down");
      },
    },
  });
  assert.is((await send(AFTER)).status, 500);
  down = false;
  assert.is((await send(AFTER)).status, 200);
  assert.is((await send(AFTER)).status, 409);
});

test("an event is handled while the memory itself fails, and the app is told", async () => {
  const memory = { take: () => Promise.reject(new Error("store away")), release: () => {} };
  const { send, seen, told } = remembering({ memory });
  assert.is((await send(AFTER)).status, 200);
  assert.equal(seen, [AFTER]);
  assert.match(String(told), "store away");
});

test("an event is handled while the memory does not answer, and the app is told", async () => {
  const memory = { take: () => new Promise<boolean>(() => {}), release: () => {} };
  const { send, seen, told } = remembering({ memory, timeoutMs: 100 });
  assert.is((await send(AFTER)).status, 200);
  assert.equal(seen, [AFTER]);
  assert.match(String(told), "The memory is late");
});

test("webhookMemory forgets when the time is over, and the oldest when it is full", () => {
  let now = 1000;
  const memory = webhookMemory({ maxKeys: 3, now: () => now });
  assert.is(memory.take("a", 100), true);
  assert.is(memory.take("a", 100), false);
  now += 100;
  assert.is(memory.take("a", 100), true);
  for (const id of ["b", "c", "d"]) assert.is(memory.take(id, 100), true);
  assert.is(memory.take("d", 100), false);
  assert.is(memory.take("a", 100), true, "it was the oldest of four");
  memory.release("d");
  assert.is(memory.take("d", 100), true);
});

test("a memory wants a token, since without one nothing says the time", () => {
  assert.throws(
    () => remembering({ token: undefined }),
    (error: unknown) => isTimError(error, "config") && /memory needs a token/.test(error.message),
  );
  assert.throws(() => webhookMemory({ maxKeys: 0 }), /maxKeys is 0/);
});

test.run();

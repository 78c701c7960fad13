import { test } from "uvu";
import * as assert from "uvu/assert";
import { refuse } from "../../src/emulator/refusal.ts";
import { AnswerNeeded, Callbacks } from "../../src/emulator/store/callbacks.ts";
import { World } from "../../src/emulator/store/world.ts";
import { signature, Webhooks } from "../../src/emulator/webhooks/webhooks.ts";
import { RunningApp } from "../../src/emulator/worlds/running_app.ts";
import { memoryJournals } from "../../src/emulator/worlds/journal.ts";
import { EMULATOR_APP } from "../../src/emulator/mod.ts";
import { control } from "../support/control.ts";
import { emulated, refused } from "../support/emulated.ts";

const NOW = 1_795_000_000_000;
const EVENT = { Action: "Logout", To_Account: "mira", Reason: "Unregister" } as const;
const app = new RunningApp(EMULATOR_APP, memoryJournals().of(1));

interface Sent {
  url: URL;
  body: Record<string, unknown>;
}

/** An app's own server, which keeps what it was sent. */
function server(answer: (sent: Sent, signal: AbortSignal) => Response | Promise<Response>) {
  const sent: Sent[] = [];
  const fetcher = (async (url: string, init: RequestInit) => {
    const one = { url: new URL(url), body: JSON.parse(init.body as string) };
    sent.push(one);
    return await answer(one, init.signal!);
  }) as typeof fetch;
  return { sent, fetcher };
}

const pass = () => Response.json({ ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" });

test("a callback carries the documented query, the event and its time", async () => {
  const { sent, fetcher } = server(pass);
  const webhooks = new Webhooks({ url: "http://app.test/hook" }, () => NOW, fetcher);
  await webhooks.tell(app, [{ name: "State.StateChange", event: { Info: EVENT } }], true);
  assert.is(sent.length, 1);
  assert.is(sent[0]!.url.origin + sent[0]!.url.pathname, "http://app.test/hook");
  assert.equal(Object.fromEntries(sent[0]!.url.searchParams), {
    SdkAppid: "88888888",
    CallbackCommand: "State.StateChange",
    contenttype: "json",
    ClientIP: "127.0.0.1",
    OptPlatform: "RESTAPI",
  });
  assert.equal(sent[0]!.body, {
    CallbackCommand: "State.StateChange",
    Info: EVENT,
    EventTime: NOW,
  });
});

test("with a token a callback is signed as documented", async () => {
  assert.equal(await signature("xxxxyyyy", 1_669_872_112_000), {
    Sign: "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061",
    RequestTime: "1669872112",
  });
  const { sent, fetcher } = server(pass);
  const settings = { url: "http://app.test/", token: "tim-edge-token" };
  const webhooks = new Webhooks(settings, () => NOW, fetcher);
  await webhooks.ask(app, { name: "State.StateChange", event: {} });
  assert.is(
    sent[0]!.url.searchParams.get("Sign"),
    "c63c30ebe43945675ba8cf84ad8feb7b7109160036600204916d57895788e560",
  );
  assert.not.match(JSON.stringify(webhooks.show()), "tim-edge-token");
});

for (
  const [what, answer] of [
    [
      "no answer in time",
      (_: Sent, signal: AbortSignal) =>
        new Promise<Response>((_, reject) => {
          // The signal's own timer does not keep Node awake.
          const awake = setTimeout(() => {}, 10_000);
          signal.addEventListener("abort", () => {
            clearTimeout(awake);
            reject(signal.reason);
          });
        }),
    ],
    ["a status other than 200", () => new Response("{}", { status: 500 })],
    ["an answer that is no JSON", () => new Response("<html>")],
    ["no connection", () => Promise.reject(new TypeError("connection refused"))],
  ] as const
) {
  test(`${what} lets the deed go ahead, unless the settings block it`, async () => {
    const { fetcher } = server(answer);
    const settings = { url: "http://app.test/", timeoutMs: 30 };
    const ask = (webhooks: Webhooks) => webhooks.ask(app, { name: "State.StateChange", event: {} });
    const open = new Webhooks(settings, () => NOW, fetcher);
    assert.is(await ask(open), null);
    const { deliveries } = open.show() as { deliveries: { failed: string }[] };
    assert.ok(deliveries[0]!.failed.length > 0);
    const closed = new Webhooks({ ...settings, blockWithoutAnswer: true }, () => NOW, fetcher);
    assert.equal(await ask(closed), { ActionStatus: "FAIL", ErrorCode: 1 });
  });
}

test("only the callbacks that are switched on are wanted", () => {
  const url = "http://app.test/";
  const webhooks = new Webhooks({ url, callbacks: ["State.StateChange"] }, () => NOW, fetch);
  assert.is(webhooks.wanted(app, "State.StateChange"), true);
  assert.is(webhooks.wanted(app, "Profile.CallbackPortraitSet"), false);
  webhooks.configure({ url, callbacks: ["Group.CallbackAfterCreateGroup"] });
  assert.is(webhooks.wanted(app, "Group.CallbackAfterCreateTopic"), true);
  assert.is(webhooks.wanted(app, "Group.CallbackBeforeCreateTopic"), false);
  webhooks.configure({ url });
  assert.is(webhooks.wanted(app, "Profile.CallbackPortraitSet"), true);
  webhooks.configure({});
  assert.is(webhooks.wanted(app, "State.StateChange"), false);
});

test("a handler that asks is run again with the answer, and tells only of what it did", () => {
  const world = new World(1, new Set(["administrator"]));
  world.callbacks.wanted = () => true;
  let runs = 0;
  const handler = () => {
    runs++;
    const event = { Info: EVENT };
    world.emit("State.StateChange", event);
    if (world.ask("State.StateChange", event)?.ErrorCode === 1) refuse(20006, "refused");
  };
  world.callbacks.begin();
  assert.throws(handler, (error: Error) => error instanceof AnswerNeeded);
  world.callbacks.begin([{ ErrorCode: 0 }]);
  handler();
  assert.is(world.callbacks.told().length, 1);
  world.callbacks.begin([{ ErrorCode: 1 }]);
  assert.throws(handler, /refused/);
  world.callbacks.begin([null]);
  handler();
  assert.is(runs, 4);
  const quiet = new Callbacks();
  assert.is(quiet.ask("State.StateChange", {}), undefined);
});

for (
  const [settings, says] of [
    [{ url: "ftp://x" }, /url "ftp:\/\/x", wanted http/],
    [{ url: 5 }, /url 5/],
    [{ token: "x" }, /url undefined/],
    [{ url: "http://x", token: "" }, /token that is no text/],
    [{ url: "http://x", callback: [] }, /no callback; it takes url, token, callbacks/],
    [{ url: "http://x", callbacks: null }, /callbacks that are no list of names/],
    [{ url: "http://x", callbacks: "State.StateChange" }, /callbacks that are no list of names/],
    [{ url: "http://x", callbacks: [1] }, /callbacks that are no list of names/],
    [{ url: "http://x", blockWithoutAnswer: "no" }, /neither true nor false/],
    [{ url: "http://x", timeoutMs: "2000" }, /timeoutMs "2000", wanted 1 to 2147483647/],
    [{ url: "http://x", timeoutMs: 1e12 }, /timeoutMs 1000000000000, wanted/],
    [[], /The body is \[\], wanted a JSON object/],
    [
      { url: "http://x", callbacks: ["State.StateChang"] },
      /no callback State\.StateChang; did you mean State\.StateChange\?/,
    ],
  ] as [object, RegExp][]
) {
  test(`wrong webhook settings are explained: ${says.source}`, async () => {
    const { error } = await control(emulated().app, "PUT", "webhooks", settings, 400);
    assert.match(error, says);
  });
}

test("an answer that is no JSON object is none", async () => {
  for (const answer of ["null", "5", '"OK"', "[]"]) {
    const fetcher = () => Promise.resolve(new Response(answer));
    const { app, tim } = emulated({
      fetch: fetcher as typeof fetch,
      webhooks: { url: "http://app.test/", blockWithoutAnswer: true },
    });
    const create = { Type: "Public", Name: "Club" };
    assert.is((await refused(tim.call("group_open_http_svc/create_group", create)))[0], 10016);
    const { deliveries } = await control(app, "GET", "webhooks");
    assert.is(deliveries[0].failed, "the answer is no JSON object");
  }
});

test("what is told of one group comes in its order, though another's does not wait for it", async () => {
  const heard: string[] = [];
  const waiting: (() => void)[] = [];
  const { fetcher } = server(async ({ body }) => {
    const { GroupId, Name } = body as { GroupId: string; Name: string };
    heard.push(`${GroupId} ${Name}`);
    // The first of the slow group is held back until the test lets go.
    if (Name === "first" && GroupId === "slow") {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    return pass();
  });
  const webhooks = new Webhooks({ url: "http://app.test/" }, () => NOW, fetcher);
  const tell = (GroupId: string, Name: string, inTurn = true) =>
    webhooks.tell(
      app,
      [{ name: "Group.CallbackAfterCreateGroup", event: { GroupId, Name } }],
      inTurn,
    );
  const slow = [tell("slow", "first"), tell("slow", "second"), tell("slow", "third")];
  await tell("quick", "first");
  await tell("slow", "in a Worker", false);
  assert.equal(heard, ["slow first", "quick first", "slow in a Worker"]);
  waiting.forEach((go) => go());
  await Promise.all(slow);
  assert.equal(heard.slice(3), ["slow second", "slow third"]);
});

test("what is told does not wait for what hangs longer than an answer may take", async () => {
  const heard: unknown[] = [];
  const { fetcher } = server(({ body }, signal) => {
    heard.push(body.GroupId);
    return new Promise<Response>((_, reject) =>
      signal.addEventListener("abort", () => reject(signal.reason))
    );
  });
  const settings = { url: "http://app.test/", timeoutMs: 20 };
  const webhooks = new Webhooks(settings, () => NOW, fetcher);
  const event = { GroupId: "a" };
  const started = performance.now();
  await Promise.all(
    Array.from(
      { length: 200 },
      () => webhooks.tell(app, [{ name: "Group.CallbackAfterCreateGroup", event }], true),
    ),
  );
  assert.is(heard.length, 200);
  // One after the other it would be four seconds.
  assert.ok(performance.now() - started < 3000, `${performance.now() - started} ms`);
});

test("the control API sets where callbacks go", async () => {
  const { app } = emulated();
  assert.is((await control(app, "GET", "webhooks")).settings, null);
  const { settings } = await control(app, "PUT", "webhooks", { url: "http://x/", token: "secret" });
  assert.equal(settings, { url: "http://x/", signed: true });
  assert.is((await control(app, "PUT", "webhooks", {})).settings, null);
});

test.run();

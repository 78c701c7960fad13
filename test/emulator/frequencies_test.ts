import { test } from "uvu";
import * as assert from "uvu/assert";
import { EMULATOR_APP } from "../../src/emulator/mod.ts";
import { Frequencies, SPANS } from "../../src/emulator/store/frequencies.ts";
import { calls, codeOf } from "../support/calls.ts";
import { control } from "../support/control.ts";
import { emulated } from "../support/emulated.ts";

const MsgBody = [{ MsgType: "TIMTextElem" as const, MsgContent: { Text: "hello" } }];
const DAY = 86_400;
let random = 0;

/** The same with limits and without: without them everything goes. */
async function both(
  accounts: string[],
  work: (world: Awaited<ReturnType<typeof calls>>, limits: boolean) => Promise<void>,
  trial = false,
): Promise<void> {
  for (const limits of [true, false]) {
    await work(await calls(accounts, { limits, apps: [{ ...EMULATOR_APP, trial }] }), limits);
  }
}

test("Frequencies counts by name within a span, and begins anew when the clock was put back", () => {
  const counts = new Frequencies();
  const take = (now: number, name = "a") => counts.take(name, 2, SPANS.hour, now);
  assert.equal([take(0), take(1), take(2), take(2, "b")], [true, true, false, true]);
  assert.is(take(SPANS.hour - 1), false);
  assert.is(take(SPANS.hour), true);
  assert.is(take(SPANS.hour + 1), true);
  assert.is(take(5), true);
  for (let n = 0; n < 5000; n++) counts.take(`n${n}`, 1, SPANS.second, n * 1000);
  assert.is(counts.take("n4999", 1, SPANS.second, 4_999_999), false);
});

test("with limits, an official account sends one message a second and two an hour", async () => {
  await both(["mira"], async ({ call, clock }, limits) => {
    const Official_Account = "@TOA#_news";
    await call("official_account_open_http_svc/create_official_account", {
      OfficialAccountUserID: Official_Account,
      Name: "News",
      Owner_Account: "mira",
    });
    const send = () =>
      call("official_account_open_http_svc/send_official_account_msg", {
        Official_Account,
        Random: ++random,
        MsgBody,
      });
    await send();
    if (limits) assert.is(await codeOf(send()), 10023);
    clock.pass(1);
    await send();
    clock.pass(1);
    if (limits) assert.is(await codeOf(send()), 10023);
    else await send();
    clock.pass(3600);
    await send();
  });
});

test("with limits, a stream takes five continuations a second", async () => {
  await both(["mira"], async ({ call, clock }, limits) => {
    const { GroupId } = await call("group_open_http_svc/create_group", {
      Type: "Public",
      Name: "Club",
    });
    const chunk = (StreamMsgID?: string) =>
      call("stream_msg/send_group_stream_msg", {
        GroupId,
        MsgBody: [{
          MsgType: "TIMStreamElem",
          MsgContent: { StreamMsgID, Chunks: [{ EventType: "text", Markdown: "a" }] },
        }],
      } as never);
    const { StreamMsgID } = await chunk();
    for (let n = 0; n < 5; n++) await chunk(StreamMsgID);
    if (limits) assert.is(await codeOf(chunk(StreamMsgID)), 10023);
    else await chunk(StreamMsgID);
    clock.pass(1);
    await chunk(StreamMsgID);
  });
});

for (const [trial, most] of [[false, 100], [true, 10]] as const) {
  test(`with limits, ${trial ? "the free edition" : "an app"} pushes ${most} times a day (90047)`, async () => {
    await both(["mira"], async ({ call, clock }, limits) => {
      const push = () =>
        call("timpush/push", { From_Account: "mira", MsgRandom: ++random, MsgBody });
      const older = () => call("all_member_push/im_push", { MsgRandom: ++random, MsgBody });
      for (let n = 0; n < most; n++) {
        await push();
        await older();
        clock.pass(1);
      }
      if (limits) {
        assert.is(await codeOf(push()), 90047);
        assert.is(await codeOf(older()), 90047);
      } else await push();
      clock.pass(DAY);
      await push();
      await older();
    }, trial);
  });
}

test("with limits, friends of one account are added and deleted ten times a second", async () => {
  await both(["mira", "omar", "lin"], async ({ call, clock }, limits) => {
    const add = async (From_Account: string) => {
      const AddFriendItem = [{ To_Account: "lin", AddSource: "AddSource_Type_Web" }];
      return (await call("sns/friend_add", { From_Account, AddFriendItem })).ResultItem![0]!
        .ResultCode;
    };
    const remove = async () => {
      const body = { From_Account: "mira", To_Account: ["lin"] };
      return (await call("sns/friend_delete", body)).ResultItem![0]!.ResultCode;
    };
    for (let n = 0; n < 10; n++) {
      assert.is(await add("mira"), 0);
      assert.is(await remove(), 0);
    }
    assert.is(await add("mira"), limits ? 30540 : 0);
    assert.is(await remove(), limits ? 31707 : 0);
    assert.is(await add("omar"), 0);
    clock.pass(1);
    assert.is(await add("mira"), 0);
  });
});

test("with limits, the app's server is warned once a second that a command passed 80 % of its limit", async () => {
  const warnings: string[] = [];
  const fetcher = ((url: string, init: RequestInit) => {
    warnings.push(`${new URL(url).searchParams.has("ClientIP")} ${init.body}`);
    return Promise.resolve(Response.json({ ErrorCode: 0 }));
  }) as typeof fetch;
  const webhooks = { url: "http://app.test/", callbacks: ["State.StateChange"] };
  const { call, clock } = await calls([], { limits: true, webhooks, fetch: fetcher });
  const check = async (times: number) => {
    for (let n = 0; n < times; n++) {
      await call("im_open_login_svc/account_check", { CheckItem: [] });
    }
  };
  await check(80);
  assert.equal(warnings, []);
  await check(20);
  const warning = {
    CallbackCommand: "Alert.RequestOverLimit",
    ServiceName: "im_open_login_svc",
    Command: "account_check",
    Request: 81,
    Limit: 100,
  };
  assert.equal(warnings, [`false ${JSON.stringify(warning)}`]);
  clock.pass(1);
  await check(81);
  assert.is(warnings.length, 2);
});

test("what came too often is not in a snapshot, as it was not done", async () => {
  const { app, tim } = emulated({ limits: true, now: () => 1_795_000_000_000 });
  const Accounts = Array.from({ length: 12 }, (_, n) => `user${n}`);
  await tim.call("im_open_login_svc/multiaccount_import", { Accounts });
  for (const To_Account of Accounts.slice(1)) {
    await tim.call("sns/friend_add", { From_Account: "user0", AddFriendItem: [{ To_Account }] });
  }
  const seed = await control(app, "GET", "snapshot");
  const copy = emulated({ seed, limits: true, now: () => 1_795_000_000_000 });
  const friends = async (of: typeof tim) => {
    const list = await of.call("sns/friend_get", { From_Account: "user0", StartIndex: 0 });
    const figures = await of.call("openconfigsvr/getappinfo", { RequestField: ["ChainIncrease"] });
    return [list.FriendNum, figures.Result];
  };
  assert.is((await friends(tim))[0], 10);
  assert.equal(await friends(copy.tim), await friends(tim));
});

test("with limits, the free edition sends a thousand messages a day into groups", async () => {
  const apps = [{ ...EMULATOR_APP, trial: true }];
  const { call, clock } = await calls(["mira"], { limits: true, apps });
  const { GroupId } = await call("group_open_http_svc/create_group", {
    Type: "Public",
    Name: "Club",
  });
  const send = () =>
    call("group_open_http_svc/send_group_msg", { GroupId, Random: ++random, MsgBody });
  for (let n = 0; n < 1000; n++) {
    if (n % 40 === 0) clock.pass(1);
    await send();
  }
  clock.pass(1);
  assert.is(await codeOf(send()), 10023);
  clock.pass(DAY);
  await send();
});

test("with limits and an app's server that is asked, a message still counts once", async () => {
  const pass = () => Response.json({ ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" });
  const { call } = await calls(["mira"], {
    limits: true,
    webhooks: { url: "http://app.test/", callbacks: ["Group.CallbackBeforeSendMsg"] },
    fetch: (() => Promise.resolve(pass())) as typeof fetch,
  });
  const { GroupId } = await call("group_open_http_svc/create_group", {
    Type: "Public",
    Name: "Club",
  });
  const send = () =>
    call("group_open_http_svc/send_group_msg", { GroupId, Random: ++random, MsgBody });
  for (let n = 0; n < 40; n++) await send();
  assert.is(await codeOf(send()), 10023);
});

test.run();

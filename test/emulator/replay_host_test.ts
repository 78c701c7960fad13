import { test } from "uvu";
import * as assert from "uvu/assert";
import { createEmulator, EMULATOR_APP, type HonoApp } from "../../src/emulator/mod.ts";
import { registry } from "../../src/emulator/services/services.ts";
import { asState } from "../support/as_state.ts";
import { catalogue } from "../support/catalogue.ts";
import { control } from "../support/control.ts";
import { emulated, raw } from "../support/emulated.ts";
import { asGiven, before, type Calls, worlds } from "../support/example_world.ts";

const { commands } = catalogue;
const reads = new Set([...registry.all()].filter((command) => command.reads).map(({ id }) => id));

type Given = Map<string, unknown>;

/** Calls a command with the ids that were given; what it gives itself is kept where `keep` says so. */
async function send(app: HonoApp, command: string, body: unknown, given: Given, keep = false) {
  const { RequestId: _, ...answer } = await raw(app, {
    path: `/v4/${command}`,
    body: asGiven(body, given),
  });
  for (const part of keep ? [answer, answer.Response ?? {}] : []) {
    for (const [field, value] of Object.entries(part)) given.set(field, value);
  }
  return answer;
}

test("a world that every example of the catalogue went through is made again by its snapshot", async () => {
  let now = 1_795_000_000_000;
  const options = { now: () => now };
  const app = createEmulator(options);
  const given: Given = new Map();
  let done = 0;
  for (const { id, document, request } of commands) {
    for (const [command, body] of [...worlds[document] ?? [], ...before[id] ?? []]) {
      await send(app, command, body, given, true);
    }
    now += 1500;
    if ((await send(app, id, request.example, given, true)).ErrorCode === 0) done++;
  }
  assert.ok(done > commands.length / 2, `${done} examples succeeded`);
  const snapshot = await control(app, "GET", "snapshot");
  const copy = createEmulator({ ...options, seed: snapshot });
  assert.equal(await control(copy, "GET", "snapshot"), snapshot);
  const whole = createEmulator({ ...options, seed: asState(snapshot, now) });
  let same = 0;
  const compare = async ({ id, request }: (typeof commands)[number]) => {
    const answer = await send(app, id, request.example, given);
    assert.equal(await send(copy, id, request.example, given), answer, id);
    assert.equal(
      await send(whole, id, request.example, given),
      answer,
      `written as a whole: ${id}`,
    );
    if (answer.ErrorCode === 0) same++;
  };
  const reading = commands.filter(({ id }) => reads.has(id));
  for (const command of reading) await compare(command);
  assert.ok(same > reads.size / 2, `${same} of ${reads.size} were read`);
  // What was copied goes on like the original.
  const sendAll = async (calls: Calls) => {
    for (const [command, body] of calls) {
      for (const to of [app, copy, whole]) await send(to, command, body, given);
    }
  };
  for (const calls of Object.values(worlds)) await sendAll(calls);
  for (const command of commands) {
    await sendAll(before[command.id] ?? []);
    await compare(command);
  }
  for (const command of reading) await compare(command);
});

test("commands that are taken for reading change nothing that the others show", async () => {
  const now = () => 1_795_000_000_000;
  for (const document of Object.keys(worlds)) {
    const own = commands.filter((entry) => entry.document === document && reads.has(entry.id));
    const apps = [createEmulator({ now }), createEmulator({ now })];
    const given: Given = new Map();
    for (const app of apps) {
      for (const { id } of own) {
        for (const [command, body] of [...worlds[document]!, ...before[id] ?? []]) {
          await send(app, command, body, given, true);
        }
      }
    }
    const [one, other] = apps as [HonoApp, HonoApp];
    // The one is read twice, in both directions; the other only once.
    for (const { id, request } of [...own].reverse()) await send(one, id, request.example, given);
    for (const { id, request } of own) {
      const answer = await send(one, id, request.example, given);
      assert.equal(answer, await send(other, id, request.example, given), id);
    }
  }
});

test("a copy of a world takes the answers of the app's server from the original, and asks nobody", async () => {
  const text = [{ MsgType: "TIMTextElem", MsgContent: { Text: "***" } }];
  const said = { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0, MsgBody: text };
  let asked = 0;
  const fetcher = (() => {
    asked++;
    return Promise.resolve(Response.json(said));
  }) as typeof fetch;
  const webhooks = { url: "http://app.test/", callbacks: ["C2C.CallbackBeforeSendMsg"] };
  const { app, tim } = emulated({ webhooks, fetch: fetcher });
  await tim.call("im_open_login_svc/multiaccount_import", { Accounts: ["mira", "omar"] });
  await tim.call("openim/sendmsg", {
    From_Account: "mira",
    To_Account: "omar",
    MsgRandom: 1,
    MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "hello" } }],
  });
  assert.is(asked, 1);
  const copy = emulated({ webhooks, fetch: fetcher, seed: await control(app, "GET", "snapshot") });
  assert.is(asked, 1);
  const { MsgList } = await copy.tim.call<string, { MsgList: { MsgBody: unknown }[] }>(
    "openim/admin_getroammsg",
    {
      Operator_Account: "omar",
      Peer_Account: "mira",
      MaxCnt: 9,
      MinTime: 0,
      MaxTime: 4_000_000_000,
    },
  );
  assert.equal(MsgList.map(({ MsgBody }) => MsgBody), [text]);
});

test("calls that waited for an answer at the same time are made again with their ids", async () => {
  const fetcher =
    (() => Promise.resolve(Response.json({ ActionStatus: "OK", ErrorCode: 0 }))) as typeof fetch;
  const { app, tim } = emulated({ webhooks: { url: "http://app.test/" }, fetch: fetcher });
  const create = { Type: "Public", Name: "Club" } as const;
  await Promise.all([1, 2, 3].map(() => tim.call("group_open_http_svc/create_group", create)));
  const state = await control(app, "GET", "state");
  assert.is(state.apps[0].groups.total, 3);
  const copy = createEmulator({ seed: await control(app, "GET", "snapshot") });
  assert.equal(await control(copy, "GET", "state"), state);
});

test("a planned push that went out before a call that only reads is made again", async () => {
  let now = 1_795_000_000_000;
  const options = { now: () => now };
  const app = createEmulator(options);
  const Sdkappid = EMULATOR_APP.sdkAppId;
  const given: Given = new Map();
  const SchedAt = new Date(now + 60_000).toISOString().slice(0, 19).replace("T", " ");
  const plan = { Sdkappid, Type: "All", SchedAt, Content: {} };
  const { TaskID } = await send(app, "timpush/add_sched_task", plan, given);
  now += 61_000;
  const look = (of: HonoApp) => send(of, "timpush/get_sched_task", { Sdkappid, TaskID }, given);
  const { TaskInfo } = await look(app) as { TaskInfo?: { PushTaskID: string } };
  assert.is.not(TaskInfo!.PushTaskID, "");
  await send(app, "im_open_login_svc/account_import", { UserID: "late" }, given);
  const copy = createEmulator({ ...options, seed: await control(app, "GET", "snapshot") });
  assert.equal(await look(copy), await look(app));
  const figures = { StartTime: now / 1000 - 100, EndTime: now / 1000, TaskID: [] };
  const count = (of: HonoApp) => send(of, "timpush/all_member_push_statistics", figures, given);
  assert.equal(await count(copy), await count(app));
});

test.run();

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Commands } from "../../src/api/mod.ts";
import { EMULATOR_APP } from "../../src/emulator/mod.ts";
import { DAY, NOW, type People, people, text } from "../support/chat_people.ts";
import { refused } from "../support/emulated.ts";

let lastRandom = 0;

/** Four users beside the administrator, three of them with tags, two with an attribute. */
async function tagged(): Promise<People> {
  const world = await people();
  await world.tim.call("timpush/set_attr_name", { AttrNames: { "0": "city" } });
  await world.tim.call("timpush/add_tag", {
    UserTags: [
      { To_Account: "mira", Tags: ["cycling", "running"] },
      { To_Account: "omar", Tags: ["cycling"] },
      { To_Account: "lin", Tags: ["running"] },
    ],
  });
  await world.tim.call("timpush/set_attr", {
    UserAttrs: [
      { To_Account: "mira", Attrs: { city: "Porto" } },
      { To_Account: "omar", Attrs: { city: "Lisbon" } },
    ],
  });
  return world;
}

type PushBody = Partial<Commands["timpush/push"]["request"]>;

async function push({ tim }: People, change: PushBody = {}): Promise<string> {
  const answer = await tim.call("timpush/push", {
    From_Account: "administrator",
    MsgRandom: ++lastRandom,
    OfflinePushInfo: { Title: "Race day", Desc: "Nine" },
    ...change,
  });
  return answer.TaskId!;
}

/** Whom the message of a push with a condition reached. */
async function reached(world: People, Condition: PushBody["Condition"]): Promise<string> {
  const body = { MsgBody: text("Nine"), MsgRandom: ++lastRandom, Condition };
  await push(world, body);
  const found: string[] = [];
  for (const account of ["mira", "omar", "lin", "zoe"]) {
    const list = await history(world, account);
    if (list.some(({ MsgRandom }) => MsgRandom === body.MsgRandom)) found.push(account);
  }
  return found.join(" ");
}

async function history({ tim }: People, Operator_Account: string) {
  const answer = await tim.call("openim/admin_getroammsg", {
    Operator_Account,
    Peer_Account: "administrator",
    MaxCnt: 100,
    MinTime: 0,
    MaxTime: NOW + 100 * DAY,
  });
  return answer.MsgList!;
}

async function counts({ tim }: People, ...TaskID: string[]): Promise<(number | undefined)[]> {
  const { Results } = await tim.call("timpush/all_member_push_statistics", {
    StartTime: NOW - DAY,
    EndTime: NOW + DAY,
    TaskID,
  });
  return Results!.map(({ TotalCount }) => TotalCount);
}

test("a push with a message reaches those who meet its condition", async () => {
  const world = await tagged();
  assert.is(await reached(world, undefined), "mira omar lin zoe");
  assert.is(await reached(world, { TagsOr: ["cycling", "running"] }), "mira omar lin");
  assert.is(await reached(world, { TagsAnd: ["cycling", "running"] }), "mira");
  assert.is(await reached(world, { TagsOr: ["cycling"], TagsNot: ["running"] }), "omar");
  assert.is(await reached(world, { TagsNot: ["running"] }), "omar zoe");
  assert.is(await reached(world, { AttrsOr: { city: "Porto" } }), "mira");
  assert.is(await reached(world, { AttrsAnd: { city: "Faro" } }), "");
});

test("a pushed message counts as unread, unless it is for who is online", async () => {
  const world = await people();
  const unread = async () =>
    (await world.tim.call("openim/get_c2c_unread_msg_num", { To_Account: "mira" }))
      .AllC2CUnreadMsgNum;
  await push(world, { MsgBody: text("Nine"), OnlineOnlyFlag: 1 });
  await push(world);
  assert.is(await unread(), 0);
  assert.equal(await history(world, "mira"), []);
  await push(world, { MsgBody: text("Nine"), OnlineOnlyFlag: 0 });
  assert.is(await unread(), 1);
});

for (
  const [Condition, code] of [
    [{ TagsOr: ["a"], AttrsOr: { city: "Porto" } }, 90039],
    [{ TagsOr: ["a"], TagsAnd: ["a"] }, 90022],
    [{ AttrsOr: { food: "fish" } }, 90033],
    [{ TagsOr: [""] }, 90040],
    [{ TagsAnd: ["x".repeat(51)] }, 90020],
    [{ TagsOr: Array.from({ length: 11 }, (_, at) => `t${at}`) }, 90032],
  ] as [PushBody["Condition"], number][]
) {
  test(`a push on ${JSON.stringify(Condition).slice(0, 60)} answers ${code}`, async () => {
    const world = await tagged();
    assert.is((await refused(push(world, { Condition })))[0], code);
    const old = { MsgRandom: 1, MsgBody: text("Nine"), Condition };
    assert.is((await refused(world.tim.call("all_member_push/im_push", old)))[0], code);
  });
}

test("push wants a sender that exists and something to push", async () => {
  const world = await people();
  assert.is((await refused(push(world, { From_Account: "nobody" })))[0], 90048);
  assert.is((await refused(push(world, { OfflinePushInfo: undefined })))[0], 90001);
  assert.is((await refused(push(world, { MsgRandom: -1 })))[0], 90005);
  assert.is((await refused(push(world, { MsgBody: text("x".repeat(12_300)) })))[0], 90056);
});

test("the same MsgRandom within a second is the same push", async () => {
  const world = await people();
  const body = { MsgRandom: 77, MsgBody: text("Nine") };
  const first = await world.tim.call("all_member_push/im_push", body);
  assert.match(first.TaskId!, new RegExp(`^${EMULATOR_APP.sdkAppId}_\\d+_\\d+_77$`));
  assert.is((await world.tim.call("all_member_push/im_push", body)).TaskId, first.TaskId);
  assert.is.not(await push(world, body), first.TaskId);
  world.at(NOW + 1);
  assert.is.not((await world.tim.call("all_member_push/im_push", body)).TaskId, first.TaskId);
  const nobody = world.tim.call("all_member_push/im_push", { ...body, From_Account: "nobody" });
  assert.is((await refused(nobody))[0], 90048);
  assert.equal((await history(world, "mira")).length, 1, "im_push keeps nothing in the history");
});

test("revoke recalls the messages of a push once, within a day", async () => {
  const world = await people();
  const TaskId = await push(world, { MsgBody: text("Nine") });
  const old = await push(world);
  const revoke = (TaskId: string) => world.tim.call("timpush/revoke", { TaskId });
  assert.is((await refused(revoke("none")))[0], 90049);
  await revoke(TaskId);
  assert.equal((await history(world, "mira")).map(({ MsgFlagBits }) => MsgFlagBits), [8]);
  const unread = { To_Account: "mira" };
  const { AllC2CUnreadMsgNum } = await world.tim.call("openim/get_c2c_unread_msg_num", unread);
  assert.is(AllC2CUnreadMsgNum, 0);
  assert.is((await refused(revoke(TaskId)))[0], 90050);
  world.at(NOW + DAY + 1);
  assert.is((await refused(revoke(old)))[0], 90052);
});

test("batch is for the named users that exist", async () => {
  const world = await people();
  const send = (change: object) =>
    world.tim.call("timpush/batch", {
      From_Account: "administrator",
      To_Account: ["mira", "nobody", "omar", "mira"],
      MsgRandom: 4410,
      OfflinePushInfo: { Title: "Reminder" },
      ...change,
    });
  const { TaskId } = await send({});
  assert.match(TaskId!, /^batch_[0-9a-f]+_[0-9a-f]+_113a$/);
  assert.equal(await counts(world, TaskId!), [2]);
  assert.is((await refused(send({ MsgRandom: "x" })))[0], 90001);
  assert.is((await refused(send({ To_Account: [] })))[0], 90001);
});

test("the statistics tell how many a push was for, and that no device has a token", async () => {
  const world = await tagged();
  const all = await push(world);
  world.at(NOW + 1);
  const some = await push(world, { Condition: { TagsOr: ["cycling"] } });
  assert.equal(await counts(world, all, some, "none"), [5, 2]);
  assert.equal(await counts(world), [7]);
  const range = { StartTime: NOW + 1, EndTime: NOW + DAY, TaskID: [] };
  const { Results } = await world.tim.call("timpush/all_member_push_loss", range);
  assert.equal(Results![0]!.ReadyToSendLoss, [
    { ErrCode: "-2", ErrInfo: "token not uploaded", ErrCount: 2 },
  ]);
  const long = { StartTime: NOW, EndTime: NOW + 7 * DAY + 1, TaskID: [] };
  await world.tim.call("timpush/all_member_push_statistics", long);
  assert.is((await refused(world.tim.call("timpush/all_member_push_loss", long)))[0], 90001);
  const longer = world.tim.call("timpush/all_member_push_statistics", {
    ...long,
    EndTime: NOW + 30 * DAY + 1,
  });
  assert.is((await refused(longer))[0], 90001);
});

const Sdkappid = EMULATOR_APP.sdkAppId;

async function schedule(
  { tim }: People,
  change: Partial<Commands["timpush/add_sched_task"]["request"]> = {},
): Promise<number> {
  const answer = await tim.call("timpush/add_sched_task", {
    Sdkappid,
    Type: "All",
    SchedAt: at(100),
    Content: { From_Account: "administrator", OfflinePushInfo: { Title: "Race", Desc: "Soon" } },
    ...change,
  });
  return answer.TaskID!;
}

function at(seconds: number): string {
  return new Date((NOW + seconds) * 1000).toISOString().slice(0, 19).replace("T", " ");
}

async function task({ tim }: People, TaskID: number) {
  return (await tim.call("timpush/get_sched_task", { Sdkappid, TaskID })).TaskInfo!;
}

test("a planned push is shown, is changed, and goes out at its time", async () => {
  const world = await tagged();
  const Content = { Condition: { TagsAnd: ["cycling"] }, OfflinePushInfo: { Title: "Race" } };
  const TaskID = await schedule(world, { Type: "Tag", Content });
  const before = await task(world, TaskID);
  assert.equal({ ...before, Content: undefined }, {
    TaskID,
    Sdkappid,
    CreateAt: at(0),
    Type: "Tag",
    SchedAt: at(100),
    Content: undefined,
    Title: "Race",
    Desc: "",
    Status: "pending",
    DispatchSuccess: 0,
    DispatchErr: "",
    PushTaskID: "",
  });
  const modify = (change: object) =>
    world.tim.call("timpush/modify_sched_task", { Sdkappid, TaskID, Type: "Tag", ...change });
  await modify({ SchedAt: at(200), Content: { OfflinePushInfo: { Title: "Later" } } });
  world.at(NOW + 199);
  const changed = await task(world, TaskID);
  assert.equal([changed.Title, changed.SchedAt, changed.Status], ["Later", at(200), "pending"]);
  assert.equal(changed.Content!.Condition, Content.Condition);
  world.at(NOW + 200);
  const after = await task(world, TaskID);
  assert.is(after.DispatchSuccess, 1);
  assert.is.not(after.Status, "pending");
  assert.equal(await counts(world, after.PushTaskID!), [2]);
  assert.is((await refused(modify({ SchedAt: at(300) })))[0], 90107);
});

test("a planned push is deleted while it is pending, not afterwards", async () => {
  const world = await people();
  const Content = { To_Account: ["mira", "nobody"], OfflinePushInfo: { Title: "Race" } };
  const TaskID = await schedule(world, { Type: "User", Content });
  const remove = (change: object = {}) =>
    world.tim.call("timpush/delete_sched_task", { Sdkappid, TaskID, Type: "User", ...change });
  assert.is((await refused(remove({ Type: "All" })))[0], 90001);
  assert.is((await remove()).TaskID, TaskID);
  assert.is((await refused(task(world, TaskID)))[0], 90049);
  const next = await schedule(world, { Type: "User", Content });
  world.at(NOW + 100);
  assert.is((await refused(remove({ TaskID: next })))[0], 90107);
  const { PushTaskID } = await task(world, next);
  assert.match(PushTaskID!, /^batch_/);
  assert.equal(await counts(world, PushTaskID!), [1]);
});

test("a planned push whose attribute was renamed fails by itself, and disturbs no other call", async () => {
  const world = await tagged();
  const Content = { Condition: { AttrsOr: { city: "Porto" } }, OfflinePushInfo: { Title: "Race" } };
  const TaskID = await schedule(world, { Type: "Tag", Content });
  await world.tim.call("timpush/set_attr_name", { AttrNames: { "0": "town" } });
  world.at(NOW + 100);
  await world.tim.call("im_open_login_svc/account_import", { UserID: "zoe" });
  const { Status, DispatchSuccess, DispatchErr, PushTaskID } = await task(world, TaskID);
  assert.equal([Status, DispatchSuccess, PushTaskID], ["dispatched", 0, ""]);
  assert.match(DispatchErr!, /no attribute "city"/);
  const modify = { Sdkappid, TaskID, Type: "Tag" as const, SchedAt: at(300) };
  assert.is((await refused(world.tim.call("timpush/modify_sched_task", modify)))[0], 90107);
});

test("add_sched_task refuses what could not be sent, and takes no number for it", async () => {
  const world = await people();
  const before = await schedule(world);
  const refusal = async (change: object) => (await refused(schedule(world, change)))[0];
  assert.is(await refusal({ Sdkappid: 1 }), 90001);
  assert.is(await refusal({ SchedAt: at(-1) }), 90001);
  assert.is(await refusal({ SchedAt: "tomorrow" }), 90001);
  assert.is(await refusal({ SchedAt: "2026-13-01 00:00:00" }), 90001);
  assert.is(await refusal({ SchedAt: "2027-02-29 00:00:00" }), 90001);
  assert.is(await refusal({ Type: "User", Content: {} }), 90001);
  assert.is(await refusal({ Type: "Tag", Content: {} }), 90001);
  const repeated = { Condition: { TagsOr: ["a", "a"] } };
  assert.is(await refusal({ Type: "Tag", Content: repeated }), 90022);
  assert.is(await schedule(world), before + 1);
});

test("list_sched_task sorts, pages and searches", async () => {
  const world = await people();
  for (const [seconds, Title] of [[300, "Race"], [100, "Rain"], [200, "Swim"]] as const) {
    const Content = { OfflinePushInfo: { Title, Desc: `at ${seconds}` } };
    await schedule(world, { SchedAt: at(seconds), Content });
  }
  const list = async (change: object = {}) => {
    const answer = await world.tim.call("timpush/list_sched_task", {
      Sdkappid,
      Offset: 0,
      Want: 10,
      OrderBy: "schedat",
      Asc: true,
      BeginTime: at(0),
      EndTime: at(1000),
      ...change,
    });
    return [answer.Total, ...answer.Tasks!.map(({ Title }) => Title)];
  };
  assert.equal(await list(), [3, "Rain", "Swim", "Race"]);
  assert.equal(await list({ OrderBy: "createAt", Asc: false }), [3, "Swim", "Rain", "Race"]);
  assert.equal(await list({ Offset: 1, Want: 1 }), [3, "Swim"]);
  assert.equal(await list({ EndTime: at(200) }), [2, "Rain", "Swim"]);
  assert.equal(await list({ Keyword: "Ra" }), [2, "Rain", "Race"]);
  assert.equal(await list({ Keyword: "at 2" }), [1, "Swim"]);
  assert.is((await refused(list({ BeginTime: at(1001) })))[0], 90001);
});

test("the figures of chat messages are nought, over as long a time as may be asked for", async () => {
  const { tim } = await people();
  const range = { StartTime: NOW, EndTime: NOW + 8 * DAY };
  const { TotalCount } = await tim.call("timpush/normal_push_statistics", range);
  assert.is(TotalCount, 0);
  assert.is((await refused(tim.call("timpush/normal_push_loss", range)))[0], 90001);
  const loss = await tim.call("timpush/normal_push_loss", { ...range, EndTime: NOW + DAY });
  assert.equal(loss.ReadyToSendLoss, []);
});

test("with limits a push a second is too much for the backend, and so is a recall", async () => {
  const world = await people(undefined, { limits: true });
  const TaskId = await push(world);
  assert.is((await refused(push(world)))[0], 90024);
  const old = () =>
    world.tim.call("all_member_push/im_push", { MsgRandom: ++lastRandom, MsgBody: text("Nine") });
  await old();
  assert.is((await refused(old()))[0], 90024);
  await world.tim.call("timpush/revoke", { TaskId });
  assert.is((await refused(world.tim.call("timpush/revoke", { TaskId })))[0], 90051);
});

test.run();

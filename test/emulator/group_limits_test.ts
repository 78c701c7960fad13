import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Call, calls, codeOf } from "../support/calls.ts";
import { EMULATOR_APP } from "../../src/emulator/mod.ts";
import type { Refusal } from "../../src/emulator/refusal.ts";
import { registry } from "../../src/emulator/services/services.ts";
import { World } from "../../src/emulator/store/world.ts";

const G = "group_open_http_svc";
const list = (...accounts: string[]) => accounts.map((Member_Account) => ({ Member_Account }));
const trial = () => calls(undefined, { apps: [{ ...EMULATOR_APP, trial: true }] });

const group = (call: Call, facts: object = {}) =>
  call(`${G}/create_group`, { Type: "Public", Name: "g", ...facts });

test("the free edition has 100 groups (10058), 10 of them live (10036)", async () => {
  const { call } = await trial();
  for (let at = 0; at < 10; at++) await group(call, { Type: "AVChatRoom" });
  assert.is(await codeOf(group(call, { Type: "AVChatRoom" })), 10036);
  for (let at = 10; at < 100; at++) await group(call);
  assert.is(await codeOf(group(call)), 10058);
  assert.is(await codeOf(call(`${G}/import_group`, { Type: "Public", Name: "g" })), 10058);
});

test("the free edition has groups of 20 members, and accounts in 50 groups (10037)", async () => {
  const { call } = await trial();
  const { GroupId } = await group(call);
  const { GroupInfo } = await call(`${G}/get_group_info`, { GroupIdList: [GroupId] });
  assert.is(GroupInfo[0]!.MaxMemberNum, 20);
  assert.is(await codeOf(group(call, { MaxMemberCount: 21 })), 10004);
  for (let at = 0; at < 50; at++) await group(call, { Owner_Account: "mira" });
  assert.is(await codeOf(group(call, { Owner_Account: "mira" })), 10037);
  const { MemberList } = await call(`${G}/add_group_member`, { GroupId, MemberList: list("mira") });
  assert.is(MemberList[0]!.Result, 0);
  await call("room_engine_http_srv/create_room", {
    RoomInfo: { RoomId: "r", RoomType: "Conference" },
  });
  const { Response } = await call("room_engine_http_srv/get_room_info", { RoomId: "r" });
  assert.is(Response!.RoomInfo!.MaxMemberCount, 20);
});

test("the free edition has neither counters (10059) nor topics (11000)", async () => {
  const { call } = await trial();
  const { GroupId } = await group(call);
  assert.is(await codeOf(call(`${G}/get_group_counter`, { GroupId })), 10059);
  const community = await group(call, { Type: "Community", SupportTopic: 1 });
  const topic = { GroupId: community.GroupId, TopicName: "t" };
  assert.is(await codeOf(call("million_group_open_http_svc/create_topic", topic)), 11000);
});

test("with limits, an app grows by 10,000 groups a day (10006), and its server is warned at 7,000", () => {
  const world = new World(1, new Set(["administrator"]));
  world.limits = true;
  const told: string[] = [];
  world.callbacks.wanted = (name) => name === "Group.CallbackOnDailyGroupQuotaAlarm";
  let now = 1_795_000_000_000;
  const run = (command: string, body: object) => {
    world.callbacks.begin();
    const { run } = registry.find(G, command);
    const answer = run!(world, body as never, "administrator", () => now);
    told.push(...world.callbacks.told().map(({ event }) => JSON.stringify(event)));
    return answer as { GroupId: string };
  };
  const create = () => run("create_group", { Type: "Public", Name: "g" });
  const { GroupId } = create();
  for (let at = 1; at < 10_000; at++) create();
  assert.throws(create, ({ code }: Refusal) => code === 10006);
  assert.equal(told, ['{"QuotaUsed":7001,"Quota":10000}']);
  run("destroy_group", { GroupId });
  create();
  assert.throws(create, ({ code }: Refusal) => code === 10006);
  now += 86_400_000;
  create();
});

test("an answer of more than 1 MB is refused (10018)", async () => {
  const { call } = await calls();
  const Account = (at: number) => `user-${at}-`.padEnd(32, "x");
  const names = Array.from({ length: 6000 }, (_, at) => Account(at));
  for (let at = 0; at < 6000; at += 100) {
    await call("im_open_login_svc/multiaccount_import", { Accounts: names.slice(at, at + 100) });
  }
  const { GroupId } = await group(call, { Type: "Meeting" });
  for (let at = 0; at < 6000; at += 300) {
    await call(`${G}/add_group_member`, {
      GroupId,
      MemberList: list(...names.slice(at, at + 300)),
    });
  }
  assert.is(await codeOf(call(`${G}/get_group_member_info`, { GroupId })), 10018);
  assert.is(await codeOf(call(`${G}/get_group_info`, { GroupIdList: [GroupId] })), 10018);
  const page = await call(`${G}/get_group_member_info`, { GroupId, Limit: 5000 });
  assert.is(page.MemberList.length, 5000);
});

test("with limits, a group takes 40 messages a second (10023)", async () => {
  const { call, clock } = await calls(undefined, { limits: true });
  const { GroupId } = await group(call);
  let Random = 0;
  const say = () =>
    call(`${G}/send_group_msg`, {
      GroupId,
      Random: ++Random,
      MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "hi" } }],
    });
  for (let at = 0; at < 40; at++) await say();
  assert.is(await codeOf(say()), 10023);
  clock.pass(1);
  assert.is((await say()).MsgSeq, 41);
});

test("with limits, attributes of a group are written 5 times a second (10049)", async () => {
  const { call, clock } = await calls(undefined, { limits: true });
  const { GroupId } = await group(call);
  const other = await group(call);
  const write = (id: string) =>
    call(`${G}/modify_group_attr`, { GroupId: id, GroupAttr: [{ key: "a", value: "1" }] });
  for (let at = 0; at < 4; at++) await write(GroupId);
  await call(`${G}/clear_group_attr`, { GroupId });
  assert.is(await codeOf(write(GroupId)), 10049);
  await write(other.GroupId);
  clock.pass(1);
  await write(GroupId);
});

test("with limits, a room id is made once a second (100012), and streams are mixed 20 times (100422)", async () => {
  const { call, clock } = await calls(undefined, { limits: true });
  const RoomInfo = {
    RoomId: "r",
    RoomType: "Live" as const,
    SeatTemplate: "VideoFixedGrid9Seats" as const,
    IsUnlimitedRoomEnabled: true,
  };
  const create = () => call("live_engine_http_srv/create_room", { RoomInfo });
  await create();
  await call("live_engine_http_srv/destroy_room", { RoomId: "r" });
  assert.is(await codeOf(create()), 100012);
  clock.pass(1);
  await create();
  const mix = () => call("live_engine_http_srv/set_mix_stream", { RoomId: "r", LayoutMode: 0 });
  for (let at = 0; at < 19; at++) await mix();
  await call("live_engine_http_srv/resume_mcu_task", { RoomId: "r" });
  const resume = call("live_engine_http_srv/resume_mcu_task", { RoomId: "r" });
  assert.is(await codeOf(resume), 100422);
  clock.pass(1);
  await mix();
});

test("without limits nothing is too often", async () => {
  const { call } = await calls();
  const { GroupId } = await group(call);
  for (let at = 0; at < 50; at++) {
    await call(`${G}/modify_group_attr`, { GroupId, GroupAttr: [{ key: "a", value: `${at}` }] });
    await call(`${G}/send_group_msg`, {
      GroupId,
      Random: at,
      MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "hi" } }],
    });
  }
});

test.run();

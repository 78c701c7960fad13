import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Commands } from "../../mod.ts";
import { type Call, calls, codeOf } from "../support/calls.ts";

const G = "group_open_http_svc";
const FOR_EVER = 4_294_967_295;
const list = (...accounts: string[]) => accounts.map((Member_Account) => ({ Member_Account }));

async function club(
  call: Call,
  facts: Partial<Commands["group_open_http_svc/create_group"]["request"]> = {},
): Promise<string> {
  const { GroupId } = await call(`${G}/create_group`, {
    Type: "Public",
    Name: "Club",
    Owner_Account: "mira",
    ...facts,
  });
  return GroupId;
}

const say = (call: Call, GroupId: string, From_Account?: string) =>
  call(`${G}/send_group_msg`, {
    GroupId,
    From_Account,
    Random: Math.floor(Math.random() * 2 ** 32),
    MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "hi" } }],
  });

const muted = async (call: Call, GroupId: string) =>
  (await call(`${G}/get_group_muted_account`, { GroupId })).MutedAccountList
    .map(({ Member_Account, MutedUntil }) => [Member_Account, MutedUntil]);

test("forbid_send_msg mutes until its time is over, or until 0 lifts it", async () => {
  const { call, clock } = await calls();
  const GroupId = await club(call, { MemberList: list("lin", "omar") });
  const mute = (MuteTime: number, ...Members_Account: string[]) =>
    call(`${G}/forbid_send_msg`, { GroupId, MuteTime, Members_Account });
  await mute(60, "lin");
  await mute(FOR_EVER, "omar");
  assert.equal(await muted(call, GroupId), [["lin", clock.seconds + 60], ["omar", FOR_EVER]]);
  const older = await call(`${G}/get_group_shutted_uin`, { GroupId });
  assert.equal(older.ShuttedUinList[0], {
    Member_Account: "lin",
    ShuttedUntil: clock.seconds + 60,
  });
  assert.is(await codeOf(say(call, GroupId, "lin")), 10017);
  await say(call, GroupId, "zoe");
  clock.pass(60);
  await say(call, GroupId, "lin");
  await mute(0, "omar");
  assert.equal(await muted(call, GroupId), []);
  await say(call, GroupId, "omar");
});

test("a mute stays when its member leaves and comes back", async () => {
  const { call, clock } = await calls();
  const GroupId = await club(call, { MemberList: list("lin") });
  await call(`${G}/forbid_send_msg`, { GroupId, MuteTime: 60, Members_Account: ["lin"] });
  await call(`${G}/delete_group_member`, { GroupId, MemberToDel_Account: ["lin"] });
  assert.equal(await muted(call, GroupId), [["lin", clock.seconds + 60]]);
  await call(`${G}/add_group_member`, { GroupId, MemberList: list("lin") });
  assert.is(await codeOf(say(call, GroupId, "lin")), 10017);
});

test("forbid_send_msg is not for Work groups (10007), and mutes a topic by itself", async () => {
  const { call } = await calls();
  const work = await club(call, { Type: "Work" });
  const mute = (GroupId: string, TopicId?: string) =>
    call(`${G}/forbid_send_msg`, { GroupId, TopicId, MuteTime: 60, Members_Account: ["lin"] });
  assert.is(await codeOf(mute(work)), 10007);
  const modify = call(`${G}/modify_group_member_info`, {
    GroupId: work,
    Member_Account: "mira",
    MuteTime: 60,
  });
  assert.is(await codeOf(modify), 10007);
  assert.is(await codeOf(mute("ghost")), 10010);
  const GroupId = await club(call, { Type: "Community", SupportTopic: 1, MemberList: list("lin") });
  const { TopicId } = await call("million_group_open_http_svc/create_topic", {
    GroupId,
    TopicName: "t",
  });
  await mute(GroupId, TopicId);
  assert.equal(await muted(call, GroupId), []);
  const { MutedAccountList } = await call(`${G}/get_group_muted_account`, { GroupId, TopicId });
  assert.is(MutedAccountList[0]!.Member_Account, "lin");
  await say(call, GroupId, "lin");
  const inTopic = call(`${G}/send_group_msg`, {
    GroupId,
    TopicId,
    From_Account: "lin",
    Random: 1,
    MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "hi" } }],
  });
  assert.is(await codeOf(inTopic), 10017);
});

test("MuteAllMember silences plain members, not owner, admins and app administrators", async () => {
  const { call } = await calls();
  const GroupId = await club(call, {
    MemberList: [{ Member_Account: "omar", Role: "Admin" }, { Member_Account: "lin" }],
  });
  await call(`${G}/modify_group_base_info`, { GroupId, MuteAllMember: "On" });
  for (const account of ["mira", "omar", "administrator", undefined]) {
    await say(call, GroupId, account);
  }
  assert.is(await codeOf(say(call, GroupId, "lin")), 10017);
  await call(`${G}/modify_group_base_info`, { GroupId, MuteAllMember: "Off" });
  await say(call, GroupId, "lin");
});

test("ban_group_member takes members out and keeps them out until it ends or is lifted", async () => {
  const { call, clock } = await calls();
  const GroupId = await club(call, { MemberList: list("lin", "omar") });
  const ban = { GroupId, Members_Account: ["lin", "omar"], Duration: 60, Description: "spam" };
  await call(`${G}/ban_group_member`, ban);
  const add = async (account: string) =>
    (await call(`${G}/add_group_member`, { GroupId, MemberList: list(account) })).MemberList[0]!
      .Result;
  assert.is(await add("lin"), 0);
  const banned = await call(`${G}/get_group_ban_member`, { GroupId, Offset: 0 });
  assert.equal(banned.BannedAccountList, [
    { Member_Account: "lin", BannedUntil: clock.seconds + 60 },
    { Member_Account: "omar", BannedUntil: clock.seconds + 60 },
  ]);
  await call(`${G}/unban_group_member`, { GroupId, Members_Account: ["lin"] });
  assert.is(await add("lin"), 1);
  assert.is(await add("omar"), 0);
  clock.pass(60);
  assert.is(await add("omar"), 1);
  assert.equal(
    (await call(`${G}/get_group_ban_member`, { GroupId, Offset: 0 })).BannedAccountList,
    [],
  );
});

test("ban_group_member takes a robot out of a live group", async () => {
  const { call } = await calls();
  const GroupId = await club(call, { Type: "AVChatRoom" });
  await call("group_open_avchatroom_http_svc/add_robots", { GroupId, Member_Account: ["lin"] });
  await call(`${G}/ban_group_member`, { GroupId, Members_Account: ["lin"], Duration: 60 });
  const { OnlineMemberNum } = await call(`${G}/get_online_member_num`, { GroupId });
  assert.is(OnlineMemberNum, 0);
});

test("get_group_ban_member pages by Offset and NextOffset", async () => {
  const { call } = await calls();
  const GroupId = await club(call, { Type: "AVChatRoom" });
  for (let at = 0; at < 5; at++) {
    await call(`${G}/ban_group_member`, {
      GroupId,
      Duration: FOR_EVER,
      Members_Account: [`user-${at}`],
    });
  }
  const seen: string[] = [];
  let Offset = 0;
  let pages = 0;
  do {
    const page = await call(`${G}/get_group_ban_member`, { GroupId, Offset, Limit: 2 });
    seen.push(...page.BannedAccountList.map(({ Member_Account }) => Member_Account));
    Offset = page.NextOffset;
    pages++;
  } while (Offset !== 0);
  assert.is(pages, 3);
  assert.equal(seen, [0, 1, 2, 3, 4].map((at) => `user-${at}`));
});

for (const command of ["ban_group_member", "unban_group_member"] as const) {
  test(`${command} takes 20 accounts and no more (10005)`, async () => {
    const { call } = await calls();
    const GroupId = await club(call);
    const run = (length: number) =>
      call(`${G}/${command}`, { GroupId, Duration: 1, Members_Account: Array(length).fill("lin") });
    await run(20);
    assert.is(await codeOf(run(21)), 10005);
  });
}

test.run();

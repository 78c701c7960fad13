import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Call, calls, codeOf } from "../support/calls.ts";

const G = "group_open_http_svc";
const A = "group_open_avchatroom_http_svc";
const GroupId = "quiz";

async function quiz(accounts?: string[]) {
  const made = await calls(accounts);
  await made.call(`${G}/create_group`, { GroupId, Type: "AVChatRoom", Name: "Quiz" });
  return made;
}

const online = async (call: Call, facts: object = {}) =>
  (await call(`${A}/get_members`, { GroupId, Timestamp: 0, ...facts })).MemberList
    .map(({ Member_Account }) => Member_Account);

test("robots are online in a live group, and leave it", async () => {
  const { call, clock } = await quiz();
  await call("im_open_login_svc/account_import", {
    UserID: "lin",
    Nick: "Lin",
    FaceUrl: "https://img.example.org/lin.png",
  });
  await call(`${A}/add_robots`, { GroupId, Member_Account: ["omar"] });
  clock.pass(5);
  await call(`${A}/add_robots`, { GroupId, Member_Account: ["lin"] });
  const { MemberList, NextTimestamp } = await call(`${A}/get_members`, { GroupId, Timestamp: 0 });
  assert.equal(MemberList, [
    {
      Member_Account: "lin",
      JoinTime: clock.seconds,
      NickName: "Lin",
      Avatar: "https://img.example.org/lin.png",
    },
    { Member_Account: "omar", JoinTime: clock.seconds - 5, NickName: "", Avatar: "" },
  ]);
  assert.is(NextTimestamp, 0);
  const number = async () =>
    (await call(`${G}/get_online_member_num`, { GroupId })).OnlineMemberNum;
  assert.is(await number(), 2);
  const { GroupInfo } = await call(`${G}/get_group_info`, { GroupIdList: [GroupId] });
  assert.is(GroupInfo[0]!.MemberNum, 2);
  const check = await call(`${A}/check_members`, { GroupId, Member_Account: ["zoe", "lin"] });
  assert.equal(check.Member_Account, ["lin"]);
  await call(`${A}/del_robots`, { GroupId, Member_Account: ["lin", "zoe"] });
  assert.equal(await online(call), ["omar"]);
  clock.pass(3 * 86_400);
  assert.is(await number(), 0, "a robot is online for three days");
  assert.is(await codeOf(call(`${A}/add_robots`, { GroupId, Member_Account: ["ghost"] })), 10019);
});

test("get_members pages by Timestamp, the newest first, 1000 at most", async () => {
  const names = Array.from({ length: 1100 }, (_, at) => `user-${at}`);
  const { call } = await quiz(names);
  await call(`${A}/add_robots`, { GroupId, Member_Account: names });
  const seen: string[] = [];
  let Timestamp = 0;
  let pages = 0;
  do {
    const page = await call(`${A}/get_members`, { GroupId, Timestamp });
    seen.push(...page.MemberList.map(({ Member_Account }) => Member_Account));
    Timestamp = page.NextTimestamp;
    pages++;
  } while (Timestamp !== 0);
  assert.is(pages, 2);
  assert.equal(seen, names.slice(100).reverse());
});

test("marks are set and deleted; mark 600 hides, mark 500 brings a robot in", async () => {
  const { call } = await quiz();
  await call(`${A}/add_robots`, { GroupId, Member_Account: ["lin", "omar"] });
  const mark = (CommandType: 1 | 2, facts: Record<string, number[]>) =>
    call(`${A}/modify_user_info`, {
      GroupId,
      CommandType,
      MemberList: Object.entries(facts)
        .map(([Member_Account, Marks]) => ({ Member_Account, Marks })),
    });
  const answer = await mark(1, { lin: [1000, 600], zoe: [1000] });
  assert.equal(answer.MemberList, [{ Member_Account: "lin", Marks: [1000, 600] }]);
  assert.equal(await online(call), ["omar"]);
  assert.equal(await online(call, { Mark: 600 }), ["lin"]);
  assert.equal(await online(call, { Mark: 1000 }), ["lin"]);
  await mark(2, { lin: [600] });
  assert.equal(await online(call), ["omar", "lin"]);
  assert.is(await codeOf(mark(1, { zoe: [1000] })), 10004);
  await mark(1, { zoe: [500] });
  assert.equal(await online(call, { Mark: 500 }), ["zoe", "omar", "lin"]);
  await mark(2, { zoe: [500] });
  assert.equal(await online(call), ["omar", "lin"]);
  const ten = Array.from({ length: 10 }, (_, at) => 2000 + at);
  assert.is(await codeOf(mark(1, { lin: ten })), 10004, "with 1000 there would be eleven");
  await mark(1, { lin: ten.slice(1) });
});

test("a live group has five administrators, in it or not", async () => {
  const names = ["mira", "omar", "lin", "zoe", "ines", "tom"];
  const { call } = await quiz(names);
  await call("im_open_login_svc/account_import", { UserID: "mira", Nick: "Mira" });
  const modify = (CommandType: 1 | 2, ...Admin_Account: string[]) =>
    call(`${A}/modify_admin`, { GroupId, CommandType, Admin_Account });
  await modify(1, "mira", "omar");
  const { Admin_List } = await call(`${A}/get_admin_list`, { GroupId });
  assert.equal(Admin_List, [
    { Admin_Account: "mira", NickName: "Mira", Avatar: "" },
    { Admin_Account: "omar", NickName: "", Avatar: "" },
  ]);
  await modify(1, "lin", "zoe", "ines", "omar");
  assert.is(await codeOf(modify(1, "tom")), 10004);
  await modify(2, "omar");
  await modify(1, "tom");
  assert.is(await codeOf(modify(1, "ghost")), 10019);
  await call(`${G}/modify_group_base_info`, { GroupId, MuteAllMember: "On" });
  const say = (From_Account: string) =>
    call(`${G}/send_group_msg`, {
      GroupId,
      From_Account,
      Random: 1,
      MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "hi" } }],
    });
  await say("tom");
  assert.is(await codeOf(say("omar")), 10017);
});

for (
  const [command, body] of [
    [`${A}/get_members`, { Timestamp: 0 }],
    [`${A}/modify_user_info`, {
      CommandType: 1,
      MemberList: [{ Member_Account: "lin", Marks: [1000] }],
    }],
    [`${A}/modify_admin`, { CommandType: 1, Admin_Account: ["lin"] }],
    [`${A}/get_admin_list`, {}],
    [`${A}/check_members`, { Member_Account: ["lin"] }],
    [`${A}/add_robots`, { Member_Account: ["lin"] }],
    [`${A}/del_robots`, { Member_Account: ["lin"] }],
    [`${G}/get_online_member_num`, {}],
  ] as const
) {
  test(`${command} is for live groups only (10007)`, async () => {
    const { call } = await calls();
    await call(`${G}/create_group`, { GroupId: "club", Type: "Public", Name: "c" });
    const run = (id: string) => call(command, { GroupId: id, ...body } as never);
    assert.is(await codeOf(run("club")), 10007);
    assert.is(await codeOf(run("ghost")), 10010);
    assert.is(await codeOf(run("")), 10015);
  });
}

test.run();

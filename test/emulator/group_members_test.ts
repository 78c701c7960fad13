import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Commands } from "../../mod.ts";
import { type Call, calls, codeOf } from "../support/calls.ts";

const G = "group_open_http_svc";

type NewGroup = Partial<Commands["group_open_http_svc/create_group"]["request"]>;

const list = (...accounts: string[]) => accounts.map((Member_Account) => ({ Member_Account }));

/** A group of mira's with omar in it. */
async function club(call: Call, facts: NewGroup = {}): Promise<string> {
  const { GroupId } = await call(`${G}/create_group`, {
    Type: "Public",
    Name: "Club",
    GroupId: "club",
    Owner_Account: "mira",
    ...(facts.Type !== "AVChatRoom" && { MemberList: list("omar") }),
    ...facts,
  });
  return GroupId;
}

async function rolesOf(call: Call, GroupId: string): Promise<string[]> {
  const { UserIdList } = await call(`${G}/get_role_in_group`, {
    GroupId,
    User_Account: ["mira", "omar", "lin", "zoe"],
  });
  return UserIdList.map(({ Role }) => Role);
}

test("add_group_member answers each account: added, or there already", async () => {
  const { call } = await calls();
  const GroupId = await club(call);
  const { MemberList } = await call(`${G}/add_group_member`, {
    GroupId,
    MemberList: list("lin", "omar", "lin"),
  });
  assert.equal(MemberList.map(({ Result }) => Result), [1, 2, 2]);
  assert.equal(await rolesOf(call, GroupId), ["Owner", "Member", "Member", "NotMember"]);
});

test("add_group_member adds nobody when one account is not imported (10019)", async () => {
  const { call } = await calls();
  const GroupId = await club(call);
  const add = call(`${G}/add_group_member`, { GroupId, MemberList: list("lin", "ghost") });
  assert.is(await codeOf(add), 10019);
  assert.is((await rolesOf(call, GroupId))[2], "NotMember");
});

test("add_group_member refuses more than fit into the group (10014)", async () => {
  const { call } = await calls();
  const GroupId = await club(call, { MaxMemberCount: 3 });
  const add = (...names: string[]) =>
    call(`${G}/add_group_member`, { GroupId, MemberList: list(...names) });
  assert.is(await codeOf(add("lin", "zoe")), 10014);
  await add("lin", "omar");
  assert.is(await codeOf(add("zoe")), 10014);
});

test("add_group_member takes 300 accounts and no more (10005)", async () => {
  const { call } = await calls();
  const GroupId = await club(call);
  const add = (length: number) =>
    call(`${G}/add_group_member`, { GroupId, MemberList: list(...Array(length).fill("lin")) });
  assert.is((await add(300)).MemberList.length, 300);
  assert.is(await codeOf(add(301)), 10005);
});

test("an account can be in 5000 groups, and is then told by 10037 and Result 0", async () => {
  const { call } = await calls();
  for (let at = 0; at < 5000; at++) {
    await call(`${G}/create_group`, { Type: "Public", Name: "g", Owner_Account: "mira" });
  }
  assert.is(await codeOf(club(call)), 10037);
  const GroupId = await club(call, { Owner_Account: "omar" });
  const { MemberList } = await call(`${G}/add_group_member`, { GroupId, MemberList: list("mira") });
  assert.is(MemberList[0]!.Result, 0);
});

test("delete_group_member removes members, and counts others as removed", async () => {
  const { call } = await calls();
  const GroupId = await club(call);
  await call(`${G}/delete_group_member`, { GroupId, MemberToDel_Account: ["omar", "zoe"] });
  assert.equal(await rolesOf(call, GroupId), ["Owner", "NotMember", "NotMember", "NotMember"]);
});

test("delete_group_member takes the owner out of a Work group only", async () => {
  const { call } = await calls();
  await club(call);
  const remove = (GroupId: string) =>
    call(`${G}/delete_group_member`, { GroupId, MemberToDel_Account: ["mira"] });
  assert.is(await codeOf(remove("club")), 10007);
  await club(call, { GroupId: "work", Type: "Work" });
  await remove("work");
  const { GroupInfo } = await call(`${G}/get_group_info`, { GroupIdList: ["work"] });
  assert.is(GroupInfo[0]!.Owner_Account, "");
});

test("change_group_owner hands a group over to a member, the old owner stays as a member", async () => {
  const { call } = await calls();
  const GroupId = await club(call);
  await call(`${G}/change_group_owner`, { GroupId, NewOwner_Account: "omar" });
  assert.equal((await rolesOf(call, GroupId)).slice(0, 2), ["Member", "Owner"]);
  const change = call(`${G}/change_group_owner`, { GroupId, NewOwner_Account: "zoe" });
  assert.is(await codeOf(change), 10004);
  await call(`${G}/create_group`, {
    Type: "Public",
    Name: "g",
    GroupId: "g",
    MemberList: list("lin"),
  });
  await call(`${G}/change_group_owner`, { GroupId: "g", NewOwner_Account: "lin" });
  assert.is((await rolesOf(call, "g"))[2], "Owner");
});

test("import_group_member imports members with their role, time and unread messages", async () => {
  const { call, clock } = await calls();
  const CreateTime = clock.seconds - 1000;
  const { GroupId } = await call(`${G}/import_group`, { Type: "Public", Name: "Old", CreateTime });
  await call(`${G}/import_group_msg`, {
    GroupId,
    MsgList: [1, 2, 3].map((Random) => ({
      From_Account: "mira",
      SendTime: CreateTime + Random,
      Random,
      MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "hi" } }],
    })),
  });
  const { MemberList } = await call(`${G}/import_group_member`, {
    GroupId,
    MemberList: [
      { Member_Account: "lin", Role: "Admin", JoinTime: CreateTime + 10, UnreadMsgNum: 2 },
      { Member_Account: "omar", UnreadMsgNum: 99 },
      { Member_Account: "lin" },
      { Member_Account: "zoe", JoinTime: CreateTime - 1 },
      { Member_Account: "mira", JoinTime: clock.seconds + 1 },
      { Member_Account: "ghost" },
    ],
  });
  assert.equal(MemberList.map(({ Result }) => Result), [1, 1, 2, 0, 0, 0]);
  const read = await call(`${G}/get_group_member_info`, {
    GroupId,
    MemberInfoFilter: ["Role", "JoinTime", "MsgSeq"],
  });
  assert.equal(read.MemberList, [
    { Member_Account: "lin", Role: "Admin", JoinTime: CreateTime + 10, MsgSeq: 1 },
    { Member_Account: "omar", Role: "Member", JoinTime: clock.seconds, MsgSeq: 0 },
  ]);
});

test("import_group keeps its time, answers 10021 for a used id and 10007 for an AVChatRoom", async () => {
  const { call, clock } = await calls();
  const facts = { GroupId: "old", Name: "Old", CreateTime: 1_700_000_000 };
  await call(`${G}/import_group`, { ...facts, Type: "Meeting", Owner_Account: "mira" });
  const { GroupInfo } = await call(`${G}/get_group_info`, { GroupIdList: ["old"] });
  assert.is(GroupInfo[0]!.CreateTime, 1_700_000_000);
  assert.is(GroupInfo[0]!.MemberNum, 1);
  assert.is(GroupInfo[0]!.MaxMemberNum, 2000);
  const large = { Type: "Public", Name: "Large", MaxMemberCount: 6001 } as const;
  assert.is(await codeOf(call(`${G}/import_group`, large)), 10004);
  assert.is(await codeOf(call(`${G}/import_group`, { ...facts, Type: "Public" })), 10021);
  assert.is(await codeOf(call(`${G}/import_group`, { ...facts, Type: "AVChatRoom" })), 10007);
  const later = { Type: "Public", Name: "n", CreateTime: clock.seconds + 1 } as const;
  assert.is(await codeOf(call(`${G}/import_group`, later)), 10004);
});

test("modify_group_member_info changes role, card, option, fields and mute", async () => {
  const { call, clock } = await calls();
  const GroupId = await club(call);
  const change = (facts: object) =>
    call(`${G}/modify_group_member_info`, { GroupId, Member_Account: "omar", ...facts });
  const read = async () => {
    const { MemberList } = await call(`${G}/get_specified_group_member_info`, {
      GroupId,
      Member_List_Account: ["omar", "zoe"],
    });
    assert.is(MemberList.length, 1, "who is no member is left out");
    return MemberList[0]!;
  };
  const AppMemberDefinedData = [{ Key: "Seat", Value: "9" }, { Key: "Row", Value: "A" }];
  await change({ Role: "Admin", NameCard: "O.", MsgFlag: "Discard", AppMemberDefinedData });
  const first = await read();
  assert.is(first.Role, "Admin");
  assert.is(first.NameCard, "O.");
  assert.is(first.MsgFlag, "Discard");
  assert.equal(first.AppMemberDefinedData, AppMemberDefinedData);
  await change({ MuteTime: 60, AppMemberDefinedData: [{ Key: "Row", Value: "" }] });
  const second = await read();
  assert.is(second.Role, "Admin", "what is left out stays");
  assert.is(second.MuteUntil, clock.seconds + 60);
  assert.equal(second.AppMemberDefinedData, [{ Key: "Seat", Value: "9" }]);
  clock.pass(60);
  assert.is((await read()).MuteUntil, 0);
  const six = ["a", "b", "c", "d", "e"].map((Key) => ({ Key, Value: "x" }));
  assert.is(await codeOf(change({ AppMemberDefinedData: six })), 10004);
});

test("modify_group_member_info leaves the owner's role, and refuses who is no member (10004)", async () => {
  const { call } = await calls();
  const GroupId = await club(call);
  const change = (Member_Account: string, Role: "Admin" | "Member") =>
    call(`${G}/modify_group_member_info`, { GroupId, Member_Account, Role });
  assert.is(await codeOf(change("mira", "Member")), 10004);
  assert.is(await codeOf(change("zoe", "Admin")), 10004);
  await club(call, { GroupId: "work", Type: "Work" });
  const admin = call(`${G}/modify_group_member_info`, {
    GroupId: "work",
    Member_Account: "omar",
    Role: "Admin",
  });
  assert.is(await codeOf(admin), 10004);
});

test("get_group_member_info pages by Offset, and filters by role without changing MemberNum", async () => {
  const names = Array.from({ length: 7 }, (_, at) => `user-${at}`);
  const { call } = await calls(names);
  const { GroupId } = await call(`${G}/create_group`, {
    Type: "Meeting",
    Name: "m",
    Owner_Account: "user-0",
    MemberList: list(...names.slice(1)),
  });
  const page = async (Offset: number, Limit: number) =>
    (await call(`${G}/get_group_member_info`, { GroupId, Offset, Limit })).MemberList
      .map(({ Member_Account }) => Member_Account);
  assert.equal(await page(0, 3), names.slice(0, 3));
  assert.equal(await page(6, 3), names.slice(6));
  assert.equal(await page(7, 3), []);
  const all = await call(`${G}/get_group_member_info`, { GroupId });
  assert.is(all.MemberList.length, 7);
  assert.is(all.Next, undefined);
  const owners = await call(`${G}/get_group_member_info`, { GroupId, MemberRoleFilter: ["Owner"] });
  assert.is(owners.MemberNum, 7);
  assert.equal(owners.MemberList.map(({ Member_Account }) => Member_Account), ["user-0"]);
});

test("get_group_member_info pages a Community by Next, each member once, while members leave", async () => {
  const names = Array.from({ length: 250 }, (_, at) => `user-${at}`);
  const { call } = await calls(names);
  const { GroupId } = await call(`${G}/create_group`, { Type: "Community", Name: "c" });
  for (let at = 0; at < 250; at += 50) {
    await call(`${G}/add_group_member`, { GroupId, MemberList: list(...names.slice(at, at + 50)) });
  }
  const seen: string[] = [];
  let Next = "";
  let pages = 0;
  do {
    const page = await call(`${G}/get_group_member_info`, { GroupId, Next, Limit: 100 });
    seen.push(...page.MemberList.map(({ Member_Account }) => Member_Account));
    Next = page.Next!;
    if (++pages === 1) {
      await call(`${G}/delete_group_member`, {
        GroupId,
        MemberToDel_Account: ["user-3", "user-200"],
      });
    }
  } while (Next !== "");
  assert.is(pages, 3);
  assert.equal(seen, names.filter((name) => name !== "user-200"));
  const bad = call(`${G}/get_group_member_info`, { GroupId, Next: "x" });
  assert.is(await codeOf(bad), 10004);
});

test("get_group_member_info of a Community fills its pages under a filter", async () => {
  const names = Array.from({ length: 150 }, (_, at) => `user-${at}`);
  const { call } = await calls(names);
  const { GroupId } = await call(`${G}/create_group`, {
    Type: "Community",
    Name: "c",
    MemberList: list(...names.slice(0, 100)),
  });
  await call(`${G}/add_group_member`, { GroupId, MemberList: list(...names.slice(100)) });
  for (const Member_Account of ["user-1", "user-149"]) {
    await call(`${G}/modify_group_member_info`, { GroupId, Member_Account, Role: "Admin" });
  }
  const { MemberList, Next } = await call(`${G}/get_group_member_info`, {
    GroupId,
    Next: "",
    MemberRoleFilter: ["Admin"],
  });
  assert.equal(MemberList.map(({ Member_Account }) => Member_Account), ["user-1", "user-149"]);
  assert.is(Next, "");
});

test("get_joined_group_list lists an account's groups in pages, and follows joining and leaving", async () => {
  const { call } = await calls();
  for (const GroupId of ["a", "b", "c"]) await club(call, { GroupId });
  const joined = async (facts: object = {}) => {
    const answer = await call(`${G}/get_joined_group_list`, { Member_Account: "omar", ...facts });
    return [answer.TotalCount, ...answer.GroupIdList.map(({ GroupId }) => GroupId)];
  };
  assert.equal(await joined(), [3, "a", "b", "c"]);
  assert.equal(await joined({ Limit: 2, Offset: 2 }), [3, "c"]);
  await call(`${G}/delete_group_member`, { GroupId: "b", MemberToDel_Account: ["omar"] });
  await call(`${G}/destroy_group`, { GroupId: "a" });
  await call(`${G}/create_group`, { Type: "Meeting", Name: "d", GroupId: "d" });
  await call(`${G}/add_group_member`, { GroupId: "d", MemberList: list("omar") });
  assert.equal(await joined(), [2, "c", "d"]);
  assert.equal(await joined({ GroupType: "ChatRoom" }), [1, "d"]);
  assert.is(await codeOf(joinedBy(call, "ghost")), 10019);
});

const joinedBy = (call: Call, Member_Account: string) =>
  call(`${G}/get_joined_group_list`, { Member_Account });

test("get_joined_group_list shows what its filter names", async () => {
  const { call, clock } = await calls();
  await club(call);
  const { GroupIdList } = await call(`${G}/get_joined_group_list`, {
    Member_Account: "omar",
    ResponseFilter: {
      GroupBaseInfoFilter: ["Type", "Name"],
      SelfInfoFilter: ["Role", "JoinTime"],
    },
  });
  assert.equal(GroupIdList, [{
    GroupId: "club",
    Type: "Public",
    Name: "Club",
    SelfInfo: { Role: "Member", JoinTime: clock.seconds },
  }]);
});

test("get_joined_group_list hides a Work group until its first message", async () => {
  const { call } = await calls();
  const GroupId = await club(call, { Type: "Private" });
  const count = async (facts: object = {}) =>
    (await call(`${G}/get_joined_group_list`, { Member_Account: "mira", ...facts })).TotalCount;
  assert.is(await count(), 0);
  assert.is(await count({ WithNoActiveGroups: 1 }), 1);
  await call(`${G}/send_group_msg`, {
    GroupId,
    Random: 1,
    From_Account: "mira",
    MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "hi" } }],
  });
  assert.is(await count(), 1);
});

test("get_joined_group_list shows live groups WithHugeGroups alone", async () => {
  const { call } = await calls();
  const GroupId = await club(call, { Type: "AVChatRoom" });
  await call("group_open_avchatroom_http_svc/add_robots", { GroupId, Member_Account: ["lin"] });
  const joined = async (facts: object = {}) =>
    (await call(`${G}/get_joined_group_list`, { Member_Account: "lin", ...facts })).GroupIdList;
  assert.equal(await joined(), []);
  assert.equal(await joined({ WithHugeGroups: 1 }), [{ GroupId }]);
  await call(`${G}/destroy_group`, { GroupId });
  assert.equal(await joined({ WithHugeGroups: 1 }), []);
});

test("modify_group_base_info changes what is given, and counts the change", async () => {
  const { call, clock } = await calls();
  const GroupId = await club(call, {
    AppDefinedData: [{ Key: "Shelf", Value: "A" }, { Key: "Room", Value: "2" }],
  });
  const read = async () => {
    const { GroupInfo } = await call(`${G}/get_group_info`, { GroupIdList: [GroupId] });
    return GroupInfo[0]!;
  };
  const before = await read();
  clock.pass(5);
  await call(`${G}/modify_group_base_info`, {
    GroupId,
    Name: "North",
    Notification: "Monday",
    MaxMemberNum: 300,
    ApplyJoinOption: "DisableApply",
    InviteJoinOption: "DisableInvite",
    MuteAllMember: "On",
    AppDefinedData: [{ Key: "Shelf", Value: "B" }, { Key: "Room", Value: "" }],
  });
  assert.equal(await read(), {
    ...before,
    Name: "North",
    Notification: "Monday",
    MaxMemberNum: 300,
    ApplyJoinOption: "DisableApply",
    InviteJoinOption: "DisableInvite",
    MuteAllMember: "On",
    InfoSeq: 2,
    LastInfoTime: clock.seconds,
    AppDefinedData: [{ Key: "Shelf", Value: "B" }],
  });
  const change = (facts: object) => call(`${G}/modify_group_base_info`, { GroupId, ...facts });
  assert.is(await codeOf(change({ MaxMemberNum: 6001 })), 10004);
  assert.is(await codeOf(change({ From_Account: "ghost" })), 10019);
  const eleven = Array.from({ length: 11 }, (_, at) => ({ Key: `k${at}`, Value: "v" }));
  assert.is(await codeOf(change({ AppDefinedData: eleven })), 10004);
});

test("modify_group_base_info overlooks what the form decides", async () => {
  const { call } = await calls();
  const community = await club(call, { Type: "Community", GroupId: "@TGS#_c" });
  const live = await club(call, { Type: "AVChatRoom", GroupId: "live" });
  for (const GroupId of [community, live]) {
    await call(`${G}/modify_group_base_info`, {
      GroupId,
      ApplyJoinOption: "DisableApply",
      MaxMemberNum: 5,
      EnablePermission: 1,
      DefaultPermission: 3,
    });
  }
  const { GroupInfo } = await call(`${G}/get_group_info`, { GroupIdList: [community, live] });
  assert.equal(GroupInfo.map((group) => [group.ApplyJoinOption, group.MaxMemberNum]), [
    ["FreeAccess", 5],
    ["FreeAccess", 1_000_000],
  ]);
  assert.equal(GroupInfo.map((group) => [group.EnablePermission, group.DefaultPermission]), [
    [1, 3],
    [undefined, undefined],
  ]);
});

const needMembers: [keyof Commands, object, number?][] = [
  [`${G}/add_group_member`, { MemberList: list("lin") }],
  [`${G}/delete_group_member`, { MemberToDel_Account: ["lin"] }, 10004],
  [`${G}/import_group_member`, { MemberList: list("lin") }],
  [`${G}/get_role_in_group`, { User_Account: ["lin"] }],
  [`${G}/change_group_owner`, { NewOwner_Account: "lin" }],
  [`${G}/get_group_member_info`, {}],
  [`${G}/get_specified_group_member_info`, { Member_List_Account: ["lin"] }],
  [`${G}/modify_group_member_info`, { Member_Account: "lin" }],
];
for (const [command, body, code = 10007] of needMembers) {
  test(`${command} answers ${code} for an AVChatRoom, 10010 and 10015 without a group`, async () => {
    const { call } = await calls();
    const GroupId = await club(call, { Type: "AVChatRoom" });
    const run = (id: string) => call(command, { GroupId: id, ...body } as never);
    assert.is(await codeOf(run(GroupId)), code);
    assert.is(await codeOf(run("ghost")), 10010);
    assert.is(await codeOf(run("")), 10015);
  });
}

test.run();

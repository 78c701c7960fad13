import { test } from "uvu";
import * as assert from "uvu/assert";
import type { BaseClient } from "../../mod.ts";
import { emulated, refused } from "../support/emulated.ts";

const NOW = 1_795_000_000_123;
const service = "group_open_http_svc";

interface GroupInfo {
  GroupId: string;
  ErrorCode: number;
  ErrorInfo: string;
  [field: string]: unknown;
}

/** A client whose emulator has three accounts. */
async function peopled(): Promise<BaseClient> {
  const { tim } = emulated({ now: () => NOW });
  await tim.call("im_open_login_svc/multiaccount_import", { Accounts: ["mira", "omar", "lin"] });
  return tim;
}

async function create(tim: BaseClient, body: object): Promise<string> {
  const answer = await tim.call<string, { GroupId: string }>(`${service}/create_group`, {
    Type: "Public",
    Name: "Book club",
    ...body,
  });
  return answer.GroupId;
}

async function info(tim: BaseClient, GroupId: string, ResponseFilter?: object): Promise<GroupInfo> {
  const body = { GroupIdList: [GroupId], ...(ResponseFilter && { ResponseFilter }) };
  const answer = await tim.call<string, { GroupInfo: GroupInfo[] }>(
    `${service}/get_group_info`,
    body,
  );
  assert.is(answer.GroupInfo.length, 1);
  return answer.GroupInfo[0]!;
}

const bookClub = {
  Owner_Account: "mira",
  GroupId: "book-club",
  Introduction: "We read one novel a month",
  Notification: "Next: Friday",
  FaceUrl: "https://img.example.org/g/book.png",
  MaxMemberCount: 200,
  ApplyJoinOption: "FreeAccess",
  AppDefinedData: [{ Key: "Shelf", Value: "A3" }, { Key: "Room", Value: "2" }],
  MemberList: [
    {
      Member_Account: "omar",
      Role: "Admin",
      AppMemberDefinedData: [{ Key: "Seat", Value: "7" }],
    },
    { Member_Account: "lin" },
  ],
};

test("get_group_info shows all of a group that create_group made", async () => {
  const tim = await peopled();
  assert.is(await create(tim, bookClub), "book-club");
  const member = {
    JoinTime: 1_795_000_000,
    MsgSeq: 0,
    MsgFlag: "AcceptAndNotify",
    LastSendMsgTime: 0,
    MuteUntil: 0,
    NameCard: "",
  };
  assert.equal(await info(tim, "book-club"), {
    GroupId: "book-club",
    ErrorCode: 0,
    ErrorInfo: "",
    Type: "Public",
    Name: "Book club",
    Appid: 88888888,
    Introduction: "We read one novel a month",
    Notification: "Next: Friday",
    FaceUrl: "https://img.example.org/g/book.png",
    Owner_Account: "mira",
    CreateTime: 1_795_000_000,
    InfoSeq: 1,
    LastInfoTime: 1_795_000_000,
    LastMsgTime: 0,
    NextMsgSeq: 1,
    MemberNum: 3,
    MaxMemberNum: 200,
    ApplyJoinOption: "FreeAccess",
    MuteAllMember: "Off",
    AppDefinedData: bookClub.AppDefinedData,
    MemberList: [
      { Member_Account: "mira", Role: "Owner", ...member },
      {
        Member_Account: "omar",
        Role: "Admin",
        ...member,
        AppMemberDefinedData: [{ Key: "Seat", Value: "7" }],
      },
      { Member_Account: "lin", Role: "Member", ...member },
    ],
  });
});

test("get_group_info answers only what its filter names", async () => {
  const tim = await peopled();
  await create(tim, bookClub);
  const filtered = await info(tim, "book-club", {
    GroupBaseInfoFilter: ["Type", "Name", "MemberNum"],
    MemberInfoFilter: ["Account", "Role"],
    AppDefinedDataFilter_Group: ["Shelf"],
    AppDefinedDataFilter_GroupMember: ["Seat"],
  });
  assert.equal(filtered, {
    GroupId: "book-club",
    ErrorCode: 0,
    ErrorInfo: "",
    Type: "Public",
    Name: "Book club",
    MemberNum: 3,
    AppDefinedData: [{ Key: "Shelf", Value: "A3" }],
    MemberList: [
      { Member_Account: "mira", Role: "Owner" },
      {
        Member_Account: "omar",
        Role: "Admin",
        AppMemberDefinedData: [{ Key: "Seat", Value: "7" }],
      },
      { Member_Account: "lin", Role: "Member" },
    ],
  });
  assert.equal(await info(tim, "book-club", { GroupBaseInfoFilter: ["InfoSeq"] }), {
    GroupId: "book-club",
    ErrorCode: 0,
    ErrorInfo: "",
    InfoSeq: 1,
  });
});

test("get_group_info answers each group by itself, missing ones with 10010", async () => {
  const tim = await peopled();
  await create(tim, { GroupId: "one" });
  const { GroupInfo } = await tim.call<string, { GroupInfo: GroupInfo[] }>(
    `${service}/get_group_info`,
    {
      GroupIdList: ["ghost", "one"],
    },
  );
  assert.equal(GroupInfo.map(({ GroupId, ErrorCode }) => [GroupId, ErrorCode]), [
    ["ghost", 10010],
    ["one", 0],
  ]);
  assert.match(GroupInfo[0]!.ErrorInfo, /no group "ghost"/);
});

for (
  const [Type, form] of [
    ["Public", /^@TGS#2[A-Z2-7]{9}$/],
    ["AVChatRoom", /^@TGS#a[A-Z2-7]{9}$/],
    ["Community", /^@TGS#_@TGS#[A-Z2-7]{9}$/],
  ] as const
) {
  test(`create_group makes an id for a ${Type} group that has none`, async () => {
    const tim = await peopled();
    const ids = [await create(tim, { Type }), await create(tim, { Type })];
    assert.match(ids[0]!, form);
    assert.is.not(ids[0], ids[1]);
    assert.is((await info(tim, ids[0]!)).Type, Type);
  });
}

test("create_group makes a group without an owner when none is named", async () => {
  const tim = await peopled();
  const group = await info(tim, await create(tim, { MemberList: [{ Member_Account: "lin" }] }));
  assert.is(group.Owner_Account, "");
  assert.is(group.MemberNum, 1);
});

test("create_group keeps its owner Owner when MemberList names him too", async () => {
  const tim = await peopled();
  const id = await create(tim, {
    Owner_Account: "mira",
    MemberList: [{ Member_Account: "mira" }, { Member_Account: "lin" }, { Member_Account: "lin" }],
  });
  const { MemberList } = await info(tim, id, { MemberInfoFilter: ["Role"] });
  assert.equal(MemberList, [
    { Member_Account: "mira", Role: "Owner" },
    { Member_Account: "lin", Role: "Member" },
  ]);
});

test("an AVChatRoom keeps no members, not even its owner", async () => {
  const tim = await peopled();
  const group = await info(
    tim,
    await create(tim, { Type: "AVChatRoom", Owner_Account: "mira", MemberList: [] }),
  );
  assert.is(group.Owner_Account, "mira");
  assert.is(group.MemberNum, 0);
  assert.equal(group.MemberList, []);
});

for (
  const [Type, wanted, is] of [
    ["Public", undefined, "NeedPermission"],
    ["Meeting", "DisableApply", "DisableApply"],
    ["Work", "FreeAccess", "DisableApply"],
    ["AVChatRoom", "NeedPermission", "FreeAccess"],
    ["Community", undefined, "FreeAccess"],
  ] as const
) {
  test(`create_group gives a ${Type} group that asks for ${wanted} ${is}`, async () => {
    const tim = await peopled();
    const id = await create(tim, { Type, ...(wanted && { ApplyJoinOption: wanted }) });
    assert.is((await info(tim, id)).ApplyJoinOption, is);
  });
}

test("create_group tells an own id of the same owner (10025) from another's (10021)", async () => {
  const tim = await peopled();
  await create(tim, { GroupId: "club", Owner_Account: "mira" });
  await create(tim, { GroupId: "open" });
  const again = async (body: object) => (await refused(create(tim, body)))[0];
  assert.is(await again({ GroupId: "club", Owner_Account: "mira" }), 10025);
  assert.is(await again({ GroupId: "club", Owner_Account: "omar" }), 10021);
  assert.is(await again({ GroupId: "club" }), 10021);
  assert.is(await again({ GroupId: "open" }), 10025);
});

const members = (length: number) =>
  Array.from({ length }, () => ({ Member_Account: "administrator" }));

for (
  const [code, body, says] of [
    [10004, { Type: "Club" }, /^Type is "Club", wanted one of: Public, Private, /],
    [10004, { Name: "ü".repeat(15) + "x" }, /^Name is 31 bytes of UTF-8, limit is 30$/],
    [10004, { Introduction: "x".repeat(241) }, /^Introduction is 241 bytes/],
    [10004, { Notification: "x".repeat(301) }, /^Notification is 301 bytes/],
    [10004, { FaceUrl: "x".repeat(101) }, /^FaceUrl is 101 bytes/],
    [10004, { MaxMemberCount: "200" }, /^MaxMemberCount is "200", wanted an integer$/],
    [10004, { MaxMemberCount: 6001 }, /^MaxMemberCount is 6001, wanted 1 to 6000$/],
    [10004, { MaxMemberCount: -1 }, /^MaxMemberCount is -1, wanted 1 to 6000$/],
    [10004, { ApplyJoinOption: "Free" }, /^ApplyJoinOption is "Free", wanted one of: FreeAccess/],
    [10004, { SupportTopic: 2 }, /^SupportTopic is 2, wanted one of: 0, 1$/],
    [10004, { AppDefinedData: [{ Key: "Shelf" }] }, /^AppDefinedData\[0\]\.Value is missing$/],
    [10004, { AppDefinedData: [{ Key: "a b", Value: "" }] }, /^AppDefinedData\[0\]\.Key is "a b"/],
    [10004, { MemberList: [{ Role: "Admin" }] }, /^MemberList\[0\]\.Member_Account is missing$/],
    [
      10004,
      { MemberList: [{ Member_Account: "lin", Role: "Owner" }] },
      /^MemberList\[0\]\.Role is "Owner", wanted Admin$/,
    ],
    [
      10004,
      { Type: "Private", MemberList: [{ Member_Account: "lin", Role: "Admin" }] },
      /no admins/,
    ],
    [10005, { MemberList: members(101) }, /^MemberList has 101 items, limit is 100$/],
    [10007, { Type: "AVChatRoom", MemberList: [{ Member_Account: "lin" }] }, /no MemberList/],
    [10015, { GroupId: "x".repeat(49) }, /^GroupId is 49 bytes/],
    [10015, { GroupId: "clüb" }, /^GroupId is "clüb", wanted printable ASCII$/],
    [10015, { GroupId: "@TGS#club" }, /begin.* @TGS# are the backend's own/],
    [10015, { Type: "Community", GroupId: "club" }, /begins with @TGS#_$/],
    [10019, { Owner_Account: "ghost" }, /^Owner_Account is "ghost", which is no imported account/],
    [
      10019,
      { MemberList: [{ Member_Account: "lin" }, { Member_Account: "ghost" }] },
      /^MemberList\[1\]\.Member_Account is "ghost"/,
    ],
    [
      10038,
      { Owner_Account: "mira", MaxMemberCount: 1, MemberList: [{ Member_Account: "lin" }] },
      /begins with 2 members, limit is 1$/,
    ],
    [60015, { Owner_Account: 42 }, /^Owner_Account is 42/],
  ] as const
) {
  test(`create_group answers ${code}: ${says.source}`, async () => {
    const tim = await peopled();
    const [got, text] = await refused(create(tim, body));
    assert.is(got, code);
    assert.match(text, says);
    const list = await tim.call(`${service}/get_appid_group_list`);
    assert.is(list.TotalCount, 0, "nothing was created");
  });
}

for (const field of ["Type", "Name"]) {
  test(`create_group answers 10004 when ${field} is missing`, async () => {
    const body = { Type: "Public", Name: "Book club", [field]: undefined };
    const [code, text] = await refused((await peopled()).call(`${service}/create_group`, body));
    assert.is(code, 10004);
    assert.is(text, `${field} is missing`);
  });
}

test("create_group accepts 100 members and a name of 30 bytes", async () => {
  const tim = await peopled();
  const id = await create(tim, { Name: "ü".repeat(15), MemberList: members(100) });
  assert.is((await info(tim, id)).MemberNum, 1);
});

test("destroy_group disbands a group once", async () => {
  const tim = await peopled();
  await create(tim, { GroupId: "club" });
  await tim.call(`${service}/destroy_group`, { GroupId: "club" });
  assert.is((await info(tim, "club")).ErrorCode, 10010);
  const again = tim.call(`${service}/destroy_group`, { GroupId: "club" });
  assert.equal(await refused(again), [10010, `There is no group "club"`]);
  await create(tim, { GroupId: "club", Owner_Account: "omar" });
  assert.is((await info(tim, "club")).Owner_Account, "omar");
});

for (
  const [command, code, body, says] of [
    ["destroy_group", 10004, {}, /^GroupId is missing$/],
    ["destroy_group", 10015, { GroupId: "" }, /^GroupId is empty$/],
    ["get_group_info", 10004, {}, /^GroupIdList is missing$/],
    ["get_group_info", 10004, { GroupIdList: [] }, /^GroupIdList has 0 items, wanted 1 at least$/],
    ["get_group_info", 10004, { GroupIdList: Array(51).fill("a") }, /51 items, limit is 50$/],
    ["get_group_info", 10004, { GroupIdList: ["a", 1] }, /^GroupIdList\[1\] is 1, wanted a str/],
    ["get_group_info", 10004, {
      GroupIdList: ["a"],
      ResponseFilter: { MemberInfoFilter: "Role" },
    }, /^ResponseFilter\.MemberInfoFilter is "Role", wanted an array$/],
    ["get_appid_group_list", 10004, { Limit: 10_001 }, /^Limit is 10001, limit is 10000$/],
    ["get_appid_group_list", 10004, { Limit: 2.5 }, /^Limit is 2.5, wanted an integer$/],
    ["get_appid_group_list", 10004, { Next: -1 }, /^Next is -1, wanted 0 or more$/],
    ["get_appid_group_list", 10004, { GroupType: "Club" }, /^GroupType is "Club"/],
  ] as const
) {
  test(`${command} answers ${code}: ${says.source}`, async () => {
    const [got, text] = await refused(emulated().tim.call(`${service}/${command}`, body));
    assert.is(got, code);
    assert.match(text, says);
  });
}

interface Page {
  TotalCount: number;
  GroupIdList: { GroupId: string }[];
  Next: number;
}

async function pages(tim: BaseClient, body: object): Promise<{ ids: string[]; calls: number }> {
  const ids: string[] = [];
  let Next = 0;
  for (let calls = 1;; calls++) {
    const page = await tim.call<string, Page>(`${service}/get_appid_group_list`, { ...body, Next });
    ids.push(...page.GroupIdList.map(({ GroupId }) => GroupId));
    Next = page.Next;
    if (Next === 0) return { ids, calls };
  }
}

test("get_appid_group_list pages through all groups, each once", async () => {
  const tim = await peopled();
  const ids = Array.from({ length: 7 }, (_, at) => `group-${at}`);
  for (const GroupId of ids) await create(tim, { GroupId });
  assert.equal(await pages(tim, { Limit: 3 }), { ids, calls: 3 });
  assert.equal(await pages(tim, { Limit: 7 }), { ids, calls: 1 });
  assert.equal(await pages(tim, {}), { ids, calls: 1 });
  const first = await tim.call<string, Page>(`${service}/get_appid_group_list`, { Limit: 2 });
  assert.is(first.TotalCount, 7);
  assert.is(first.GroupIdList.length, 2);
});

test("get_appid_group_list keeps its place when groups come and go between pages", async () => {
  const tim = await peopled();
  for (let at = 0; at < 6; at++) await create(tim, { GroupId: `group-${at}` });
  const list = (body: object) => tim.call<string, Page>(`${service}/get_appid_group_list`, body);
  const { Next } = await list({ Limit: 3 });
  for (const GroupId of ["group-0", "group-2", "group-4"]) {
    await tim.call(`${service}/destroy_group`, { GroupId });
  }
  await create(tim, { GroupId: "group-6" });
  const rest = await list({ Limit: 10, Next });
  assert.equal(rest.GroupIdList.map(({ GroupId }) => GroupId), ["group-3", "group-5", "group-6"]);
  assert.is(rest.TotalCount, 4);
  assert.is(rest.Next, 0);
});

test("get_appid_group_list filters by form under either name", async () => {
  const tim = await peopled();
  await create(tim, { GroupId: "work", Type: "Work" });
  await create(tim, { GroupId: "private", Type: "Private" });
  await create(tim, { GroupId: "public", Type: "Public" });
  for (const GroupType of ["Work", "Private"]) {
    assert.equal(await pages(tim, { GroupType, Limit: 1 }), { ids: ["work", "private"], calls: 2 });
  }
  const none = await tim.call<string, Page>(`${service}/get_appid_group_list`, {
    GroupType: "ChatRoom",
  });
  assert.is(none.TotalCount, 0);
  assert.equal(none.GroupIdList, []);
  await tim.call(`${service}/destroy_group`, { GroupId: "work" });
  assert.equal((await pages(tim, { GroupType: "Work" })).ids, ["private"]);
});

test.run();

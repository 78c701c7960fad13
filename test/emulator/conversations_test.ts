import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Commands } from "../../src/api/mod.ts";
import { NOW, type People, people, text } from "../support/chat_people.ts";
import { refused } from "../support/emulated.ts";

const ALL = 7;
const START = { TimeStamp: 0, StartIndex: 0, TopTimeStamp: 0, TopStartIndex: 0 };

async function send(
  { tim }: People,
  From_Account: string,
  To_Account: string,
  change: Partial<Commands["openim/sendmsg"]["request"]> = {},
): Promise<void> {
  const body = { From_Account, To_Account, MsgRandom: 1, MsgBody: text("hi"), ...change };
  await tim.call("openim/sendmsg", body);
}

async function group({ tim }: People, GroupId: string, ...members: string[]): Promise<void> {
  await tim.call("group_open_http_svc/create_group", {
    Type: "Public",
    Name: GroupId,
    GroupId,
    MemberList: members.map((Member_Account) => ({ Member_Account })),
  });
}

/** One page of conversations, as `peer@seconds after the start`, with a `!` when pinned. */
async function page(
  { tim }: People,
  AssistFlags: number,
  mark: typeof START = START,
  From_Account = "mira",
): Promise<{ list: string[]; complete: number; mark: typeof START }> {
  const answer = await tim.call("recentcontact/get_list", { From_Account, AssistFlags, ...mark });
  const { TimeStamp, StartIndex, TopTimeStamp, TopStartIndex } = answer;
  return {
    list: answer.SessionItem!.map((item) => {
      assert.is("To_Account" in item, item.Type === 1);
      const at = item.MsgTime === 0 ? "" : `@${item.MsgTime! - NOW}`;
      return `${item.To_Account ?? item.GroupId}${at}${item.TopFlag ? "!" : ""}`;
    }),
    complete: answer.CompleteFlag!,
    mark: { TimeStamp, StartIndex, TopTimeStamp, TopStartIndex } as typeof START,
  };
}

async function list(world: People, From_Account = "mira", flags = ALL): Promise<string[]> {
  const { list, complete } = await page(world, flags, START, From_Account);
  assert.is(complete, 1);
  return list;
}

type Pinned = Commands["recentcontact/top"]["request"]["RecentContactItem"][number];

function pin({ tim }: People, OperationType: 1 | 2, ...RecentContactItem: Pinned[]) {
  return tim.call("recentcontact/top", { From_Account: "mira", OperationType, RecentContactItem });
}

test("get_list shows who was written to, and who wrote, from the newest on", async () => {
  const world = await people();
  await send(world, "mira", "omar");
  world.at(NOW + 5);
  await send(world, "lin", "mira");
  assert.equal(await list(world), ["lin@5", "omar@0"]);
  assert.equal(await list(world, "omar"), ["mira@0"]);
  world.at(NOW + 7);
  await send(world, "mira", "omar", { SendMsgControl: ["NoLastMsg"] });
  await send(world, "mira", "zoe", { SyncOtherMachine: 2 });
  assert.equal(await list(world), ["lin@5", "omar@0"]);
  assert.equal(await list(world, "zoe"), ["mira@7"]);
  await send(world, "omar", "mira");
  assert.equal(await list(world), ["omar@7", "lin@5"]);
  assert.is((await refused(list(world, "nobody")))[0], 50001);
});

test("get_list has the groups of a member, those without a message only when asked for", async () => {
  const world = await people();
  await group(world, "chess", "mira");
  await group(world, "music", "omar");
  assert.equal(await list(world), ["chess@0"]);
  assert.equal(await list(world, "mira", 0), []);
  await world.tim.call("group_open_http_svc/destroy_group", { GroupId: "chess" });
  assert.equal(await list(world), []);
});

test("top pins conversations, which come first, in the order of pinning", async () => {
  const world = await people();
  await group(world, "chess", "mira");
  for (const peer of ["omar", "lin", "zoe"]) await send(world, peer, "mira");
  await pin(world, 1, { Type: 1, To_Account: "lin" });
  world.at(NOW + 1);
  await pin(world, 1, { Type: 2, GroupId: "chess" }, { Type: 1, To_Account: "administrator" });
  assert.equal(await list(world), ["administrator!", "chess@0!", "lin@0!", "omar@0", "zoe@0"]);
  assert.equal(await list(world, "mira", 1), ["lin@0!", "omar@0", "zoe@0"]);
  await pin(world, 2, { Type: 1, To_Account: "administrator" }, { Type: 1, To_Account: "lin" });
  assert.equal(await list(world), ["chess@0!", "omar@0", "lin@0", "zoe@0"]);
});

test("top refuses what it cannot pin", async () => {
  const many = Array.from({ length: 51 }, (_, at) => `peer${at}`);
  const world = await people(["mira", ...many]);
  const items = many.map((To_Account): Pinned => ({ Type: 1, To_Account }));
  assert.is((await refused(pin(world, 1, ...items)))[0], 51012);
  await pin(world, 1, ...items.slice(0, 50));
  assert.is((await refused(pin(world, 1, items[50]!)))[0], 51012);
  assert.is((await list(world)).length, 50);
  assert.is((await refused(pin(world, 1, { Type: 1 })))[0], 50002);
  assert.is((await refused(pin(world, 1, { Type: 1, To_Account: "nobody" })))[0], 50001);
  assert.is((await refused(pin(world, 1, { Type: 2, GroupId: "none" })))[0], 51007);
});

test("get_list gives 100 at a time, pinned ones first", async () => {
  const many = Array.from({ length: 99 }, (_, at) => `peer${at}`);
  const world = await people(["mira", ...many]);
  const { tim } = world;
  await tim.call("im_open_login_svc/multiaccount_import", { Accounts: ["a", "b", "c", "d"] });
  const peers = [...many, "a", "b", "c", "d"];
  for (const [at, peer] of peers.entries()) {
    world.at(NOW + Math.floor(at / 10)); // Ten in each second: a page may end among them.
    await send(world, peer, "mira");
  }
  await pin(world, 1, { Type: 1, To_Account: "a" }, { Type: 1, To_Account: "b" });
  const first = await page(world, ALL);
  assert.is(first.list.length, 100);
  assert.equal(first.list.slice(0, 2), ["a@9!", "b@10!"]);
  assert.is(first.complete, 0);
  const second = await page(world, ALL, first.mark);
  assert.is(second.complete, 1);
  const seen = [...first.list, ...second.list].map((text) => text.split("@")[0]);
  assert.equal([...new Set(seen)].sort(), [...peers].sort());
  assert.is(seen.length, peers.length);
});

test("delete takes one conversation out of one list until something is said", async () => {
  const world = await people();
  await send(world, "omar", "mira");
  await group(world, "chess", "mira");
  const remove = (change: object) =>
    world.tim.call("recentcontact/delete", { From_Account: "mira", Type: 1, ...change });
  await remove({ To_Account: "omar" });
  await remove({ Type: 2, ToGroupid: "chess" });
  assert.equal(await list(world), []);
  assert.equal(await list(world, "omar"), ["mira@0"]);
  const unread = { To_Account: "mira" };
  const { AllC2CUnreadMsgNum } = await world.tim.call("openim/get_c2c_unread_msg_num", unread);
  assert.is(AllC2CUnreadMsgNum, 0);
  world.at(NOW + 1);
  await send(world, "omar", "mira");
  assert.equal(await list(world), ["omar@1"]);
  assert.is((await refused(remove({ To_Account: "nobody" })))[0], 50001);
  assert.is((await refused(remove({ Type: 2 })))[0], 50002);
});

test("a group's conversation stays in its place for NoLastMsg, and for messages imported without RecentContactFlag", async () => {
  const world = await people();
  const { tim, at } = world;
  const GroupId = "chess";
  await group(world, GroupId, "mira");
  const SERVICE = "group_open_http_svc";
  const say = (Random: number, change: object = {}) =>
    tim.call(`${SERVICE}/send_group_msg`, { GroupId, Random, MsgBody: text("x"), ...change });
  const bring = (SendTime: number, RecentContactFlag?: 0 | 1) =>
    tim.call(`${SERVICE}/import_group_msg`, {
      GroupId,
      RecentContactFlag,
      MsgList: [{ From_Account: "mira", SendTime, MsgBody: text("x") }],
    });
  const WITHOUT_EMPTY = 5;
  at(NOW + 10);
  await say(1, { SendMsgControl: ["NoLastMsg"] });
  await bring(NOW + 10);
  assert.equal(await list(world, "mira", WITHOUT_EMPTY), []);
  await say(2);
  assert.equal(await list(world, "mira", WITHOUT_EMPTY), ["chess@10"]);
  at(NOW + 20);
  await say(3, { SendMsgControl: ["NoLastMsg"] });
  await bring(NOW + 20, 0);
  assert.equal(await list(world), ["chess@10"]);
  await bring(NOW + 20, 1);
  assert.equal(await list(world), ["chess@20"]);
  await tim.call("recentcontact/delete", { From_Account: "mira", Type: 2, ToGroupid: GroupId });
  await say(4, { SendMsgControl: ["NoLastMsg"] });
  assert.equal(await list(world), []);
  await say(5);
  assert.equal(await list(world), ["chess@20"]);
});

test("who leaves a group leaves its conversation, too; another group of its id begins anew", async () => {
  const world = await people();
  const { tim } = world;
  const GroupId = "chess";
  const conversation = { From_Account: "mira", Type: 2, ToGroupid: GroupId } as const;
  const remove = () => tim.call("recentcontact/delete", conversation);
  const destroy = () => tim.call("group_open_http_svc/destroy_group", { GroupId });
  const add = () =>
    tim.call("group_open_http_svc/add_group_member", {
      GroupId,
      MemberList: [{ Member_Account: "mira" }],
    });
  await group(world, GroupId, "mira");
  await tim.call("group_open_http_svc/send_group_msg", { GroupId, Random: 1, MsgBody: text("x") });
  await remove();
  assert.equal(await list(world), []);
  await destroy();
  await group(world, GroupId, "mira");
  assert.equal(await list(world), ["chess@0"]);
  await pin(world, 1, { Type: 2, GroupId });
  assert.equal(await list(world), ["chess@0!"]);
  const MemberToDel_Account = ["mira"];
  await tim.call("group_open_http_svc/delete_group_member", { GroupId, MemberToDel_Account });
  await remove();
  await add();
  assert.equal(await list(world), ["chess@0"]);
  await pin(world, 1, { Type: 2, GroupId });
  await destroy();
  await group(world, GroupId, "mira");
  assert.equal(await list(world), ["chess@0"]);
});

test("delete with ClearRamble clears the history of that side", async () => {
  const world = await people();
  const count = async (Operator_Account: string, Peer_Account: string) =>
    (await world.tim.call("openim/admin_getroammsg", {
      Operator_Account,
      Peer_Account,
      MaxCnt: 10,
      MinTime: 0,
      MaxTime: NOW,
    })).MsgCnt;
  await send(world, "omar", "mira");
  const body = { From_Account: "mira", Type: 1, To_Account: "omar" } as const;
  await world.tim.call("recentcontact/delete", body);
  assert.is(await count("mira", "omar"), 1);
  await world.tim.call("recentcontact/delete", { ...body, ClearRamble: 1 });
  assert.is(await count("mira", "omar"), 0);
  assert.is(await count("omar", "mira"), 1);
});

interface Labels {
  contacts: string[];
  groups: string[];
}

async function labels({ tim }: People): Promise<Labels> {
  const answer = await tim.call("recentcontact/get_contact_group", {
    From_Account: "mira",
    StartIndex: 0,
  });
  assert.is(answer.CompleteFlag, 1);
  assert.is(answer.NextStartIndex, 0);
  return {
    contacts: answer.ContactItem!.map((item) =>
      [
        item.To_Account ?? item.ToGroupId,
        item.StandardMark ?? "-",
        item.CustomMark ?? "-",
        (item.ContactGroupId ?? []).join(),
        item.Timestamp! - NOW,
      ].join(" ")
    ),
    groups: answer.GroupItem!.map(({ GroupName, GroupId }) => `${GroupName} ${GroupId}`),
  };
}

type Contact = Commands["recentcontact/search_contact_group"]["request"]["ContactItem"][number];

function createGroup({ tim }: People, GroupName: string, ...ContactItem: Contact[]) {
  return tim.call("recentcontact/create_contact_group", {
    From_Account: "mira",
    GroupContactItem: [{ GroupName, ContactItem }],
  });
}

const omar: Contact = { Type: 1, To_Account: "omar" };
const chess: Contact = { Type: 2, ToGroupId: "chess" };

test("create_contact_group makes a group and tells of each conversation", async () => {
  const world = await people();
  await group(world, "chess", "mira");
  const nobody: Contact = { Type: 1, To_Account: "nobody" };
  const none: Contact = { Type: 2, ToGroupId: "none" };
  const answer = await createGroup(world, "Clients", omar, chess, nobody, none);
  const [result] = answer.GroupResultItem!;
  assert.equal(result!.GroupItem, { GroupName: "Clients", GroupId: 1 });
  assert.equal(result!.ResultItem!.map(({ ResultCode }) => ResultCode), [0, 0, 50001, 51007]);
  assert.equal(result!.ResultItem![0]!.ContactItem, omar);
  await createGroup(world, "Friends", omar);
  assert.equal(await labels(world), {
    contacts: ["omar - - 1,2 0", "chess - - 1 0"],
    groups: ["Clients 1", "Friends 2"],
  });
  assert.is((await refused(createGroup(world, "ü".repeat(17))))[0], 51011);
  for (let count = 3; count <= 20; count++) await createGroup(world, `g${count}`);
  assert.is((await refused(createGroup(world, "one too many")))[0], 51010);
});

test("update_contact_group renames, adds and takes out", async () => {
  const world = await people();
  await group(world, "chess", "mira");
  await createGroup(world, "Clients", omar);
  await createGroup(world, "Friends", omar);
  const update = (
    UpdateGroup: Commands["recentcontact/update_contact_group"]["request"]["UpdateGroup"],
  ) =>
    world.tim.call("recentcontact/update_contact_group", {
      From_Account: "mira",
      UpdateType: 1,
      UpdateGroup,
    });
  const rename = (OldGroupName: string, NewGroupName?: string) =>
    update({ UpdateGroupType: 1, OldGroupName, NewGroupName });
  const renamed = await rename("Clients", "Customers");
  assert.equal(renamed.UpdateGroupResult, {
    UpdateGroupType: 1,
    GroupId: 1,
    OldGroupName: "Clients",
    GroupName: "Customers",
  });
  assert.is((await refused(rename("Clients", "Customers")))[0], 51009);
  assert.is((await refused(rename("Customers", "Friends")))[0], 50002);
  assert.is((await refused(rename("Customers")))[0], 50002);
  assert.is((await refused(rename("Customers", "x".repeat(65))))[0], 51011);
  world.at(NOW + 3);
  const changed = await update({
    UpdateGroupType: 2,
    OldGroupName: "Customers",
    ContactUpdateItem: [
      { ContactOptType: 1, ContactItem: chess },
      { ContactOptType: 2, ContactItem: omar },
      { ContactOptType: 2, ContactItem: { Type: 1, To_Account: "nobody" } },
    ],
  });
  const codes = changed.UpdateGroupResult!.ContactResultItem!.map(({ ResultCode }) => ResultCode);
  assert.equal(codes, [0, 0, 50001]);
  assert.equal(await labels(world), {
    contacts: ["omar - - 2 3", "chess - - 1 3"],
    groups: ["Customers 1", "Friends 2"],
  });
});

test("del_contact_group deletes a group and leaves its conversations", async () => {
  const world = await people();
  await createGroup(world, "Clients", omar);
  const remove = () =>
    world.tim.call("recentcontact/del_contact_group", {
      From_Account: "mira",
      GroupName: ["Clients"],
    });
  assert.equal((await remove()).GroupItem, [{ GroupName: "Clients", GroupId: 1 }]);
  assert.equal(await labels(world), { contacts: [], groups: [] });
  assert.is((await refused(remove()))[0], 51009);
  const again = await createGroup(world, "Clients");
  assert.is(again.GroupResultItem![0]!.GroupItem!.GroupId, 2);
});

test("mark_contact sets standard and custom marks", async () => {
  const world = await people();
  type Marks = Commands["recentcontact/mark_contact"]["request"]["MarkItem"];
  const mark = async (...MarkItem: Marks) =>
    (await world.tim.call("recentcontact/mark_contact", { From_Account: "mira", MarkItem }))
      .ResultItem!.map(({ ResultCode }) => ResultCode);
  const contact = { ContactItem: omar };
  assert.equal(await mark({ OptType: 3, ...contact, SetMark: [1, 5], CustomMark: "vip" }), [0]);
  assert.equal((await labels(world)).contacts, ["omar 10001 vip  0"]);
  await mark({ OptType: 1, ...contact, SetMark: [4], ClearMark: [5], CustomMark: "not seen" });
  assert.equal((await labels(world)).contacts, ["omar 1001 vip  0"]);
  await mark({ OptType: 2, ...contact, ClearMark: [1], CustomMark: "" });
  assert.equal((await labels(world)).contacts, ["omar 1001 -  0"]);
  await mark({ OptType: 1, ...contact, ClearMark: [1, 4] });
  assert.equal((await labels(world)).contacts, []);
  assert.equal(await mark({ OptType: 2, ContactItem: { Type: 1, To_Account: "nobody" } }), [50001]);
  assert.is((await refused(mark()))[0], 51006);
  const many = Array(101).fill({ OptType: 2, ...contact });
  assert.is((await refused(mark(...many)))[0], 51006);
});

test("1,000 conversations can be marked, and as many be in groups", async () => {
  const many = Array.from({ length: 1001 }, (_, at) => `peer${at}`);
  const world = await people(["mira"]);
  const From_Account = "mira";
  const codes: (number | undefined)[] = [];
  for (let from = 0; from < many.length; from += 100) {
    const Accounts = many.slice(from, from + 100);
    await world.tim.call("im_open_login_svc/multiaccount_import", { Accounts });
    const contacts = Accounts.map((To_Account): Contact => ({ Type: 1, To_Account }));
    const marked = await world.tim.call("recentcontact/mark_contact", {
      From_Account,
      MarkItem: contacts.map((ContactItem) => ({ OptType: 2, ContactItem, CustomMark: "x" })),
    });
    const grouped = (await createGroup(world, "All", ...contacts)).GroupResultItem![0]!;
    for (const { ResultCode } of [...marked.ResultItem!, ...grouped.ResultItem!]) {
      codes.push(ResultCode);
    }
  }
  assert.equal(codes.splice(2000), [51008, 51008]);
  assert.equal(new Set(codes), new Set([0]));
  const get = (StartIndex: number) =>
    world.tim.call("recentcontact/get_contact_group", { From_Account, StartIndex });
  const first = await get(0);
  assert.is(first.ContactItem!.length, 100);
  assert.is(first.CompleteFlag, 0);
  assert.is(first.NextStartIndex, 100);
  const last = await get(900);
  assert.is(last.ContactItem!.length, 100);
  assert.is(last.CompleteFlag, 1);
});

test("search_contact_group shows what given conversations have", async () => {
  const world = await people();
  await createGroup(world, "Clients", omar);
  await createGroup(world, "Empty");
  const search = (...ContactItem: Contact[]) =>
    world.tim.call("recentcontact/search_contact_group", { From_Account: "mira", ContactItem });
  const answer = await search(omar, chess);
  assert.equal(answer.ContactResultItem, [
    { Type: 1, To_Account: "omar", ContactGroupId: [1], Timestamp: NOW },
    { Type: 2, ToGroupId: "chess" },
  ]);
  assert.equal(answer.GroupItem, [{ GroupName: "Clients", GroupId: 1 }]);
  assert.is((await refused(search({ Type: 2 })))[0], 50002);
});

test.run();

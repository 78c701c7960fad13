import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Call, calls, codeOf } from "../support/calls.ts";

const G = "group_open_http_svc";
const T = "million_group_open_http_svc";
const GroupId = "@TGS#_readers";
const list = (...accounts: string[]) => accounts.map((Member_Account) => ({ Member_Account }));
const own = (name: string) => `${GroupId}@TOPIC#_${name}`;

/** A community with topics: mira's, with omar and lin in it. */
async function readers(facts: object = {}) {
  const made = await calls();
  await made.call(`${G}/create_group`, {
    GroupId,
    Type: "Community",
    Name: "Readers",
    SupportTopic: 1,
    Owner_Account: "mira",
    MemberList: list("omar", "lin"),
    ...facts,
  });
  return made;
}

const topic = async (call: Call, TopicId: string, From_Account = "lin") => {
  const body = { GroupId, From_Account, TopicIdList: [TopicId] };
  return (await call(`${T}/get_topic`, body)).TopicAndSelfInfo[0]!;
};

test("a topic is read as it was created, and changed", async () => {
  const { call, clock } = await readers();
  const facts = {
    TopicName: "Novels",
    CustomString: "order=1",
    FaceUrl: "https://img.example.org/n.png",
    Notification: "No spoilers",
    Introduction: "All about novels",
  };
  const body = { GroupId, TopicId: own("novels"), From_Account: "mira", ...facts };
  assert.is((await call(`${T}/create_topic`, body)).TopicId, own("novels"));
  const whole = {
    TopicId: own("novels"),
    GroupID: GroupId,
    ...facts,
    MuteAllMember: "Off",
    CreateTime: clock.seconds,
    NextMsgSeq: 1,
    LastMsgTime: 0,
  };
  const { TopicInfo, SelfInfo } = await topic(call, own("novels"));
  assert.equal(TopicInfo, whole);
  assert.equal(SelfInfo, { ShutUpTime: 0, MsgSeq: 0, MsgFlag: "AcceptAndNotify" });
  const change = { TopicName: "Long novels", MuteAllMember: "On" } as const;
  await call(`${T}/modify_topic`, { GroupId, TopicId: own("novels"), ...change });
  assert.equal((await topic(call, own("novels"))).TopicInfo, { ...whole, ...change });
  const { TopicAndSelfInfo } = await call(`${T}/get_topic`, {
    GroupId,
    From_Account: "lin",
    ResponseFilter: ["TopicName"],
  });
  assert.equal(TopicAndSelfInfo.map(({ TopicInfo }) => TopicInfo), [
    { TopicId: own("novels"), GroupID: GroupId, TopicName: "Long novels" },
  ]);
});

test("create_topic makes an id, and refuses bad and used ones", async () => {
  const { call } = await readers();
  const create = (TopicId?: string, id = GroupId) =>
    call(`${T}/create_topic`, { GroupId: id, TopicId, TopicName: "t" });
  assert.match((await create()).TopicId, /^@TGS#_readers@TOPIC#_@TOPIC#[A-Z2-7]{9}$/);
  await create(own("a"));
  assert.is(await codeOf(create(own("a"))), 10025);
  assert.is(await codeOf(create("a")), 10015);
  assert.is(await codeOf(create(own(""))), 10015);
  assert.is(await codeOf(create(own("@TOPIC#x"))), 10015);
  assert.is(await codeOf(create(own("ü"))), 10015);
  assert.is(await codeOf(create(own("x".repeat(96)))), 10015);
  assert.is(await codeOf(create(undefined, "ghost")), 10010);
  await call(`${G}/create_group`, { GroupId: "@TGS#_plain", Type: "Community", Name: "c" });
  assert.is(await codeOf(create(undefined, "@TGS#_plain")), 11000);
  const ghost = { GroupId, TopicName: "t", From_Account: "ghost" };
  assert.is(await codeOf(call(`${T}/create_topic`, ghost)), 10019);
});

test("a community has 200 topics and no more (10037)", async () => {
  const { call } = await readers();
  for (let at = 0; at < 200; at++) await call(`${T}/create_topic`, { GroupId, TopicName: "t" });
  assert.is(await codeOf(call(`${T}/create_topic`, { GroupId, TopicName: "t" })), 10037);
  const { TopicAndSelfInfo } = await call(`${T}/get_topic`, { GroupId, From_Account: "lin" });
  assert.is(TopicAndSelfInfo.length, 200);
});

test("import_topic keeps its time, and answers 10021 for a used id", async () => {
  const { call, clock } = await readers();
  const facts = { GroupId, TopicName: "Old", TopicId: own("old"), CreateTime: 1_700_000_000 };
  await call(`${G}/import_topic`, facts);
  assert.is((await topic(call, own("old"))).TopicInfo!.CreateTime, 1_700_000_000);
  // The path of the China page; the types know the other alone.
  await (call as (command: string, body: object) => Promise<unknown>)(
    "million_group_open_http_svc/import_topic",
    { ...facts, TopicId: own("older") },
  );
  assert.is((await topic(call, own("older"))).TopicInfo!.CreateTime, 1_700_000_000);
  assert.is(await codeOf(call(`${G}/import_topic`, facts)), 10021);
  const later = { GroupId, TopicName: "t", CreateTime: clock.seconds + 1 };
  assert.is(await codeOf(call(`${G}/import_topic`, later)), 10004);
});

test("destroy_topic tells each topic's result; a deleted one is gone", async () => {
  const { call } = await readers();
  await call(`${T}/create_topic`, { GroupId, TopicId: own("a"), TopicName: "a" });
  const destroy = async () => {
    const body = { GroupId, TopicIdList: [own("a"), own("b")] };
    return (await call(`${T}/destroy_topic`, body)).DestroyResultItem
      .map(({ ErrorCode }) => ErrorCode);
  };
  assert.equal(await destroy(), [0, 110003]);
  assert.equal(await destroy(), [110003, 110003]);
  assert.is((await topic(call, own("a"))).ErrorCode, 110003);
  const modify = call(`${T}/modify_topic`, { GroupId, TopicId: own("a"), TopicName: "x" });
  assert.is(await codeOf(modify), 10010);
});

test("each topic has messages of its own", async () => {
  const { call, clock } = await readers();
  for (const name of ["a", "b"]) {
    await call(`${T}/create_topic`, { GroupId, TopicId: own(name), TopicName: name });
  }
  const say = (TopicId: string, Random: number) =>
    call(`${G}/send_group_msg`, {
      GroupId,
      TopicId,
      Random,
      From_Account: "lin",
      MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "hi" } }],
    });
  await say(own("a"), 1);
  await say(own("a"), 2);
  assert.is((await say(own("b"), 3)).MsgSeq, 1);
  const read = async (TopicId?: string) =>
    (await call(`${G}/group_msg_get_simple`, { GroupId, TopicId, ReqMsgNumber: 9 })).RspMsgList!
      .map(({ MsgSeq }) => MsgSeq);
  assert.equal(await read(own("a")), [2, 1]);
  assert.equal(await read(own("b")), [1]);
  assert.equal(await read(), []);
  const { TopicInfo, SelfInfo } = await topic(call, own("a"));
  assert.equal([TopicInfo!.NextMsgSeq, TopicInfo!.LastMsgTime], [3, clock.seconds]);
  assert.is(SelfInfo!.MsgSeq, 2);
  const { GroupIdList } = await call(`${G}/get_joined_group_list`, {
    Member_Account: "lin",
    SupportTopic: 1,
    ResponseFilter: { SelfInfoFilter: ["Role"] },
  });
  assert.equal(GroupIdList, [{
    GroupId,
    GrossTopicNextMsgSeq: 5,
    SelfInfo: { Role: "Member", GrossTopicReadSeq: 3 },
  }]);
  const pin = (TopicId?: string) => call(`${G}/pin_message`, { GroupId, TopicId, MsgSeq: 1 });
  assert.is(await codeOf(pin()), 10004);
  await pin(own("b"));
  const pinned = await call(`${G}/get_pinned_messages`, { GroupId, TopicId: own("b") });
  assert.is(pinned.PinnedMsgList!.length, 1);
  assert.is(await codeOf(say(own("ghost"), 4)), 10010);
});

test("nobody has unread messages in a topic that messages were imported into", async () => {
  const { call, clock } = await readers();
  await call(`${T}/create_topic`, { GroupId, TopicId: own("a"), TopicName: "a" });
  const SendTime = clock.seconds;
  const MsgBody = [{ MsgType: "TIMTextElem" as const, MsgContent: { Text: "hi" } }];
  const MsgList = [1, 2].map((Random) => ({ From_Account: "lin", SendTime, Random, MsgBody }));
  await call(`${G}/import_group_msg`, { GroupId, TopicId: own("a"), MsgList });
  for (const account of ["mira", "omar", "lin"]) {
    assert.is((await topic(call, own("a"), account)).SelfInfo!.MsgSeq, 2, account);
  }
});

test("a topic that is muted silences plain members in it alone", async () => {
  const { call } = await readers();
  await call(`${T}/create_topic`, { GroupId, TopicId: own("a"), TopicName: "a" });
  await call(`${T}/modify_topic`, { GroupId, TopicId: own("a"), MuteAllMember: "On" });
  const say = (From_Account: string, TopicId?: string) =>
    call(`${G}/send_group_msg`, {
      GroupId,
      TopicId,
      Random: 1,
      From_Account,
      MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "hi" } }],
    });
  assert.is(await codeOf(say("lin", own("a"))), 10017);
  await say("lin");
  await say("mira", own("a"));
});

const P = { GroupId, PermissionGroupId: "@PMG#_editors" };
const editors = { ...P, PermissionGroupName: "Editors", Permission: 17, CustomString: "red" };

test("a permission group is read as it was created, changed, and deleted", async () => {
  const { call } = await readers({ EnablePermission: 1 });
  const { PermissionGroupId } = await call(`${G}/create_permission_group`, editors);
  assert.is(PermissionGroupId, "@PMG#_editors");
  const made = await call(`${G}/create_permission_group`, {
    GroupId,
    PermissionGroupName: "Made",
    Permission: 1,
  });
  assert.match(made.PermissionGroupId!, /^@PMG#_@PMG#/);
  assert.is(await codeOf(call(`${G}/create_permission_group`, editors)), 10004);
  const bad = call(`${G}/create_permission_group`, { ...editors, PermissionGroupId: "editors" });
  assert.is(await codeOf(bad), 10004);
  const { GroupId: _, ...facts } = editors;
  const read = async (ids?: string[]) =>
    (await call(`${G}/get_permission_group`, { GroupId, PermissionGroupIdList: ids }))
      .PermissionGroupInfoList!;
  assert.equal(await read(["@PMG#_editors", "@PMG#_ghost"]), [facts]);
  await call(`${G}/modify_permission_group`, { ...P, Permission: 19 });
  assert.equal(await read(["@PMG#_editors"]), [{ ...facts, Permission: 19 }]);
  const modify = { ...P, PermissionGroupId: "@PMG#_ghost", Permission: 1 };
  assert.is(await codeOf(call(`${G}/modify_permission_group`, modify)), 10004);
  const PermissionGroupIdList = ["@PMG#_editors", "@PMG#_ghost"];
  await call(`${G}/destroy_permission_group`, { GroupId, PermissionGroupIdList });
  assert.is((await read()).length, 1);
});

test("get_permission_group pages by Next", async () => {
  const { call } = await readers({ EnablePermission: 1 });
  for (const name of "abcde") {
    await call(`${G}/create_permission_group`, { ...editors, PermissionGroupId: `@PMG#_${name}` });
  }
  const seen: string[] = [];
  let Next = "";
  let pages = 0;
  do {
    const page = await call(`${G}/get_permission_group`, { GroupId, Limit: 2, Next });
    seen.push(...page.PermissionGroupInfoList!.map(({ PermissionGroupId: id }) => id!.at(-1)!));
    Next = page.Next!;
    pages++;
  } while (Next !== "");
  assert.equal([pages, seen.join("")], [3, "abcde"]);
  const bad = call(`${G}/get_permission_group`, { GroupId, Next: "x" });
  assert.is(await codeOf(bad), 10004);
});

test("permission groups hold permissions in topics, each with its own result", async () => {
  const { call } = await readers({ EnablePermission: 1 });
  await call(`${G}/create_permission_group`, editors);
  await call(`${T}/create_topic`, { GroupId, TopicId: own("a"), TopicName: "a" });
  const set = async (command: "add_topic_permission_group" | "set_topic_permission_group") => {
    const Permission = command.startsWith("add") ? 3 : 7;
    const TopicPermissionList = ["a", "b"].map((name) => ({ TopicId: own(name), Permission }));
    const answer = await call(`${G}/${command}`, { ...P, TopicPermissionList });
    return answer.TopicPermissionResultList!.map(({ ErrorCode }) => ErrorCode);
  };
  const read = async () => {
    const answer = await call(`${G}/get_topic_permission_group`, P);
    return (answer as { TopicPermissionList?: unknown }).TopicPermissionList;
  };
  assert.equal(await set("add_topic_permission_group"), [0, 110003]);
  assert.equal(await read(), [{ TopicId: own("a"), Permission: 3 }]);
  assert.equal(await set("set_topic_permission_group"), [0, 110003]);
  assert.equal(await read(), [{ TopicId: own("a"), Permission: 7 }]);
  await call(`${G}/delete_topic_permission_group`, { ...P, TopicIdList: [own("a")] });
  assert.equal(await read(), []);
  await set("add_topic_permission_group");
  await call(`${T}/destroy_topic`, { GroupId, TopicIdList: [own("a")] });
  assert.equal(await read(), [], "a topic's permissions go with it");
});

test("permission groups have members of the community", async () => {
  const { call } = await readers({ EnablePermission: 1 });
  await call(`${G}/create_permission_group`, editors);
  const add = (...names: string[]) =>
    call(`${G}/add_permission_group_member`, { ...P, MemberList: list(...names) });
  const { MemberList } = await add("lin", "lin", "zoe", "omar");
  assert.equal(MemberList!.map(({ Result }) => Result), [1, 2, 0, 1]);
  assert.is(await codeOf(add("ghost")), 10019);
  const members = async (facts: object = {}) => {
    const answer = await call(`${G}/get_permission_group_member_list`, { ...P, ...facts });
    return [answer.Next, ...answer.MemberList!.map(({ Member_Account }) => Member_Account)];
  };
  assert.equal(await members(), ["", "lin", "omar"]);
  assert.equal(await members({ Limit: 1 }), ["1", "lin"]);
  assert.equal(await members({ Limit: 1, Next: "1" }), ["", "omar"]);
  await call(`${G}/delete_permission_group_member`, { ...P, MemberList: list("omar", "zoe") });
  assert.equal(await members(), ["", "lin"]);
  await call(`${G}/delete_group_member`, { GroupId, MemberToDel_Account: ["lin"] });
  assert.equal(await members(), [""], "who leaves the community leaves its permission groups");
});

test("permission groups need EnablePermission (10007) and topics (11000)", async () => {
  const { call } = await readers();
  assert.is(await codeOf(call(`${G}/create_permission_group`, editors)), 10007);
  await call(`${G}/modify_group_base_info`, { GroupId, EnablePermission: 1 });
  await call(`${G}/create_permission_group`, editors);
  await call(`${G}/create_group`, { GroupId: "club", Type: "Public", Name: "c" });
  const plain = call(`${G}/create_permission_group`, { ...editors, GroupId: "club" });
  assert.is(await codeOf(plain), 11000);
});

test.run();

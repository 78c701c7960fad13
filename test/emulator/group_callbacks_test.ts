import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Commands } from "../../src/api/mod.ts";
import { type Call, calls, codeOf } from "../support/calls.ts";

const G = "group_open_http_svc";
const list = (...accounts: string[]) => accounts.map((Member_Account) => ({ Member_Account }));
const text = (Text: string) => [{ MsgType: "TIMTextElem" as const, MsgContent: { Text } }];

type Event = Record<string, unknown> & { CallbackCommand: string };

/** An emulator, and the server of its app: what it was told, and what it answers. */
async function listening(answers: Record<string, object> = {}) {
  const events: Event[] = [];
  const fetcher = ((_url: string, init: RequestInit) => {
    const event = JSON.parse(init.body as string) as Event;
    events.push(event);
    const answer = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };
    return Promise.resolve(Response.json({ ...answer, ...answers[event.CallbackCommand] }));
  }) as typeof fetch;
  const made = await calls(undefined, { webhooks: { url: "http://app.test/" }, fetch: fetcher });
  /** What was told since the last time, by name and some fields. */
  const heard = (...fields: string[]) =>
    events.splice(0).map((event) => [
      event.CallbackCommand.replace(/^(Group|Room|Mic)\.Callback/, ""),
      ...fields.map((field) => event[field]),
    ]);
  const { call, clock } = made;
  return { call, clock, heard, answers };
}

const club = (call: Call, facts: object = {}) =>
  call(`${G}/create_group`, {
    Type: "Public",
    Name: "Club",
    GroupId: "club",
    Owner_Account: "mira",
    MemberList: list("omar"),
    ...facts,
  });

test("a group's creation is asked and told; its change, its end and its members are told", async () => {
  const { call, heard } = await listening();
  const GroupId = "club";
  await club(call);
  assert.equal(heard("Owner_Account", "MemberList"), [
    ["BeforeCreateGroup", "mira", list("mira", "omar")],
    ["AfterCreateGroup", "mira", list("mira", "omar")],
  ]);
  await call(`${G}/modify_group_base_info`, { GroupId, Name: "North" });
  assert.equal(heard("Name", "Notification"), [["AfterGroupInfoChanged", "North", undefined]]);
  await call(`${G}/modify_group_base_info`, { GroupId, MuteAllMember: "Off", MaxMemberNum: 3 });
  assert.equal(heard(), [], "other fields send nothing");
  await call(`${G}/add_group_member`, { GroupId, MemberList: list("omar", "lin") });
  assert.equal(heard("NewMemberList", "DestinationMembers"), [
    ["BeforeInviteJoinGroup", undefined, list("omar", "lin")],
    ["AfterNewMemberJoin", list("lin"), undefined],
    ["AfterGroupFull", undefined, undefined],
  ]);
  const full = call(`${G}/add_group_member`, { GroupId, MemberList: list("zoe") });
  assert.is(await codeOf(full), 10014);
  assert.equal(heard(), [["AfterGroupFull"]]);
  await call(`${G}/modify_group_member_info`, { GroupId, Member_Account: "lin", Role: "Admin" });
  assert.equal(heard("Member_Account", "Role"), [["AfterMemberFieldChanged", "lin", "Admin"]]);
  await call(`${G}/change_group_owner`, { GroupId, NewOwner_Account: "lin" });
  assert.equal(heard("OldOwner_Account", "NewOwner_Account"), [
    ["AfterChangeGroupOwner", "mira", "lin"],
  ]);
  await call(`${G}/delete_group_member`, { GroupId, MemberToDel_Account: ["mira", "zoe"] });
  assert.equal(heard("ExitMemberList", "ExitType"), [["AfterMemberExit", list("mira"), "Kicked"]]);
  await call(`${G}/destroy_group`, { GroupId });
  assert.equal(heard("Owner_Account"), [["AfterGroupDestroyed", "lin"]]);
});

test("imports are neither asked nor told", async () => {
  const { call, heard } = await listening();
  const { GroupId } = await call(`${G}/import_group`, { Type: "Public", Name: "Old" });
  await call(`${G}/import_group_member`, { GroupId, MemberList: list("lin") });
  await call(`${G}/import_group_msg`, {
    GroupId,
    MsgList: [{ From_Account: "lin", SendTime: 1_795_000_000, MsgBody: text("hi") }],
  });
  assert.equal(heard(), []);
});

test("the app's server refuses a group with 10016 or a code of its own, and nothing is made", async () => {
  const { call, answers } = await listening();
  answers["Group.CallbackBeforeCreateGroup"] = { ErrorCode: 1 };
  assert.is(await codeOf(club(call)), 10016);
  answers["Group.CallbackBeforeCreateGroup"] = { ErrorCode: 10111, ErrorInfo: "no" };
  assert.is(await codeOf(club(call)), 10111);
  assert.is((await call(`${G}/get_appid_group_list`, {})).TotalCount, 0);
});

test("the app's server keeps single members out, or all", async () => {
  const { call, answers } = await listening();
  await club(call);
  const add = async () => {
    const MemberList = list("lin", "zoe");
    const answer = await call(`${G}/add_group_member`, { GroupId: "club", MemberList });
    return answer.MemberList.map(({ Result }) => Result);
  };
  answers["Group.CallbackBeforeInviteJoinGroup"] = { ErrorCode: 1 };
  assert.is(await codeOf(add()), 10016);
  answers["Group.CallbackBeforeInviteJoinGroup"] = { RefusedMembers_Account: ["zoe"] };
  assert.equal(await add(), [1, 0]);
});

test("a message is asked and told, and the app's server may change, drop or refuse it", async () => {
  const { call, heard, answers } = await listening();
  const GroupId = "club";
  await club(call);
  heard();
  let Random = 0;
  const say = (more: object = {}) =>
    call(`${G}/send_group_msg`, {
      GroupId,
      From_Account: "omar",
      Random: ++Random,
      MsgBody: text("hi"),
      ...more,
    });
  await say({ NeedReadReceipt: 1 });
  assert.equal(heard("From_Account", "MsgSeq"), [
    ["BeforeSendMsg", "omar", undefined],
    ["AfterReadReceipt", undefined, undefined],
    ["AfterSendMsg", "omar", 1],
  ]);
  await say({
    ForbidCallbackControl: ["ForbidBeforeSendMsgCallback", "ForbidAfterSendMsgCallback"],
  });
  assert.equal(heard(), []);
  answers["Group.CallbackBeforeSendMsg"] = { MsgBody: text("***"), CloudCustomData: "checked" };
  await say();
  const again = await call(`${G}/send_group_msg`, {
    GroupId,
    From_Account: "omar",
    Random,
    MsgBody: text("hi"),
  });
  assert.is(again.MsgSeq, 3, "a repeat is known by what was sent");
  answers["Group.CallbackBeforeSendMsg"] = { ErrorCode: 2 };
  await say();
  heard();
  answers["Group.CallbackBeforeSendMsg"] = { ErrorCode: 1 };
  assert.is(await codeOf(say()), 10016);
  assert.equal(heard("ErrorCode"), [
    ["BeforeSendMsg", undefined],
    ["SendMsgException", 10016],
  ]);
  const history = await call(`${G}/group_msg_get_simple`, { GroupId, ReqMsgNumber: 9 });
  assert.equal(
    history.RspMsgList!.map(({ MsgBody, CloudCustomData }) => [MsgBody, CloudCustomData]),
    [
      [text("***"), "checked"],
      [text("hi"), undefined],
      [text("hi"), undefined],
    ],
  );
  await call(`${G}/forbid_send_msg`, { GroupId, Members_Account: ["omar"], MuteTime: 60 });
  heard();
  assert.is(await codeOf(say()), 10017);
  assert.is(await codeOf(say({ GroupId: "ghost" })), 10010);
  assert.equal(heard("ErrorCode", "Type"), [
    ["SendMsgException", 10017, "Public"],
    ["SendMsgException", 10010, ""],
  ]);
  await call(`${G}/group_msg_recall`, { GroupId, MsgSeqList: [{ MsgSeq: 1 }, { MsgSeq: 9 }] });
  assert.equal(heard("MsgSeqList"), [["AfterRecallMsg", [{ MsgSeq: 1 }]]]);
});

test("an answer of the app's server that is not as documented does no harm", async () => {
  const { call, heard, answers } = await listening();
  await club(call);
  answers["Group.CallbackBeforeInviteJoinGroup"] = { ErrorCode: "0", RefusedMembers_Account: 5 };
  const added = await call(`${G}/add_group_member`, { GroupId: "club", MemberList: list("lin") });
  assert.equal(added.MemberList, [{ Member_Account: "lin", Result: 1 }]);
  const say = async (Random: number) => {
    await call(`${G}/send_group_msg`, { GroupId: "club", Random, MsgBody: text("hi") });
    const { RspMsgList } = await call(`${G}/group_msg_get_simple`, {
      GroupId: "club",
      ReqMsgNumber: 1,
    });
    return [RspMsgList![0]!.MsgBody, RspMsgList![0]!.CloudCustomData];
  };
  answers["Group.CallbackBeforeSendMsg"] = { MsgBody: "x", CloudCustomData: 5 };
  assert.equal(await say(1), [text("hi"), undefined]);
  answers["Group.CallbackBeforeSendMsg"] = { ErrorCode: undefined };
  assert.equal(await say(2), [text("hi"), undefined]);
  answers["Group.CallbackBeforeSendMsg"] = { ErrorCode: "1", ErrorInfo: {} };
  assert.is(await codeOf(say(3)), 10016);
  heard();
});

test("a chatbot that a message mentions hears of it, everybody's mention aside", async () => {
  const { call, heard } = await listening();
  await club(call);
  await call("openim_robot_http_svc/create_robot", { UserID: "@RBT#helper" });
  heard();
  let Random = 0;
  type Mentions = Commands["group_open_http_svc/send_group_msg"]["request"]["GroupAtInfo"];
  const say = async (GroupAtInfo?: Mentions) => {
    const MsgBody = text("hi");
    await call(`${G}/send_group_msg`, { GroupId: "club", Random: ++Random, MsgBody, GroupAtInfo });
    return heard("MsgSeq", "AtRobots_Account").filter(([name]) => name === "Bot.OnGroupMessage");
  };
  const bot = { GroupAtAllFlag: 0, GroupAt_Account: "@RBT#helper" } as const;
  const mira = { GroupAtAllFlag: 0, GroupAt_Account: "mira" } as const;
  assert.equal(await say([mira, bot, bot]), [["Bot.OnGroupMessage", 1, ["@RBT#helper"]]]);
  assert.equal(await say([{ GroupAtAllFlag: 1 }, mira]), []);
  assert.equal(await say(), []);
});

test("receipts, attributes and key-values are told", async () => {
  const { call, heard } = await listening();
  const GroupId = "club";
  await club(call);
  await call(`${G}/send_group_msg`, {
    GroupId,
    From_Account: "mira",
    Random: 1,
    MsgBody: text("hi"),
    NeedReadReceipt: 1,
    SupportMessageExtension: 1,
  });
  heard();
  const MsgSeqList = [{ MsgSeq: 1 }];
  await call(`${G}/group_msg_receipt`, { GroupId, From_Account: "omar", MsgSeqList });
  assert.equal(heard("GroupMsgReceiptList"), [["AfterReadReceipt", [
    { MsgSeq: 1, ReadNum: 1, UnreadNum: 0, ReadReceiptMembers: list("omar") },
  ]]]);
  const GroupAttr = [{ key: "phase", value: "quiz" }];
  await call(`${G}/set_group_attr`, { GroupId, GroupAttr });
  await call(`${G}/modify_group_attr`, { GroupId, GroupAttr });
  await call(`${G}/delete_group_attr`, { GroupId, GroupAttr: [{ key: "phase" }] });
  await call(`${G}/clear_group_attr`, { GroupId });
  assert.equal(heard("OptionType", "GroupAttr"), [
    ["AfterGroupAttrChanged", "set", GroupAttr],
    ["AfterGroupAttrChanged", "modify", GroupAttr],
    ["AfterGroupAttrChanged", "delete", [{ key: "phase", value: "" }]],
    ["AfterGroupAttrChanged", "clear", []],
  ]);
  await call("openim_msg_ext_http_svc/group_set_key_values", {
    GroupId,
    MsgSeq: 1,
    OperateType: 1,
    ExtensionList: [{ Key: "bid", Value: "1" }],
  });
  assert.equal(heard("ExtensionList", "Seq"), [
    ["AfterGroupMsgExtension", [{ Key: "bid", Value: "1", Seq: 1 }], 1],
  ]);
});

test("topics are asked and told", async () => {
  const { call, heard, answers } = await listening();
  const GroupId = "@TGS#_c";
  await club(call, { GroupId, Type: "Community", SupportTopic: 1 });
  heard();
  const create = () =>
    call("million_group_open_http_svc/create_topic", { GroupId, TopicName: "Novels" });
  const { TopicId } = await create();
  assert.equal(heard("Name", "TopicId"), [
    ["BeforeCreateTopic", "Novels", undefined],
    ["AfterCreateTopic", "Novels", TopicId],
  ]);
  await call("million_group_open_http_svc/modify_topic", { GroupId, TopicId, TopicName: "New" });
  await call("million_group_open_http_svc/modify_topic", { GroupId, TopicId, CustomString: "x" });
  assert.equal(heard("Name"), [["AfterTopicInfoChanged", "New"]]);
  const TopicIdList = [TopicId, "ghost"];
  await call("million_group_open_http_svc/destroy_topic", { GroupId, TopicIdList });
  assert.equal(heard("TopicIdList"), [["AfterTopicDestroyed", [TopicId]]]);
  answers["Group.CallbackBeforeCreateTopic"] = { ErrorCode: 1 };
  assert.is(await codeOf(create()), 10016);
  const { TopicAndSelfInfo } = await call("million_group_open_http_svc/get_topic", {
    GroupId,
    From_Account: "lin",
  });
  assert.equal(TopicAndSelfInfo, []);
});

test("conferences, their members and their seats are told", async () => {
  const { call, heard } = await listening();
  const R = "room_engine_http_srv";
  const RoomId = "standup";
  await call(`${R}/create_room`, {
    RoomInfo: {
      RoomId,
      RoomType: "Conference",
      IsSeatEnabled: true,
      MaxSeatCount: 1,
      Password: "204817",
    },
    ScheduleInviteeList_Account: ["lin"],
  });
  const [created] = heard("RoomInfo", "ScheduleInviteeList_Account");
  assert.is(created![0], "AfterCreateRoom");
  assert.is((created![1] as Record<string, unknown>).RoomId, RoomId);
  assert.not.match(JSON.stringify(created), "204817");
  assert.equal(created![2], ["lin"]);
  for (const Member_Account of ["lin", "omar", "zoe", "lin"]) {
    await call(`${R}/add_robot`, { RoomId, Member_Account });
  }
  assert.equal(heard("MemberList_Account", "MemberCount"), [
    ["AfterMemberEnter", ["lin"], 1],
    ["AfterMemberEnter", ["omar"], 2],
    ["AfterMemberEnter", ["zoe"], 3],
  ]);
  const seat = { RoomId, Member_Account: "lin" };
  await call("room_engine_http_mic/pick_user_on_seat", { ...seat, Index: 0 });
  await call("room_engine_http_mic/kick_user_off_seat", { ...seat, Data: "" });
  await call("room_engine_http_mic/lock_seat", { RoomId, Index: 0, ForbidTaken: true });
  const free = { Index: 0, IsTakenDisabled: false, IsVideoDisabled: false, IsAudioDisabled: false };
  assert.equal(heard("SeatList"), [
    ["AfterSeatInfoChanged", [{ ...free, Member_Account: "lin" }]],
    ["AfterSeatInfoChanged", [free]],
    ["AfterSeatInfoChanged", [{ ...free, IsTakenDisabled: true }]],
  ]);
  await call(`${R}/delete_robot`, { RoomId, Member_Account: "lin" });
  await call(`${R}/kick_user_out`, { RoomId, MemberList_Account: ["omar"], Reason: "over" });
  const ban = { RoomId, MemberList_Account: ["zoe"], Reason: "spam", Duration: 60 };
  await call(`${R}/ban_room_member`, ban);
  assert.equal(heard("Type", "MemberList_Account", "Reason"), [
    ["AfterMemberLeave", "Leave", ["lin"], ""],
    ["AfterMemberLeave", "Kicked", ["omar"], "over"],
    ["AfterMemberLeave", "Kicked", ["zoe"], "spam"],
  ]);
  await call(`${R}/update_room_info`, { RoomInfo: { RoomId, RoomName: "Review", Password: "1" } });
  assert.equal(heard("RoomInfo"), [["AfterUpdateRoomInfo", { RoomId, RoomName: "Review" }]]);
  await call(`${R}/destroy_room`, { RoomId });
  assert.equal(heard("RoomId"), [["AfterDestroyRoom", RoomId]]);
});

test.run();

import { test } from "uvu";
import * as assert from "uvu/assert";
import { calls, codeOf } from "../support/calls.ts";

// Where two pages of the documentation disagree, the emulator takes what either of them allows.

const G = "group_open_http_svc";
const text = [{ MsgType: "TIMTextElem" as const, MsgContent: { Text: "hi" } }];
const names = (count: number) => Array.from({ length: count }, (_, at) => `guest${at}`);

test("500 members are removed, and 20 messages imported, by one call", async () => {
  const { call, clock } = await calls(["mira", ...names(501)]);
  const { GroupId } = await call(`${G}/import_group`, {
    Type: "Public",
    Name: "Old",
    CreateTime: clock.seconds - 1000,
  });
  const MsgList = Array.from({ length: 21 }, (_, Random) => ({
    From_Account: "mira",
    SendTime: clock.seconds - 900 + Random,
    Random,
    MsgBody: text,
  }));
  const { ImportMsgResult } = await call(`${G}/import_group_msg`, {
    GroupId,
    MsgList: MsgList.slice(0, 20),
  });
  assert.equal(ImportMsgResult!.map(({ Result }) => Result), Array(20).fill(0));
  assert.is(await codeOf(call(`${G}/import_group_msg`, { GroupId, MsgList })), 10004);
  const remove = (count: number) =>
    call(`${G}/delete_group_member`, { GroupId, MemberToDel_Account: names(count) });
  await remove(500);
  assert.is(await codeOf(remove(501)), 10004);
});

test("a friend is added without AddSource, and a name of a conversation group may have 64 bytes", async () => {
  const { call } = await calls();
  const { ResultItem } = await call("sns/friend_add", {
    From_Account: "mira",
    AddFriendItem: [{ To_Account: "omar" }],
  });
  assert.is(ResultItem![0]!.ResultCode, 0);
  const { InfoItem } = await call("sns/friend_get_list", {
    From_Account: "mira",
    To_Account: ["omar"],
    TagList: ["Tag_SNS_IM_AddSource"],
  });
  assert.equal(InfoItem![0]!.SnsProfileItem, []);
  const contacts = [{ Type: 1 as const, To_Account: "omar" }];
  await call("recentcontact/create_contact_group", {
    From_Account: "mira",
    GroupContactItem: [{ GroupName: "a", ContactItem: contacts }],
  });
  await call("recentcontact/update_contact_group", {
    From_Account: "mira",
    UpdateType: 1,
    UpdateGroup: { UpdateGroupType: 1, OldGroupName: "a", NewGroupName: "n".repeat(64) },
  });
});

test("MsgLifeTime over 7 days counts as 7 days", async () => {
  const { call, clock } = await calls();
  const sent = {
    From_Account: "mira",
    To_Account: "omar",
    MsgRandom: 1,
    MsgLifeTime: 30 * 86_400,
    MsgBody: text,
  };
  await call("openim/sendmsg", sent);
  const count = async () => {
    const { MsgCnt } = await call("openim/admin_getroammsg", {
      Operator_Account: "omar",
      Peer_Account: "mira",
      MaxCnt: 9,
      MinTime: 0,
      MaxTime: clock.seconds,
    });
    return MsgCnt;
  };
  assert.is(await count(), 1);
  clock.pass(7 * 86_400 + 1);
  assert.is(await count(), 0);
});

test("a Community has a list of who is online, which is empty", async () => {
  const { call } = await calls();
  const { GroupId } = await call(`${G}/create_group`, {
    Type: "Community",
    Name: "Readers",
    Owner_Account: "mira",
  });
  const list = { GroupId, Timestamp: 0 };
  const answer = await call("group_open_avchatroom_http_svc/get_members", list);
  assert.equal([answer.MemberList, answer.NextTimestamp], [[], 0]);
});

test("rooms take both spellings: a user leaves a seat without Data, marks by a text, a karaoke template", async () => {
  const { call } = await calls();
  const RoomId = "standup";
  await call("room_engine_http_srv/create_room", {
    RoomInfo: { RoomId, RoomType: "Conference", IsSeatEnabled: true, MaxSeatCount: 2 },
  });
  const member = { RoomId, Member_Account: "omar" };
  await call("room_engine_http_srv/add_robot", member);
  await call("room_engine_http_mic/pick_user_on_seat", { ...member, Index: 0 });
  await call("room_engine_http_mic/kick_user_off_seat", member);
  await call("room_engine_http_srv/mark_room_member", {
    RoomId,
    CommandType: "1",
    MemberList: [{ Member_Account: "omar", Marks: [1000] }],
  });
  const { Response } = await call("room_engine_http_srv/get_room_member_list", { RoomId });
  assert.equal(Response!.MemberList![0]!.Marks, [1000]);
  const seats = async (SeatTemplate: "karaoke" | "Karaoke") => {
    const id = { RoomId: `live_${SeatTemplate}` };
    const live = "live_engine_http_srv";
    await call(`${live}/create_room`, { RoomInfo: { ...id, RoomType: "Live", SeatTemplate } });
    return (await call(`${live}/get_room_info`, id)).Response!.RoomInfo!.MaxSeatCount;
  };
  assert.is(await seats("karaoke"), await seats("Karaoke"));
});

test("an official account is changed under the name that one SDK gives it", async () => {
  const { call, tim } = await calls();
  const service = "official_account_open_http_svc";
  await call(`${service}/create_official_account`, {
    OfficialAccountUserID: "@TOA#_news",
    Owner_Account: "mira",
    Name: "News",
  });
  const body = { OfficialAccount: "@TOA#_news", Name: "City news" };
  await tim.call(`${service}/modify_official_account_base_info`, body);
});

test("fields come under the names of older pages and SDKs", async () => {
  const { call, tim } = await calls();
  const { GroupId } = await call(`${G}/create_group`, {
    Type: "Public",
    Name: "Club",
    Owner_Account: "mira",
    MemberList: [{ Member_Account: "omar" }, { Member_Account: "lin" }],
  });
  await tim.call(`${G}/forbid_send_msg`, { GroupId, Members_Account: ["omar"], ShutUpTime: 60 });
  const one = { GroupId, Member_Account: "lin", ShutUpTime: 60 };
  await tim.call(`${G}/modify_group_member_info`, one);
  const muted = await call(`${G}/get_group_muted_account`, { GroupId });
  assert.equal(muted.MutedAccountList!.map((member) => member.Member_Account), ["omar", "lin"]);
  await tim.call(`${G}/modify_group_base_info`, { GroupId, ShutUpAllMember: "On" });
  const { GroupInfo } = await call(`${G}/get_group_info`, { GroupIdList: [GroupId] });
  assert.is(GroupInfo[0]!.MuteAllMember, "On");
  const none = { TotalCount: 0, GroupIdList: [] };
  for (
    const [command, body] of [
      ["get_joined_group_list", { Member_Account: "mira", Type: "Work" }],
      ["get_appid_group_list", { Type: "Work" }],
    ] as const
  ) {
    const answer = await tim.call<string, typeof none>(`${G}/${command}`, body);
    assert.equal([answer.TotalCount, answer.GroupIdList], [0, []], command);
  }
  const online = { GroupId, Random: 1, MsgBody: text, MsgOnlineOnlyFlag: 1 };
  await tim.call(`${G}/send_group_msg`, online);
  const { RspMsgList } = await call(`${G}/group_msg_get_simple`, { GroupId, ReqMsgNumber: 5 });
  assert.equal(RspMsgList, []);
  const contact = { From_Account: "mira", type: 1, To_Account: "omar" };
  await tim.call("recentcontact/delete", contact);
});

test("null is nothing where a field may be left out, and a fault where it may not", async () => {
  const { call, tim } = await calls();
  const { GroupId } = await tim.call<string, { GroupId: string }>(`${G}/create_group`, {
    Type: "Public",
    Name: "Club",
    Owner_Account: "mira",
    AppDefinedData: null,
    MemberList: null,
  });
  const filters = {
    MemberInfoFilter: null,
    MemberRoleFilter: null,
    AppDefinedDataFilter_GroupMember: null,
  };
  const read = (body: object) =>
    tim.call<string, { MemberList: object[] }>(`${G}/get_group_member_info`, { GroupId, ...body });
  const whole = (await read({})).MemberList;
  assert.is(whole.length, 1);
  assert.equal((await read(filters)).MemberList, whole);
  assert.equal((await read({ MemberInfoFilter: [], MemberRoleFilter: [] })).MemberList, whole);
  await tim.call("sns/group_add", { From_Account: "mira", GroupName: ["Work"] });
  for (const GroupName of [null, []]) {
    const { ResultItem } = await tim.call<string, { ResultItem: object[] }>("sns/group_get", {
      From_Account: "mira",
      GroupName,
    });
    assert.equal(ResultItem, [{ GroupName: "Work", FriendNumber: 0 }]);
  }
  const noName = { Type: "Public", Name: null };
  assert.is(await codeOf(tim.call(`${G}/create_group`, noName)), 10004);
  assert.is(await codeOf(call(`${G}/get_group_info`, { GroupIdList: null as never })), 10004);
});

test.run();

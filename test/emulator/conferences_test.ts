import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Commands } from "../../mod.ts";
import { type Call, calls, codeOf } from "../support/calls.ts";

const R = "room_engine_http_srv";
const S = "room_engine_http_mic";
const RoomId = "standup";

type NewRoom = Partial<Commands["room_engine_http_srv/create_room"]["request"]["RoomInfo"]>;

/** A conference of mira's with robots in it. */
async function standup(robots: string[] = ["omar", "lin"], facts: NewRoom = {}) {
  const made = await calls();
  await made.call(`${R}/create_room`, {
    RoomInfo: { RoomId, RoomType: "Conference", Owner_Account: "mira", ...facts },
  });
  for (const Member_Account of robots) {
    await made.call(`${R}/add_robot`, { RoomId, Member_Account });
  }
  return made;
}

const members = async (call: Call, facts: object = {}) =>
  (await call(`${R}/get_room_member_list`, { RoomId, ...facts })).Response!.MemberList!;

const names = async (call: Call) => (await members(call)).map((member) => member.Member_Account);

test("robots are members of a conference, and leave it", async () => {
  const { call } = await standup();
  assert.equal((await members(call))[0], {
    Member_Account: "omar",
    NameCard: "",
    Role: "Member",
    Marks: [],
    CustomInfo: "",
  });
  const count = async () =>
    (await call(`${R}/get_room_info`, { RoomId })).Response!.RoomInfo!.MemberCount;
  assert.is(await count(), 2);
  await call(`${R}/add_robot`, { RoomId, Member_Account: "lin" });
  await call(`${R}/delete_robot`, { RoomId, Member_Account: "omar" });
  assert.equal(await names(call), ["lin"]);
  assert.is(await count(), 1);
  const gone = call(`${R}/delete_robot`, { RoomId, Member_Account: "omar" });
  assert.is(await codeOf(gone), 100005);
  assert.is(await codeOf(call(`${R}/add_robot`, { RoomId, Member_Account: "ghost" })), 100002);
});

test("a conference takes MaxMemberCount members and no more (100008)", async () => {
  const { call } = await standup(["omar", "lin"], { MaxMemberCount: 2 });
  assert.is(await codeOf(call(`${R}/add_robot`, { RoomId, Member_Account: "zoe" })), 100008);
  await call(`${R}/update_room_info`, { RoomInfo: { RoomId, MaxMemberCount: 3 } });
  await call(`${R}/add_robot`, { RoomId, Member_Account: "zoe" });
});

test("get_room_member_list pages by Next", async () => {
  const { call } = await standup(["omar", "lin", "zoe"]);
  const { Response } = await call(`${R}/get_room_member_list`, { RoomId, Count: 2 });
  assert.is(Response!.MemberList!.length, 2);
  const Next = Response!.Next!;
  const rest = await call(`${R}/get_room_member_list`, { RoomId, Count: 2, Next });
  assert.equal(rest.Response!.MemberList!.map((member) => member.Member_Account), ["zoe"]);
  assert.is(rest.Response!.Next, "");
  const bad = call(`${R}/get_room_member_list`, { RoomId, Next: "x" });
  assert.is(await codeOf(bad), 100002);
});

test("change_room_owner hands a conference from its owner to a member", async () => {
  const { call } = await standup();
  const change = (From_Account: string, NewOwner_Account: string) =>
    call(`${R}/change_room_owner`, { RoomId, From_Account, NewOwner_Account });
  assert.is(await codeOf(change("omar", "lin")), 100006);
  assert.is(await codeOf(change("mira", "zoe")), 100005);
  await change("mira", "omar");
  const { Response } = await call(`${R}/get_room_info`, { RoomId });
  assert.is(Response!.RoomInfo!.Owner_Account, "omar");
  assert.equal((await members(call)).map(({ Role }) => Role), ["Owner", "Member"]);
});

test("update_room_member_info changes card, role and custom info", async () => {
  const { call } = await standup();
  const update = (Member_Account: string, facts: object) =>
    call(`${R}/update_room_member_info`, { RoomId, MemberInfo: { Member_Account, ...facts } });
  await update("lin", { NameCard: "Lin W.", Role: "Admin" });
  await update("lin", { CustomInfo: "desk=4" });
  assert.equal((await members(call))[1], {
    Member_Account: "lin",
    NameCard: "Lin W.",
    Role: "Admin",
    Marks: [],
    CustomInfo: "desk=4",
  });
  assert.is(await codeOf(update("zoe", { Role: "Admin" })), 100005);
  await call(`${R}/add_robot`, { RoomId, Member_Account: "mira" });
  assert.is(await codeOf(update("mira", { Role: "Member" })), 100006);
});

test("mark_room_member sets and deletes marks, ten different ones at most (100009)", async () => {
  const { call } = await standup();
  const mark = (CommandType: 1 | 2, facts: Record<string, number[]>) =>
    call(`${R}/mark_room_member`, {
      RoomId,
      CommandType,
      MemberList: Object.entries(facts).map(([Member_Account, Marks]) => ({
        Member_Account,
        Marks,
      })),
    });
  await mark(1, { lin: [1000, 1001, 1002], omar: [1000] });
  await mark(2, { lin: [1001] });
  assert.equal((await members(call)).map(({ Marks }) => Marks), [[1000], [1000, 1002]]);
  await mark(1, { lin: [1003, 1004, 1005], omar: [1006, 1007] });
  await mark(1, { lin: [1008, 1009] });
  await mark(1, { lin: [1001] });
  assert.is(await codeOf(mark(1, { lin: [1010] })), 100009);
  assert.is(await codeOf(mark(1, { zoe: [1000] })), 100005);
});

test("kick_user_out removes members, who may come back", async () => {
  const { call } = await standup();
  const kick = () =>
    call(`${R}/kick_user_out`, { RoomId, MemberList_Account: ["omar"], Reason: "over" });
  await kick();
  assert.equal(await names(call), ["lin"]);
  assert.is(await codeOf(kick()), 100005);
  await call(`${R}/add_robot`, { RoomId, Member_Account: "omar" });
});

test("ban_room_member keeps members out until the ban ends or is lifted", async () => {
  const { call, clock } = await standup();
  const ban = (...MemberList_Account: string[]) =>
    call(`${R}/ban_room_member`, { RoomId, MemberList_Account, Reason: "spam", Duration: 60 });
  const enter = (Member_Account: string) => call(`${R}/add_robot`, { RoomId, Member_Account });
  await ban("omar", "lin");
  assert.equal(await names(call), []);
  assert.is(await codeOf(ban("omar")), 100016);
  assert.is(await codeOf(ban("zoe")), 100005);
  assert.is(await codeOf(enter("lin")), 100016);
  const list = async (facts: object = {}) =>
    (await call(`${R}/get_banned_member_list`, { RoomId, ...facts })).Response!;
  assert.equal((await list()).BannedAccountList, [
    { Member_Account: "omar", BannedUntil: clock.seconds + 60 },
    { Member_Account: "lin", BannedUntil: clock.seconds + 60 },
  ]);
  const first = await list({ Limit: 1 });
  assert.is(first.NextOffset, 1);
  const second = await list({ Limit: 1, Offset: first.NextOffset });
  assert.equal([second.NextOffset, second.BannedAccountList![0]!.Member_Account], [0, "lin"]);
  await call(`${R}/unban_room_member`, { RoomId, MemberList_Account: ["lin", "zoe"] });
  await enter("lin");
  clock.pass(60);
  assert.is(await codeOf(ban("omar")), 100005);
  await enter("omar");
  await ban("omar");
});

const seats = async (call: Call) =>
  (await call(`${S}/get_seat_list`, { RoomId })).Response!.SeatList!
    .map((seat) => [seat.Member_Account ?? "", seat.IsTakenDisabled]);

const withSeats = (MaxSeatCount = 3) =>
  standup(["omar", "lin", "zoe"], { IsSeatEnabled: true, MaxSeatCount });

test("members are put on seats and taken off them", async () => {
  const { call } = await withSeats();
  const { Response } = await call(`${S}/get_seat_list`, { RoomId });
  assert.equal(Response!.SeatList![2], {
    Index: 2,
    IsTakenDisabled: false,
    IsVideoDisabled: false,
    IsAudioDisabled: false,
  });
  const pick = (Member_Account: string, Index: number) =>
    call(`${S}/pick_user_on_seat`, { RoomId, Member_Account, Index });
  await pick("lin", 1);
  assert.equal(await seats(call), [["", false], ["lin", false], ["", false]]);
  assert.is(await codeOf(pick("mira", 0)), 100005);
  assert.is(await codeOf(pick("lin", 0)), 100203);
  assert.is(await codeOf(pick("omar", 1)), 100210);
  assert.is(await codeOf(pick("omar", 3)), 100002);
  const off = () => call(`${S}/kick_user_off_seat`, { RoomId, Member_Account: "lin", Data: "" });
  await off();
  assert.is(await codeOf(off()), 100206);
  await pick("lin", 1);
  await call(`${R}/kick_user_out`, { RoomId, MemberList_Account: ["lin"], Reason: "" });
  assert.equal((await seats(call))[1], ["", false], "who leaves the room leaves his seat");
});

test("when all seats are taken, pick_user_on_seat answers 100205; without seats 100211", async () => {
  const { call } = await withSeats(1);
  const pick = (room: string, Member_Account: string) =>
    call(`${S}/pick_user_on_seat`, { RoomId: room, Member_Account, Index: 0 });
  await pick(RoomId, "lin");
  assert.is(await codeOf(pick(RoomId, "omar")), 100205);
  await call(`${R}/create_room`, { RoomInfo: { RoomId: "bare", RoomType: "Conference" } });
  await call(`${R}/add_robot`, { RoomId: "bare", Member_Account: "lin" });
  assert.is(await codeOf(pick("bare", "lin")), 100211);
  assert.is(await codeOf(call(`${S}/lock_seat`, { RoomId: "bare", Index: 0 })), 100211);
  const { Response } = await call(`${S}/get_seat_list`, { RoomId: "bare" });
  assert.equal(Response!.SeatList, []);
});

test("lock_seat takes a user down, and bars the seat, its audio or its video", async () => {
  const { call } = await withSeats();
  await call(`${S}/pick_user_on_seat`, { RoomId, Member_Account: "lin", Index: 0 });
  await call(`${S}/lock_seat`, { RoomId, Index: 0, ForbidAudio: true });
  assert.equal((await seats(call))[0], ["lin", false]);
  await call(`${S}/lock_seat`, { RoomId, Index: 0, ForbidTaken: true });
  const { Response } = await call(`${S}/get_seat_list`, { RoomId });
  assert.equal(Response!.SeatList![0], {
    Index: 0,
    IsTakenDisabled: true,
    IsVideoDisabled: false,
    IsAudioDisabled: true,
  });
  const pick = () => call(`${S}/pick_user_on_seat`, { RoomId, Member_Account: "lin", Index: 0 });
  assert.is(await codeOf(pick()), 100200);
  await call(`${S}/lock_seat`, { RoomId, Index: 0, ForbidTaken: false });
  await pick();
});

test("switch_seat moves to empty seats only", async () => {
  const { call } = await withSeats();
  await call(`${S}/pick_user_on_seat`, { RoomId, Member_Account: "lin", Index: 0 });
  await call(`${S}/pick_user_on_seat`, { RoomId, Member_Account: "omar", Index: 1 });
  const move = (Member_Account: string, ToIndex: number) =>
    call(`${S}/switch_seat`, { RoomId, Member_Account, ToIndex });
  assert.is(await codeOf(move("lin", 1)), 100210);
  assert.is(await codeOf(move("zoe", 2)), 100206);
  await move("lin", 2);
  assert.equal((await seats(call)).map(([account]) => account), ["", "omar", "lin"]);
  await call(`${S}/lock_seat`, { RoomId, Index: 0, ForbidTaken: true });
  assert.is(await codeOf(move("lin", 0)), 100200);
});

test("move_user_to_seat gives up, takes the seat or swaps, and opens a lock", async () => {
  const { call } = await withSeats();
  await call(`${S}/pick_user_on_seat`, { RoomId, Member_Account: "lin", Index: 0 });
  await call(`${S}/pick_user_on_seat`, { RoomId, Member_Account: "omar", Index: 1 });
  const move = (Member_Account: string, SeatIndex: number, Policy: 0 | 1 | 2) =>
    call(`${S}/move_user_to_seat`, { RoomId, Member_Account, SeatIndex, Policy });
  const who = async () => (await seats(call)).map(([account]) => account);
  assert.is(await codeOf(move("lin", 1, 0)), 100210);
  await move("lin", 1, 2);
  assert.equal(await who(), ["omar", "lin", ""]);
  await move("lin", 0, 1);
  assert.equal(await who(), ["lin", "", ""]);
  assert.is(await codeOf(move("omar", 1, 0)), 100206);
  assert.is(await codeOf(move("mira", 1, 0)), 100005);
  await call(`${S}/lock_seat`, { RoomId, Index: 2, ForbidTaken: true });
  await move("lin", 2, 0);
  assert.equal(await seats(call), [["", false], ["", false], ["lin", false]]);
});

test("seats serve live rooms too", async () => {
  const { call } = await calls();
  await call("live_engine_http_srv/create_room", {
    RoomInfo: { RoomId, RoomType: "Live", SeatTemplate: "VideoLandscape4Seat" },
  });
  await call("live_engine_http_srv/add_robot", { RoomId, RobotList_Account: ["lin"] });
  await call(`${S}/pick_user_on_seat`, { RoomId, Member_Account: "lin", Index: 3 });
  assert.equal((await seats(call)).map(([account]) => account), ["", "", "", "lin"]);
  await call("live_engine_http_srv/del_robot", { RoomId, RobotList_Account: ["lin"] });
  assert.equal((await seats(call)).map(([account]) => account), ["", "", "", ""]);
});

test("a room has 100 seats at most (100013)", async () => {
  const { call } = await calls();
  const create = (MaxSeatCount: number) =>
    call(`${R}/create_room`, {
      RoomInfo: { RoomId, RoomType: "Conference", IsSeatEnabled: true, MaxSeatCount },
    });
  assert.is(await codeOf(create(1e9)), 100013);
  await create(100);
});

test("the callback setting is made once, changed, read and deleted", async () => {
  const { call } = await calls();
  const setting = {
    Url: "https://hooks.example.net/rooms",
    CallbackCommandList: ["Room.CallbackAfterCreateRoom" as const],
  };
  assert.is(await codeOf(call("room_config/get_callback", {})), 100301);
  assert.is(await codeOf(call("room_config/update_callback", setting)), 100301);
  await call("room_config/set_callback", setting);
  assert.is(await codeOf(call("room_config/set_callback", setting)), 100300);
  assert.equal((await call("room_config/get_callback", {})).Response, setting);
  const changed = { ...setting, Url: "http://hooks.example.net/" };
  await call("room_config/update_callback", changed);
  assert.equal((await call("room_config/get_callback", {})).Response, changed);
  await call("room_config/delete_callback", {});
  await call("room_config/delete_callback", {});
  assert.is(await codeOf(call("room_config/get_callback", {})), 100301);
  const ftp = call("room_config/set_callback", { ...setting, Url: "ftp://hooks.example.net" });
  assert.is(await codeOf(ftp), 100002);
});

const setting = {
  Url: "https://hooks.example.net/live",
  CallbackCommandList: ["Live.CallbackAfterCreateRoom" as const],
};

test("Live has a callback setting of its own", async () => {
  const { call } = await calls();
  assert.is(await codeOf(call("live_config/get_callback", {})), 100301);
  assert.is(await codeOf(call("live_config/update_callback", setting)), 100301);
  await call("live_config/set_callback", setting);
  assert.is(await codeOf(call("live_config/set_callback", setting)), 100300);
  assert.is(await codeOf(call("room_config/get_callback", {})), 100301);
  const changed = { ...setting, Url: "http://hooks.example.net/" };
  await call("live_config/update_callback", changed);
  assert.equal((await call("live_config/get_callback", {})).Response, changed);
  await call("live_config/delete_callback", {});
  await call("live_config/delete_callback", {});
  assert.is(await codeOf(call("live_config/get_callback", {})), 100301);
  const room = ["Room.CallbackAfterCreateRoom" as never];
  const other = call("live_config/set_callback", { ...setting, CallbackCommandList: room });
  assert.is(await codeOf(other), 100002);
});

test("the token of Live's callbacks is set whole, then changed field by field", async () => {
  const { call } = await calls();
  const set = (body: { Token?: string; IsTokenEnable?: boolean }) =>
    call("live_config/set_callback_token", body);
  const read = async () => (await call("live_config/get_callback_token", {})).Response;
  assert.is(await codeOf(call("live_config/get_callback_token", {})), 100302);
  assert.is(await codeOf(set({ Token: "one" })), 100002);
  assert.is(await codeOf(set({ IsTokenEnable: true })), 100002);
  assert.is(await codeOf(set({ Token: "", IsTokenEnable: true })), 100002);
  assert.is(await codeOf(set({ Token: "x".repeat(129), IsTokenEnable: true })), 100002);
  assert.is(await codeOf(call("live_config/get_callback_token", {})), 100302);
  await set({ Token: "one", IsTokenEnable: true });
  await set({ IsTokenEnable: false });
  assert.equal(await read(), { Token: "one", IsTokenEnable: false });
  await set({ Token: "two" });
  assert.equal(await read(), { Token: "two", IsTokenEnable: false });
});

const inRoom: [keyof Commands, object][] = [
  [`${R}/change_room_owner`, { From_Account: "mira", NewOwner_Account: "lin" }],
  [`${R}/get_room_member_list`, {}],
  [`${R}/update_room_member_info`, { MemberInfo: { Member_Account: "lin" } }],
  [`${R}/mark_room_member`, { CommandType: 1, MemberList: [] }],
  [`${R}/kick_user_out`, { MemberList_Account: [], Reason: "" }],
  [`${R}/ban_room_member`, { MemberList_Account: [], Reason: "", Duration: 1 }],
  [`${R}/unban_room_member`, { MemberList_Account: [] }],
  [`${R}/get_banned_member_list`, {}],
  [`${R}/add_robot`, { Member_Account: "lin" }],
  [`${R}/delete_robot`, { Member_Account: "lin" }],
  [`${S}/get_seat_list`, {}],
  [`${S}/pick_user_on_seat`, { Member_Account: "lin", Index: 0 }],
  [`${S}/kick_user_off_seat`, { Member_Account: "lin", Data: "" }],
  [`${S}/lock_seat`, { Index: 0 }],
  [`${S}/switch_seat`, { Member_Account: "lin", ToIndex: 0 }],
  [`${S}/move_user_to_seat`, { Member_Account: "lin", SeatIndex: 0, Policy: 0 }],
];
for (const [command, body] of inRoom) {
  test(`${command} answers 100004 without a room`, async () => {
    const { call } = await calls();
    assert.is(await codeOf(call(command, { RoomId, ...body } as never)), 100004);
  });
}

test.run();

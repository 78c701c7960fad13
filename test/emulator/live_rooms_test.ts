import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Commands } from "../../mod.ts";
import { type Call, calls, codeOf } from "../support/calls.ts";

const L = "live_engine_http_srv";
const P = "live_engine_http_pk";
const RoomId = "coffee";

type NewRoom = Partial<Commands["live_engine_http_srv/create_room"]["request"]["RoomInfo"]>;

async function live(call: Call, id = RoomId, facts: NewRoom = {}): Promise<void> {
  await call(`${L}/create_room`, {
    RoomInfo: { RoomId: id, RoomType: "Live", Owner_Account: "mira", ...facts },
  });
}

/** An emulator with one live room of mira's. */
async function coffee(facts: NewRoom = {}) {
  const made = await calls(["mira", "omar", "lin", "zoe", "ines", "tom"]);
  await live(made.call, RoomId, facts);
  return made;
}

const robots = (call: Call, id: string, ...RobotList_Account: string[]) =>
  call(`${L}/add_robot`, { RoomId: id, RobotList_Account });

test("robots are members of a live room, three at most (100013)", async () => {
  const { call } = await coffee();
  await robots(call, RoomId, "lin", "omar");
  await robots(call, RoomId, "lin");
  const list = async () => (await call(`${L}/get_robot`, { RoomId })).Response!.RobotList_Account;
  assert.equal(await list(), ["lin", "omar"]);
  const { Response } = await call(`${L}/get_member_list`, { RoomId, Next: "" });
  assert.equal(Response, {
    Next: "",
    MemberCount: 2,
    MemberList: [{ Member_Account: "lin" }, { Member_Account: "omar" }],
  });
  assert.is(await codeOf(call(`${L}/get_member_list`, { RoomId, Next: "x" })), 100002);
  assert.is(await codeOf(robots(call, RoomId, "zoe", "ines")), 100013);
  assert.is(await codeOf(robots(call, RoomId, "ghost")), 100002);
  await call(`${L}/del_robot`, { RoomId, RobotList_Account: ["lin", "zoe"] });
  assert.equal(await list(), ["omar"]);
});

test("commands of live robots and members tell a conference (100006) from no room (100004)", async () => {
  const { call } = await coffee();
  await call("room_engine_http_srv/create_room", {
    RoomInfo: { RoomId: "standup", RoomType: "Conference" },
  });
  for (const [id, code] of [["standup", 100006], ["ghost", 100004]] as const) {
    assert.is(await codeOf(robots(call, id, "lin")), code);
    assert.is(await codeOf(call(`${L}/get_robot`, { RoomId: id })), code);
    const none = { RoomId: id, RobotList_Account: [] };
    assert.is(await codeOf(call(`${L}/del_robot`, none)), code);
    assert.is(await codeOf(call(`${L}/get_member_list`, { RoomId: id, Next: "" })), code);
  }
});

test("a live room without video has the seats that it asks for, one with video those of its layout", async () => {
  const { call } = await coffee();
  const seats = async (RoomId: string, SeatTemplate: "Karaoke" | "VideoFixedFloat7Seats") => {
    await live(call, RoomId, { SeatTemplate, MaxSeatCount: 3 });
    return (await call("room_engine_http_mic/get_seat_list", { RoomId })).Response!.SeatList!
      .length;
  };
  assert.is(await seats("song", "Karaoke"), 3);
  assert.is(await seats("film", "VideoFixedFloat7Seats"), 7);
});

test("get_room_list ranks public rooms by entries, in pages, either way", async () => {
  const { call } = await coffee();
  for (const id of ["b", "c", "d", "e"]) await live(call, id);
  await live(call, "hidden", { IsPublicVisible: false });
  await robots(call, "d", "lin", "omar");
  await robots(call, "b", "lin");
  await robots(call, "hidden", "lin");
  const pages = async (facts: object, Count = 2) => {
    const seen: string[] = [];
    let Next = "";
    do {
      const { Response } = await call(`${L}/get_room_list`, { Next, Count, ...facts });
      seen.push(...Response!.RoomList!.map((room) => room.RoomId!));
      Next = Response!.Next!;
    } while (Next !== "");
    return seen.join(" ");
  };
  assert.is(await pages({}), "d b coffee c e");
  assert.is(await pages({}, 5), "d b coffee c e");
  assert.is(await pages({ SortDirection: "ascend" }), "e c coffee b d");
  const zero = await call(`${L}/get_room_list`, { Next: "0", Count: 1 });
  assert.equal(zero.Response!.RoomList![0]!.ViewCount, 2);
  assert.is(await codeOf(call(`${L}/get_room_list`, { Next: "x", Count: 1 })), 100002);
});

test("get_room_list keeps its place when rooms come, go and rise between pages", async () => {
  const { call } = await coffee();
  for (const id of ["b", "c", "d"]) await live(call, id);
  const page = async (Next: string) =>
    (await call(`${L}/get_room_list`, { Next, Count: 2 })).Response!;
  const first = await page("");
  assert.equal(first.RoomList!.map((room) => room.RoomId), ["coffee", "b"]);
  await call(`${L}/destroy_room`, { RoomId: "b" });
  await live(call, "e");
  const rest = await page(first.Next!);
  assert.equal(rest.RoomList!.map((room) => room.RoomId), ["c", "d"]);
  assert.equal((await page(rest.Next!)).RoomList!.map((room) => room.RoomId), ["e"]);
});

test("change_room_owner hands a live room to an account that may enter it", async () => {
  const { call } = await coffee();
  const change = (NewOwner_Account: string) =>
    call(`${L}/change_room_owner`, { RoomId, NewOwner_Account });
  await call(`${L}/modify_admin`, { RoomId, Admin_Account: ["omar"], OpType: "add" });
  await change("omar");
  const { Response } = await call(`${L}/get_room_info`, { RoomId });
  assert.is(Response!.RoomInfo!.Owner_Account, "omar");
  assert.equal((await call(`${L}/get_admin_list`, { RoomId })).Response!.Admin_Account, []);
  assert.is(await codeOf(change("ghost")), 100002);
  await call(`${L}/ban_member`, { RoomId, MemberList_Account: ["lin"], Duration: 60 });
  assert.is(await codeOf(change("lin")), 100016);
});

test("members are muted until the mute ends or is lifted", async () => {
  const { call, clock } = await coffee();
  const mute = (MuteTime: number, ...MemberList_Account: string[]) =>
    call(`${L}/mute_member`, { RoomId, MuteTime, MemberList_Account });
  const muted = async () =>
    (await call(`${L}/get_muted_member_list`, { RoomId })).Response!.MutedAccountList;
  await mute(60, "lin", "omar");
  await mute(0, "omar");
  assert.equal(await muted(), [{ Member_Account: "lin", MutedUntil: clock.seconds + 60 }]);
  clock.pass(60);
  assert.equal(await muted(), []);
});

test("a ban takes a member out and keeps him out until it ends or is lifted", async () => {
  const { call, clock } = await coffee();
  await robots(call, RoomId, "lin");
  const ban = (...MemberList_Account: string[]) =>
    call(`${L}/ban_member`, { RoomId, MemberList_Account, Duration: 60, Reason: "spam" });
  await ban("lin", "omar");
  assert.is(await codeOf(ban("zoe", "lin")), 100016);
  assert.equal((await call(`${L}/get_robot`, { RoomId })).Response!.RobotList_Account, []);
  assert.is(await codeOf(robots(call, RoomId, "lin")), 100016);
  const list = async (facts: object = {}) =>
    (await call(`${L}/get_banned_member_list`, { RoomId, ...facts })).Response!;
  const first = await list({ Limit: 1 });
  assert.equal(first, {
    BannedAccountList: [
      { Member_Account: "lin", BannedUntil: clock.seconds + 60, Reason: "spam" },
    ],
    NextOffset: 1,
  });
  assert.is((await list({ Limit: 1, Offset: 1 })).NextOffset, 0);
  await call(`${L}/unban_member`, { RoomId, MemberList_Account: ["lin"] });
  await robots(call, RoomId, "lin");
  clock.pass(60);
  assert.equal((await list()).BannedAccountList, []);
  await robots(call, RoomId, "omar");
});

test("a live room has five administrators at most (100020)", async () => {
  const { call } = await coffee();
  const modify = (OpType: "add" | "delete", ...Admin_Account: string[]) =>
    call(`${L}/modify_admin`, { RoomId, OpType, Admin_Account });
  await modify("add", "omar", "lin", "zoe", "ines", "tom");
  assert.is(await codeOf(modify("add", "mira")), 100020);
  assert.is(await codeOf(modify("add", "a", "b", "c", "d", "e", "f")), 100020);
  await modify("delete", "tom", "mira");
  await modify("add", "mira", "omar");
  const { Response } = await call(`${L}/get_admin_list`, { RoomId });
  assert.equal(Response!.Admin_Account, ["omar", "lin", "zoe", "ines", "mira"]);
  await modify("delete", "mira");
  assert.is(await codeOf(modify("add", "ghost")), 100002);
});

test("messages and gifts are counted in the figures of a room", async () => {
  const { call, clock } = await coffee();
  const say = (facts: object = {}) =>
    call(`${L}/send_text_msg`, { RoomId, Sender_Account: "lin", TextContent: "hi", ...facts });
  assert.equal((await say()).Response, { MsgTime: clock.seconds, MsgSeq: 1 });
  const custom = await call(`${L}/send_custom_msg`, { RoomId, BusinessId: "poll", Data: "{}" });
  assert.is(custom.Response!.MsgSeq, 2);
  await say({ ExtensionInfo: '{"pin":1}' });
  assert.is(await codeOf(say({ ExtensionInfo: "{" })), 100002);
  assert.is(await codeOf(say({ Sender_Account: "ghost" })), 100002);
  assert.is(await codeOf(say({ RoomId: "ghost" })), 100004);
  await call(`${L}/add_gift`, { GiftId: "rose", Coins: 10, DefaultName: "Rose" });
  const gift = (facts: object = {}) =>
    call(`${L}/send_gift`, {
      RoomId,
      GiftId: "rose",
      From_Account: "lin",
      ReceiverList_Account: ["mira"],
      ...facts,
    });
  await gift({ Count: 3 });
  await gift();
  await gift({ From_Account: "omar" });
  assert.is(await codeOf(gift({ GiftId: "ghost" })), 102002);
  assert.is(await codeOf(gift({ From_Account: "ghost" })), 100002);
  assert.is(await codeOf(gift({ Count: 0 })), 100002);
  assert.is(await codeOf(gift({ RoomId: "ghost" })), 100004);
  await robots(call, RoomId, "lin", "omar");
  const figures = {
    TotalViewers: 2,
    TotalGiftsSent: 5,
    TotalGiftCoins: 50,
    TotalUniqueGiftSenders: 2,
    TotalLikesReceived: 0,
  };
  for (const command of ["get_room_stats", "get_room_statistic"] as const) {
    const { Response } = await call(`${L}/${command}`, { RoomId });
    assert.equal(Response, { ...figures, TotalMsgCount: 3 });
  }
  const { Response } = await call(`${L}/destroy_room`, { RoomId });
  assert.equal(Response!.Statistic, figures);
});

test("metadata is set, read and deleted, within its limits", async () => {
  const { call } = await coffee();
  const set = (facts: Record<string, string>) =>
    call(`${L}/set_room_metadata`, {
      RoomId,
      Metadata: Object.entries(facts).map(([Key, Value]) => ({ Key, Value })),
    });
  const get = async (...Keys: string[]) => {
    const { Response } = await call(`${L}/get_room_metadata`, { RoomId, Keys });
    return Object.fromEntries(Response!.Metadata!.map(({ Key, Value }) => [Key, Value]));
  };
  const many = (length: number, value = "v") =>
    Object.fromEntries(Array.from({ length }, (_, at) => [`k${at}`, value]));
  await set({ theme: "espresso", mood: "calm" });
  await set({ theme: "latte" });
  assert.equal(await get(), { theme: "latte", mood: "calm" });
  assert.equal(await get("mood", "ghost"), { mood: "calm" });
  await call(`${L}/del_room_metadata`, { RoomId, Keys: ["mood", "ghost"] });
  assert.equal(await get(), { theme: "latte" });
  const gone = call(`${L}/del_room_metadata`, { RoomId, Keys: ["mood"] });
  assert.is(await codeOf(gone), 100503);
  assert.is(await codeOf(set(many(10))), 100500);
  assert.is(await codeOf(set(many(11))), 100500);
  assert.is(await codeOf(set({ a: "v".repeat(2049) })), 100501);
  assert.is(await codeOf(set(many(9, "v".repeat(2048)))), 100502);
  assert.is(await codeOf(set({ ["k".repeat(51)]: "v" })), 100504);
  await set(many(7, "v".repeat(2048)));
});

test("mixing needs a live room with seats and IsUnlimitedRoomEnabled (100006), and a task (100424)", async () => {
  const { call } = await coffee({
    SeatTemplate: "VideoDynamicGrid9Seats",
    IsUnlimitedRoomEnabled: true,
  });
  await live(call, "plain");
  const mix = (id: string) => call(`${L}/set_mix_stream`, { RoomId: id, LayoutMode: 0 });
  const resume = (id: string) => call(`${L}/resume_mcu_task`, { RoomId: id });
  assert.is(await codeOf(mix("plain")), 100006);
  assert.is(await codeOf(resume("plain")), 100006);
  assert.is(await codeOf(resume("ghost")), 100004);
  assert.is(await codeOf(resume(RoomId)), 100424);
  await mix(RoomId);
  await resume(RoomId);
  assert.is(await codeOf(resume(RoomId)), 100424);
});

test("a battle is fought by rooms that are free, scored, and over when its time is", async () => {
  const { call, clock } = await coffee();
  for (const id of ["tea", "cocoa", "juice"]) await live(call, id, { Owner_Account: "omar" });
  const battle = (FromRoomId: string, ...ToRoomIdList: string[]) =>
    call(`${P}/create_battle`, { FromRoomId, ToRoomIdList, Duration: 60_000 });
  const { Response } = await battle(RoomId, "tea", "ghost");
  assert.equal(Response!.Result!.map(({ ResultCode }) => ResultCode), [0, 5]);
  const BattleId = Response!.BattleId!;
  const second = await battle("cocoa", "tea", "juice");
  assert.equal(second.Response!.Result!.map(({ ResultCode }) => ResultCode), [3, 0]);
  assert.is(await codeOf(battle("tea", "ghost")), 100419);
  await live(call, "water");
  assert.is(await codeOf(battle("water", "tea", "ghost", "water")), 100412);
  assert.is(await codeOf(battle("ghost", "tea")), 100004);
  const score = async (OpType: 1 | 2, facts: Record<string, number>) => {
    const ScoreList = Object.entries(facts).map(([id, Score]) => ({ RoomId: id, Score }));
    const answer = await call(`${P}/set_battle_score`, { BattleId, OpType, ScoreList });
    return answer.Response!.Result!.map(({ ResultCode }) => ResultCode);
  };
  assert.equal(await score(1, { coffee: 5, tea: 7, juice: 1 }), [0, 0, 1]);
  await score(1, { coffee: 5 });
  await score(2, { tea: 3 });
  const read = async (body: object) => (await call(`${P}/get_battle_info`, body)).Response;
  const info = {
    BattleId,
    Duration: 60_000,
    StartTime: clock.seconds,
    EndTime: clock.seconds + 60,
    Status: 2,
    FromRoomInfo: { RoomId, Score: 10, Owner_Account: "mira" },
    ToRoomList: [{ RoomId: "tea", Score: 3, Owner_Account: "omar" }],
  };
  assert.equal(await read({ BattleId }), info);
  assert.equal(await read({ RoomId: "tea" }), info);
  clock.pass(60);
  assert.equal(await read({ BattleId }), { ...info, Status: 3 });
  assert.is(await codeOf(read({ RoomId: "tea" })), 100411);
  assert.is(await codeOf(read({ BattleId: "ghost" })), 100411);
  assert.is(await codeOf(read({})), 100002);
  assert.is(await codeOf(score(1, { coffee: 1 })), 100421);
  await battle("tea", RoomId);
  await call(`${L}/destroy_room`, { RoomId: "tea" });
  await live(call, "tea");
  assert.is(await codeOf(read({ RoomId: "tea" })), 100411);
  await battle("tea", "cocoa");
});

const inRoom: [keyof Commands, object][] = [
  [`${L}/change_room_owner`, { NewOwner_Account: "lin" }],
  [`${L}/get_room_stats`, {}],
  [`${L}/set_room_metadata`, { Metadata: [] }],
  [`${L}/get_room_metadata`, { Keys: [] }],
  [`${L}/del_room_metadata`, { Keys: [] }],
  [`${L}/mute_member`, { MemberList_Account: [], MuteTime: 1 }],
  [`${L}/get_muted_member_list`, {}],
  [`${L}/ban_member`, { MemberList_Account: [], Duration: 1 }],
  [`${L}/unban_member`, { MemberList_Account: [] }],
  [`${L}/get_banned_member_list`, {}],
  [`${L}/get_admin_list`, {}],
  [`${L}/modify_admin`, { Admin_Account: [], OpType: "add" }],
  [`${L}/set_mix_stream`, { LayoutMode: 0 }],
];
for (const [command, body] of inRoom) {
  test(`${command} answers 100004 without a room`, async () => {
    const { call } = await calls();
    assert.is(await codeOf(call(command, { RoomId, ...body } as never)), 100004);
  });
}

test.run();

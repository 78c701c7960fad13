import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Commands } from "../../src/api/mod.ts";
import { DAY, NOW, type People, people, text } from "../support/chat_people.ts";
import { refused } from "../support/emulated.ts";

let lastSeq = 0;

/** Sends a text from mira to omar, unless told otherwise. */
async function send(
  { tim }: People,
  body: Partial<Commands["openim/sendmsg"]["request"]> = {},
): Promise<string> {
  const { MsgKey } = await tim.call("openim/sendmsg", {
    From_Account: "mira",
    To_Account: "omar",
    MsgSeq: ++lastSeq,
    MsgRandom: lastSeq,
    MsgBody: text("Lunch?"),
    ...body,
  });
  return MsgKey!;
}

type Message = NonNullable<Commands["openim/admin_getroammsg"]["response"]["MsgList"]>[number];

/** What one side sees of a conversation. */
async function history(
  { tim }: People,
  Operator_Account = "omar",
  Peer_Account = "mira",
): Promise<Message[]> {
  const answer = await tim.call("openim/admin_getroammsg", {
    Operator_Account,
    Peer_Account,
    MaxCnt: 100,
    MinTime: 0,
    MaxTime: NOW + 100 * DAY,
  });
  assert.is(answer.Complete, 1);
  assert.is(answer.MsgCnt, answer.MsgList!.length);
  return answer.MsgList!;
}

async function texts(world: People, operator?: string, peer?: string): Promise<string[]> {
  const list = await history(world, operator, peer);
  return list.map(({ MsgBody }) =>
    (MsgBody![0] as { MsgContent: { Text: string } }).MsgContent.Text
  );
}

async function unread({ tim }: People, To_Account = "omar"): Promise<number> {
  return (await tim.call("openim/get_c2c_unread_msg_num", { To_Account })).AllC2CUnreadMsgNum!;
}

test("sendmsg puts a message into the history of both sides", async () => {
  const world = await people();
  const sent = await world.tim.call("openim/sendmsg", {
    From_Account: "mira",
    To_Account: "omar",
    MsgSeq: 7031,
    MsgRandom: 480221937,
    MsgBody: text("Lunch?"),
    CloudCustomData: "{}",
  });
  assert.is(sent.MsgKey, `7031_480221937_${NOW}`);
  assert.is(sent.MsgTime, NOW);
  const message = {
    From_Account: "mira",
    To_Account: "omar",
    MsgSeq: 7031,
    MsgRandom: 480221937,
    MsgTimeStamp: NOW,
    MsgFlagBits: 0,
    IsPeerRead: 0,
    MsgKey: sent.MsgKey,
    MsgBody: text("Lunch?"),
    CloudCustomData: "{}",
  };
  assert.equal(await history(world), [message]);
  assert.equal(await history(world, "mira", "omar"), [message]);
});

test("sendmsg without From_Account comes from the caller, and without MsgSeq draws one", async () => {
  const world = await people();
  await send(world, { From_Account: undefined, MsgSeq: undefined });
  const [message] = await history(world, "omar", "administrator");
  assert.is(message!.From_Account, "administrator");
  assert.ok(message!.MsgSeq! >= 0);
});

test("sendmsg takes equal MsgSeq and MsgRandom within one second for one message", async () => {
  const world = await people();
  const key = await send(world, { MsgSeq: 1, MsgRandom: 2 });
  const again = { MsgSeq: 1, MsgRandom: 2, MsgBody: text("again") };
  assert.is(await send(world, again), key);
  assert.equal(await texts(world), ["Lunch?"]);
  assert.is(await unread(world), 1);
  world.at(NOW + 1);
  await send(world, again);
  assert.equal(await texts(world), ["Lunch?", "again"]);
  assert.is(await unread(world), 2);
});

test("sendmsg stores nothing of what is delivered online only", async () => {
  const world = await people();
  assert.match(await send(world, { MsgLifeTime: 0 }), /^\d+_\d+_\d+$/);
  await send(world, { OnlineOnlyFlag: 1 });
  assert.equal(await history(world), []);
  assert.is(await unread(world), 0);
});

test("sendmsg keeps out of the sender's history what SyncOtherMachine 2 keeps out", async () => {
  const world = await people();
  await send(world, { SyncOtherMachine: 2 });
  assert.equal(await texts(world), ["Lunch?"]);
  assert.equal(await texts(world, "mira", "omar"), []);
});

test("sendmsg with NoUnread does not count as unread", async () => {
  const world = await people();
  await send(world, { SendMsgControl: ["NoUnread"] });
  assert.is(await unread(world), 0);
});

test("sendmsg wants imported accounts", async () => {
  const world = await people();
  assert.equal(await refused(send(world, { From_Account: "nobody" })), [
    20003,
    `From_Account is "nobody", which is no imported account`,
  ]);
  assert.is((await refused(send(world, { To_Account: "nobody" })))[0], 90012);
});

test("batchsendmsg reaches who is there and lists the others", async () => {
  const world = await people();
  const answer = await world.tim.call("openim/batchsendmsg", {
    From_Account: "mira",
    To_Account: ["omar", "nobody", "lin"],
    MsgSeq: 5,
    MsgRandom: 6,
    MsgBody: text("Green"),
  });
  assert.is(answer.ActionStatus, "SomeError");
  assert.is(answer.ErrorCode, 0);
  assert.is(answer.MsgKey, `5_6_${NOW}`);
  assert.equal(answer.ErrorList, [{ To_Account: "nobody", ErrorCode: 70107 }]);
  assert.equal(await texts(world), ["Green"]);
  assert.equal(await texts(world, "lin", "mira"), ["Green"]);
});

test("batchsendmsg is a plain success when all are reached, a failure when nobody is", async () => {
  const { tim } = await people();
  const body = { To_Account: ["omar"], MsgRandom: 6, MsgBody: text("Green") };
  const answer = await tim.call("openim/batchsendmsg", body);
  assert.is(answer.ActionStatus, "OK");
  assert.not("ErrorList" in answer);
  const nobody = tim.call("openim/batchsendmsg", { ...body, To_Account: ["nobody"] });
  assert.is((await refused(nobody))[0], 90012);
  const unknown = tim.call("openim/batchsendmsg", { ...body, From_Account: "nobody" });
  assert.is((await refused(unknown))[0], 90008);
});

test("importmsg puts messages in their place in time, read or unread", async () => {
  const world = await people();
  await send(world);
  const body = {
    From_Account: "omar",
    To_Account: "mira",
    MsgSeq: 11,
    MsgRandom: 9001,
    MsgTimeStamp: NOW - 100 * DAY,
    MsgBody: text("long ago"),
  } as const;
  await world.tim.call("openim/importmsg", { ...body, SyncFromOldSystem: 2 });
  assert.equal(await texts(world), ["long ago", "Lunch?"]);
  assert.is(await unread(world, "mira"), 0);
  const swapped = { ...body, From_Account: "mira", To_Account: "omar", MsgBody: text("other") };
  await world.tim.call("openim/importmsg", { ...swapped, SyncFromOldSystem: 5 });
  assert.equal(await texts(world), ["long ago", "Lunch?"], "a duplicate overwrites nothing");
  await world.tim.call("openim/importmsg", { ...body, MsgSeq: 10, SyncFromOldSystem: 5 });
  assert.equal((await history(world)).map(({ MsgSeq }) => MsgSeq).slice(0, 2), [10, 11]);
  assert.is(await unread(world, "mira"), 1);
});

test("admin_getroammsg pages from the newest to the oldest", async () => {
  const world = await people();
  for (let count = 1; count <= 5; count++) {
    await send(world, { MsgSeq: count, MsgBody: text(`n${count}`) });
    if (count === 3) world.at(NOW + 1);
  }
  const pages: string[][] = [];
  let mark: { MaxTime: number; LastMsgKey?: string } = { MaxTime: NOW + DAY };
  for (let complete = 0; complete === 0;) {
    const answer = await world.tim.call("openim/admin_getroammsg", {
      Operator_Account: "mira",
      Peer_Account: "omar",
      MaxCnt: 2,
      MinTime: NOW,
      ...mark,
    });
    complete = answer.Complete!;
    pages.push(answer.MsgList!.map(({ MsgSeq }) => `n${MsgSeq}`));
    mark = { MaxTime: answer.LastMsgTime!, LastMsgKey: answer.LastMsgKey };
  }
  assert.equal(pages, [["n4", "n5"], ["n2", "n3"], ["n1"]]);
});

test("admin_getroammsg ends an answer before it grows past 13 KB", async () => {
  const world = await people();
  for (let count = 0; count < 5; count++) {
    await send(world, { MsgBody: text("x".repeat(5000)) });
  }
  const answer = await world.tim.call("openim/admin_getroammsg", {
    Operator_Account: "mira",
    Peer_Account: "omar",
    MaxCnt: 100,
    MinTime: 0,
    MaxTime: NOW,
  });
  assert.is(answer.MsgCnt, 2);
  assert.is(answer.Complete, 0);
});

test("the history reaches back 7 days", async () => {
  const world = await people();
  const MsgKey = await send(world);
  world.at(NOW + 7 * DAY);
  assert.is((await history(world)).length, 1);
  world.at(NOW + 7 * DAY + 1);
  assert.equal(await history(world), []);
  const ref = { From_Account: "mira", To_Account: "omar", MsgKey };
  assert.is((await refused(world.tim.call("openim/admin_msgwithdraw", ref)))[0], 20022);
});

test("admin_msgwithdraw recalls a message once", async () => {
  const world = await people();
  const ref = { From_Account: "mira", To_Account: "omar", MsgKey: await send(world) };
  const withdraw = (change: object = {}) =>
    world.tim.call("openim/admin_msgwithdraw", { ...ref, ...change });
  assert.is((await refused(withdraw({ MsgKey: "1_2_3" })))[0], 20022);
  assert.is((await refused(withdraw({ MsgKey: "one" })))[0], 90054);
  assert.is((await refused(withdraw({ From_Account: "nobody" })))[0], 90008);
  assert.is((await refused(withdraw({ To_Account: "nobody" })))[0], 90003);
  const swapped = { From_Account: "omar", To_Account: "mira" };
  assert.is((await refused(withdraw(swapped)))[0], 20022);
  await withdraw();
  assert.equal((await history(world)).map(({ MsgFlagBits }) => MsgFlagBits), [8]);
  assert.is(await unread(world), 0);
  assert.is((await refused(withdraw()))[0], 20023);
});

test("modify_c2c_msg replaces what is given and leaves the rest", async () => {
  const world = await people();
  const ref = {
    From_Account: "mira",
    To_Account: "omar",
    MsgKey: await send(world, { CloudCustomData: "a" }),
  };
  await world.tim.call("openim/modify_c2c_msg", { ...ref, MsgBody: text("Dinner?") });
  await world.tim.call("openim/modify_c2c_msg", { ...ref, CloudCustomData: "b" });
  const [message] = await history(world);
  assert.equal(message!.MsgBody, text("Dinner?"));
  assert.is(message!.CloudCustomData, "b");
  assert.is(message!.MsgKey, ref.MsgKey);
  const modify = (change: object) => world.tim.call("openim/modify_c2c_msg", { ...ref, ...change });
  assert.is((await refused(modify({ MsgKey: "1_2_3" })))[0], 20001);
  assert.is((await refused(modify({ From_Account: "nobody" })))[0], 20003);
  assert.is((await refused(modify({ To_Account: "nobody" })))[0], 90012);
  await world.tim.call("openim/admin_msgwithdraw", ref);
  assert.is((await refused(modify({ CloudCustomData: "c" })))[0], 20001);
});

test("delete_c2c_msg_ramble takes messages out of one side's sight", async () => {
  const world = await people();
  const key = await send(world);
  await send(world, { MsgBody: text("And then?") });
  await world.tim.call("openim/delete_c2c_msg_ramble", {
    Operator_Account: "omar",
    Peer_Account: "mira",
    MsgKeyList: [key, "1_2_3"],
  });
  assert.equal(await texts(world), ["And then?"]);
  assert.equal(await texts(world, "mira", "omar"), ["Lunch?", "And then?"]);
  assert.is(await unread(world), 1);
});

test("admin_set_msg_read counts as read what came up to a time, without a receipt", async () => {
  const world = await people();
  await send(world);
  await send(world, { From_Account: "lin" });
  world.at(NOW + 10);
  await send(world);
  const read = (change: object) =>
    world.tim.call("openim/admin_set_msg_read", {
      Report_Account: "omar",
      Peer_Account: "mira",
      ...change,
    });
  await read({ MsgReadTime: String(NOW) });
  assert.is(await unread(world), 2);
  await read({});
  assert.is(await unread(world), 1);
  assert.equal((await history(world)).map(({ IsPeerRead }) => IsPeerRead), [0, 0]);
  assert.is((await refused(read({ Peer_Account: "nobody" })))[0], 90003);
  assert.is((await refused(read({ Report_Account: "nobody" })))[0], 90008);
  assert.is((await refused(read({ MsgReadTime: "noon" })))[0], 90001);
});

test("get_c2c_unread_msg_num counts by peer, and lists peers that are not there", async () => {
  const world = await people();
  await send(world);
  await send(world);
  const count = (change: object) =>
    world.tim.call("openim/get_c2c_unread_msg_num", { To_Account: "omar", ...change });
  const answer = await count({ Peer_Account: ["mira", "nobody", "lin"] });
  assert.not("AllC2CUnreadMsgNum" in answer);
  assert.equal(answer.C2CUnreadMsgNumList, [
    { Peer_Account: "mira", C2CUnreadMsgNum: 2 },
    { Peer_Account: "lin", C2CUnreadMsgNum: 0 },
  ]);
  assert.equal(answer.ErrorList, [{ Peer_Account: "nobody", ErrorCode: 70107 }]);
  assert.is((await refused(count({ To_Account: "nobody" })))[0], 90003);
});

test("c2c_msg_read_receipt shows in IsPeerRead", async () => {
  const world = await people();
  const MsgKey = await send(world);
  await send(world);
  const receipt = (item: object) =>
    world.tim.call("openim/c2c_msg_read_receipt", {
      Operator_Account: "omar",
      Peer_Account: "mira",
      C2CMsgInfo: [{ From_Account: "mira", To_Account: "omar", MsgKey, ...item }],
    });
  await receipt({});
  assert.equal((await history(world)).map(({ IsPeerRead }) => IsPeerRead).sort(), [0, 1]);
  assert.is((await refused(receipt({ MsgKey: "1_2_3" })))[0], 20001);
  const [code, info] = await refused(receipt({ From_Account: "lin" }));
  assert.is(code, 20001);
  assert.match(info, "C2CMsgInfo[0] is from");
});

test("set_key_values sets, deletes and clears what get_key_values shows", async () => {
  const world = await people();
  const ref = {
    From_Account: "mira",
    To_Account: "omar",
    MsgKey: await send(world, { SupportMessageExtension: 1 }),
  };
  const set = (change: object) =>
    world.tim.call("openim_msg_ext_http_svc/set_key_values", { ...ref, OperateType: 1, ...change });
  const get = async (StartSeq?: number) => {
    const answer = await world.tim.call("openim_msg_ext_http_svc/get_key_values", {
      ...ref,
      StartSeq,
    });
    const pairs = answer.ExtensionList!.map(({ Key, Value, Seq }) => `${Key}=${Value}@${Seq}`);
    return [pairs.join(" "), answer.LatestSeq, answer.ClearSeq, answer.CompleteFlag];
  };
  const ExtensionList = [{ Key: "a", Value: "1" }, { Key: "b", Value: "2" }];
  const answer = await set({ ExtensionList });
  assert.equal(answer.ExtensionList, [
    { ErrorCode: 0, Extension: { Key: "a", Value: "1", Seq: 1 } },
    { ErrorCode: 0, Extension: { Key: "b", Value: "2", Seq: 2 } },
  ]);
  await set({ ExtensionList: [{ Key: "a", Value: "3", Seq: 0 }] });
  assert.equal(await get(), ["b=2@2 a=3@3", 3, 0, 1]);
  assert.equal(await get(3), ["a=3@3", 3, 0, 1]);
  const deleted = await set({ OperateType: 2, ExtensionList });
  assert.equal(deleted.ExtensionList!.map(({ ErrorCode }) => ErrorCode), [0, 0]);
  const gone = await set({ OperateType: 2, ExtensionList: [{ Key: "a", Value: "" }] });
  assert.is(gone.ExtensionList![0]!.ErrorCode, 23004);
  await set({ ExtensionList });
  await set({ OperateType: 3 });
  assert.equal(await get(), ["", 8, 8, 1]);
});

test("get_key_values gives 200 pairs at a time, and a message holds 300", async () => {
  const world = await people();
  const ref = {
    From_Account: "mira",
    To_Account: "omar",
    MsgKey: await send(world, { SupportMessageExtension: 1 }),
  };
  const set = (from: number) =>
    world.tim.call("openim_msg_ext_http_svc/set_key_values", {
      ...ref,
      OperateType: 1,
      ExtensionList: Array.from({ length: 20 }, (_, at) => ({ Key: `k${from + at}`, Value: "" })),
    });
  for (let from = 0; from < 300; from += 20) await set(from);
  const full = await set(300);
  assert.equal([...new Set(full.ExtensionList!.map(({ ErrorCode }) => ErrorCode))], [10004]);
  const get = (StartSeq: number) =>
    world.tim.call("openim_msg_ext_http_svc/get_key_values", { ...ref, StartSeq });
  const first = await get(0);
  assert.is(first.CompleteFlag, 0);
  assert.is(first.ExtensionList!.length, 200);
  const second = await get(first.ExtensionList!.at(-1)!.Seq! + 1);
  assert.is(second.CompleteFlag, 1);
  assert.is(second.ExtensionList!.length, 100);
});

test("set_key_values tells what is wrong with the message", async () => {
  const world = await people();
  const ref = { From_Account: "mira", To_Account: "omar" };
  const set = (change: { MsgKey: string; OperateType?: 1 | 3 }) =>
    world.tim.call("openim_msg_ext_http_svc/set_key_values", {
      ...ref,
      OperateType: 3,
      ...change,
    });
  assert.is((await refused(set({ MsgKey: "1_2_3" })))[0], 23004);
  assert.is((await refused(set({ MsgKey: await send(world) })))[0], 23002);
  const MsgKey = await send(world, { SupportMessageExtension: 1 });
  assert.is((await refused(set({ MsgKey, OperateType: 1 })))[0], 10004);
  for (let count = 0; count < 200; count++) await set({ MsgKey });
  assert.is((await refused(set({ MsgKey })))[0], 23003);
  world.at(NOW + 60);
  await set({ MsgKey });
  await world.tim.call("openim/admin_msgwithdraw", { ...ref, MsgKey });
  assert.is((await refused(set({ MsgKey })))[0], 23004);
});

const LONG = text("x".repeat(12_300));

for (
  const [command, change, code] of [
    ["sendmsg", { To_Account: undefined }, 90003],
    ["sendmsg", { MsgRandom: undefined }, 90005],
    ["sendmsg", { MsgRandom: "1" }, 90005],
    ["sendmsg", { MsgBody: "hello" }, 90002],
    ["sendmsg", { MsgBody: [] }, 90002],
    ["sendmsg", { MsgBody: [{ MsgType: "TIMTextElem" }] }, 90002],
    ["sendmsg", { MsgBody: LONG }, 93000],
    ["sendmsg", { MsgLifeTime: "1" }, 90044],
    ["sendmsg", { MsgLifeTime: -1 }, 90044],
    ["sendmsg", { SyncOtherMachine: "1" }, 90031],
    ["batchsendmsg", { To_Account: [] }, 90003],
    ["batchsendmsg", { To_Account: Array(501).fill("omar") }, 90011],
    ["batchsendmsg", { To_Account: ["omar"], MsgSeq: -1 }, 90004],
    ["importmsg", { MsgTimeStamp: 1 }, 90030],
    ["importmsg", { SyncFromOldSystem: 2 }, 90006],
    ["importmsg", { SyncFromOldSystem: 2, MsgTimeStamp: 1, From_Account: undefined }, 90008],
    ["importmsg", { SyncFromOldSystem: 2, MsgTimeStamp: 1, MsgBody: LONG }, 93000],
  ] as [string, Record<string, unknown>, number][]
) {
  const shown = JSON.stringify(change, (_, value) => value ?? "absent").slice(0, 60);
  test(`${command} with ${shown} answers ${code}`, async () => {
    const { tim } = await people();
    const body = {
      From_Account: "mira",
      To_Account: "omar",
      MsgRandom: 1,
      MsgBody: text("hello"),
      ...change,
    };
    assert.is((await refused(tim.call<string>(`openim/${command}`, body)))[0], code);
  });
}

test.run();

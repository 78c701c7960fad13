import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Commands } from "../../mod.ts";
import { type Call, calls, codeOf } from "../support/calls.ts";

const G = "group_open_http_svc";
const list = (...accounts: string[]) => accounts.map((Member_Account) => ({ Member_Account }));
const text = (Text: string) => [{ MsgType: "TIMTextElem" as const, MsgContent: { Text } }];

type Send = Commands["group_open_http_svc/send_group_msg"]["request"];
type NewGroup = Partial<Commands["group_open_http_svc/create_group"]["request"]>;

/** A group of mira's with omar and lin, and a way to send into it. */
async function market(call: Call, facts: NewGroup = {}) {
  const { GroupId } = await call(`${G}/create_group`, {
    Type: "Public",
    Name: "Market",
    Owner_Account: "mira",
    ...(facts.Type !== "AVChatRoom" && { MemberList: list("omar", "lin") }),
    ...facts,
  });
  let Random = 0;
  const say = (Text: string, more: Partial<Send> = {}) =>
    call(`${G}/send_group_msg`, { GroupId, Random: ++Random, MsgBody: text(Text), ...more });
  const history = async (more: object = {}) => {
    const body = { GroupId, ReqMsgNumber: 20, ...more };
    return await call(`${G}/group_msg_get_simple`, body);
  };
  const seqs = async (more: object = {}) =>
    (await history(more)).RspMsgList!.map(({ MsgSeq }) => MsgSeq);
  return { GroupId, say, history, seqs };
}

test("send_group_msg numbers messages from 1, and the history gives them back, newest first", async () => {
  const { call, clock } = await calls();
  const { GroupId, say, history } = await market(call);
  assert.is((await say("one", { From_Account: "omar", MsgPriority: "High" })).MsgSeq, 1);
  clock.pass(3);
  const second = await say("two", { CloudCustomData: "lot-88" });
  assert.equal([second.MsgSeq, second.MsgTime], [2, clock.seconds]);
  const answer = await history();
  assert.equal(answer.RspMsgList, [
    {
      From_Account: "administrator",
      IsPlaceMsg: 0,
      MsgBody: text("two"),
      MsgPriority: 2,
      MsgRandom: 2,
      MsgSeq: 2,
      MsgTimeStamp: clock.seconds,
      CloudCustomData: "lot-88",
    },
    {
      From_Account: "omar",
      IsPlaceMsg: 0,
      MsgBody: text("one"),
      MsgPriority: 1,
      MsgRandom: 1,
      MsgSeq: 1,
      MsgTimeStamp: clock.seconds - 3,
    },
  ]);
  assert.equal([answer.GroupId, answer.IsFinished], [GroupId, 1]);
  const { GroupInfo } = await call(`${G}/get_group_info`, { GroupIdList: [GroupId] });
  assert.equal([GroupInfo[0]!.NextMsgSeq, GroupInfo[0]!.LastMsgTime], [3, clock.seconds]);
});

test("a sender's time and reading move with the message", async () => {
  const { call, clock } = await calls();
  const { GroupId, say } = await market(call);
  await say("one", { From_Account: "omar" });
  const { MemberList } = await call(`${G}/get_group_member_info`, {
    GroupId,
    MemberInfoFilter: ["MsgSeq", "LastSendMsgTime"],
  });
  assert.equal(MemberList, [
    { Member_Account: "mira", MsgSeq: 0, LastSendMsgTime: 0 },
    { Member_Account: "omar", MsgSeq: 1, LastSendMsgTime: clock.seconds },
    { Member_Account: "lin", MsgSeq: 0, LastSendMsgTime: 0 },
  ]);
});

test("the history is read in pages of 20 at most", async () => {
  const { call } = await calls();
  const { say, history, seqs } = await market(call);
  for (let at = 1; at <= 45; at++) await say(`m${at}`);
  const first = await history({ ReqMsgNumber: 50 });
  assert.is(first.RspMsgList!.length, 20);
  assert.is(await codeOf(history({ ReqMsgNumber: 0 })), 10004);
  assert.is(first.IsFinished, 0);
  const seen: number[] = [];
  let ReqMsgSeq: number | undefined;
  for (;;) {
    const page = await seqs({ ReqMsgNumber: 20, ReqMsgSeq });
    if (page.length === 0) break;
    seen.push(...page as number[]);
    ReqMsgSeq = seen.at(-1)! - 1;
  }
  assert.equal(seen, Array.from({ length: 45 }, (_, at) => 45 - at));
  assert.equal(await seqs({ ReqMsgNumber: 2, ReqMsgSeq: 7 }), [7, 6]);
});

test("send_group_msg answers the first message to a repeat within five minutes", async () => {
  const { call, clock } = await calls();
  const { say, seqs } = await market(call);
  const first = await say("hi", { Random: 7 });
  clock.pass(299);
  const again = await say("hi", { Random: 7 });
  assert.equal([again.MsgSeq, again.MsgTime], [first.MsgSeq, first.MsgTime]);
  assert.is((await say("hi", { Random: 8 })).MsgSeq, 2);
  assert.is((await say("ho", { Random: 7 })).MsgSeq, 3);
  assert.is((await say("hi", { Random: 7, From_Account: "lin" })).MsgSeq, 4);
  assert.is((await say("ho", { Random: 7 })).MsgSeq, 3);
  clock.pass(300);
  assert.is((await say("hi", { Random: 8 })).MsgSeq, 5);
  assert.is((await seqs()).length, 5);
});

test("messages are kept for seven days; their numbers stay", async () => {
  const { call, clock } = await calls();
  const { GroupId, say, history } = await market(call);
  await say("old");
  clock.pass(4 * 86_400);
  await say("newer");
  clock.pass(4 * 86_400);
  assert.equal(
    (await history()).RspMsgList!.map(({ MsgSeq, IsPlaceMsg }) => [MsgSeq, IsPlaceMsg]),
    [[2, 0], [1, 1]],
  );
  const first = await history({ ReqMsgSeq: 1 });
  assert.is(first.IsFinished, 2);
  assert.equal(first.RspMsgList![0]!.MsgBody, []);
  const { RecallRetList } = await call(`${G}/group_msg_recall`, {
    GroupId,
    MsgSeqList: [{ MsgSeq: 1 }],
  });
  assert.is(RecallRetList![0]!.RetCode, 10031);
  assert.is((await say("newest")).MsgSeq, 3);
});

test("an online-only message takes no number and is not stored", async () => {
  const { call } = await calls();
  const { say, seqs } = await market(call);
  await say("one");
  assert.is((await say("gone", { OnlineOnlyFlag: 1 })).MsgSeq, 1);
  assert.is((await say("two")).MsgSeq, 2);
  assert.equal(await seqs(), [2, 1]);
});

test("send_group_msg refuses unknown groups and senders, options of other forms, long bodies", async () => {
  const { call } = await calls();
  const { say } = await market(call);
  const meeting = await market(call, { Type: "Meeting" });
  const community = await market(call, { Type: "Community" });
  assert.is(await codeOf(say("hi", { GroupId: "ghost" })), 10010);
  assert.is(await codeOf(say("hi", { GroupId: "" })), 10015);
  assert.is(await codeOf(say("hi", { From_Account: "ghost" })), 10019);
  assert.is(await codeOf(say("hi", { TopicId: "t" })), 11000);
  assert.is(await codeOf(say("x".repeat(12_288))), 80002);
  assert.is(await codeOf(meeting.say("hi", { SendMsgControl: ["NoUnread"] })), 10004);
  assert.is(await codeOf(community.say("hi", { To_Account: ["lin"] })), 10004);
  await say("hi", { SendMsgControl: ["NoUnread"], To_Account: ["lin"] });
});

test("an AVChatRoom numbers its messages, but keeps no history", async () => {
  const { call, clock } = await calls();
  const { GroupId, say, history } = await market(call, { Type: "AVChatRoom" });
  assert.is((await say("one")).MsgSeq, 1);
  assert.is(await codeOf(history()), 10007);
  const recall = async (...numbers: number[]) => {
    const MsgSeqList = numbers.map((MsgSeq) => ({ MsgSeq }));
    const { RecallRetList } = await call(`${G}/group_msg_recall`, { GroupId, MsgSeqList });
    return RecallRetList!.map(({ RetCode }) => RetCode);
  };
  assert.equal(await recall(1, 2), [0, 10030]);
  await say("two");
  clock.pass(3601);
  await say("three");
  assert.equal(await recall(2, 3), [10031, 0]);
  await call(`${G}/delete_group_msg_by_sender`, { GroupId, Sender_Account: "lin" });
});

test("group_msg_recall tells the code of each message, and the history shows it when asked", async () => {
  const { call } = await calls();
  const { GroupId, say, seqs, history } = await market(call);
  for (const word of ["one", "two", "three"]) await say(word);
  const recall = async () =>
    (await call(`${G}/group_msg_recall`, { GroupId, MsgSeqList: [{ MsgSeq: 2 }, { MsgSeq: 9 }] }))
      .RecallRetList;
  assert.equal(await recall(), [{ MsgSeq: 2, RetCode: 0 }, { MsgSeq: 9, RetCode: 10030 }]);
  assert.is((await recall())![0]!.RetCode, 10032);
  assert.equal(await seqs(), [3, 1]);
  const all = (await history({ WithRecalledMsg: 1 })).RspMsgList!;
  assert.equal(all.map(({ IsPlaceMsg }) => IsPlaceMsg), [0, 2, 0]);
});

test("delete_group_msg_by_sender recalls what one sender said", async () => {
  const { call } = await calls();
  const { GroupId, say, seqs } = await market(call);
  for (const From_Account of ["lin", "omar", "lin"]) await say("hi", { From_Account });
  await call(`${G}/delete_group_msg_by_sender`, { GroupId, Sender_Account: "lin" });
  assert.equal(await seqs(), [2]);
  assert.equal(await seqs({ WithRecalledMsg: 1 }), [3, 2, 1]);
});

test("openim/modify_group_msg replaces what is given", async () => {
  const { call } = await calls();
  const { GroupId, say, history } = await market(call);
  await say("one", { CloudCustomData: "a" });
  const modify = (facts: object) =>
    call("openim/modify_group_msg", { GroupId, MsgSeq: 1, ...facts });
  const read = async () => (await history()).RspMsgList![0]!;
  await modify({ MsgBody: text("new") });
  assert.equal((await read()).MsgBody, text("new"));
  await modify({ CloudCustomData: "b" });
  assert.equal([(await read()).MsgBody, (await read()).CloudCustomData], [text("new"), "b"]);
  assert.is(await codeOf(modify({ MsgSeq: 9, CloudCustomData: "c" })), 10030);
});

test("import_group_msg takes messages in rising time, each with its own result", async () => {
  const { call, clock } = await calls();
  const CreateTime = clock.seconds - 30 * 86_400;
  const facts = { Type: "Public", Name: "Old", CreateTime, Owner_Account: "mira" } as const;
  const { GroupId } = await call(`${G}/import_group`, facts);
  const importAll = async (...times: number[]) => {
    const { ImportMsgResult } = await call(`${G}/import_group_msg`, {
      GroupId,
      MsgList: times.map((SendTime) => ({
        From_Account: "omar",
        SendTime,
        Random: SendTime,
        MsgBody: text(`at ${SendTime}`),
      })),
    });
    return ImportMsgResult!.map(({ MsgSeq, Result }) => [MsgSeq, Result]);
  };
  const at = (seconds: number) => CreateTime + seconds;
  assert.equal(await importAll(at(-1), at(5), at(4), at(6), clock.seconds + 1), [
    [0, 10004],
    [1, 0],
    [0, 10004],
    [2, 0],
    [0, 10004],
  ]);
  assert.equal(await importAll(at(6)), [[2, 0]], "a repeat is dropped");
  const { RspMsgList } = await call(`${G}/group_msg_get_simple`, { GroupId, ReqMsgNumber: 5 });
  assert.equal(RspMsgList!.map(({ MsgTimeStamp }) => MsgTimeStamp), [at(6), at(5)]);
  const { ImportMsgResult } = await call(`${G}/import_group_msg`, {
    GroupId,
    MsgList: [{ From_Account: "omar", SendTime: at(7), MsgBody: text("x".repeat(12_288)) }],
  });
  assert.is(ImportMsgResult![0]!.Result, 80002);
  const live = await market(call, { Type: "AVChatRoom" });
  const refused = call(`${G}/import_group_msg`, {
    GroupId: live.GroupId,
    MsgList: [{ From_Account: "omar", SendTime: at(7), MsgBody: text("hi") }],
  });
  assert.is(await codeOf(refused), 10007);
});

test("set_unread_msg_num sets back what a member has read, where unread messages are counted", async () => {
  const { call } = await calls();
  for (const [Type, read] of [["Public", 3], ["Meeting", 0]] as const) {
    const { GroupId, say } = await market(call, { Type });
    for (let at = 0; at < 5; at++) await say(`m${at}`);
    const set = (UnreadMsgNum: number, Member_Account = "lin") =>
      call(`${G}/set_unread_msg_num`, { GroupId, Member_Account, UnreadMsgNum });
    const seq = async () => {
      const Member_List_Account = ["lin"];
      const body = { GroupId, Member_List_Account };
      return (await call(`${G}/get_specified_group_member_info`, body)).MemberList[0]!.MsgSeq;
    };
    await set(2);
    assert.is(await seq(), read);
    await set(99);
    assert.is(await seq(), 0);
    if (Type === "Public") assert.is(await codeOf(set(1, "zoe")), 10004);
    else await set(1, "zoe");
  }
});

test("read receipts count and name who has read a message", async () => {
  const { call, clock } = await calls();
  const { GroupId, say } = await market(call);
  await say("no receipts");
  await say("receipts", { From_Account: "mira", NeedReadReceipt: 1 });
  clock.pass(1);
  await call(`${G}/add_group_member`, { GroupId, MemberList: list("zoe") });
  const counts = async () => {
    const MsgSeqList = [1, 2, 3].map((MsgSeq) => ({ MsgSeq }));
    const answer = await call(`${G}/get_group_msg_receipt`, { GroupId, MsgSeqList });
    return answer.GroupMsgReceiptList!.map(({ Code, ReadNum, UnreadNum }) =>
      Code === 0 ? [ReadNum, UnreadNum] : Code
    );
  };
  assert.equal(await counts(), [10062, [0, 2], 10062]);
  const detail = async (Filter: 0 | 1, Cursor = "", Count = 1) => {
    const body = { GroupId, MsgSeq: 2, Filter, Cursor, Count };
    return await call(`${G}/get_group_msg_receipt_detail`, body);
  };
  const page = await detail(1);
  assert.equal(page.UnreadList, [{ Unread_Account: "omar" }]);
  assert.is(page.IsFinish, 0);
  const next = await detail(1, page.Cursor);
  assert.equal(next.UnreadList, [{ Unread_Account: "lin" }]);
  assert.equal([next.IsFinish, next.Cursor], [1, "0"]);
  const read = (From_Account: string) =>
    call(`${G}/group_msg_receipt`, { GroupId, From_Account, MsgSeqList: [{ MsgSeq: 2 }] });
  await read("lin");
  await read("mira");
  assert.is(
    await codeOf(call(`${G}/group_msg_receipt`, {
      GroupId,
      From_Account: "ghost",
      MsgSeqList: [],
    })),
    10004,
  );
  assert.equal(await counts(), [10062, [1, 1], 10062]);
  assert.equal((await detail(0)).ReadList, [{ Read_Account: "lin" }]);
  const missing = call(`${G}/get_group_msg_receipt_detail`, {
    GroupId,
    MsgSeq: 1,
    Filter: 0,
    Cursor: "",
    Count: 1,
  });
  assert.is(await codeOf(missing), 10062);
  const community = await market(call, { Type: "Community" });
  const refused = call(`${G}/get_group_msg_receipt`, {
    GroupId: community.GroupId,
    MsgSeqList: [{ MsgSeq: 1 }],
  });
  assert.is(await codeOf(refused), 10007);
});

test("pinned messages are listed by the latest pinning first, ten at most", async () => {
  const { call } = await calls();
  const { GroupId, say } = await market(call);
  for (let at = 0; at < 12; at++) await say(`m${at}`);
  const pin = (MsgSeq: number, Pinner_Account?: string) =>
    call(`${G}/pin_message`, { GroupId, MsgSeq, Pinner_Account });
  const pinned = async () =>
    (await call(`${G}/get_pinned_messages`, { GroupId })).PinnedMsgList!
      .map(({ MsgSeq, Pinner_Account }) => [MsgSeq, Pinner_Account]);
  await pin(3, "mira");
  await pin(1);
  assert.equal(await pinned(), [[1, "administrator"], [3, "mira"]]);
  assert.is(await codeOf(pin(3)), 10071);
  assert.is(await codeOf(pin(99)), 10030);
  for (let seq = 4; seq < 12; seq++) await pin(seq);
  assert.is(await codeOf(pin(12)), 10070);
  const unpin = (MsgSeq: number) => call(`${G}/unpin_message`, { GroupId, MsgSeq });
  await unpin(3);
  assert.is(await codeOf(unpin(3)), 10004);
  assert.is(await codeOf(unpin(99)), 10030);
  await call(`${G}/group_msg_recall`, { GroupId, MsgSeqList: [{ MsgSeq: 1 }] });
  assert.is((await pinned()).length, 8);
  assert.is(await codeOf(pin(1)), 10030);
});

test("key-values of a group message have a Seq of their own, and need SupportMessageExtension", async () => {
  const { call } = await calls();
  const { GroupId, say } = await market(call);
  await say("plain");
  await say("with", { SupportMessageExtension: 1 });
  const set = (MsgSeq: number, facts: Record<string, string>, OperateType: 1 | 2 | 3 = 1) =>
    call("openim_msg_ext_http_svc/group_set_key_values", {
      GroupId,
      MsgSeq,
      OperateType,
      ExtensionList: Object.entries(facts).map(([Key, Value]) => ({ Key, Value })),
    });
  const get = async (MsgSeq: number, StartSeq = 0) =>
    await call("openim_msg_ext_http_svc/group_get_key_values", { GroupId, MsgSeq, StartSeq });
  assert.is(await codeOf(set(1, { bid: "1" })), 23002);
  assert.is(await codeOf(set(9, { bid: "1" })), 23004);
  await set(2, { bid: "1", by: "lin" });
  await set(2, { bid: "2" });
  const { ExtensionList, LatestSeq, CompleteFlag } = await get(2);
  assert.equal(ExtensionList, [
    { Key: "by", Value: "lin", Seq: 2 },
    { Key: "bid", Value: "2", Seq: 3 },
  ]);
  assert.equal([LatestSeq, CompleteFlag], [3, 1]);
  assert.is((await get(2, 3)).ExtensionList!.length, 1);
  const removed = await set(2, { ghost: "" }, 2);
  assert.is(removed.ExtensionList![0]!.ErrorCode, 23004);
  await set(2, {}, 3);
  assert.equal((await get(2)).ExtensionList, []);
  assert.is((await get(2)).ClearSeq, 4);
});

test("send_broadcast_msg reaches every AVChatRoom, and drops a repeat", async () => {
  const { call, clock } = await calls();
  const rooms = [
    await market(call, { Type: "AVChatRoom" }),
    await market(call, { Type: "AVChatRoom" }),
  ];
  const club = await market(call);
  const send = (Random: number) =>
    call(`${G}/send_broadcast_msg`, { Random, From_Account: "mira", MsgBody: text("bye") });
  assert.is((await send(1)).MsgSeq, 1);
  assert.is((await send(1)).MsgSeq, 1);
  assert.is((await send(2)).MsgSeq, 2);
  const GroupIdList = [...rooms, club].map(({ GroupId }) => GroupId);
  const { GroupInfo } = await call(`${G}/get_group_info`, { GroupIdList });
  assert.equal(GroupInfo.map(({ LastMsgTime }) => LastMsgTime), [clock.seconds, clock.seconds, 0]);
  const ghost = call(`${G}/send_broadcast_msg`, {
    Random: 3,
    From_Account: "ghost",
    MsgBody: text("bye"),
  });
  assert.is(await codeOf(ghost), 10019);
});

test("commands that only acknowledge still refuse what they can", async () => {
  const { call } = await calls();
  const live = await market(call, { Type: "AVChatRoom" });
  const community = await market(call, { Type: "Community" });
  const notify = (GroupId: string, ToMembers_Account?: string[]) =>
    call(`${G}/send_group_system_notification`, { GroupId, ToMembers_Account, Content: "hi" });
  await notify(live.GroupId);
  assert.is(await codeOf(notify(live.GroupId, ["lin"])), 10004);
  assert.is(await codeOf(notify("ghost")), 10010);
  await call(`${G}/clear_group_msg`, { GroupId: live.GroupId });
  assert.is(await codeOf(call(`${G}/clear_group_msg`, { GroupId: community.GroupId })), 10007);
});

test.run();

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Commands } from "../../src/api/mod.ts";
import { NOW, type People, people, text } from "../support/chat_people.ts";
import { refused } from "../support/emulated.ts";

type Event = Record<string, unknown>;

interface Watched extends People {
  /** The callbacks since the last look, without name, time and what only says that all is well. */
  seen: () => [name: string, event: Event][];
  /** What the app's server answers from now on. */
  answer: (answer: object) => void;
}

/** People whose app's own server hears of everything. */
async function watched(): Promise<Watched> {
  let events: [string, Event][] = [];
  let reply: object = {};
  const world = await people(undefined, {
    webhooks: { url: "http://app.test/" },
    fetch: ((_url: string, init: RequestInit) => {
      const { CallbackCommand, EventTime, ...event } = JSON.parse(init.body as string);
      assert.is(EventTime, NOW * 1000);
      events.push([CallbackCommand, event]);
      const body = { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0, ...reply };
      return Promise.resolve(Response.json(body));
    }) as typeof fetch,
  });
  const seen = () => {
    const list = events;
    events = [];
    return list;
  };
  return { ...world, seen, answer: (answer) => reply = answer };
}

function send(
  { tim }: People,
  change: Partial<Commands["openim/sendmsg"]["request"]> = {},
) {
  return tim.call("openim/sendmsg", {
    From_Account: "mira",
    To_Account: "omar",
    MsgSeq: 5,
    MsgRandom: 6,
    MsgBody: text("hello"),
    ...change,
  });
}

async function texts({ tim }: People): Promise<unknown[]> {
  const { MsgList } = await tim.call("openim/admin_getroammsg", {
    Operator_Account: "omar",
    Peer_Account: "mira",
    MaxCnt: 10,
    MinTime: 0,
    MaxTime: NOW,
  });
  return MsgList!.map(({ MsgBody, CloudCustomData }) => [MsgBody, CloudCustomData]);
}

const message = {
  From_Account: "mira",
  To_Account: "omar",
  MsgSeq: 5,
  MsgRandom: 6,
  MsgTime: NOW,
  MsgKey: `5_6_${NOW}`,
  OnlineOnlyFlag: 0,
  MsgBody: text("hello"),
};
const after = {
  ...message,
  SendMsgResult: 0,
  ErrorInfo: "send msg succeed",
  UnreadMsgNum: 1,
};

test("sendmsg asks before and tells afterwards, a repeat neither", async () => {
  const world = await watched();
  await send(world);
  assert.equal(world.seen(), [
    ["C2C.CallbackBeforeSendMsg", message],
    ["C2C.CallbackAfterSendMsg", after],
  ]);
  await send(world);
  assert.equal(world.seen(), []);
});

test("messages at the same time keep the MsgSeq that they were asked about with", async () => {
  const world = await watched();
  const sent = await Promise.all([1, 2, 3].map(async (MsgRandom) => {
    const { MsgKey } = await send(world, { MsgSeq: undefined, MsgRandom });
    return MsgKey;
  }));
  const keys = (callback: string) =>
    world.seen().filter(([name]) => name.endsWith(callback)).map(([, { MsgKey }]) => MsgKey);
  assert.equal(new Set(keys("BeforeSendMsg")), new Set(sent));
  assert.is(new Set(sent.map((key) => key!.split("_")[0])).size, 3);
});

test("sendmsg leaves the callbacks out that it is told to leave out", async () => {
  const world = await watched();
  await send(world, { ForbidCallbackControl: ["ForbidBeforeSendMsgCallback"] });
  assert.equal(world.seen(), [["C2C.CallbackAfterSendMsg", after]]);
  await send(world, { MsgSeq: 7, ForbidCallbackControl: ["ForbidAfterSendMsgCallback"] });
  assert.equal(world.seen().map(([name]) => name), ["C2C.CallbackBeforeSendMsg"]);
  const body = { From_Account: "mira", To_Account: ["omar"], MsgRandom: 1, MsgBody: text("all") };
  await world.tim.call("openim/batchsendmsg", body);
  assert.equal(world.seen(), []);
});

test("the app's server can refuse a message, drop it in silence, or change it", async () => {
  const world = await watched();
  world.answer({ ErrorCode: 1, ErrorInfo: "no links" });
  assert.equal(await refused(send(world)), [20006, "no links"]);
  world.answer({ ErrorCode: 120_044, ErrorInfo: "not here" });
  assert.equal(await refused(send(world)), [120_044, "not here"]);
  world.answer({ ErrorCode: 2 });
  assert.is((await send(world)).MsgKey, message.MsgKey);
  assert.equal(await texts(world), []);
  world.seen();
  world.answer({ MsgBody: text("***"), CloudCustomData: "b" });
  await send(world, { CloudCustomData: "a" });
  assert.equal(await texts(world), [[text("***"), "b"]]);
  const [, event] = world.seen()[1]!;
  assert.equal([event.MsgBody, event.CloudCustomData], [text("***"), "b"]);
});

test("a chatbot hears of what is sent to it", async () => {
  const world = await watched();
  await world.tim.call("openim_robot_http_svc/create_robot", { UserID: "@RBT#helper" });
  await send(world, { To_Account: "@RBT#helper" });
  const events = world.seen();
  assert.equal(events.map(([name]) => name), [
    "C2C.CallbackBeforeSendMsg",
    "C2C.CallbackAfterSendMsg",
    "Bot.OnC2CMessage",
  ]);
  assert.equal(events[2]![1], { ...after, To_Account: "@RBT#helper" });
});

test("reading, receipts, extensions and recalls are told", async () => {
  const world = await watched();
  await send(world, { SupportMessageExtension: 1 });
  world.seen();
  const ref = { From_Account: "mira", To_Account: "omar", MsgKey: message.MsgKey };
  const sides = { Operator_Account: "omar", Peer_Account: "mira" };
  await world.tim.call("openim/c2c_msg_read_receipt", { ...sides, C2CMsgInfo: [ref] });
  const read = { Report_Account: "omar", Peer_Account: "mira" };
  await world.tim.call("openim/admin_set_msg_read", read);
  const pair = { Key: "vote", Value: "yes" };
  const set = { ...ref, ExtensionList: [pair] };
  const service = "openim_msg_ext_http_svc";
  await world.tim.call(`${service}/set_key_values`, { ...set, OperateType: 1 });
  await world.tim.call(`${service}/set_key_values`, { ...set, OperateType: 2 });
  await world.tim.call(`${service}/set_key_values`, { ...ref, OperateType: 3 });
  await world.tim.call("openim/admin_msgwithdraw", ref);
  const extension = (OperateType: number, Seq: number, ...list: string[]) => [
    "C2C.CallbackAfterC2CMsgExtension",
    {
      ...ref,
      OperateType,
      ExtensionList: list.map((Value) => ({ Key: "vote", Value, Seq })),
      Seq,
    },
  ];
  assert.equal(world.seen(), [
    ["C2C.CallbackAfterMsgReadReceipt", { ...sides, C2CMsgInfo: [ref] }],
    ["C2C.CallbackAfterMsgReport", { ...read, LastReadTime: NOW, UnreadMsgNum: 0 }],
    extension(1, 1, "yes"),
    extension(2, 2, ""),
    extension(3, 3),
    ["C2C.CallbackAfterMsgWithDraw", { ...ref, UnreadMsgNum: 0 }],
  ]);
});

test("changes of friends and blocklists are told, with the pairs that changed", async () => {
  const world = await watched();
  const From_Account = "mira";
  const AddFriendItem = ["omar", "nobody", "lin"].map((To_Account) => ({
    To_Account,
    AddSource: "AddSource_Type_Web",
  }));
  const add = { From_Account, AddFriendItem, ForceAddFlags: 1 } as const;
  await world.tim.call("sns/friend_add", add);
  await world.tim.call("sns/friend_add", add);
  const both = (a: string, b: string) => [
    { From_Account: a, To_Account: b },
    { From_Account: b, To_Account: a },
  ];
  assert.equal(world.seen(), [["Sns.CallbackFriendAdd", {
    PairList: [...both("mira", "omar"), ...both("mira", "lin")].map((pair) => ({
      ...pair,
      Initiator_Account: "mira",
    })),
    ClientCmd: "friend_add",
    Admin_Account: "administrator",
    ForceFlag: 1,
  }]]);
  const DeleteType = "Delete_Type_Both";
  const To_Account = ["omar", "zoe"];
  await world.tim.call("sns/friend_delete", { From_Account, To_Account, DeleteType });
  await world.tim.call("sns/friend_delete_all", { From_Account });
  await world.tim.call("sns/friend_delete_all", { From_Account });
  await world.tim.call("sns/black_list_add", { From_Account, To_Account: ["omar", "nobody"] });
  await world.tim.call("sns/black_list_delete", { From_Account, To_Account: ["omar", "lin"] });
  const one = (To_Account: string) => ({ PairList: [{ From_Account, To_Account }] });
  assert.equal(world.seen(), [
    ["Sns.CallbackFriendDelete", { PairList: both("mira", "omar") }],
    ["Sns.CallbackFriendDelete", one("lin")],
    ["Sns.CallbackBlackListAdd", one("omar")],
    ["Sns.CallbackBlackListDelete", one("omar")],
  ]);
});

test("follows are told", async () => {
  const world = await watched();
  const From_Account = "mira";
  const FollowItem = [{ To_Account: "omar" }, { To_Account: "nobody" }];
  await world.tim.call("follow/follow_add", { From_Account, FollowItem });
  const To_Account = ["omar", "nobody"];
  await world.tim.call("follow/follow_delete", { From_Account, To_Account });
  await world.tim.call("follow/follow_delete", { From_Account, To_Account: ["nobody"] });
  assert.equal(world.seen(), [
    ["Follow.CallbackAfterFollowAdd", { From_Account, FollowList: [FollowItem[0]] }],
    ["Follow.CallbackAfterFollowDelete", { From_Account, To_Account: ["omar"] }],
  ]);
});

const OFFICIAL = "official_account_open_http_svc";
const ref = { Official_Account: "@TOA#_news" };

function create({ tim }: People) {
  return tim.call(`${OFFICIAL}/create_official_account`, {
    OfficialAccountUserID: ref.Official_Account,
    Owner_Account: "mira",
    Name: "News",
    MaxSubscriberNum: 2,
  });
}

test("official accounts are asked about and told of, from beginning to end", async () => {
  const world = await watched();
  const { tim } = world;
  const by = { Operator_Account: "administrator" };
  await create(world);
  await tim.call(`${OFFICIAL}/modify_official_account_base_info`, { ...ref, Name: "More news" });
  const list = (...accounts: string[]) =>
    accounts.map((Subscriber_Account) => ({ Subscriber_Account }));
  world.answer({ RefusedMembers_Account: ["zoe"] });
  const SubscriberList = list("omar", "zoe", "lin");
  const added = await tim.call(`${OFFICIAL}/add_subscriber`, { ...ref, SubscriberList });
  assert.equal(added.SubscriberList!.map(({ Result }) => Result), [1, 0, 1]);
  world.answer({});
  const { MsgKey } = await tim.call(`${OFFICIAL}/send_official_account_msg`, {
    ...ref,
    Random: 1,
    MsgBody: text("hello"),
  });
  const MsgKeyList = [MsgKey!];
  await tim.call(`${OFFICIAL}/official_account_msg_recall`, { ...ref, MsgKeyList });
  await tim.call(`${OFFICIAL}/official_account_msg_recall`, { ...ref, MsgKeyList });
  const SubscriberToDel_Account = ["omar", "zoe"];
  await tim.call(`${OFFICIAL}/delete_subscriber`, { ...ref, SubscriberToDel_Account });
  await tim.call(`${OFFICIAL}/destroy_official_account`, ref);
  const facts = { Owner_Account: "mira", Name: "News" };
  const sent = { ...ref, OnlineOnlyFlag: 0, MsgBody: text("hello") };
  assert.equal(
    world.seen().map(([name, event]) => [name.replace("OfficialAccount.Callback", ""), event]),
    [
      ["BeforeCreateOfficialAccount", { ...by, ...facts }],
      ["AfterCreateOfficialAccount", { ...ref, ...by, ...facts }],
      ["AfterOfficialAccountInfoChanged", { ...ref, ...by, Name: "More news" }],
      ["BeforeAddSubscriber", { ...ref, ...by, SubscribeAccountList: list("omar", "zoe", "lin") }],
      ["AfterAddSubscriber", { ...ref, ...by, SubscribeAccountList: list("omar", "lin") }],
      ["AfterOfficialAccountFull", ref],
      ["BeforeSendMsg", sent],
      ["AfterSendMsg", { ...sent, MsgTime: NOW, MsgKey }],
      ["AfterMsgWithDraw", { ...ref, WithdrawMsgList: [{ MsgKey }] }],
      ["AfterDeleteSubscriber", { ...ref, ...by, SubscribeAccountList: list("omar") }],
      ["AfterOfficialAccountDestroyed", { ...ref, ...facts, Name: "More news" }],
    ],
  );
});

test("the app's server can refuse an official account and its messages", async () => {
  const world = await watched();
  world.answer({ ErrorCode: 1 });
  assert.is((await refused(create(world)))[0], 20006);
  world.answer({});
  await create(world);
  const body = { ...ref, Random: 1, MsgBody: text("hello") };
  const send = () => world.tim.call(`${OFFICIAL}/send_official_account_msg`, body);
  const history = async () => {
    const name = `${OFFICIAL}/official_account_msg_get_simple` as const;
    const { RspMsgList } = await world.tim.call(name, { ...ref, ReqMsgNumber: 5 });
    return RspMsgList!.map(({ MsgBody }) => MsgBody);
  };
  world.answer({ ErrorCode: 1 });
  assert.is((await refused(send()))[0], 10016);
  world.answer({ ErrorCode: 2 });
  await send();
  assert.equal(await history(), []);
  world.answer({ MsgBody: text("***") });
  const first = await send();
  assert.equal(await history(), [text("***")]);
  assert.is((await send()).MsgKey, first.MsgKey, "a repeat is one in spite of the change");
});

test.run();

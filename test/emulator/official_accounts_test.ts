import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Commands } from "../../src/api/mod.ts";
import { NOW, type People, people, text } from "../support/chat_people.ts";
import { refused } from "../support/emulated.ts";

const NEWS = "@TOA#_news";
const ref = { Official_Account: NEWS };

/** A world with one official account. */
async function news(
  change: Partial<
    Commands["official_account_open_http_svc/create_official_account"]["request"]
  > = {},
): Promise<People> {
  const world = await people();
  await world.tim.call("official_account_open_http_svc/create_official_account", {
    OfficialAccountUserID: NEWS,
    Owner_Account: "mira",
    Name: "City news",
    ...change,
  });
  return world;
}

async function info({ tim }: People, ...names: ("Name" | "SubscriberNum" | "LastMsgTime")[]) {
  const answer = await tim.call("official_account_open_http_svc/get_official_account_info", {
    OfficialAccountIdList: [ref],
    ...(names.length > 0 && { ResponseFilter: { OfficialAccountBaseInfoFilter: names } }),
  });
  const { Official_Account: _, ...rest } = answer.OfficialAccountInfoList![0] as Record<
    string,
    unknown
  >;
  return rest;
}

async function subscribe({ tim }: People, ...accounts: string[]): Promise<(number | undefined)[]> {
  const answer = await tim.call("official_account_open_http_svc/add_subscriber", {
    ...ref,
    SubscriberList: accounts.map((Subscriber_Account) => ({ Subscriber_Account })),
  });
  return answer.SubscriberList!.map(({ Result }) => Result);
}

function send(
  { tim }: People,
  Random: number,
  change: Partial<
    Commands["official_account_open_http_svc/send_official_account_msg"]["request"]
  > = {},
) {
  return tim.call("official_account_open_http_svc/send_official_account_msg", {
    ...ref,
    Random,
    MsgBody: text("Road closed"),
    ...change,
  });
}

function history(
  { tim }: People,
  ReqMsgNumber = 20,
  change: { LastMsgKey?: string; WithRecalledMsg?: 1 } = {},
) {
  return tim.call("official_account_open_http_svc/official_account_msg_get_simple", {
    ...ref,
    ReqMsgNumber,
    ...change,
  });
}

test("get_official_account_info shows what was created, whole or filtered", async () => {
  const world = await news({ Introduction: "Daily", MaxSubscriberNum: 5 });
  assert.equal(await info(world), {
    ErrorCode: 0,
    ErrorInfo: "",
    CreateTime: NOW,
    Name: "City news",
    Owner_Account: "mira",
    LastMsgTime: 0,
    SubscriberNum: 0,
    Introduction: "Daily",
    FaceUrl: "",
    Organization: "",
    CustomString: "",
  });
  assert.equal(await info(world, "Name"), { ErrorCode: 0, ErrorInfo: "", Name: "City news" });
});

test("create_official_account makes an id, and refuses one that is taken", async () => {
  const { tim } = await news();
  const create = (change: object) =>
    tim.call("official_account_open_http_svc/create_official_account", {
      Owner_Account: "mira",
      Name: "More",
      ...change,
    });
  assert.match((await create({})).OfficialAccountUserID!, /^@TOA#_[A-Z2-7]{9}$/);
  assert.is((await refused(create({ OfficialAccountUserID: NEWS })))[0], 130008);
  assert.is((await refused(create({ Owner_Account: "nobody" })))[0], 6017);
});

test("modify_official_account_base_info changes what is given", async () => {
  const world = await news({ Introduction: "Daily" });
  await world.tim.call("official_account_open_http_svc/modify_official_account_base_info", {
    ...ref,
    Name: "City news daily",
    CustomString: "x",
  });
  const { Name, Introduction, CustomString } = await info(world);
  assert.equal([Name, Introduction, CustomString], ["City news daily", "Daily", "x"]);
});

test("destroy_official_account ends it for its subscribers, once", async () => {
  const world = await news();
  await subscribe(world, "omar");
  const destroy = () =>
    world.tim.call("official_account_open_http_svc/destroy_official_account", ref);
  await destroy();
  assert.is((await info(world)).ErrorCode, 130004);
  assert.is((await refused(destroy()))[0], 130004);
  assert.is((await refused(subscribe(world, "lin")))[0], 130004);
  const answer = await world.tim.call(
    "official_account_open_http_svc/get_subscribed_official_account_list",
    { Subscriber_Account: "omar" },
  );
  assert.is(answer.TotalCount, 0);
});

test("subscribers come, are listed by pages, are changed and go", async () => {
  const world = await news({ MaxSubscriberNum: 3 });
  const { tim } = world;
  assert.equal(await subscribe(world, "omar", "nobody", "omar", "lin", "zoe", "mira"), [
    1,
    0,
    2,
    1,
    1,
    0,
  ]);
  assert.is((await info(world, "SubscriberNum")).SubscriberNum, 3);
  await tim.call("official_account_open_http_svc/modify_subscriber_info", {
    ...ref,
    Subscriber_Account: "lin",
    CustomString: "vip",
  });
  const page = (Next: string, Limit?: number) =>
    tim.call("official_account_open_http_svc/get_subscriber_info", { ...ref, Next, Limit });
  const first = await page("", 1);
  assert.equal(first.SubscriberList, [{
    Subscriber_Account: "omar",
    SubscribeTime: NOW,
    CustomString: "",
    MsgFlag: "AcceptAndNotify",
    LastSendMsgTime: 0,
  }]);
  const rest = await page(first.Next!);
  assert.is(rest.Next, "");
  assert.is(rest.SubscriberNum, 3);
  assert.equal(
    rest.SubscriberList!.map((item) => `${item.Subscriber_Account} ${item.CustomString}`),
    ["lin vip", "zoe "],
  );
  const gone = await tim.call("official_account_open_http_svc/delete_subscriber", {
    ...ref,
    SubscriberToDel_Account: ["omar", "omar", "nobody"],
  });
  assert.equal(gone.SubscriberList!.map(({ Result }) => Result), [1, 2, 0]);
  assert.is((await page("")).SubscriberNum, 2);
  const change = { ...ref, Subscriber_Account: "omar", CustomString: "" };
  const call = tim.call("official_account_open_http_svc/modify_subscriber_info", change);
  assert.is((await refused(call))[0], 6017);
});

test("get_subscribed_official_account_list pages what a user subscribed to", async () => {
  const world = await news();
  const { tim } = world;
  await subscribe(world, "omar");
  await tim.call("official_account_open_http_svc/create_official_account", {
    OfficialAccountUserID: "@TOA#_sport",
    Owner_Account: "mira",
    Name: "Sport",
  });
  await tim.call("official_account_open_http_svc/add_subscriber", {
    Official_Account: "@TOA#_sport",
    SubscriberList: [{ Subscriber_Account: "omar" }],
  });
  const list = (change: object) =>
    tim.call("official_account_open_http_svc/get_subscribed_official_account_list", {
      Subscriber_Account: "omar",
      ...change,
    });
  const first = await list({ Limit: 1 });
  assert.is(first.TotalCount, 2);
  assert.is(first.CompleteFlag, 0);
  assert.is(first.OfficialAccountInfoList![0]!.Name, "City news");
  assert.equal(first.OfficialAccountInfoList![0]!.SelfInfo, {
    SubscribeTime: NOW,
    CustomString: "",
  });
  const second = await list({
    Limit: 1,
    Offset: first.Next,
    ResponseFilter: { OfficialAccountBaseInfoFilter: ["Name"], SelfInfoFilter: ["SubscribeTime"] },
  });
  assert.is(second.CompleteFlag, 1);
  const { Official_Account: _, ...entry } = second.OfficialAccountInfoList![0] as Record<
    string,
    unknown
  >;
  assert.equal(entry, { Name: "Sport", SelfInfo: { SubscribeTime: NOW } });
  assert.is((await refused(list({ Subscriber_Account: "nobody" })))[0], 6017);
});

test("messages are kept, numbered, and shown from the newest on", async () => {
  const world = await news();
  await subscribe(world, "omar");
  for (const random of [11, 12, 13]) await send(world, random);
  const first = await history(world, 2);
  assert.is(first.IsFinished, 1);
  assert.equal(first.RspMsgList![0], {
    From_Account: NEWS,
    IsPlaceMsg: 0,
    MsgBody: text("Road closed"),
    MsgRandom: 13,
    MsgKey: `3_1_${NOW}`,
    MsgSeq: 3,
    MsgTimeStamp: NOW,
  });
  const second = await history(world, 2, { LastMsgKey: first.LastMsgKey });
  assert.is(second.IsFinished, 2);
  assert.equal(second.RspMsgList!.map(({ MsgSeq }) => MsgSeq), [1]);
  assert.is((await info(world, "LastMsgTime")).LastMsgTime, NOW);
  const { SessionItem } = await world.tim.call("recentcontact/get_list", {
    From_Account: "omar",
    TimeStamp: 0,
    StartIndex: 0,
    TopTimeStamp: 0,
    TopStartIndex: 0,
    AssistFlags: 0,
  });
  assert.equal(SessionItem!.map(({ To_Account }) => To_Account), [NEWS]);
});

test("the history ends a page after 20 messages or 13 KB", async () => {
  const world = await news();
  for (let random = 0; random < 21; random++) await send(world, random);
  const full = await history(world, 50);
  assert.is(full.RspMsgList!.length, 20);
  assert.is(full.IsFinished, 0);
  for (const random of [31, 32, 33]) {
    await send(world, random, { MsgBody: text("x".repeat(6000)) });
  }
  const long = await history(world, 20);
  assert.is(long.RspMsgList!.length, 2);
  assert.is(long.IsFinished, 0);
});

test("the same content and Random within five minutes is one message", async () => {
  const world = await news();
  const { MsgKey } = await send(world, 11);
  world.at(NOW + 299);
  assert.is((await send(world, 11)).MsgKey, MsgKey);
  await send(world, 11, { MsgBody: text("other") });
  world.at(NOW + 300);
  await send(world, 11);
  assert.equal((await history(world)).RspMsgList!.map(({ MsgSeq }) => MsgSeq), [3, 2, 1]);
});

test("a message for who is online is not kept", async () => {
  const world = await news();
  await send(world, 11, { OnlineOnlyFlag: 1 });
  assert.equal((await history(world)).RspMsgList, []);
  const both = send(world, 12, { OnlineOnlyFlag: 1, SendMsgControl: ["NoLastMsg"] });
  assert.is((await refused(both))[0], 10004);
});

test("official_account_msg_recall recalls by key", async () => {
  const world = await news();
  const { MsgKey } = await send(world, 11);
  const recall = async () =>
    (await world.tim.call("official_account_open_http_svc/official_account_msg_recall", {
      ...ref,
      MsgKeyList: [MsgKey!, "9_1_1"],
    })).RecallRetList!.map(({ RetCode }) => RetCode);
  assert.equal(await recall(), [0, 10030]);
  assert.equal(await recall(), [10030, 10030]);
  assert.equal((await history(world)).RspMsgList, []);
  const [message] = (await history(world, 20, { WithRecalledMsg: 1 })).RspMsgList!;
  assert.is(message!.IsPlaceMsg, 2);
  assert.equal(message!.MsgBody, []);
  const unknown = world.tim.call("official_account_open_http_svc/official_account_msg_recall", {
    Official_Account: "@TOA#_none",
    MsgKeyList: [],
  });
  assert.is((await refused(unknown))[0], 10010);
});

test.run();

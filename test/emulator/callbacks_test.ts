import { test } from "uvu";
import * as assert from "uvu/assert";
import { control } from "../support/control.ts";
import { emulated, refused } from "../support/emulated.ts";

type Event = Record<string, unknown> & { CallbackCommand: string };

const pass = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };
const text = (Text: string) => [{ MsgType: "TIMTextElem", MsgContent: { Text } }];
const SEND = "openim/sendmsg";
const GROUP = "group_open_http_svc";

/** An emulator whose app's own server says what a test wants, and keeps what it was told. */
async function overheard(answers: Record<string, object> = {}) {
  const events: Event[] = [];
  const fetcher = (async (_url: string, init: RequestInit) => {
    const event = JSON.parse(init.body as string) as Event;
    events.push(event);
    await Promise.resolve();
    return Response.json({ ...pass, ...answers[event.CallbackCommand] });
  }) as typeof fetch;
  const { app, tim } = emulated({ fetch: fetcher });
  await tim.call("im_open_login_svc/multiaccount_import", { Accounts: ["mira", "omar", "lin"] });
  await tim.call(`${GROUP}/create_group`, {
    Type: "Public",
    Name: "Club",
    GroupId: "club",
    Owner_Account: "mira",
  });
  await control(app, "PUT", "webhooks", { url: "http://app.test/" });
  /** Waits for the callbacks that nobody waits for. */
  const heard = async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return events.map(({ EventTime, ...event }) => {
      assert.type(EventTime, "number");
      return event;
    });
  };
  return { app, tim, heard };
}

const message = { From_Account: "mira", To_Account: "omar", MsgRandom: 7, MsgBody: text("hello") };
const toClub = { GroupId: "club", From_Account: "mira", Random: 7, MsgBody: text("hello") };
const names = (events: object[]) => (events as Event[]).map((event) => event.CallbackCommand);

interface Stored {
  MsgList: { MsgBody: { MsgContent: { Text: string } }[]; CloudCustomData?: string }[];
}

async function texts(tim: Awaited<ReturnType<typeof overheard>>["tim"]): Promise<string[]> {
  const { MsgList } = await tim.call<string, Stored>("openim/admin_getroammsg", {
    Operator_Account: "omar",
    Peer_Account: "mira",
    MaxCnt: 100,
    MinTime: 0,
    MaxTime: 4_000_000_000,
  });
  return MsgList.map(({ MsgBody }) => MsgBody[0]!.MsgContent.Text);
}

test("sendmsg asks before and tells after, with the same message", async () => {
  const { tim, heard } = await overheard();
  const { MsgKey, MsgTime } = await tim.call(SEND, message);
  const [before, after] = await heard();
  const event = { MsgRandom: 7, MsgBody: text("hello"), MsgKey, MsgTime, OnlineOnlyFlag: 0 };
  const { MsgSeq, ...rest } = before as Event;
  assert.type(MsgSeq, "number");
  const people = { From_Account: "mira", To_Account: "omar" };
  assert.equal(rest, { CallbackCommand: "C2C.CallbackBeforeSendMsg", ...people, ...event });
  assert.equal(after, {
    CallbackCommand: "C2C.CallbackAfterSendMsg",
    ...people,
    ...event,
    MsgSeq,
    SendMsgResult: 0,
    ErrorInfo: "send msg succeed",
    UnreadMsgNum: 1,
  });
});

for (
  const [ErrorCode, code] of [[1, 20006], [120001, 120001], [130000, 130000], [130001, 20006]]
) {
  test(`an answer of ${ErrorCode} to sendmsg stops it with ${code}`, async () => {
    const said = { ErrorCode, ErrorInfo: "not today" };
    const { tim, heard } = await overheard({ "C2C.CallbackBeforeSendMsg": said });
    assert.equal(await refused(tim.call(SEND, message)), [code, "not today"]);
    assert.equal(names(await heard()), ["C2C.CallbackBeforeSendMsg"]);
    assert.equal(await texts(tim), []);
  });
}

test("an answer of 2 drops a message while its sender sees success", async () => {
  const { tim, heard } = await overheard({ "C2C.CallbackBeforeSendMsg": { ErrorCode: 2 } });
  await tim.call(SEND, message);
  assert.equal(await texts(tim), []);
  assert.equal(names(await heard()), ["C2C.CallbackBeforeSendMsg"]);
});

test("an answer may alter a message, which is told as it was altered", async () => {
  const said = { MsgBody: text("***") };
  const { app, tim, heard } = await overheard({ "C2C.CallbackBeforeSendMsg": said });
  await tim.call(SEND, message);
  assert.equal(await texts(tim), ["***"]);
  assert.equal((await heard())[1]!.MsgBody, text("***"));
  // A copy of the world is made with the answers, and asks nobody.
  const copy = emulated({ seed: await control(app, "GET", "snapshot") });
  assert.equal(await texts(copy.tim), ["***"]);
});

test("ForbidCallbackControl keeps callbacks of a message away", async () => {
  const { tim, heard } = await overheard();
  const both = ["ForbidBeforeSendMsgCallback", "ForbidAfterSendMsgCallback"];
  await tim.call(SEND, { ...message, ForbidCallbackControl: both });
  await tim.call(`${GROUP}/send_group_msg`, { ...toClub, ForbidCallbackControl: both.slice(0, 1) });
  assert.equal(names(await heard()), ["Group.CallbackAfterSendMsg"]);
});

test("send_group_msg asks before and tells after; an answer refuses, drops or alters", async () => {
  const send = async (said: object) => {
    const world = await overheard({ "Group.CallbackBeforeSendMsg": said });
    const sent = world.tim.call(`${GROUP}/send_group_msg`, toClub);
    const code = await sent.then(() => 0, (error) => error.errorCode);
    const { RspMsgList } = await world.tim.call<string, {
      RspMsgList: { MsgBody: { MsgContent: { Text: string } }[] }[];
    }>(`${GROUP}/group_msg_get_simple`, { GroupId: "club", ReqMsgNumber: 5 });
    const kept = RspMsgList.map(({ MsgBody }) => MsgBody[0]!.MsgContent.Text);
    return [code, kept, names(await world.heard()).length];
  };
  assert.equal(await send({}), [0, ["hello"], 2]);
  assert.equal(await send({ ErrorCode: 1 }), [10016, [], 1]);
  assert.equal(await send({ ErrorCode: 10150 }), [10150, [], 1]);
  assert.equal(await send({ ErrorCode: 2 }), [0, [], 1]);
  assert.equal(await send({ MsgBody: text("***") }), [0, ["***"], 2]);
});

test("create_group and destroy_group ask and tell", async () => {
  const { tim, heard } = await overheard();
  const body = { Type: "Work", Name: "New", Owner_Account: "omar", GroupId: "new" };
  await tim.call(`${GROUP}/create_group`, { ...body, MemberList: [{ Member_Account: "lin" }] });
  await tim.call(`${GROUP}/destroy_group`, { GroupId: "new" });
  const event = {
    Operator_Account: "administrator",
    Owner_Account: "omar",
    Type: "Work",
    Name: "New",
    MemberList: [{ Member_Account: "lin" }],
  };
  const { Operator_Account: _, MemberList, ...destroyed } = event;
  assert.equal(await heard(), [
    { CallbackCommand: "Group.CallbackBeforeCreateGroup", ...event },
    { CallbackCommand: "Group.CallbackAfterCreateGroup", GroupId: "new", ...event },
    {
      CallbackCommand: "Group.CallbackAfterGroupDestroyed",
      GroupId: "new",
      ...destroyed,
      MemberList: [{ Member_Account: "omar" }, ...MemberList],
    },
  ]);
});

test("a refused create_group makes no group", async () => {
  const said = { ErrorCode: 1, ErrorInfo: "" };
  const { app, tim } = await overheard({ "Group.CallbackBeforeCreateGroup": said });
  const [code, info] = await refused(
    tim.call(`${GROUP}/create_group`, { Type: "Work", Name: "x" }),
  );
  assert.is(code, 10016);
  assert.match(info, /own server refused/);
  assert.is((await control(app, "GET", "state")).apps[0].groups.total, 1);
});

test("members who come and go are told of, and an answer keeps some of them out", async () => {
  const said = { RefusedMembers_Account: ["lin"] };
  const { tim, heard } = await overheard({ "Group.CallbackBeforeInviteJoinGroup": said });
  const MemberList = [{ Member_Account: "omar" }, { Member_Account: "lin" }];
  const added = await tim.call<string, { MemberList: { Result: number }[] }>(
    `${GROUP}/add_group_member`,
    { GroupId: "club", MemberList },
  );
  assert.equal(added.MemberList.map(({ Result }) => Result), [1, 0]);
  await tim.call(`${GROUP}/delete_group_member`, {
    GroupId: "club",
    MemberToDel_Account: ["omar", "lin"],
  });
  const event = { GroupId: "club", Type: "Public", Operator_Account: "administrator" };
  const [, joined, left] = await heard();
  const CallbackCommand = "Group.CallbackAfterNewMemberJoin";
  const NewMemberList = [{ Member_Account: "omar" }];
  assert.equal(joined, { CallbackCommand, ...event, JoinType: "Invited", NewMemberList });
  assert.equal(left, {
    CallbackCommand: "Group.CallbackAfterMemberExit",
    ...event,
    ExitType: "Kicked",
    ExitMemberList: NewMemberList,
  });
});

test("callbacks of rooms go where room_config says, without any other settings", async () => {
  const urls: string[] = [];
  const fetcher = ((url: string) => {
    urls.push(url);
    return Promise.resolve(Response.json(pass));
  }) as typeof fetch;
  const { app, tim } = emulated({ fetch: fetcher });
  await tim.call("room_config/set_callback", {
    Url: "http://rooms.test/hook",
    CallbackCommandList: ["Room.CallbackAfterCreateRoom"],
  });
  const RoomInfo = { RoomId: "r", RoomType: "Conference" };
  await tim.call("room_engine_http_srv/create_room", { RoomInfo });
  await new Promise((resolve) => setTimeout(resolve, 20));
  const { deliveries } = await control(app, "GET", "webhooks");
  assert.equal(deliveries.map(({ name }: { name: string }) => name), [
    "Room.CallbackAfterCreateRoom",
  ]);
  assert.match(urls[0]!, /^http:\/\/rooms\.test\/hook\?/);
});

test.run();

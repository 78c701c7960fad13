import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Commands } from "../../src/api/mod.ts";
import { NOW, type People, people } from "../support/chat_people.ts";
import { refused } from "../support/emulated.ts";

type Content =
  Commands["stream_msg/send_group_stream_msg"]["request"]["MsgBody"][number]["MsgContent"];

async function club(): Promise<People> {
  const world = await people();
  await world.tim.call("group_open_http_svc/create_group", {
    GroupId: "club",
    Type: "Public",
    Name: "Club",
    Owner_Account: "mira",
  });
  return world;
}

async function send({ tim }: People, content: Content, change: object = {}): Promise<string> {
  const answer = await tim.call("stream_msg/send_group_stream_msg", {
    GroupId: "club",
    From_Account: "omar",
    MsgRandom: 1,
    MsgBody: [{ MsgType: "TIMStreamElem", MsgContent: content }],
    ...change,
  });
  return answer.StreamMsgID!;
}

function chunk(Index: number, Markdown: string, IsLast = false): Pick<Content, "Chunks"> {
  return { Chunks: [{ EventType: "data", Index, Markdown, IsLast }] };
}

async function texts({ tim }: People): Promise<(string | undefined)[]> {
  const { RspMsgList } = await tim.call("group_open_http_svc/group_msg_get_simple", {
    GroupId: "club",
    ReqMsgNumber: 10,
  });
  return RspMsgList!.map(({ MsgBody, From_Account }) => {
    assert.is(From_Account, "omar");
    return (MsgBody![0] as { MsgContent: { Text: string } }).MsgContent.Text;
  });
}

test("a stream is one message of the group, which grows until its last chunk", async () => {
  const world = await club();
  const StreamMsgID = await send(world, { CompatibleText: "Please update" });
  assert.equal(await texts(world), ["Please update"]);
  await send(world, { StreamMsgID, ...chunk(1, "The next ") });
  await send(world, { StreamMsgID, ...chunk(2, "lot", true) });
  assert.equal(await texts(world), ["The next lot"]);
  assert.is((await refused(send(world, { StreamMsgID, ...chunk(3, "!") })))[0], 10004);
  const other = await send(world, chunk(1, "Another"));
  assert.is.not(other, StreamMsgID);
  assert.equal(await texts(world), ["Another", "The next lot"]);
});

test("a stream ends with its group, and does not go on in another one of the same id", async () => {
  const world = await club();
  const StreamMsgID = await send(world, chunk(1, "before"));
  await world.tim.call("group_open_http_svc/destroy_group", { GroupId: "club" });
  const create = { GroupId: "club", Type: "Public", Name: "Club" } as const;
  await world.tim.call("group_open_http_svc/create_group", create);
  await send(world, chunk(1, "after"));
  assert.is((await refused(send(world, { StreamMsgID, ...chunk(2, "!") })))[0], 10004);
  assert.equal(await texts(world), ["after"]);
});

test("a stream ends by itself 15 seconds after a chunk", async () => {
  const world = await club();
  const StreamMsgID = await send(world, chunk(1, "a"));
  world.at(NOW + 15);
  await send(world, { StreamMsgID, ...chunk(2, "b") });
  world.at(NOW + 31);
  assert.is((await refused(send(world, { StreamMsgID, ...chunk(3, "c") })))[0], 10004);
  assert.equal(await texts(world), ["ab"]);
});

test("a stream wants its group, its sender, its next number, and 128 kB at most", async () => {
  const world = await club();
  const StreamMsgID = await send(world, chunk(1, "a"));
  const next = { StreamMsgID, ...chunk(2, "b") };
  const code = async (content: Content, change?: object) =>
    (await refused(send(world, content, change)))[0];
  assert.is(await code(next, { GroupId: "none" }), 10010);
  assert.is(await code(next, { From_Account: "nobody" }), 10019);
  assert.is(await code(next, { From_Account: "lin" }), 10004);
  assert.is(await code({ ...next, StreamMsgID: "stream-none" }), 10004);
  assert.is(await code({ StreamMsgID, ...chunk(3, "b") }), 10004);
  assert.is(await code({}, { MsgBody: [] }), 10004);
  assert.is(await code({ StreamMsgID, ...chunk(2, "x".repeat(131_072)) }), 80002);
  const late = [{ Index: 2, IsLast: true }, { Index: 3 }];
  assert.is(await code({ StreamMsgID, Chunks: late }), 10004);
  assert.equal(await texts(world), ["a"]);
});

test.run();

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Commands } from "../../src/api/mod.ts";
import { NOW, type People, people } from "../support/chat_people.ts";
import { refused } from "../support/emulated.ts";

const BOT = "@RBT#helper";

async function robots({ tim }: People): Promise<string[]> {
  return (await tim.call("openim_robot_http_svc/get_all_robots", {})).Robot_Account!;
}

function create({ tim }: People, UserID = BOT) {
  return tim.call("openim_robot_http_svc/create_robot", { UserID, Nick: "Helper" });
}

function stream(
  { tim }: People,
  Chunk: string,
  change: Partial<Commands["openim_robot_http_svc/send_stream_msg"]["request"]> = {},
) {
  const body = { From_Account: BOT, To_Account: "mira", Chunk, ...change };
  return tim.call("openim_robot_http_svc/send_stream_msg", body);
}

test("create_robot makes an account that get_all_robots lists until it is deleted", async () => {
  const world = await people();
  await create(world);
  await create(world);
  assert.equal(await robots(world), [BOT]);
  const check = async () =>
    (await world.tim.call("im_open_login_svc/account_check", { CheckItem: [{ UserID: BOT }] }))
      .ResultItem![0]!.AccountStatus;
  assert.is(await check(), "Imported");
  const remove = () => world.tim.call("openim_robot_http_svc/delete_robot", { Robot_Account: BOT });
  await remove();
  assert.equal(await robots(world), []);
  assert.is(await check(), "Imported");
  assert.is((await refused(remove()))[0], 10004);
  assert.is((await refused(stream(world, "hi")))[0], 10004);
  await create(world);
  assert.equal(await robots(world), [BOT]);
});

test("a chatbot whose account is deleted is none any more", async () => {
  const world = await people();
  await create(world);
  const DeleteItem = [{ UserID: BOT }];
  await world.tim.call("im_open_login_svc/account_delete", { DeleteItem });
  assert.equal(await robots(world), []);
  assert.is((await refused(stream(world, "Hello")))[0], 10004);
});

test("an app has 20 chatbots at most", async () => {
  const world = await people();
  for (let count = 0; count < 20; count++) await create(world, `@RBT#${count}`);
  assert.is((await refused(create(world)))[0], 10008);
  assert.is((await refused(create(world, "helper")))[0], 10004);
  await create(world, "@RBT#7");
});

test("send_stream_msg makes one message that grows", async () => {
  const world = await people();
  await create(world);
  const { MsgKey } = await stream(world, "Hello ");
  const shown = async () => {
    const answer = await world.tim.call("openim/admin_getroammsg", {
      Operator_Account: "mira",
      Peer_Account: BOT,
      MaxCnt: 10,
      MinTime: 0,
      MaxTime: NOW,
    });
    assert.is(answer.MsgCnt, 1);
    const [message] = answer.MsgList!;
    assert.is(message!.MsgKey, MsgKey);
    const { MsgContent } = message!.MsgBody![0] as { MsgContent: { Data: string } };
    const { chunks, isFinished } = JSON.parse(MsgContent.Data);
    return `${chunks.join("")}${isFinished}`;
  };
  assert.is(await shown(), "Hello 0");
  assert.is((await stream(world, "there", { MsgKey })).MsgKey, MsgKey);
  await stream(world, ".", { MsgKey, Finish: 1 });
  assert.is(await shown(), "Hello there.1");
  assert.is((await refused(stream(world, "!", { MsgKey })))[0], 10004);
  assert.is((await refused(stream(world, "!", { MsgKey: "1_2_3" })))[0], 10004);
  assert.is((await refused(stream(world, "!", { To_Account: "nobody" })))[0], 10004);
  assert.is((await refused(stream(world, "!", { From_Account: "omar" })))[0], 10004);
});

test.run();

import { test } from "uvu";
import * as assert from "uvu/assert";
import { refuse, webhookHandler, type WebhookHandlers } from "../../../src/api/webhooks/mod.ts";
import { EMULATOR_SDK_APP_ID } from "../../../src/emulator/mod.ts";
import { emulated, refused } from "../../support/emulated.ts";

const GROUPS = "group_open_http_svc";
const text = (Text: string) => [{ MsgType: "TIMTextElem", MsgContent: { Text } }];

/** A client of an emulator whose callbacks, signed, go to handlers; and the faults that those met. */
function listened(on: WebhookHandlers) {
  const faults: unknown[] = [];
  const handle = webhookHandler({
    sdkAppId: EMULATOR_SDK_APP_ID,
    token: "tim-edge-token",
    on,
    onError: (error) => faults.push(error),
  });
  const { tim } = emulated({
    webhooks: { url: "https://app.example/callback", token: "tim-edge-token" },
    fetch: ((url: string, init: RequestInit) => handle(new Request(url, init))) as typeof fetch,
  });
  return { tim, faults };
}

test("webhookHandler understands what the emulator sends, and the emulator its answers", async () => {
  const heard: string[] = [];
  const { tim, faults } = listened({
    "Group.CallbackBeforeCreateGroup": (event) =>
      event.body.Name === "admin" ? refuse(event, 10101, "Choose another name") : undefined,
    "Group.CallbackAfterCreateGroup": ({ body }) => void heard.push(body.GroupId),
    "Group.CallbackBeforeSendMsg": (event) =>
      JSON.stringify(event.body.MsgBody).includes("https://") ? refuse(event) : undefined,
    "Group.CallbackAfterSendMsg": ({ body }) => void heard.push(JSON.stringify(body.MsgBody)),
  });
  const create = (GroupId: string, Name: string) =>
    tim.call(`${GROUPS}/create_group`, { GroupId, Type: "Public", Name });
  assert.equal(await refused(create("a", "admin")), [10101, "Choose another name"]);
  await create("b", "Book club");
  const send = (Random: number, words: string) =>
    tim.call(`${GROUPS}/send_group_msg`, { GroupId: "b", Random, MsgBody: text(words) });
  const [code] = await refused(send(1, "see https://spam.example"));
  assert.is(code, 10016);
  await send(2, "hello");
  // What has happened is told beside the answer, not before it.
  for (let turn = 0; turn < 200 && heard.length < 2; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.equal(faults, []);
  assert.equal(heard, ["b", JSON.stringify(text("hello"))]);
});

test("webhookHandler understands what the emulator tells of live rooms", async () => {
  const heard: unknown[] = [];
  const { tim, faults } = listened({
    "Live.CallbackAfterCreateRoom": ({ body }) => void heard.push(body.RoomInfo?.RoomId),
    "Live.CallbackAfterDestroyRoom": ({ body }) =>
      void heard.push([body.RoomId, body.EventType, body.Statistic?.TotalViewers]),
  });
  const until = async (count: number) => {
    for (let turn = 0; turn < 200 && heard.length < count; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const RoomId = "coffee";
  await tim.call("live_engine_http_srv/create_room", { RoomInfo: { RoomId, RoomType: "Live" } });
  await until(1);
  await tim.call("live_engine_http_srv/destroy_room", { RoomId });
  await until(2);
  assert.equal(faults, []);
  assert.equal(heard, [RoomId, [RoomId, "DestroyByUser", 0]]);
});

test.run();

/**
 * What the compiler must accept, refuse and infer; `deno check` is the test.
 */

import { type BaseClient, type Commands, TimClient } from "../../mod.ts";
import {
  callInBatches,
  type LiveCreateRoomRequest,
  type LiveCreateRoomResponse,
  type Tim,
} from "../../src/api/mod.ts";
import type { Webhooks } from "../../src/api/mod.ts";
import { type Equal, holds, type IsAny } from "../support/type_claims.ts";

export async function knownCommands(tim: TimClient) {
  const created = await tim.call("live_engine_http_srv/create_room", {
    RoomInfo: { RoomId: "morning", RoomType: "Live", Category: [1] },
  });
  holds<Equal<typeof created, LiveCreateRoomResponse>>();
  holds<Equal<typeof created.Response, { RoomId?: string } | undefined>>();
  holds<Equal<typeof created.ActionStatus, "OK" | "FAIL">>();

  // Every field is optional: so is the body.
  const list = await tim.call("group_open_http_svc/get_appid_group_list");
  holds<Equal<typeof list.Next, number>>();
  holds<Equal<(typeof list.GroupIdList)[number]["GroupId"], string>>();
  await tim.call("group_open_http_svc/get_appid_group_list", { Limit: 2 }, { timeoutMs: 9000 });

  // No field at all.
  await tim.call("room_config/get_callback");
  await tim.call("room_config/get_callback", {});
  // @ts-expect-error: no such field
  await tim.call("room_config/get_callback", { Url: "https://app.example" });

  // @ts-expect-error: the body is missing
  await tim.call("live_engine_http_srv/create_room");
  // @ts-expect-error: RoomId is a string
  await tim.call("live_engine_http_srv/create_room", { RoomInfo: { RoomId: 1, RoomType: "Live" } });
  // @ts-expect-error: RoomType is Live
  await tim.call("live_engine_http_srv/create_room", { RoomInfo: { RoomId: "a", RoomType: "X" } });
  await tim.call("live_engine_http_srv/create_room", {
    // @ts-expect-error: no such field
    RoomInfo: { RoomId: "a", RoomType: "Live", RoomNane: "a" },
  });
  // @ts-expect-error: no such field
  await tim.call("group_open_http_svc/get_appid_group_list", { Limt: 2 });
  // @ts-expect-error: one of two forms must be there
  await tim.call("im_open_login_svc/multiaccount_import", {});
  await tim.call("im_open_login_svc/multiaccount_import", { Accounts: ["mira"] });
  // @ts-expect-error: no such field in the answer
  created.Answer;
}

export async function messages(tim: TimClient) {
  const send = (MsgBody: Commands["openim/sendmsg"]["request"]["MsgBody"]) =>
    tim.call("openim/sendmsg", { To_Account: "omar", MsgRandom: 1, MsgBody });
  await send([{ MsgType: "TIMTextElem", MsgContent: { Text: "hello" } }]);
  // @ts-expect-error: a text has Text
  await send([{ MsgType: "TIMTextElem", MsgContent: { Data: "hello" } }]);
  // @ts-expect-error: no such kind
  await send([{ MsgType: "TIMText", MsgContent: { Text: "hello" } }]);
  // @ts-expect-error: the server must say where the sound is
  await send([{ MsgType: "TIMSoundElem", MsgContent: { UUID: "u" } }]);

  const { MsgList = [] } = await tim.call("openim/admin_getroammsg", {
    Operator_Account: "mira",
    Peer_Account: "omar",
    MaxCnt: 10,
    MinTime: 0,
    MaxTime: 1795000000,
  });
  for (const { MsgBody = [] } of MsgList) {
    for (const part of MsgBody) {
      if (part.MsgType === "TIMTextElem") holds<Equal<typeof part.MsgContent.Text, string>>();
    }
  }
}

export async function unknownCommands(tim: TimClient, name: string) {
  const answer = await tim.call("a_new_service/a_new_command", { Anything: 1 });
  holds<Equal<typeof answer.Anything, unknown>>();
  holds<Equal<typeof answer.ErrorCode, number>>();
  const typed = await tim.call<string, { Count: number }>(name, { Anything: 1 });
  holds<Equal<typeof typed.Count, number>>();
  // On purpose: a known command, unchecked.
  await tim.call<string>("live_engine_http_srv/create_room", { Undocumented: true });
  // @ts-expect-error: a body is an object
  await tim.call("a_new_service/a_new_command", 3);
}

export function clients() {
  const tim = new TimClient({ sdkAppId: 1, userSig: "x" });
  holds<Equal<typeof tim, TimClient>>();
  holds<Equal<TimClient, BaseClient<Commands>>>();
  const untyped: BaseClient = tim;
  return untyped;
}

export async function named(tim: Tim) {
  const created = await tim.live.createRoom({ RoomInfo: { RoomId: "a", RoomType: "Live" } });
  holds<Equal<typeof created, LiveCreateRoomResponse>>();
  holds<Equal<Parameters<Tim["live"]["createRoom"]>[0], LiveCreateRoomRequest>>();
  await tim.group.getAppidGroupList({ Limit: 2 });
  await tim.group.getAppidGroupList();
  await tim.call("live_engine_http_srv/get_room_info", { RoomId: "a" });
  // @ts-expect-error: the body is missing
  await tim.live.createRoom();
  // @ts-expect-error: no such command
  await tim.live.createRom({ RoomInfo: { RoomId: "a", RoomType: "Live" } });
}

// No command's body or answer is `any`, nor any field at their first level.
type Leaks<T> = { [K in keyof T]-?: IsAny<T[K]> extends true ? K : never }[keyof T];
type CommandLeaks = {
  [C in keyof Commands]:
    | (IsAny<Commands[C]["request"]> extends true ? C : never)
    | (IsAny<Commands[C]["response"]> extends true ? C : never)
    | ([Leaks<Commands[C]["request"]>] extends [never] ? never : C)
    | ([Leaks<Commands[C]["response"]>] extends [never] ? never : C);
}[keyof Commands];
holds<Equal<CommandLeaks, never>>();
type WebhookLeaks = {
  [W in keyof Webhooks]: IsAny<Webhooks[W]["event"]> extends true ? W : never;
}[keyof Webhooks];
holds<Equal<WebhookLeaks, never>>();

export function event(e: Webhooks["Room.CallbackAfterCreateRoom"]["event"]) {
  holds<Equal<typeof e.CallbackCommand, "Room.CallbackAfterCreateRoom">>();
}

/** What is sent may be read-only; what is answered is the caller's own. */
export async function readOnly(tim: Tim, plain: TimClient, groups: readonly string[]) {
  const room = { RoomInfo: { RoomId: "a", RoomType: "Live", Category: [1, 2] } } as const;
  await plain.call("live_engine_http_srv/create_room", room);
  await tim.live.createRoom(room);
  const { GroupInfo } = await plain.call("group_open_http_svc/get_group_info", {
    GroupIdList: groups,
  });
  GroupInfo.sort((a, b) => a.GroupId.localeCompare(b.GroupId));
  await callInBatches(tim, "group_open_http_svc/get_group_info", { GroupIdList: groups });
  const MsgBody = [{ MsgType: "TIMTextElem", MsgContent: { Text: "hello" } }] as const;
  await tim.message.sendMsg({ To_Account: "omar", MsgRandom: 1, MsgBody });
  await plain.call("all_member_push/im_push", {
    MsgRandom: 1,
    MsgBody,
    Condition: { TagsOr: groups },
  });
}

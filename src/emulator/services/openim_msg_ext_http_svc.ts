/**
 * `openim_msg_ext_http_svc`: key-value pairs on one-to-one messages.
 * Source: "Message extension" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../refusal.ts";
import type { MessageExtension } from "../store/message_extension.ts";
import type { World } from "../store/world.ts";
import { BAD_PARAMETER, changePairs, readPairs } from "./message_extensions.ts";
import { findMessage, noMessage } from "./openim_history.ts";
import { type Clock, differing, type Handler, seconds, type Service, service } from "./service.ts";

interface Ref {
  From_Account?: string;
  To_Account: string;
  MsgKey: string;
}

const getKeyValues: Handler<"openim_msg_ext_http_svc/get_key_values"> = (
  world,
  body,
  caller,
  clock,
) => {
  const extension = findExtension(world, body, caller, clock);
  return readPairs(extension, body.StartSeq);
};

/** An administrator's Seq is not checked, and only administrators call. */
const setKeyValues: Handler<"openim_msg_ext_http_svc/set_key_values"> = (
  world,
  body,
  caller,
  clock,
) => {
  const extension = findExtension(world, body, caller, clock) ??
    refuse(23002, "The message was sent without SupportMessageExtension 1");
  const answer = changePairs(extension, body, clock());
  const changed = answer.ExtensionList.filter(({ ErrorCode }) => ErrorCode === 0);
  if (body.OperateType === 3 || changed.length > 0) {
    world.emit("C2C.CallbackAfterC2CMsgExtension", {
      From_Account: body.From_Account || caller,
      To_Account: body.To_Account,
      MsgKey: body.MsgKey,
      OperateType: body.OperateType,
      ExtensionList: changed.map(({ Extension: { Key, Value, Seq = 0 } }) => ({ Key, Value, Seq })),
      Seq: extension.latestSeq,
    });
  }
  return answer;
};

/** Key-value pairs on one-to-one messages: read and change. */
export const messageExtensionService: Service = service(
  "openim_msg_ext_http_svc",
  { badBody: BAD_PARAMETER, unknownCommand: 60008 },
  {
    get_key_values: getKeyValues,
    set_key_values: differing(
      setKeyValues,
      "Nobody but administrators calls, whose Seq is not looked at (23001)",
    ),
  },
);

function findExtension(
  world: World,
  { From_Account, ...ref }: Ref,
  caller: string,
  clock: Clock,
): MessageExtension | undefined {
  const whole = { From_Account: From_Account || caller, ...ref };
  const message = findMessage(world, whole, seconds(clock));
  if (!message) refuse(23004, noMessage(whole));
  if (message.recalled) refuse(23004, `The message ${quote(ref.MsgKey)} was recalled`);
  return message.extension;
}

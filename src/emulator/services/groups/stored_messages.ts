/**
 * What other servicenames do with messages of groups: overwrite them, attach key-values, stream them.
 * Source: "Group Message", "Message extension" and "Streaming messages" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import type { GroupMessage } from "../../store/message_log.ts";
import type { World } from "../../store/world.ts";
import { BAD_PARAMETER, changePairs, readPairs } from "../message_extensions.ts";
import { type Clock, type Handler, seconds, type Service, service } from "../service.ts";
import { groupWith } from "./common.ts";
import { findMessage, logOf } from "./message_logs.ts";

const NO_MESSAGE = 23004;

/** Only what is given is replaced. */
const modify: Handler<"openim/modify_group_msg"> = (world, body, _caller, clock) => {
  const group = groupWith(world, body.GroupId, "history");
  const log = logOf(group, body.TopicId, seconds(clock));
  const message = findMessage(log, group, body.MsgSeq);
  message.body = body.MsgBody ?? message.body;
  message.cloudCustomData = body.CloudCustomData ?? message.cloudCustomData;
  return { ErrorInfo: "succeed" };
};

const setKeyValues: Handler<"openim_msg_ext_http_svc/group_set_key_values"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const { extension } = extendable(world, body, clock);
  if (!extension) refuse(23002, "The message was sent without SupportMessageExtension 1");
  const answer = changePairs(extension, body, clock());
  world.emit("Group.CallbackAfterGroupMsgExtension", {
    GroupId: body.GroupId,
    MsgSeq: body.MsgSeq,
    OperateType: body.OperateType,
    ExtensionList: answer.ExtensionList.filter(({ ErrorCode }) => ErrorCode === 0)
      .map(({ Extension: { Key, Value = "", Seq = 0 } }) => ({ Key, Value, Seq })),
    Seq: extension.latestSeq,
  });
  return answer;
};

const getKeyValues: Handler<"openim_msg_ext_http_svc/group_get_key_values"> = (
  world,
  body,
  _caller,
  clock,
) => readPairs(extendable(world, body, clock).extension, body.StartSeq);

/** Group messages under the servicename of one-to-one messages. */
export const groupMessageChange: Service = service(
  "openim",
  { badBody: 90001, unknownCommand: 60008 },
  { modify_group_msg: modify },
);

/** Key-values of group messages. */
export const groupMessageExtensions: Service = service(
  "openim_msg_ext_http_svc",
  { badBody: BAD_PARAMETER, unknownCommand: 60008 },
  { group_set_key_values: setKeyValues, group_get_key_values: getKeyValues },
);

function extendable(
  world: World,
  { GroupId, MsgSeq }: { GroupId: string; MsgSeq: number },
  clock: Clock,
): GroupMessage {
  const group = groupWith(world, GroupId, "extensions");
  const message = findMessage(
    logOf(group, undefined, seconds(clock)),
    group,
    MsgSeq,
    NO_MESSAGE,
  );
  if (message.recalled) {
    refuse(NO_MESSAGE, `Message ${MsgSeq} of ${quote(GroupId)} was recalled`);
  }
  return message;
}

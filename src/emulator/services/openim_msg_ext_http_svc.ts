/**
 * `openim_msg_ext_http_svc`: key-value pairs on one-to-one messages.
 * Source: "Message extension" of the Chat documentation.
 *
 * @module
 */

import type { ExtensionPair } from "../../api/generated/types/common.ts";
import { quote, refuse } from "../refusal.ts";
import type { MessageExtension } from "../store/message_extension.ts";
import type { World } from "../store/world.ts";
import { findMessage, noMessage } from "./openim_history.ts";
import { type Clock, type Handler, seconds, type Service, service } from "./service.ts";

const BAD_PARAMETER = 10004;
const PAGE = 200;
const MAX_PAIRS = 300;
const MAX_CHANGES_A_MINUTE = 200;

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
  const { StartSeq = 0 } = body;
  const pairs = [...extension?.pairs ?? []].map(([Key, { value, seq }]): ExtensionPair => ({
    Key,
    Value: value,
    Seq: seq,
  })).filter(({ Seq }) => Seq! >= StartSeq).sort((one, other) => one.Seq! - other.Seq!);
  return {
    CompleteFlag: pairs.length > PAGE ? 0 : 1,
    LatestSeq: extension?.latestSeq ?? 0,
    ClearSeq: extension?.clearSeq ?? 0,
    ExtensionList: pairs.slice(0, PAGE),
  };
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
  const { OperateType, ExtensionList = [] } = body;
  if (OperateType !== 3 && ExtensionList.length === 0) {
    refuse(BAD_PARAMETER, `ExtensionList is missing, which OperateType ${OperateType} needs`);
  }
  countChange(extension, clock());
  if (OperateType === 3) {
    extension.pairs.clear();
    extension.clearSeq = ++extension.latestSeq;
    return { ExtensionList: [] };
  }
  return {
    ExtensionList: ExtensionList.map(({ Key, Value }) => {
      const ErrorCode = OperateType === 1 ? set(extension, Key, Value) : remove(extension, Key);
      const Seq = ErrorCode === 0 ? extension.latestSeq : extension.pairs.get(Key)?.seq ?? 0;
      return { ErrorCode, Extension: { Key, Value: OperateType === 1 ? Value : "", Seq } };
    }),
  };
};

/** Key-value pairs on one-to-one messages: read and change. */
export const messageExtensionService: Service = service(
  "openim_msg_ext_http_svc",
  { badBody: BAD_PARAMETER, unknownCommand: 60008 },
  { get_key_values: getKeyValues, set_key_values: setKeyValues },
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

function countChange(extension: MessageExtension, now: number): void {
  const changes = extension.changes.filter((time) => time > now - 60_000);
  if (changes.length >= MAX_CHANGES_A_MINUTE) {
    refuse(23003, `The message's extension was changed ${changes.length} times within a minute`);
  }
  extension.changes = [...changes, now];
}

function set(extension: MessageExtension, key: string, value: string): number {
  if (!extension.pairs.has(key) && extension.pairs.size >= MAX_PAIRS) return BAD_PARAMETER;
  extension.pairs.set(key, { value, seq: ++extension.latestSeq });
  return 0;
}

function remove(extension: MessageExtension, key: string): number {
  if (!extension.pairs.delete(key)) return 23004;
  extension.latestSeq++;
  return 0;
}

/**
 * `openim`: reading, recalling and changing one-to-one messages, and what is unread.
 * Source: "One-to-one messages" of the Chat documentation.
 *
 * @module
 */

import type { MsgKeyRef, RoamMsg } from "../../api/generated/types/chat_message.ts";
import { utf8 } from "../../core/utf8.ts";
import { quote, refuse } from "../refusal.ts";
import type { C2cMessage } from "../store/c2c_messages.ts";
import { ROAMING_SECONDS } from "../store/package_limits.ts";
import type { World } from "../store/world.ts";
import { checkAccount } from "./c2c_send.ts";
import { type Handler, type HandlersOf, seconds } from "./service.ts";

const UNKNOWN_TO = 90003;
const UNKNOWN_FROM = 90008;
const BAD_REQUEST = 20001;
/** An answer ends before it would be larger, in bytes of its messages. */
const MAX_ANSWER = 13 * 1024;

const getRoamMsg: Handler<"openim/admin_getroammsg"> = (world, body, _caller, clock) => {
  const { Operator_Account, Peer_Account, MinTime, MaxTime, LastMsgKey } = body;
  checkAccount(world, "Operator_Account", Operator_Account, UNKNOWN_FROM);
  checkAccount(world, "Peer_Account", Peer_Account, UNKNOWN_TO);
  const oldest = seconds(clock) - ROAMING_SECONDS;
  const page: C2cMessage[] = [];
  let bytes = 0;
  let complete: 0 | 1 = 1;
  const history = world.c2cMessages
    .history(Operator_Account, Peer_Account, MinTime, MaxTime, LastMsgKey || undefined);
  for (const message of history) {
    if (message.storedAt < oldest) continue;
    bytes += utf8(JSON.stringify(roamMsg(message))).length;
    if (page.length === body.MaxCnt || page.length > 0 && bytes > MAX_ANSWER) {
      complete = 0;
      break;
    }
    page.push(message);
  }
  const last = page.at(-1);
  return {
    Complete: complete,
    MsgCnt: page.length,
    LastMsgTime: last?.time ?? 0,
    LastMsgKey: last?.key ?? "",
    MsgList: page.reverse().map(roamMsg),
  };
};

const withdraw: Handler<"openim/admin_msgwithdraw"> = (world, body, _caller, clock) => {
  checkAccount(world, "From_Account", body.From_Account, UNKNOWN_FROM);
  checkAccount(world, "To_Account", body.To_Account, UNKNOWN_TO);
  if (!/^\d+_\d+_\d+$/.test(body.MsgKey)) {
    refuse(90054, `MsgKey is ${quote(body.MsgKey)}, wanted MsgSeq_MsgRandom_MsgTimeStamp`);
  }
  const message = findMessage(world, body, seconds(clock)) ?? refuse(20022, noMessage(body));
  if (message.recalled) refuse(20023, `The message ${quote(body.MsgKey)} was recalled already`);
  world.c2cMessages.recall(message);
  const { From_Account, To_Account, MsgKey } = body;
  const UnreadMsgNum = world.c2cMessages.unreadCount(To_Account);
  world.emit("C2C.CallbackAfterMsgWithDraw", { From_Account, To_Account, MsgKey, UnreadMsgNum });
};

const setMsgRead: Handler<"openim/admin_set_msg_read"> = (world, body, _caller, clock) => {
  const { Report_Account, Peer_Account, MsgReadTime } = body;
  checkAccount(world, "Report_Account", Report_Account, UNKNOWN_FROM);
  checkAccount(world, "Peer_Account", Peer_Account, UNKNOWN_TO);
  const until = Number(MsgReadTime || seconds(clock));
  if (!Number.isSafeInteger(until)) {
    refuse(90001, `MsgReadTime is ${quote(MsgReadTime)}, wanted UNIX seconds`);
  }
  world.c2cMessages.markRead(Report_Account, Peer_Account, until);
  world.emit("C2C.CallbackAfterMsgReport", {
    Report_Account,
    Peer_Account,
    LastReadTime: until,
    UnreadMsgNum: world.c2cMessages.unreadCount(Report_Account),
  });
};

const modifyMsg: Handler<"openim/modify_c2c_msg"> = (world, body, _caller, clock) => {
  checkAccount(world, "From_Account", body.From_Account, 20003);
  checkAccount(world, "To_Account", body.To_Account, 90012);
  const message = findMessage(world, body, seconds(clock)) ?? refuse(BAD_REQUEST, noMessage(body));
  if (message.recalled) refuse(BAD_REQUEST, `The message ${quote(body.MsgKey)} was recalled`);
  if (body.MsgBody) message.body = body.MsgBody;
  if (body.CloudCustomData !== undefined) message.cloudCustomData = body.CloudCustomData;
  return { ErrorInfo: "succeed" };
};

/** Keys that name no message are passed over: the message is out of sight then, too. */
const deleteRamble: Handler<"openim/delete_c2c_msg_ramble"> = (world, body) => {
  const { Operator_Account, Peer_Account } = body;
  checkAccount(world, "Operator_Account", Operator_Account, UNKNOWN_FROM);
  checkAccount(world, "Peer_Account", Peer_Account, UNKNOWN_TO);
  for (const key of body.MsgKeyList) {
    const message = world.c2cMessages.find(Operator_Account, Peer_Account, key);
    if (message) world.c2cMessages.hide(message, Operator_Account);
  }
};

const readReceipt: Handler<"openim/c2c_msg_read_receipt"> = (world, body, _caller, clock) => {
  const { Operator_Account, Peer_Account, C2CMsgInfo } = body;
  const messages = C2CMsgInfo.map((item, at) => {
    const { From_Account, To_Account } = item;
    if (From_Account !== Peer_Account || To_Account !== Operator_Account) {
      refuse(
        BAD_REQUEST,
        `C2CMsgInfo[${at}] is from ${quote(From_Account)} to ${quote(To_Account)}, wanted from ` +
          `Peer_Account ${quote(Peer_Account)} to Operator_Account ${quote(Operator_Account)}`,
      );
    }
    return findMessage(world, item, seconds(clock)) ?? refuse(BAD_REQUEST, noMessage(item));
  });
  for (const message of messages) message.peerRead = true;
  const event = { Operator_Account, Peer_Account, C2CMsgInfo };
  world.emit("C2C.CallbackAfterMsgReadReceipt", event);
};

const unreadNum: Handler<"openim/get_c2c_unread_msg_num"> = (world, body) => {
  checkAccount(world, "To_Account", body.To_Account, UNKNOWN_TO);
  const messages = world.c2cMessages;
  if (!body.Peer_Account) return { AllC2CUnreadMsgNum: messages.unreadCount(body.To_Account) };
  const unknown = body.Peer_Account.filter((peer) => !world.accounts.has(peer));
  return {
    C2CUnreadMsgNumList: body.Peer_Account.filter((peer) => world.accounts.has(peer))
      .map((Peer_Account) => ({
        Peer_Account,
        C2CUnreadMsgNum: messages.unreadCount(body.To_Account, Peer_Account),
      })),
    ...(unknown.length > 0 && {
      ErrorList: unknown.map((Peer_Account) => ({ Peer_Account, ErrorCode: 70107 })),
    }),
  };
};

/** The commands about messages that are there. */
export const historyCommands: HandlersOf<"openim"> = {
  admin_getroammsg: getRoamMsg,
  admin_msgwithdraw: withdraw,
  admin_set_msg_read: setMsgRead,
  modify_c2c_msg: modifyMsg,
  delete_c2c_msg_ramble: deleteRamble,
  c2c_msg_read_receipt: readReceipt,
  get_c2c_unread_msg_num: unreadNum,
};

/** The message that one account sent to the other, while it is stored. */
export function findMessage(world: World, ref: MsgKeyRef, now: number): C2cMessage | undefined {
  const message = world.c2cMessages.find(ref.From_Account, ref.To_Account, ref.MsgKey);
  const there = message?.from === ref.From_Account && message.storedAt >= now - ROAMING_SECONDS;
  return there ? message : undefined;
}

/** Says that there is no such message. */
export function noMessage({ From_Account, To_Account, MsgKey }: MsgKeyRef): string {
  return `There is no message ${quote(MsgKey)} from ${quote(From_Account)} to ${quote(To_Account)}`;
}

function roamMsg(message: C2cMessage): RoamMsg {
  return {
    From_Account: message.from,
    To_Account: message.to,
    MsgSeq: message.msgSeq,
    MsgRandom: message.random,
    MsgTimeStamp: message.time,
    MsgFlagBits: message.recalled ? 8 : 0,
    IsPeerRead: message.peerRead ? 1 : 0,
    MsgKey: message.key,
    MsgBody: message.body,
    ...(message.cloudCustomData !== undefined && { CloudCustomData: message.cloudCustomData }),
  };
}

/**
 * `openim`: sending one-to-one messages. Source: "One-to-one messages" of the Chat documentation.
 *
 * @module
 */

import type { AccountError } from "../../api/generated/types/chat_message.ts";
import type { World } from "../store/world.ts";
import { altered, isDropped } from "./callback_answers.ts";
import { checkAccount, type Draft, msgKey, store } from "./c2c_send.ts";
import { checkWords, textsOf } from "./moderation.ts";
import { type BodyOf, type Clock, type Handler, type HandlersOf, seconds } from "./service.ts";

const UNKNOWN_RECIPIENT = 90012;
const REFUSED_BY_CALLBACK = 20006;

type Sent = BodyOf<"openim/sendmsg"> | BodyOf<"openim/batchsendmsg">;

const sendMsg: Handler<"openim/sendmsg"> = (world, body, caller, clock) => {
  const from = body.From_Account || caller;
  const to = body.To_Account;
  checkAccount(world, "From_Account", from, 20003);
  checkAccount(world, "To_Account", to, UNKNOWN_RECIPIENT);
  checkWords(world, textsOf(body.MsgBody), seconds(clock));
  const supportsExtension = body.SupportMessageExtension === 1;
  let draft: Draft = { ...draftOf(world, body, from, clock), to, supportsExtension };
  const { msgSeq, random, time } = draft;
  const MsgKey = msgKey(msgSeq, random, time);
  const sent = { MsgTime: time, MsgKey };
  if (world.c2cMessages.find(from, to, MsgKey)) return sent;
  const event = (message: Draft) => ({
    From_Account: from,
    To_Account: to,
    MsgSeq: msgSeq,
    MsgRandom: random,
    MsgTime: time,
    MsgKey,
    OnlineOnlyFlag: isOnlineOnly(body) ? 1 as const : 0 as const,
    MsgBody: message.body,
    ...(message.cloudCustomData !== undefined && { CloudCustomData: message.cloudCustomData }),
  });
  const forbidden = body.ForbidCallbackControl ?? [];
  if (!forbidden.includes("ForbidBeforeSendMsgCallback")) {
    const answer = world.ask("C2C.CallbackBeforeSendMsg", event(draft));
    if (isDropped(answer, REFUSED_BY_CALLBACK)) return sent;
    draft = { ...draft, ...altered(draft, answer) };
  }
  if (!isOnlineOnly(body)) store(world, draft);
  const outcome = {
    ...event(draft),
    SendMsgResult: 0,
    ErrorInfo: "send msg succeed",
    UnreadMsgNum: world.c2cMessages.unreadCount(to),
  };
  if (!forbidden.includes("ForbidAfterSendMsgCallback")) {
    world.emit("C2C.CallbackAfterSendMsg", outcome);
  }
  if (world.robots.valid.has(to)) world.emit("Bot.OnC2CMessage", outcome);
  return sent;
};

/** Recipients that are there get the message whatever becomes of the others. */
const batchSendMsg: Handler<"openim/batchsendmsg"> = (world, body, caller, clock) => {
  const from = body.From_Account || caller;
  checkAccount(world, "From_Account", from, 90008);
  const reached = body.To_Account.filter((account) => world.accounts.has(account));
  if (reached.length === 0) checkAccount(world, "To_Account", body.To_Account[0]!, 90012);
  checkWords(world, textsOf(body.MsgBody), seconds(clock));
  const draft = draftOf(world, body, from, clock);
  if (body.MsgLifeTime !== 0) {
    for (const to of new Set(reached)) store(world, { ...draft, to });
  }
  const errors = missing(world, body.To_Account);
  return {
    ...(errors.length > 0 && { ActionStatus: "SomeError" as const, ErrorList: errors }),
    MsgKey: msgKey(draft.msgSeq, draft.random, draft.time),
  };
};

/** A duplicate answers success and overwrites nothing. */
const importMsg: Handler<"openim/importmsg"> = (world, body, _caller, clock) => {
  checkAccount(world, "From_Account", body.From_Account, 90008);
  checkAccount(world, "To_Account", body.To_Account, UNKNOWN_RECIPIENT);
  store(world, {
    from: body.From_Account,
    to: body.To_Account,
    msgSeq: body.MsgSeq ?? world.random(),
    random: body.MsgRandom,
    time: body.MsgTimeStamp,
    storedAt: seconds(clock),
    body: body.MsgBody,
    cloudCustomData: body.CloudCustomData,
    unread: body.SyncFromOldSystem === 5,
    movesUp: true,
    syncToSender: true,
  });
};

/** The commands that bring messages in. */
export const sendingCommands: HandlersOf<"openim"> = {
  sendmsg: sendMsg,
  batchsendmsg: batchSendMsg,
  importmsg: importMsg,
};

function draftOf(world: World, body: Sent, from: string, clock: Clock): Omit<Draft, "to"> {
  const control = body.SendMsgControl ?? [];
  return {
    from,
    msgSeq: body.MsgSeq ?? world.random(),
    random: body.MsgRandom,
    time: seconds(clock),
    body: body.MsgBody,
    cloudCustomData: body.CloudCustomData,
    unread: !control.includes("NoUnread"),
    movesUp: !control.includes("NoLastMsg"),
    syncToSender: body.SyncOtherMachine !== 2,
  };
}

function isOnlineOnly(body: BodyOf<"openim/sendmsg">): boolean {
  return body.MsgLifeTime === 0 || body.OnlineOnlyFlag === 1;
}

function missing(world: World, accounts: readonly string[]): AccountError[] {
  return accounts.filter((account) => !world.accounts.has(account))
    .map((To_Account) => ({ To_Account, ErrorCode: 70107 }));
}

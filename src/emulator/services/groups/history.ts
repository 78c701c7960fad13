/**
 * Messages that were sent: read again, recalled, cleared, pinned.
 * Source: "Group Message" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import type { Group } from "../../store/groups.ts";
import type { GroupMessage, MessageLog } from "../../store/message_log.ts";
import {
  ackOnly,
  type AnswerOf,
  differing,
  type Handler,
  seconds,
  type Service,
  service,
} from "../service.ts";
import { groupFields } from "./callbacks.ts";
import { checkImported, findGroup, GROUP_CODES, groupWith } from "./common.ts";
import { findMessage, logOf } from "./message_logs.ts";

const MOST_READ = 20;
const MOST_PINNED = 10;
/** How far delete_group_msg_by_sender looks back. */
const NEWEST = 1000;

type History = AnswerOf<"group_open_http_svc/group_msg_get_simple">;
type HistoryItem = NonNullable<History["RspMsgList"]>[number];

/** From the greatest number downwards; without ReqMsgSeq from the newest. */
const readHistory: Handler<"group_open_http_svc/group_msg_get_simple"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const group = groupWith(world, body.GroupId, "history");
  const log = logOf(group, body.TopicId, seconds(clock));
  if (body.ReqMsgNumber < 1) {
    refuse(10004, `ReqMsgNumber is ${body.ReqMsgNumber}, wanted 1 or more`);
  }
  const most = Math.min(body.ReqMsgNumber, MOST_READ);
  const list: HistoryItem[] = [];
  let seq = Math.min(body.ReqMsgSeq ?? log.lastSeq, log.lastSeq);
  for (; seq > 0 && list.length < most; seq--) {
    const message = log.get(seq);
    if (message?.recalled && body.WithRecalledMsg !== 1) continue;
    list.push(message ? historyItem(message) : expired(seq));
  }
  return {
    GroupId: group.id,
    IsFinished: finished(body.ReqMsgNumber, seq, list),
    RspMsgList: list,
  };
};

/** Each message has its own code; a live group's messages can be recalled for an hour. */
const recall: Handler<"group_open_http_svc/group_msg_recall"> = (world, body, caller, clock) => {
  const group = findGroup(world, body.GroupId);
  const log = logOf(group, body.TopicId, seconds(clock));
  const results = body.MsgSeqList.map(({ MsgSeq }) => ({
    MsgSeq,
    RetCode: recallOne(log, MsgSeq),
  }));
  const recalled = results.filter(({ RetCode }) => RetCode === 0);
  if (recalled.length > 0) {
    world.emit("Group.CallbackAfterRecallMsg", {
      ...groupFields(group),
      Operator_Account: caller,
      MsgSeqList: recalled.map(({ MsgSeq }) => ({ MsgSeq })),
      ...(body.TopicId && { TopicId: body.TopicId }),
    });
  }
  return { RecallRetList: results };
};

/** The newest messages only; nothing happens in a group that keeps none. */
const recallBySender: Handler<"group_open_http_svc/delete_group_msg_by_sender"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const log = logOf(findGroup(world, body.GroupId), body.TopicId, seconds(clock));
  for (const message of log.messages.slice(-NEWEST)) {
    if (message.from === body.Sender_Account) recallOne(log, message.seq);
  }
};

const pin: Handler<"group_open_http_svc/pin_message"> = (world, body, caller, clock) => {
  const group = groupWith(world, body.GroupId, "history");
  checkTopicNamed(group, body.TopicId);
  const log = logOf(group, body.TopicId, seconds(clock));
  checkImported(world, "Pinner_Account", body.Pinner_Account);
  const { seq, recalled } = findMessage(log, group, body.MsgSeq);
  if (recalled) refuse(10030, `Message ${seq} of ${quote(group.id)} was recalled`);
  const { pinned } = log;
  if (pinned.some(([known]) => known === seq)) {
    refuse(10071, `Message ${seq} of ${quote(group.id)} is pinned already`);
  }
  if (pinned.length >= MOST_PINNED) {
    refuse(
      10070,
      `Group ${quote(group.id)} has ${pinned.length} pinned messages, which is the limit`,
    );
  }
  log.pin(seq, body.Pinner_Account || caller);
};

const unpin: Handler<"group_open_http_svc/unpin_message"> = (world, body, _caller, clock) => {
  const group = groupWith(world, body.GroupId, "history");
  checkTopicNamed(group, body.TopicId);
  const log = logOf(group, body.TopicId, seconds(clock));
  checkImported(world, "UnPinner_Account", body.UnPinner_Account);
  findMessage(log, group, body.MsgSeq);
  if (!log.unpin(body.MsgSeq)) {
    refuse(10004, `MsgSeq is ${body.MsgSeq}, a message that is not pinned`);
  }
};

const listPinned: Handler<"group_open_http_svc/get_pinned_messages"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const group = groupWith(world, body.GroupId, "history");
  checkTopicNamed(group, body.TopicId);
  return {
    PinnedMsgList: logOf(group, body.TopicId, seconds(clock)).pinned
      .map(([MsgSeq, Pinner_Account]) => ({ MsgSeq, Pinner_Account })),
  };
};

const clear: Handler<"group_open_http_svc/clear_group_msg"> = (world, body) => {
  groupWith(world, body.GroupId, "clearing");
};

/** Messages that were sent. */
export const groupHistory: Service = service("group_open_http_svc", GROUP_CODES, {
  group_msg_get_simple: readHistory,
  group_msg_recall: differing(
    recall,
    "Recall is never switched off, for no group type (10033) and no app (10041)",
  ),
  delete_group_msg_by_sender: recallBySender,
  pin_message: pin,
  unpin_message: unpin,
  get_pinned_messages: listPinned,
  clear_group_msg: ackOnly(
    "It hides messages from clients; group_msg_get_simple goes on answering them",
    clear,
  ),
});

function historyItem(message: GroupMessage): HistoryItem {
  return {
    From_Account: message.from,
    IsPlaceMsg: message.recalled ? 2 : 0,
    MsgBody: message.body as HistoryItem["MsgBody"],
    MsgPriority: message.priority as HistoryItem["MsgPriority"],
    MsgRandom: message.random,
    MsgSeq: message.seq,
    MsgTimeStamp: message.time,
    ...(message.cloudCustomData !== undefined && { CloudCustomData: message.cloudCustomData }),
  };
}

/** A number whose message is not kept any more. */
function expired(seq: number): HistoryItem {
  return { IsPlaceMsg: 1, MsgBody: [], MsgSeq: seq };
}

/** 1 when all was read that was asked for, 0 when cut short at 20, 2 when nothing is left of it. */
function finished(wanted: number, nextSeq: number, list: HistoryItem[]): 0 | 1 | 2 {
  if (list.length > 0 && list.every(({ IsPlaceMsg }) => IsPlaceMsg === 1)) return 2;
  return wanted > MOST_READ && nextSeq > 0 ? 0 : 1;
}

/** Recalls a message if it can be: 0, or the code that says why not. */
function recallOne(log: MessageLog, seq: number): number {
  const message = log.get(seq);
  if (!message) return seq > 0 && seq <= log.lastSeq ? 10031 : 10030;
  if (message.recalled) return 10032;
  message.recalled = true;
  log.unpin(seq);
  return 0;
}

/** A community with topics has its messages in them. */
function checkTopicNamed(group: Group, topicId: string | undefined): void {
  if (group.supportTopic === 1 && !topicId) {
    refuse(10004, `TopicId is missing, and ${quote(group.id)} is a community with topics`);
  }
}

/**
 * Who has read what. Source: "Group Message" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import type { Group } from "../../store/groups.ts";
import type { GroupMessage } from "../../store/message_log.ts";
import type { World } from "../../store/world.ts";
import { pageOf, readPlace } from "../page_of.ts";
import { type AnswerOf, type Handler, seconds, type Service, service } from "../service.ts";
import { accountList, groupFields } from "./callbacks.ts";
import { findGroup, GROUP_CODES, groupWith, memberOf, rulesOf } from "./common.ts";
import { seqWithUnread } from "./membership.ts";
import { logOf } from "./message_logs.ts";

/** The cursor that says that a list is at its end. */
const END = "0";

type Receipt = NonNullable<
  AnswerOf<"group_open_http_svc/get_group_msg_receipt">["GroupMsgReceiptList"]
>[number];

/** Messages that nobody asked receipts for are passed over. */
const markRead: Handler<"group_open_http_svc/group_msg_receipt"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const group = groupWith(world, body.GroupId, "receipts");
  const log = logOf(group, undefined, seconds(clock));
  const { account } = memberOf(group, "From_Account", body.From_Account);
  for (const { MsgSeq } of body.MsgSeqList) {
    const message = log.get(MsgSeq);
    if (!message?.readers || message.from === account) continue;
    message.readers.add(account);
    tellReceipts(world, group, message, [account]);
  }
};

const countReaders: Handler<"group_open_http_svc/get_group_msg_receipt"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const group = groupWith(world, body.GroupId, "receipts");
  const log = logOf(group, undefined, seconds(clock));
  return {
    GroupMsgReceiptList: body.MsgSeqList.map(({ MsgSeq }): Receipt => {
      const message = log.get(MsgSeq);
      if (!message?.readers) return { Code: 10062, MsgSeq };
      return { Code: 0, MsgSeq, ...numbers(group, message) };
    }),
  };
};

const listReaders: Handler<"group_open_http_svc/get_group_msg_receipt_detail"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const group = groupWith(world, body.GroupId, "receipts");
  const { MsgSeq = refuse(10004, "MsgSeq is missing"), Filter, Count } = body;
  const message = logOf(group, undefined, seconds(clock)).get(MsgSeq);
  if (!message?.readers) {
    refuse(10062, `Message ${MsgSeq} of ${quote(group.id)} has no read receipt`);
  }
  const from = readPlace(body.Cursor, "Cursor", 10004);
  const { items, next } = pageOf(audience(group, message, Filter === 0), from, Count);
  return {
    MsgSeq,
    Cursor: next === 0 ? END : String(next),
    IsFinish: next === 0 ? 1 : 0,
    ...(Filter === 0
      ? { ReadList: items.map((Read_Account) => ({ Read_Account })) }
      : { UnreadList: items.map((Unread_Account) => ({ Unread_Account })) }),
  };
};

/** Without effect in groups that count no unread messages. */
const setUnread: Handler<"group_open_http_svc/set_unread_msg_num"> = (world, body) => {
  const group = findGroup(world, body.GroupId);
  if (!rulesOf(group).unread) return;
  const member = memberOf(group, "Member_Account", body.Member_Account);
  member.msgSeq = seqWithUnread(group, body.UnreadMsgNum);
};

/** Read receipts and unread counts. */
export const groupReceipts: Service = service("group_open_http_svc", GROUP_CODES, {
  group_msg_receipt: markRead,
  get_group_msg_receipt: countReaders,
  get_group_msg_receipt_detail: listReaders,
  set_unread_msg_num: setUnread,
});

/** Tells how many have read a message that asked for receipts. */
export function tellReceipts(
  world: World,
  group: Group,
  message: GroupMessage,
  readers: readonly string[] = [],
): void {
  // Counting takes as long as the group is large.
  if (!message.readers || !world.callbacks.wanted("Group.CallbackAfterReadReceipt")) return;
  world.emit("Group.CallbackAfterReadReceipt", {
    ...groupFields(group),
    GroupMsgReceiptList: [{
      MsgSeq: message.seq,
      ...numbers(group, message),
      ReadReceiptMembers: accountList(readers),
    }],
  });
}

/** The present members who got a message and have, or have not, read it; its sender is neither. */
function* audience(group: Group, message: GroupMessage, read: boolean): Generator<string> {
  for (const { account, joinTime } of group.members) {
    if (account === message.from || joinTime > message.time) continue;
    if (message.to && !message.to.includes(account)) continue;
    if (message.readers!.has(account) === read) yield account;
  }
}

function numbers(group: Group, message: GroupMessage): { ReadNum: number; UnreadNum: number } {
  return {
    ReadNum: [...audience(group, message, true)].length,
    UnreadNum: [...audience(group, message, false)].length,
  };
}

/**
 * Messages into groups: sent, imported, broadcast.
 * Source: "Group Message" of the Chat documentation.
 *
 * @module
 */

import { utf8 } from "../../../core/user_sig_rules.ts";
import { quote, refuse } from "../../refusal.ts";
import type { Group } from "../../store/groups.ts";
import type { GroupMessage, NewMessage } from "../../store/message_log.ts";
import { newExtension } from "../../store/message_extension.ts";
import { LIVE_MESSAGE_LIFE } from "../../store/package_limits.ts";
import type { World } from "../../store/world.ts";
import { checkWords, textsOf } from "../moderation.ts";
import { checkSpeaking } from "../openconfigsvr.ts";
import { ackOnly, type BodyOf, type Handler, seconds, type Service, service } from "../service.ts";
import {
  checkImported,
  findGroup,
  GROUP_CODES,
  groupWith,
  rulesOf,
  runningUntil,
} from "./common.ts";
import { findTopic } from "./find_topic.ts";
import { logOf } from "./message_logs.ts";

/** The most bytes of a message's elements as JSON. */
const MOST_BYTES = 12_288;
const PRIORITIES = { High: 1, Normal: 2, Low: 3, Lowest: 4 };

type SendGroupMsg = BodyOf<"group_open_http_svc/send_group_msg">;

/** Neither the caller nor From_Account need be a member; From_Account may be muted, the caller not. */
const send: Handler<"group_open_http_svc/send_group_msg"> = (world, body, caller, clock) => {
  const group = findGroup(world, body.GroupId);
  const time = seconds(clock);
  const log = logOf(group, body.TopicId, time);
  const from = body.From_Account ?? caller;
  checkImported(world, "From_Account", body.From_Account);
  checkOptions(group, body);
  checkMaySpeak(world, group, body.TopicId, from, time);
  checkSpeaking(world, from, "Group", time);
  checkWords(world, textsOf(body.MsgBody), time);
  const message: NewMessage = {
    from,
    time,
    storedAt: time,
    random: body.Random,
    priority: PRIORITIES[body.MsgPriority ?? "Normal"],
    body: body.MsgBody,
    cloudCustomData: body.CloudCustomData,
    to: body.To_Account,
    ...(body.NeedReadReceipt === 1 && rulesOf(group).receipts && { readers: new Set() }),
    ...(body.SupportMessageExtension === 1 && rulesOf(group).extensions && {
      extension: newExtension(),
    }),
  };
  const repeated = log.repeated(message);
  if (repeated) return { MsgTime: repeated.time, MsgSeq: repeated.seq };
  group.active = true;
  group.lastMsgTime = time;
  // A message for those who are online now is kept nowhere, so it takes no number.
  if (body.OnlineOnlyFlag && rulesOf(group).history) return { MsgTime: time, MsgSeq: log.lastSeq };
  const { seq } = log.add(message);
  noteSender(group, body.TopicId, from, seq, time);
  return { MsgTime: time, MsgSeq: seq };
};

/** Each message succeeds or fails by itself; afterwards nobody has unread messages. */
const importMessages: Handler<"group_open_http_svc/import_group_msg"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const group = groupWith(world, body.GroupId, "history");
  const now = seconds(clock);
  const log = logOf(group, body.TopicId, now);
  const known: GroupMessage[] = [];
  const results = body.MsgList.map(({ From_Account, SendTime, Random, MsgBody }) => {
    const message: NewMessage = {
      from: From_Account,
      time: SendTime,
      storedAt: now,
      random: Random ?? world.random(),
      priority: PRIORITIES.Normal,
      body: MsgBody,
    };
    if (utf8(JSON.stringify(MsgBody)).length > MOST_BYTES) {
      return { MsgSeq: 0, MsgTime: SendTime, Result: 80002 };
    }
    const repeated = log.repeated(message);
    if (repeated) return { MsgSeq: repeated.seq, MsgTime: repeated.time, Result: 0 };
    if (
      !world.accounts.has(From_Account) || SendTime > now || SendTime < group.createTime ||
      SendTime < log.lastTime
    ) return { MsgSeq: 0, MsgTime: SendTime, Result: 10004 };
    const added = log.add(message);
    known.push(added);
    return { MsgSeq: added.seq, MsgTime: SendTime, Result: 0 };
  });
  if (known.length > 0) {
    group.active = true;
    group.lastMsgTime = Math.max(group.lastMsgTime, known.at(-1)!.time);
    if (!body.TopicId) { for (const member of group.members) member.msgSeq = log.lastSeq; }
  }
  return { ImportMsgResult: results };
};

/** Goes to every AVChatRoom; numbered by a count of broadcasts, not by the groups' own. */
const broadcast: Handler<"group_open_http_svc/send_broadcast_msg"> = (
  world,
  body,
  caller,
  clock,
) => {
  checkImported(world, "From_Account", body.From_Account);
  const { broadcasts } = world.groups;
  const time = seconds(clock);
  const message: NewMessage = {
    from: body.From_Account ?? caller,
    time,
    storedAt: time,
    random: body.Random,
    priority: PRIORITIES.Normal,
    body: body.MsgBody,
    cloudCustomData: body.CloudCustomData,
  };
  broadcasts.forgetBefore(time - LIVE_MESSAGE_LIFE);
  const repeated = broadcasts.repeated(message);
  if (repeated) return { MsgSeq: repeated.seq };
  for (const group of world.groups.list("AVChatRoom").slice(0)) group.lastMsgTime = time;
  return { MsgSeq: broadcasts.add(message).seq };
};

const notify: Handler<"group_open_http_svc/send_group_system_notification"> = (world, body) => {
  const group = findGroup(world, body.GroupId);
  if (body.TopicId) findTopic(group, body.TopicId);
  if (rulesOf(group).onlineList && body.ToMembers_Account?.length) {
    refuse(10004, `ToMembers_Account names members, but ${group.form} notices go to everybody`);
  }
};

/** Messages into groups. */
export const groupMessages: Service = service("group_open_http_svc", GROUP_CODES, {
  send_group_msg: send,
  import_group_msg: importMessages,
  send_broadcast_msg: broadcast,
  send_group_system_notification: ackOnly(
    "Only clients that are online get it; it is stored nowhere and takes no number",
    notify,
  ),
});

/** Options that some forms do not have. */
function checkOptions(group: Group, body: SendGroupMsg): void {
  const rules = rulesOf(group);
  if (body.SendMsgControl?.includes("NoUnread") && !rules.unread) {
    refuse(
      10004,
      `SendMsgControl is NoUnread, but a ${group.form} group counts no unread messages`,
    );
  }
  if (body.To_Account?.length && !rules.chosenMembers) {
    refuse(10004, `To_Account chooses members, which a ${group.form} group does not support`);
  }
}

/** Refuses plain members, and others who are no administrators, while they are muted. */
function checkMaySpeak(
  world: World,
  group: Group,
  topicId: string | undefined,
  account: string,
  time: number,
): void {
  if (world.accounts.isAdmin(account)) return;
  const place = topicId ? findTopic(group, topicId) : group;
  for (const { mutes } of new Set([group, place])) {
    const until = runningUntil(mutes, account, time);
    if (until > 0) refuse(10017, `From_Account ${quote(account)} is muted until ${until}`);
  }
  const role = group.members.get(account)?.role ?? "Member";
  if (role !== "Member" || group.online.admins.has(account)) return;
  if (group.muteAllMember === "On" || place.muteAllMember === "On") {
    refuse(10017, `MuteAllMember is On, and From_Account ${quote(account)} is a plain member`);
  }
}

/** What a sent message says about its sender. */
function noteSender(
  group: Group,
  topicId: string | undefined,
  account: string,
  seq: number,
  time: number,
): void {
  const member = group.members.get(account);
  if (!member) return;
  member.lastSendMsgTime = time;
  if (topicId) {
    const { read } = findTopic(group, topicId);
    if ((read.get(account) ?? 0) === seq - 1) read.set(account, seq);
  } else if (member.msgSeq === seq - 1) member.msgSeq = seq;
}

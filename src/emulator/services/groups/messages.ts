/**
 * Messages into groups that are not simply sent: imported, broadcast, announced.
 * Source: "Group Message" of the Chat documentation.
 *
 * @module
 */

import { utf8 } from "../../../core/utf8.ts";
import { refuse } from "../../refusal.ts";
import type { GroupMessage, NewMessage } from "../../store/message_log.ts";
import { LIVE_MESSAGE_LIFE } from "../../store/package_limits.ts";
import { ackOnly, differing, type Handler, seconds, type Service, service } from "../service.ts";
import { checkImported, findGroup, GROUP_CODES, groupWith, rulesOf } from "./common.ts";
import { findTopic } from "./find_topic.ts";
import { logOf } from "./message_logs.ts";
import { PRIORITIES } from "./sending.ts";

/** The most bytes of a message's elements as JSON. */
const MOST_BYTES = 12_288;

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
      ...(body.RecentContactFlag !== 1 && { quiet: true }),
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
    for (const member of group.members) {
      if (body.TopicId) findTopic(group, body.TopicId).read.set(member.account, log.lastSeq);
      else member.msgSeq = log.lastSeq;
    }
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

/** Messages that are not simply sent. */
export const groupMessages: Service = service("group_open_http_svc", GROUP_CODES, {
  import_group_msg: differing(
    importMessages,
    "A message that is too long has Result 80002; 10020 is never answered",
  ),
  send_broadcast_msg: ackOnly(
    "Only clients that are online in live groups get it; it is stored nowhere",
    broadcast,
  ),
  send_group_system_notification: ackOnly(
    "Only clients that are online get it; it is stored nowhere and takes no number",
    notify,
  ),
});

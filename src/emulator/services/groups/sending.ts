/**
 * Messages sent into groups. Source: "Group Message" of the Chat documentation.
 *
 * @module
 */

import type { StoredMsgElement } from "../../../api/generated/types/common.ts";
import { quote, Refusal, refuse } from "../../refusal.ts";
import type { Group } from "../../store/groups.ts";
import { newExtension } from "../../store/message_extension.ts";
import type { GroupMessage, NewMessage } from "../../store/message_log.ts";
import { TRIAL_GROUP_MESSAGES } from "../../store/package_limits.ts";
import type { World } from "../../store/world.ts";
import {
  type AnswerOf,
  type BodyOf,
  type Handler,
  seconds,
  type Service,
  service,
} from "../service.ts";
import { checkWords, textsOf } from "../moderation.ts";
import { checkSpeaking } from "../openconfigsvr.ts";
import { groupFields, heed } from "./callbacks.ts";
import { checkImported, findGroup, GROUP_CODES, rulesOf, runningUntil } from "./common.ts";
import { findTopic } from "./find_topic.ts";
import { logOf } from "./message_logs.ts";
import { tellReceipts } from "./receipts.ts";

/** Priorities by the numbers under which they are stored. */
export const PRIORITIES = { High: 1, Normal: 2, Low: 3, Lowest: 4 };

/** The ErrorCode by which the app's server drops a message in silence. */
const DROP = 2;
/** Messages into one group. */
const MESSAGES_PER_SECOND = 40;

type Send = BodyOf<"group_open_http_svc/send_group_msg">;
type Sent = AnswerOf<"group_open_http_svc/send_group_msg">;

/** Tells the app's server of what was refused, too. */
const send: Handler<"group_open_http_svc/send_group_msg"> = (world, body, caller, clock) => {
  try {
    return sendMessage(world, body, caller, seconds(clock));
  } catch (error) {
    if (error instanceof Refusal) {
      world.emit("Group.CallbackSendMsgException", {
        ...event(body, caller, world.groups.get(body.GroupId)),
        ErrorCode: error.code,
        ErrorInfo: error.message,
      });
    }
    throw error;
  }
};

/** Messages into groups. */
export const groupSending: Service = service("group_open_http_svc", GROUP_CODES, {
  send_group_msg: send,
});

/** Neither the caller nor From_Account need be a member; From_Account may be muted, the caller not. */
function sendMessage(world: World, body: Send, caller: string, time: number): Sent {
  const group = findGroup(world, body.GroupId);
  const log = logOf(group, body.TopicId, time);
  const from = body.From_Account ?? caller;
  checkImported(world, "From_Account", body.From_Account);
  checkOptions(group, body);
  checkMaySpeak(world, group, body.TopicId, from, time);
  checkSpeaking(world, from, time);
  checkWords(world, textsOf(body.MsgBody), time);
  const message = newMessage(group, body, from, time);
  const repeated = log.repeated(message);
  if (repeated) return { MsgTime: repeated.time, MsgSeq: repeated.seq };
  const told = event(body, caller, group);
  const answer = body.ForbidCallbackControl?.includes("ForbidBeforeSendMsgCallback")
    ? undefined
    : world.ask("Group.CallbackBeforeSendMsg", told);
  if (answer?.ErrorCode === DROP) return { MsgTime: time, MsgSeq: log.lastSeq };
  heed(answer);
  // After the callback, which comes for what is dropped, too, and runs this handler anew.
  checkFrequency(world, group, time);
  if (answer?.MsgBody) told.MsgBody = answer.MsgBody;
  if (answer?.CloudCustomData !== undefined) told.CloudCustomData = answer.CloudCustomData;
  group.active = true;
  group.lastMsgTime = time;
  let { lastSeq: MsgSeq } = log;
  // A message for those who are online now is kept nowhere, so it takes no number.
  if (told.OnlineOnlyFlag === 0) {
    const changed = {
      ...message,
      body: told.MsgBody as GroupMessage["body"],
      cloudCustomData: told.CloudCustomData,
    };
    const added = log.add(changed, message.body);
    MsgSeq = added.seq;
    noteSender(group, body.TopicId, from, MsgSeq, time);
    tellReceipts(world, group, added);
  }
  if (!body.ForbidCallbackControl?.includes("ForbidAfterSendMsgCallback")) {
    world.emit("Group.CallbackAfterSendMsg", {
      ...told,
      MsgSeq,
      MsgTime: time,
      ...(body.GroupAtInfo && { GroupAtInfo: [...body.GroupAtInfo] }),
    });
  }
  const AtRobots_Account = mentionedRobots(world, body);
  if (AtRobots_Account.length > 0) {
    world.emit("Bot.OnGroupMessage", { ...told, MsgSeq, MsgTime: time, AtRobots_Account });
  }
  return { MsgTime: time, MsgSeq };
}

/** A mention of everybody is none of a chatbot. */
function mentionedRobots(world: World, { GroupAtInfo = [] }: Send): string[] {
  const mentioned = GroupAtInfo.flatMap(({ GroupAtAllFlag, GroupAt_Account }) =>
    GroupAtAllFlag === 0 && GroupAt_Account ? [GroupAt_Account] : []
  );
  return [...new Set(mentioned)].filter((account) => world.robots.valid.has(account));
}

function checkFrequency(world: World, group: Group, time: number): void {
  if (!world.within(`messages of ${group.id}`, MESSAGES_PER_SECOND, "second", time * 1000)) {
    refuse(10023, `More than ${MESSAGES_PER_SECOND} messages a second into ${quote(group.id)}`);
  }
  if (world.trial && !world.within("group messages", TRIAL_GROUP_MESSAGES, "day", time * 1000)) {
    refuse(10023, `The free edition sends ${TRIAL_GROUP_MESSAGES} messages a day into groups`);
  }
}

/** What callbacks tell of a message. */
function event(body: Send, caller: string, group: Group | undefined) {
  const online = body.OnlineOnlyFlag && group && rulesOf(group).history;
  return {
    ...(group ? groupFields(group) : { GroupId: body.GroupId, Type: "" }),
    From_Account: body.From_Account ?? caller,
    Operator_Account: caller,
    Random: body.Random,
    OnlineOnlyFlag: online ? 1 as const : 0 as const,
    MsgBody: body.MsgBody as StoredMsgElement[],
    ...(body.CloudCustomData !== undefined && { CloudCustomData: body.CloudCustomData }),
    ...(body.TopicId && { TopicId: body.TopicId }),
  };
}

function newMessage(group: Group, body: Send, from: string, time: number): NewMessage {
  const rules = rulesOf(group);
  return {
    from,
    time,
    storedAt: time,
    random: body.Random,
    priority: PRIORITIES[body.MsgPriority ?? "Normal"],
    body: body.MsgBody,
    cloudCustomData: body.CloudCustomData,
    to: body.To_Account,
    ...(body.SendMsgControl?.includes("NoLastMsg") && { quiet: true }),
    ...(body.NeedReadReceipt === 1 && rules.receipts && { readers: new Set() }),
    ...(body.SupportMessageExtension === 1 && rules.extensions && { extension: newExtension() }),
  };
}

/** Options that some forms do not have. */
function checkOptions(group: Group, body: Send): void {
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

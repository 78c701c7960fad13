/**
 * Which messages a command is about, and how long they are kept.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import type { Group } from "../../store/groups.ts";
import type { GroupMessage, MessageLog } from "../../store/message_log.ts";
import { LIVE_MESSAGE_LIFE, ROAMING_SECONDS } from "../../store/package_limits.ts";
import { rulesOf } from "./common.ts";
import { findTopic } from "./find_topic.ts";

/** The messages that a body with a GroupId and perhaps a TopicId is about, without expired ones. */
export function logOf(group: Group, topicId: string | undefined, time: number): MessageLog {
  const log = topicId ? findTopic(group, topicId).log : group.log;
  log.forgetBefore(time - (rulesOf(group).history ? ROAMING_SECONDS : LIVE_MESSAGE_LIFE));
  return log;
}

/** Finds a message, or refuses. */
export function findMessage(
  log: MessageLog,
  group: Group,
  seq: number,
  code = 10030,
): GroupMessage {
  return log.get(seq) ?? refuse(code, `Group ${quote(group.id)} has no message ${seq}`);
}

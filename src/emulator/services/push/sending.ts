/**
 * How a push finds its recipients and what it leaves behind.
 * Source: "Push" of the Chat documentation.
 *
 * @module
 */

import type { PushCondition } from "../../../api/generated/types/chat_message.ts";
import type { MsgElement } from "../../../api/generated/types/common.ts";
import { quote, refuse } from "../../refusal.ts";
import type { C2cMessage } from "../../store/c2c_messages.ts";
import { dailyPushes } from "../../store/package_limits.ts";
import type { PushTask } from "../../store/pushes.ts";
import type { World } from "../../store/world.ts";
import { store } from "../c2c_send.ts";
import { attributeNumber } from "./labels.ts";

/** A condition; the newer service can leave users out by their tags. */
export type Condition = PushCondition & { TagsNot?: string[] };

/** A push on its way. */
export interface PushDraft {
  command: string;
  from: string;
  random: number;
  /** In milliseconds since 1970. */
  time: number;
  recipients: readonly string[];
  /** What goes into the recipients' histories. */
  message?: MsgElement[];
}

/** The push with the same MsgRandom within the last second: the same push once more. */
export function earlierPush(
  world: World,
  command: string,
  random: number,
  now: number,
): PushTask | undefined {
  const { inOrder } = world.pushes;
  for (let at = inOrder.length - 1; at >= 0 && inOrder[at]!.time > now - 1000; at--) {
    const task = inOrder[at]!;
    if (task.command === command && task.random === random) return task;
  }
  return undefined;
}

/** Refuses a push to all users beyond the day's number. */
export function countPush(world: World, command: string, now: number): void {
  const most = dailyPushes(world.trial);
  if (world.within(command, most, "day", now)) return;
  refuse(90047, `${command} was called more often than ${most} times within a day`);
}

/** Sends a push: notes it, and puts its message into histories. */
export function push(world: World, draft: PushDraft, id: string): PushTask {
  const { command, random, time, recipients } = draft;
  const messages = draft.message ? deliver(world, draft, draft.message) : [];
  const task: PushTask = {
    id,
    command,
    random,
    time,
    recipients: recipients.length,
    messages,
    revoked: false,
  };
  world.pushes.add(task);
  return task;
}

/** The id of a push to all or some. */
export function taskId(world: World, random: number, chance: number = world.random()): string {
  const number = String(world.pushes.tasks.size + 1).padStart(8, "0");
  return `${world.sdkAppId}_1441152000${number}_${chance}_${random}`;
}

/** The id of a push to named users. */
export function batchId(world: World, random: number): string {
  const number = 0x2000_0000 + world.pushes.tasks.size + 1;
  return `batch_${[world.sdkAppId, number, random].map((part) => part.toString(16)).join("_")}`;
}

/** Whom a push is for; everybody without a condition. */
export function recipientsOf(world: World, condition: Condition = {}): string[] {
  const { TagsOr, TagsAnd, TagsNot, AttrsOr, AttrsAnd } = condition;
  if ((TagsOr || TagsAnd || TagsNot) && (AttrsOr || AttrsAnd)) {
    refuse(90039, "Condition has tags and attributes, which exclude each other");
  }
  const tags = [...TagsOr ?? [], ...TagsAnd ?? []];
  const repeated = tags.find((tag, at) => tags.indexOf(tag) !== at);
  if (repeated !== undefined) refuse(90022, `Condition has the tag ${quote(repeated)} twice`);
  const numbered = (attrs: Record<string, string> = {}) =>
    Object.entries(attrs).map(([name, value]) => [attributeNumber(world, name), value] as const);
  const [or, and] = [numbered(AttrsOr), numbered(AttrsAnd)];
  return [...world.accounts.names()].filter((account) => {
    const own = world.pushLabels.tagsOf(account);
    const attributes = world.pushLabels.attributesOf(account);
    const has = ([number, value]: readonly [string, string]) => attributes.get(number) === value;
    return (!TagsOr || TagsOr.some((tag) => own.has(tag))) &&
      (!TagsAnd || TagsAnd.every((tag) => own.has(tag))) &&
      !TagsNot?.some((tag) => own.has(tag)) &&
      (!AttrsOr || or.some(has)) && and.every(has);
  });
}

function deliver(
  world: World,
  { from, recipients, random, time }: PushDraft,
  body: MsgElement[],
): C2cMessage[] {
  const msgSeq = world.random();
  return recipients.filter((to) => to !== from).flatMap((to) =>
    store(world, {
      from,
      to,
      msgSeq,
      random,
      time: Math.floor(time / 1000),
      body,
      unread: true,
      movesUp: true,
      syncToSender: true,
    }) ?? []
  );
}

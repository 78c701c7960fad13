/**
 * What the group commands share: finding a group, and asking whether its form allows something.
 *
 * @module
 */

import { utf8 } from "../../../core/utf8.ts";
import { quote, refuse } from "../../refusal.ts";
import { GROUP_RULES, type GroupRules } from "../../store/group_types.ts";
import type { Group } from "../../store/groups.ts";
import type { Member } from "../../store/members.ts";
import type { World } from "../../store/world.ts";
import type { ServiceCodes } from "../service.ts";

/** The codes of every servicename that is about groups. */
export const GROUP_CODES: ServiceCodes = { badBody: 10004, unknownCommand: 10003 };

/** The time of a mute or ban that does not end. */
const FOR_EVER = 4_294_967_295;

/** A custom field as it is sent and answered. */
export interface DefinedData {
  Key: string;
  Value: string;
}

/** Finds a group, or refuses: 10015 when the id cannot be one, 10010 when there is no such group. */
export function findGroup(world: World, id: string): Group {
  if (id === "") refuse(10015, "GroupId is empty");
  return world.groups.get(id) ?? refuse(10010, noGroup(id));
}

/** Says that a group is not there. */
export function noGroup(id: string): string {
  return `There is no group ${quote(id)}`;
}

/** The rules that apply to a group. */
export function rulesOf(group: Group): GroupRules {
  return GROUP_RULES[group.form];
}

/** What a group may or may not have, as words for people. */
const WORDS: Partial<Record<keyof GroupRules, string>> = {
  members: "keeps no members",
  admins: "has no admins",
  mutes: "cannot mute members",
  history: "keeps no messages",
  clearing: "cannot be cleared of its history",
  receipts: "has no read receipts",
  extensions: "keeps no key-values of messages",
  counters: "has no counters",
  onlineList: "has no list of who is online",
};

/** Finds a group whose form has something, or refuses with 10007 or another code. */
export function groupWith(
  world: World,
  id: string,
  has: keyof typeof WORDS,
  code: number = 10007,
): Group {
  const group = findGroup(world, id);
  if (!rulesOf(group)[has]) {
    refuse(code, `Group ${quote(id)} is of the form ${group.form}, which ${WORDS[has]}`);
  }
  return group;
}

/** Finds a member, or refuses. */
export function memberOf(group: Group, field: string, account: string): Member {
  return group.members.get(account) ??
    refuse(10004, `${field} is ${quote(account)}, who is no member of ${quote(group.id)}`);
}

/** Refuses an account that was never imported. */
export function checkImported(world: World, path: string, account: string | undefined): void {
  if (account !== undefined && !world.accounts.has(account)) {
    refuse(10019, `${path} is ${quote(account)}, which is no imported account`);
  }
}

/** Whether an account is kept out of a group at a time in seconds. */
export function isBanned(group: Group, account: string, time: number): boolean {
  return (group.bans.get(account) ?? 0) > time;
}

/** When something of a length in seconds ends that begins now. */
function endOf(time: number, length: number): number {
  return Math.min(time + length, FOR_EVER);
}

/** Until when somebody is muted or banned: 0 when not, or not any more. */
export function runningUntil(
  ends: ReadonlyMap<string, number>,
  account: string,
  time: number,
): number {
  const until = ends.get(account) ?? 0;
  return until > time ? until : 0;
}

/** Sets, or lifts with a length of 0, a mute or ban. */
export function setEnd(
  ends: Map<string, number>,
  accounts: readonly string[],
  time: number,
  length: number,
): void {
  for (const account of accounts) {
    ends.delete(account);
    if (length > 0) ends.set(account, endOf(time, length));
  }
}

/** Who is muted or banned at a time, with when that ends. */
export function* running(
  ends: ReadonlyMap<string, number>,
  time: number,
): Generator<[account: string, until: number]> {
  for (const end of ends) if (end[1] > time) yield end;
}

/** The most custom fields of a group, and of a member. */
const MOST_FIELDS = { AppDefinedData: 10, AppMemberDefinedData: 5 };

/** Changes custom fields: only the named keys; an empty value deletes its key. */
export function changeData(
  owner: { data?: Map<string, string> },
  field: keyof typeof MOST_FIELDS,
  changes: readonly DefinedData[] = [],
): void {
  if (changes.length === 0) return;
  const data = new Map(owner.data);
  for (const { Key, Value } of changes) {
    if (Value === "") data.delete(Key);
    else data.set(Key, Value);
  }
  if (data.size > MOST_FIELDS[field]) {
    refuse(10004, `${field} would have ${data.size} keys, limit is ${MOST_FIELDS[field]}`);
  }
  owner.data = data;
}

/** The most bytes of an answer, and a number of items that cannot make as many. */
const MOST_BYTES = 1_048_576;
const FEW_ITEMS = 500;

/** Lets an answer through that is not too large (10018); one of few items is not measured. */
export function sizedAnswer<Answer extends object>(answer: Answer, items: number): Answer {
  if (items <= FEW_ITEMS) return answer;
  const bytes = utf8(JSON.stringify(answer)).length;
  if (bytes > MOST_BYTES) {
    refuse(10018, `The answer would hold ${bytes} bytes, limit is ${MOST_BYTES}; ask for less`);
  }
  return answer;
}

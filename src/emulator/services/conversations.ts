/**
 * The conversations that an account has: one-to-one as they were noted, with groups as it is a member.
 *
 * @module
 */

import { quote, refuse } from "../refusal.ts";
import { type Contact, contactKey, type ContactType } from "../store/recent_contacts.ts";
import type { World } from "../store/world.ts";

/** Every conversation of an account, those without a message too. */
export function conversationsOf(world: World, account: string): Contact[] {
  const { contacts, deletedGroups } = world.contacts.of(account);
  const ofGroups = joinedGroups(world, account).map(({ id, time, lastSeq }): Contact => ({
    type: 2,
    id,
    time,
    topTime: contacts.get(contactKey(2, id))?.topTime ?? 0,
    empty: lastSeq <= (deletedGroups.get(id) ?? 0),
  }));
  const oneToOne = [...contacts.values()].filter(({ type }) => type === 1);
  // A deleted conversation is gone until something is said; only a pin keeps an empty one.
  return [
    ...oneToOne,
    ...ofGroups.filter(({ id, empty, topTime }) => !empty || topTime > 0 || !deletedGroups.has(id)),
  ];
}

/** Deletes a conversation of an account; the other side keeps its own. */
export function deleteConversation(world: World, account: string, type: ContactType, id: string) {
  const { contacts, deletedGroups } = world.contacts.of(account);
  contacts.delete(contactKey(type, id));
  if (type === 1) world.c2cMessages.markRead(account, id, Infinity);
  else deletedGroups.set(id, (world.groups.get(id)?.nextMsgSeq ?? 1) - 1);
}

/** What a conversation is with: the account, or the group, that a body's item names. */
export function contactId(
  item: { Type: ContactType; To_Account?: string },
  groupField: string,
  groupId: string | undefined,
): string {
  const [field, id] = item.Type === 1 ? ["To_Account", item.To_Account] : [groupField, groupId];
  return id || refuse(50002, `${field} is missing, which Type ${item.Type} needs`);
}

/** Refuses the whole call when the account on whose behalf it is made does not exist. */
export function checkOwner(world: World, account: string, field = "From_Account"): void {
  if (!world.accounts.has(account)) {
    refuse(50001, `${field} is ${quote(account)}, which is no imported account`);
  }
}

interface JoinedGroup {
  id: string;
  time: number;
  lastSeq: number;
}

function joinedGroups(world: World, account: string): JoinedGroup[] {
  const list = world.groups.list();
  return list.page(0, list.size).items.flatMap((group) => {
    const member = group.members.get(account);
    if (!member) return [];
    const time = group.lastMsgTime || member.joinTime;
    return [{ id: group.id, time, lastSeq: group.nextMsgSeq - 1 }];
  });
}

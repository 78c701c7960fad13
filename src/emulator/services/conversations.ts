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
  const all: Contact[] = [];
  const pins = new Map<string, number>();
  for (const contact of contacts.values()) {
    if (contact.type === 1) all.push(contact);
    else pins.set(contact.id, contact.topTime);
  }
  for (const group of world.groups.joinedBy(account)) {
    const { id, log } = group;
    const topTime = pins.get(id) ?? 0;
    const deleted = deletedGroups.get(id);
    const { seq, time: movedAt } = log.moved;
    const empty = seq <= (deleted ?? 0);
    // A deleted conversation is gone until something is said; only a pin keeps an empty one.
    if (empty && topTime === 0 && deleted !== undefined) continue;
    const time = movedAt || group.members.get(account)!.joinTime;
    all.push({ type: 2, id, time, topTime, empty });
  }
  return all;
}

/** Deletes a conversation of an account; the other side keeps its own. */
export function deleteConversation(world: World, account: string, type: ContactType, id: string) {
  const { contacts, deletedGroups } = world.contacts.of(account);
  contacts.delete(contactKey(type, id));
  if (type === 1) world.c2cMessages.markRead(account, id, Infinity);
  else {
    const group = world.groups.get(id);
    if (group?.members.has(account)) deletedGroups.set(id, group.log.lastSeq);
  }
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

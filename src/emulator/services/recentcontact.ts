/**
 * `recentcontact`: the list of conversations. Source: "Recent contacts" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../refusal.ts";
import { type Contact, contactKey } from "../store/recent_contacts.ts";
import { contactLabelCommands } from "./contact_labels.ts";
import { checkOwner, contactId, conversationsOf, deleteConversation } from "./conversations.ts";
import { type Handler, seconds, type Service, service } from "./service.ts";

/** Conversations in one answer. */
const PAGE = 100;
const MAX_PINNED = 50;
/** Bits of AssistFlags. */
const WITH_PINNED = 1;
const WITH_EMPTY = 2;
const PAGED_PINNED = 4;

/** Pinned ones first, then the others; each kind from the newest on. */
const getList: Handler<"recentcontact/get_list"> = (world, body) => {
  const { From_Account, AssistFlags } = body;
  checkOwner(world, From_Account);
  const tops: Contact[] = [];
  const others: Contact[] = [];
  for (const contact of conversationsOf(world, From_Account)) {
    if (contact.empty && (AssistFlags & WITH_EMPTY) === 0) continue;
    const isTop = contact.topTime > 0 && (AssistFlags & WITH_PINNED) !== 0;
    (isTop ? tops : others).push(contact);
  }
  const isFirst = body.TimeStamp === 0 && body.StartIndex === 0;
  const paged = (AssistFlags & PAGED_PINNED) !== 0;
  const top = paged || isFirst
    ? page(tops, (contact) => contact.topTime, body.TopTimeStamp, body.TopStartIndex)
    : page([], () => 0, body.TopTimeStamp, body.TopStartIndex);
  const pinned = top.take(PAGE);
  const other = page(
    others,
    (contact) => contact.time,
    body.TimeStamp,
    body.StartIndex,
  );
  const ordinary = other.take(PAGE - pinned.length);
  const [topTime, topIndex] = top.mark();
  const [time, index] = other.mark();
  return {
    SessionItem: [...pinned, ...ordinary].map((contact) => ({
      Type: contact.type,
      ...(contact.type === 1 ? { To_Account: contact.id } : { GroupId: contact.id }),
      MsgTime: contact.time,
      TopFlag: contact.topTime > 0 ? 1 : 0,
    })),
    CompleteFlag: top.done() && other.done() ? 1 : 0,
    TimeStamp: time,
    StartIndex: index,
    TopTimeStamp: topTime,
    TopStartIndex: topIndex,
    ErrorDisplay: "",
  };
};

/** A conversation that is not there is as good as deleted. */
const deleteOne: Handler<"recentcontact/delete"> = (world, body) => {
  const { From_Account, Type, ToGroupid, ClearRamble } = body;
  checkOwner(world, From_Account);
  const id = contactId(body, "ToGroupid", ToGroupid);
  if (Type === 1) {
    checkOwner(world, id, "To_Account");
    if (ClearRamble === 1) world.c2cMessages.hideAll(From_Account, id);
  }
  deleteConversation(world, From_Account, Type, id);
  return { ErrorDisplay: "" };
};

const top: Handler<"recentcontact/top"> = (world, body, _caller, clock) => {
  const { From_Account, OperationType, RecentContactItem } = body;
  checkOwner(world, From_Account);
  const items = RecentContactItem.map((item) => {
    const id = contactId(item, "GroupId", item.GroupId);
    if (item.Type === 1) checkOwner(world, id, "To_Account");
    else if (!world.groups.has(id)) refuse(51007, `There is no group ${quote(id)}`);
    return { type: item.Type, id };
  });
  const own = world.contacts.of(From_Account);
  if (OperationType === 1) {
    const after = new Set(items.map(({ type, id }) => contactKey(type, id)));
    for (const [key, { topTime }] of own.contacts) if (topTime > 0) after.add(key);
    if (after.size > MAX_PINNED) {
      refuse(51012, `${after.size} conversations would be pinned, limit is ${MAX_PINNED}`);
    }
  }
  for (const { type, id } of items) {
    const contact = world.contacts.open(From_Account, type, id);
    contact.topTime = OperationType === 1 ? seconds(clock) : 0;
    if (OperationType === 2 && contact.empty) own.contacts.delete(contactKey(type, id));
  }
  return { ErrorDisplay: "" };
};

/** Conversations: list, delete, pin, and their groups and marks. */
export const recentContactService: Service = service(
  "recentcontact",
  { badBody: 50002, unknownCommand: 60008 },
  { get_list: getList, delete: deleteOne, top, ...contactLabelCommands },
);

/**
 * Reads a list from the newest item on. A place in it is a time and how many items of that time were read;
 * 0 and 0 is the start.
 */
function page(
  contacts: Contact[],
  timeOf: (contact: Contact) => number,
  time: number,
  index: number,
) {
  const isStart = time === 0 && index === 0;
  const left = isStart ? contacts : contacts.filter((contact) => timeOf(contact) <= time);
  const sorted = newest(left, timeOf, index + PAGE);
  let at = index;
  let mark: [time: number, index: number] = [time, index];
  return {
    take(count: number): Contact[] {
      const items = sorted.slice(at, at + count);
      at += items.length;
      const last = items.at(-1);
      if (last) {
        const lastTime = timeOf(last);
        const first = sorted.findIndex((contact) => timeOf(contact) === lastTime);
        mark = [lastTime, at - first];
      }
      return items;
    },
    mark: () => mark,
    done: () => at >= left.length,
  };
}

/** So many of the newest, and those of the same time as the last; only these are put in order. */
function newest(contacts: Contact[], timeOf: (contact: Contact) => number, count: number) {
  const byTime = (one: Contact, other: Contact) => timeOf(other) - timeOf(one);
  if (contacts.length <= count) return contacts.toSorted(byTime);
  const oldest = Float64Array.from(contacts, timeOf).sort()[contacts.length - count]!;
  return contacts.filter((contact) => timeOf(contact) >= oldest).sort(byTime);
}

/**
 * `recentcontact`: the list of conversations. Source: "Recent contacts" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../refusal.ts";
import type { Contact } from "../store/recent_contacts.ts";
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
  const all = conversationsOf(world, From_Account)
    .filter(({ empty }) => !empty || (AssistFlags & WITH_EMPTY) !== 0);
  const isTop = ({ topTime }: Contact) => topTime > 0 && (AssistFlags & WITH_PINNED) !== 0;
  const isFirst = body.TimeStamp === 0 && body.StartIndex === 0;
  const paged = (AssistFlags & PAGED_PINNED) !== 0;
  const top = paged || isFirst
    ? page(all.filter(isTop), (contact) => contact.topTime, body.TopTimeStamp, body.TopStartIndex)
    : page([], () => 0, body.TopTimeStamp, body.TopStartIndex);
  const pinned = top.take(PAGE);
  const other = page(
    all.filter((contact) => !isTop(contact)),
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
    const before = [...own.contacts].filter(([, { topTime }]) => topTime > 0).map(([key]) => key);
    const after = new Set([...before, ...items.map(({ type, id }) => `${type}:${id}`)]);
    if (after.size > MAX_PINNED) {
      refuse(51012, `${after.size} conversations would be pinned, limit is ${MAX_PINNED}`);
    }
  }
  for (const { type, id } of items) {
    const contact = world.contacts.open(From_Account, type, id);
    contact.topTime = OperationType === 1 ? seconds(clock) : 0;
    if (OperationType === 2 && contact.empty) own.contacts.delete(`${type}:${id}`);
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
  const sorted = contacts.toSorted((one, other) => timeOf(other) - timeOf(one));
  const older = sorted.findIndex((contact) => timeOf(contact) <= time);
  let at = time === 0 && index === 0 ? 0 : (older < 0 ? sorted.length : older) + index;
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
    done: () => at >= sorted.length,
  };
}

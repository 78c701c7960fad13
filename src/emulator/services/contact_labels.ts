/**
 * `recentcontact`: groups and marks of conversations.
 * Source: "Conversation groups and marks" of the Chat documentation.
 *
 * @module
 */

import type {
  ContactGroup,
  ContactItem,
  ContactMark,
} from "../../api/generated/types/chat_relation.ts";
import { utf8 } from "../../core/utf8.ts";
import { quote, refuse } from "../refusal.ts";
import { type AccountContacts, contactKey, type ContactLabels } from "../store/recent_contacts.ts";
import type { World } from "../store/world.ts";
import { checkOwner, contactId } from "./conversations.ts";
import { type BodyOf, type Handler, type HandlersOf, seconds } from "./service.ts";

const MAX_GROUPS = 20;
const MAX_NAME_BYTES = 32;
/** The newest page of update_contact_group; elsewhere it is 32, too. */
const MAX_NEW_NAME_BYTES = 64;
const MAX_LABELLED = 1000;
/** Conversations in one answer of get_contact_group. */
const PAGE = 100;

type MarkItem = BodyOf<"recentcontact/mark_contact">["MarkItem"][number];
type Fault = [code: number, info: string];

/** A group of that name which is there already gets the conversations as well. */
const createGroup: Handler<"recentcontact/create_contact_group"> = (
  world,
  body,
  _caller,
  clock,
) => {
  checkOwner(world, body.From_Account);
  const own = world.contacts.of(body.From_Account);
  const { GroupName, ContactItem } = body.GroupContactItem[0]!;
  checkName("GroupContactItem[0].GroupName", GroupName);
  ContactItem.forEach(checkItem);
  if (!own.groups.has(GroupName)) {
    if (own.groups.size >= MAX_GROUPS) {
      refuse(51010, `There are ${own.groups.size} conversation groups, limit is ${MAX_GROUPS}`);
    }
    own.groups.set(GroupName, ++own.lastGroup);
  }
  const GroupId = own.groups.get(GroupName)!;
  const ResultItem = ContactItem.map((item) => {
    const outcome = outcomeOf(addToGroup(world, own, item, GroupId, seconds(clock)));
    return { ContactItem: item, ...outcome };
  });
  return {
    GroupResultItem: [{ GroupItem: { GroupName, GroupId }, ResultItem }],
    ErrorDisplay: "",
  };
};

const updateGroup: Handler<"recentcontact/update_contact_group"> = (
  world,
  body,
  _caller,
  clock,
) => {
  checkOwner(world, body.From_Account);
  const own = world.contacts.of(body.From_Account);
  const { UpdateGroupType, OldGroupName = "", NewGroupName, ContactUpdateItem } = body.UpdateGroup;
  const GroupId = own.groups.get(OldGroupName) ?? refuse(51009, noGroup(OldGroupName));
  const result = { UpdateGroupType, GroupId, OldGroupName };
  if (UpdateGroupType === 1) {
    if (!NewGroupName) refuse(50002, "UpdateGroup.NewGroupName is missing");
    checkName("UpdateGroup.NewGroupName", NewGroupName, MAX_NEW_NAME_BYTES);
    if (NewGroupName !== OldGroupName && own.groups.has(NewGroupName)) {
      refuse(50002, `There is a conversation group ${quote(NewGroupName)} already`);
    }
    // In the old one's place, so that the order of the groups stays.
    const renamed = [...own.groups].map(([name, id]): [string, number] => [
      name === OldGroupName ? NewGroupName : name,
      id,
    ]);
    own.groups.clear();
    for (const [name, id] of renamed) own.groups.set(name, id);
    return {
      UpdateType: 1,
      UpdateGroupResult: { ...result, GroupName: NewGroupName },
      ErrorDisplay: "",
    };
  }
  ContactUpdateItem?.forEach(({ ContactItem }) => checkItem(ContactItem));
  const ContactResultItem = (ContactUpdateItem ?? []).map(({ ContactOptType, ContactItem }) => {
    const change = ContactOptType === 1 ? addToGroup : takeFromGroup;
    const outcome = outcomeOf(change(world, own, ContactItem, GroupId, seconds(clock)));
    return { ContactOptType, ContactItem, ...outcome };
  });
  return {
    UpdateType: 1,
    UpdateGroupResult: { ...result, GroupName: OldGroupName, ContactResultItem },
    ErrorDisplay: "",
  };
};

const deleteGroup: Handler<"recentcontact/del_contact_group"> = (world, body, _caller, clock) => {
  checkOwner(world, body.From_Account);
  const own = world.contacts.of(body.From_Account);
  const name = body.GroupName[0]!;
  const GroupId = own.groups.get(name) ?? refuse(51009, noGroup(name));
  own.groups.delete(name);
  for (const labels of own.labels.values()) {
    if (labels.groups.delete(GroupId)) labels.time = seconds(clock);
  }
  return { GroupItem: [{ GroupName: name, GroupId }], ErrorDisplay: "" };
};

const markContact: Handler<"recentcontact/mark_contact"> = (world, body, _caller, clock) => {
  checkOwner(world, body.From_Account);
  const own = world.contacts.of(body.From_Account);
  body.MarkItem.forEach(({ ContactItem }) => checkItem(ContactItem));
  const ResultItem = body.MarkItem.map((item) => ({
    OptType: item.OptType,
    ContactItem: item.ContactItem,
    ...outcomeOf(mark(world, own, item, seconds(clock))),
  }));
  return { ResultItem, ErrorDisplay: "" };
};

/** `GroupItem` names the groups that the answered conversations are in. */
const searchGroup: Handler<"recentcontact/search_contact_group"> = (world, body) => {
  checkOwner(world, body.From_Account);
  const own = world.contacts.of(body.From_Account);
  const found = body.ContactItem.map((item) => {
    const { Type, To_Account, ToGroupId } = item;
    const labels = own.labels.get(contactKey(Type, contactId(item, "ToGroupId", ToGroupId)));
    return labels ? contactMark(labels) : { Type, To_Account, ToGroupId };
  });
  const used = new Set(found.flatMap(({ ContactGroupId = [] }: ContactMark) => ContactGroupId));
  return {
    ContactResultItem: found,
    GroupItem: groupItems(own).filter(({ GroupId }) => used.has(GroupId!)),
    ErrorDisplay: "",
  };
};

/** Every answer names all groups. */
const getGroup: Handler<"recentcontact/get_contact_group"> = (world, body) => {
  checkOwner(world, body.From_Account);
  const own = world.contacts.of(body.From_Account);
  const all = [...own.labels.values()].filter((labels) =>
    isMarked(labels) || labels.groups.size > 0
  );
  const next = body.StartIndex + PAGE < all.length ? body.StartIndex + PAGE : 0;
  return {
    ContactItem: all.slice(body.StartIndex, body.StartIndex + PAGE).map(contactMark),
    GroupItem: groupItems(own),
    CompleteFlag: next === 0 ? 1 : 0,
    NextStartIndex: next,
    ErrorDisplay: "",
  };
};

/** The commands about groups and marks. */
export const contactLabelCommands: HandlersOf<"recentcontact"> = {
  create_contact_group: createGroup,
  update_contact_group: updateGroup,
  del_contact_group: deleteGroup,
  mark_contact: markContact,
  search_contact_group: searchGroup,
  get_contact_group: getGroup,
};

function checkName(field: string, name: string, limit: number = MAX_NAME_BYTES): void {
  const bytes = utf8(name).length;
  if (bytes > limit) refuse(51011, `${field} is ${bytes} bytes of UTF-8, limit is ${limit}`);
}

function noGroup(name: string): string {
  return `There is no conversation group ${quote(name)}`;
}

/** Refuses an item that names neither account nor group, before anything is changed. */
function checkItem(item: ContactItem): void {
  contactId(item, "ToGroupId", item.ToGroupId);
}

/** The outcome for one conversation. */
function outcomeOf([ResultCode, ResultInfo]: Fault = [0, ""]) {
  return { ResultCode, ResultInfo };
}

/** The labels of a conversation, begun where there are none; a fault when it is with nobody. */
function labelsOf(world: World, own: AccountContacts, item: ContactItem): ContactLabels | Fault {
  const { Type: type, ToGroupId } = item;
  const id = contactId(item, "ToGroupId", ToGroupId);
  if (type === 1 && !world.accounts.has(id)) return [50001, `There is no account ${quote(id)}`];
  if (type === 2 && !world.groups.has(id)) return [51007, `There is no group ${quote(id)}`];
  const key = contactKey(type, id);
  let labels = own.labels.get(key);
  if (!labels) {
    labels = { type, id, marks: new Set(), customMark: "", groups: new Set(), time: 0 };
    own.labels.set(key, labels);
  }
  return labels;
}

function addToGroup(
  world: World,
  own: AccountContacts,
  item: ContactItem,
  group: number,
  now: number,
): Fault | undefined {
  const labels = labelsOf(world, own, item);
  if (Array.isArray(labels)) return labels;
  const grouped = [...own.labels.values()].filter(({ groups }) => groups.size > 0).length;
  if (labels.groups.size === 0 && grouped >= MAX_LABELLED) {
    return [51008, `${MAX_LABELLED} conversations are in groups, which is the limit`];
  }
  if (labels.groups.has(group)) return undefined;
  labels.groups.add(group);
  labels.time = now;
  return undefined;
}

function takeFromGroup(
  world: World,
  own: AccountContacts,
  item: ContactItem,
  group: number,
  now: number,
): Fault | undefined {
  const labels = labelsOf(world, own, item);
  if (Array.isArray(labels)) return labels;
  if (labels.groups.delete(group)) labels.time = now;
  return undefined;
}

function mark(
  world: World,
  own: AccountContacts,
  { OptType, ContactItem, SetMark = [], ClearMark = [], CustomMark = "" }: MarkItem,
  now: number,
): Fault | undefined {
  const labels = labelsOf(world, own, ContactItem);
  if (Array.isArray(labels)) return labels;
  const full = [...own.labels.values()].filter(isMarked).length >= MAX_LABELLED;
  if (!isMarked(labels) && full) {
    return [51008, `${MAX_LABELLED} conversations are marked, which is the limit`];
  }
  if (OptType !== 2) {
    for (const number of ClearMark) labels.marks.delete(number);
    for (const number of SetMark) labels.marks.add(number);
  }
  if (OptType !== 1) labels.customMark = CustomMark;
  labels.time = now;
  return undefined;
}

function isMarked({ marks, customMark }: ContactLabels): boolean {
  return marks.size > 0 || customMark !== "";
}

/** Standard marks as a binary number: mark 1 is its last digit. */
function contactMark({ type, id, marks, customMark, groups, time }: ContactLabels): ContactMark {
  const bits = Array.from({ length: Math.max(0, ...marks) }, (_, at) => marks.has(at + 1) ? 1 : 0);
  return {
    Type: type,
    ...(type === 1 ? { To_Account: id } : { ToGroupId: id }),
    ...(marks.size > 0 && { StandardMark: bits.reverse().join("") }),
    ...(customMark !== "" && { CustomMark: customMark }),
    ...(groups.size > 0 && { ContactGroupId: [...groups] }),
    Timestamp: time,
  };
}

function groupItems(own: AccountContacts): ContactGroup[] {
  return [...own.groups].map(([GroupName, GroupId]) => ({ GroupName, GroupId }));
}

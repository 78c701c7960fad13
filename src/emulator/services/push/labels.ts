/**
 * Tags and attributes for pushes, as both push services change and show them.
 * Source: "Push" of the Chat documentation.
 *
 * @module
 */

import type {
  UserAttrNames,
  UserAttrs,
  UserTags,
} from "../../../api/generated/types/chat_message.ts";
import { quote, refuse } from "../../refusal.ts";
import type { World } from "../../store/world.ts";

const BAD_BODY = 90001;
const BAD_ATTRIBUTE = 90033;
const TOO_MANY_TAGS = 90032;
const MAX_TAGS = 100;
const MAX_TAGS_OF_APP = 1000;

/** Names attributes; a number that is not mentioned keeps its name. */
export function nameAttributes(
  { pushLabels }: World,
  names: Record<string, string>,
  types: Record<string, 0 | 1> = {},
): void {
  for (const [number, type] of Object.entries(types)) {
    if (!Object.hasOwn(names, number)) {
      refuse(BAD_BODY, `AttrTypes has the attribute ${quote(number)}, which AttrNames has not`);
    }
    const before = pushLabels.attributeTypes.get(number) ?? type;
    if (before !== type) {
      refuse(BAD_ATTRIBUTE, `Attribute ${quote(number)} has the type ${before}, which stays`);
    }
  }
  for (const [number, name] of Object.entries(names)) {
    pushLabels.attributeNames.set(number, name);
    if (types[number] !== undefined) pushLabels.attributeTypes.set(number, types[number]);
  }
}

/** The names of the attributes by number. */
export function attributeNames({ pushLabels }: World): Record<string, string> {
  return Object.fromEntries(pushLabels.attributeNames);
}

/** The number of a named attribute. */
export function attributeNumber({ pushLabels }: World, name: string): string {
  return pushLabels.attributeNumber(name) ??
    refuse(BAD_ATTRIBUTE, `There is no attribute ${quote(name)}; name it for the app first`);
}

/** Refuses names that are no attributes' before anything is changed. */
export function checkAttributes(world: World, names: readonly string[]): void {
  for (const name of new Set(names)) attributeNumber(world, name);
}

/** The attributes of accounts by name. */
export function showAttributes({ pushLabels }: World, accounts: readonly string[]): UserAttrs[] {
  return accounts.map((To_Account) => {
    const attributes = [...pushLabels.attributesOf(To_Account)];
    const named = attributes.map(([number, value]) => [
      pushLabels.attributeNames.get(number)!,
      value,
    ]);
    return { To_Account, Attrs: Object.fromEntries(named) };
  });
}

/** Sets attributes of one account. */
export function setAttributes(world: World, { To_Account, Attrs }: UserAttrs): void {
  for (const [name, value] of Object.entries(Attrs)) {
    world.pushLabels.setAttribute(To_Account, attributeNumber(world, name), value);
  }
}

/** Deletes attributes of one account. */
export function deleteAttributes(world: World, { To_Account, Attrs }: UserAttrNames): void {
  for (const name of Attrs) {
    world.pushLabels.deleteAttribute(To_Account, attributeNumber(world, name));
  }
}

/** The tags of accounts. */
export function showTags({ pushLabels }: World, accounts: readonly string[]): UserTags[] {
  return accounts.map((To_Account) => ({ To_Account, Tags: [...pushLabels.tagsOf(To_Account)] }));
}

/** What speaks against some more tags of one account. */
export function tagsFault({ pushLabels }: World, account: string, tags: readonly string[]) {
  const count = new Set([...pushLabels.tagsOf(account), ...tags]).size;
  if (count > MAX_TAGS) return tooMany(`${quote(account)} would have ${count}`, MAX_TAGS);
  const ofApp = pushLabels.tagCountWith(tags);
  return ofApp > MAX_TAGS_OF_APP
    ? tooMany(`The app would have ${ofApp} different`, MAX_TAGS_OF_APP)
    : undefined;
}

/** Adds tags to one account. */
export function addTags({ pushLabels }: World, account: string, tags: readonly string[]): void {
  for (const tag of tags) pushLabels.addTag(account, tag);
}

/** Takes tags from one account; all when none are named. */
export function removeTags(
  { pushLabels }: World,
  account: string,
  tags: readonly string[] = [...pushLabels.tagsOf(account)],
): void {
  for (const tag of tags) pushLabels.removeTag(account, tag);
}

function tooMany(who: string, limit: number): [code: number, info: string] {
  return [TOO_MANY_TAGS, `${who} tags, limit is ${limit}`];
}

/**
 * A whole world as one text, which takes the place of the calls that made it.
 *
 * The stores' fields are TypeScript's `private` and not `#private`, so that they can be written and read
 * here. Whoever renames a field, or changes what a record holds, raises {@linkcode STATE_FORMAT} and lets
 * `restoreState` read the older form, too; new fields of a store need nothing.
 *
 * @module
 */

import { Accounts } from "./accounts.ts";
import { Battles } from "./battles.ts";
import { C2cMessages } from "./c2c_messages.ts";
import { Figures } from "./figures.ts";
import { Follows } from "./follows.ts";
import { Gifts } from "./gifts.ts";
import { Groups } from "./groups.ts";
import { Members } from "./members.ts";
import { MessageLog } from "./message_log.ts";
import { Moderation } from "./moderation.ts";
import { type Makers, readObject, writeObject } from "./object_text.ts";
import { OfficialAccounts } from "./official_accounts.ts";
import { OnlineList } from "./online_list.ts";
import { PagedIndex } from "./paged_index.ts";
import { PushLabels } from "./push_labels.ts";
import { Pushes } from "./pushes.ts";
import { RecentContacts } from "./recent_contacts.ts";
import { Relations } from "./relations.ts";
import { Robots } from "./robots.ts";
import { Rooms } from "./rooms.ts";
import type { World } from "./world.ts";

/** The newest form of the text. */
export const STATE_FORMAT = 1;

/** What is the running app's and not the world's history. */
const NOT_STATE = [
  "sdkAppId",
  "trial",
  "limits",
  "tooOften",
  "frequencies",
  "callbacks",
  "random",
];

const CLASSES = {
  Battles,
  C2cMessages,
  Figures,
  Follows,
  Gifts,
  Groups,
  Members,
  MessageLog,
  Moderation,
  OfficialAccounts,
  OnlineList,
  PagedIndex,
  PushLabels,
  Pushes,
  RecentContacts,
  Relations,
  Robots,
  Rooms,
};

const NAMES = new Map<unknown, string>([
  ...Object.entries(CLASSES).map(([name, Class]) => [Class, name] as const),
  [Accounts, "Accounts"],
]);

function makersFor(admins: ReadonlySet<string>): Makers {
  const makers = Object.entries(CLASSES).map(([name, Class]) => [name, () => new Class()] as const);
  return { ...Object.fromEntries(makers), Accounts: () => new Accounts(admins) };
}

/**
 * Writes a world.
 *
 * @param limit The most characters that it may take.
 * @returns JSON; nothing when it would be longer.
 */
export function writeState(world: World, limit: number): string | undefined {
  const stores = Object.entries(world).filter(([name]) => !NOT_STATE.includes(name));
  return writeObject(Object.fromEntries(stores), NAMES, limit);
}

/**
 * Makes a new world what a written one was.
 *
 * @param world A world as it is made.
 * @param state The parsed JSON.
 * @throws {TypeError} When it was not written by {@linkcode writeState}.
 */
export function restoreState(world: World, admins: ReadonlySet<string>, state: unknown): void {
  Object.assign(world, readObject(state, makersFor(admins)));
  world.accounts.welcomeAdmins();
}

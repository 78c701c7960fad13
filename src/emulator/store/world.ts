/**
 * All state of one app.
 *
 * @module
 */

import { Accounts } from "./accounts.ts";
import { C2cMessages } from "./c2c_messages.ts";
import { Groups } from "./groups.ts";
import { Relations } from "./relations.ts";
import { RecentContacts } from "./recent_contacts.ts";
import type { Room } from "./rooms.ts";

/** What belongs to one SDKAppID; no other app sees it. */
export class World {
  readonly sdkAppId: number;
  readonly accounts: Accounts;
  readonly groups: Groups = new Groups();
  readonly c2cMessages: C2cMessages = new C2cMessages();
  readonly relations: Relations = new Relations();
  readonly contacts: RecentContacts = new RecentContacts();
  /** Rooms of both kinds, by RoomId: conferences and live rooms share one space of ids. */
  readonly rooms: Map<string, Room> = new Map();

  random: () => number = () => crypto.getRandomValues(new Uint32Array(1))[0]!;

  constructor(sdkAppId: number, admins: ReadonlySet<string>) {
    this.sdkAppId = sdkAppId;
    this.accounts = new Accounts(admins);
  }
}

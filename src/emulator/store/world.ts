/**
 * All state of one app.
 *
 * @module
 */

import { Accounts } from "./accounts.ts";
import { Groups } from "./groups.ts";
import type { Room } from "./rooms.ts";

/** What belongs to one SDKAppID; no other app sees it. */
export class World {
  readonly sdkAppId: number;
  readonly accounts: Accounts;
  readonly groups: Groups = new Groups();
  /** Rooms of both kinds, by RoomId: conferences and live rooms share one space of ids. */
  readonly rooms: Map<string, Room> = new Map();

  constructor(sdkAppId: number, admins: ReadonlySet<string>) {
    this.sdkAppId = sdkAppId;
    this.accounts = new Accounts(admins);
  }
}

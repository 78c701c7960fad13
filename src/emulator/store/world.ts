/**
 * All state of one app.
 *
 * @module
 */

import type { Webhooks } from "../../api/generated/webhooks.ts";
import { Accounts } from "./accounts.ts";
import { Battles } from "./battles.ts";
import { C2cMessages } from "./c2c_messages.ts";
import { type CallbackEvent, type CallbackName, Callbacks } from "./callbacks.ts";
import { chance } from "./chance.ts";
import { Figures } from "./figures.ts";
import { Follows } from "./follows.ts";
import { Frequencies, SPANS } from "./frequencies.ts";
import { Gifts } from "./gifts.ts";
import type { GroupStream } from "./group_streams.ts";
import { type Group, Groups } from "./groups.ts";
import type { Member } from "./members.ts";
import { Moderation } from "./moderation.ts";
import { OfficialAccounts } from "./official_accounts.ts";
import { PushLabels } from "./push_labels.ts";
import { Pushes } from "./pushes.ts";
import { RecentContacts } from "./recent_contacts.ts";
import { Relations } from "./relations.ts";
import { Robots } from "./robots.ts";
import { Rooms } from "./rooms.ts";
import type { Writable } from "./writable.ts";

/** What belongs to one SDKAppID; no other app sees it. */
export class World {
  readonly sdkAppId: number;
  /** Whether the app has the free edition: what it may hold is in `package_limits.ts`. */
  readonly trial: boolean;
  /** Whether calls are limited in number, so that what happens too often is refused. */
  limits = false;
  /** Whether something in the call at hand came too often; then the call changes nothing. */
  tooOften = false;
  readonly accounts: Accounts;
  /** What happened lately, while calls are limited; a world that is made again begins anew. */
  readonly frequencies: Frequencies = new Frequencies();
  readonly figures: Figures = new Figures();
  readonly moderation: Moderation = new Moderation();
  readonly groups: Groups = new Groups();
  readonly rooms: Rooms = new Rooms();
  readonly gifts: Gifts = new Gifts();
  readonly battles: Battles = new Battles();
  /** By their StreamMsgID. */
  readonly groupStreams: Map<string, GroupStream> = new Map();
  readonly c2cMessages: C2cMessages = new C2cMessages();
  readonly relations: Relations = new Relations();
  readonly follows: Follows = new Follows();
  readonly officialAccounts: OfficialAccounts = new OfficialAccounts();
  readonly robots: Robots = new Robots();
  readonly pushes: Pushes = new Pushes();
  readonly pushLabels: PushLabels = new PushLabels();
  readonly contacts: RecentContacts = new RecentContacts();
  /** What goes to the app's own server; services use {@linkcode emit} and {@linkcode ask}. */
  readonly callbacks: Callbacks = new Callbacks();
  /**
   * A whole number from 0 to 4294967295. The only chance that services may take: each call begins with a
   * seed of its own, so that a world can be made again from the calls that made it.
   */
  random: () => number = chance(0);

  constructor(sdkAppId: number, admins: ReadonlySet<string>, trial = false) {
    this.sdkAppId = sdkAppId;
    this.trial = trial;
    this.accounts = new Accounts(admins);
  }

  /** Takes away what belongs to a deleted account, and the account out of others' lists. */
  forget(account: string): void {
    for (const group of [...this.groups.joinedBy(account)]) {
      this.leave(group, group.members.get(account)!);
      if (group.owner === account) group.owner = "";
    }
    this.relations.forget(account);
    this.follows.forget(account);
    this.contacts.forget(account);
    this.pushLabels.forget(account);
    this.robots.valid.delete(account);
    for (const official of this.officialAccounts.subscribedBy(account)) {
      this.officialAccounts.unsubscribe(official, account);
    }
  }

  /** Takes a member out of a group, and the group out of his conversations. */
  leave(group: Group, member: Member): void {
    this.groups.leave(group, member);
    this.contacts.leave(member.account, group.id);
  }

  /** Takes a group away, with all that would be in the way of another one of its id. */
  disband(group: Group): void {
    this.groups.remove(group);
    for (const { account } of group.members) this.contacts.leave(account, group.id);
    for (const [id, { groupId }] of this.groupStreams) {
      if (groupId === group.id) this.groupStreams.delete(id);
    }
  }

  /** Counts what may happen so often in a span; tells whether it may, which it always may without limits. */
  within(name: string, limit: number, span: keyof typeof SPANS, now: number): boolean {
    if (!this.limits || this.frequencies.take(name, limit, SPANS[span], now)) return true;
    this.tooOften = true;
    return false;
  }

  /**
   * Tells the app's own server of something that was done ("after" callbacks).
   *
   * @param platform What the client runs on that did it; nothing when a server did.
   */
  emit<Name extends CallbackName>(
    name: Name,
    event: CallbackEvent<Name>,
    platform?: string,
  ): void {
    this.callbacks.emit(name, event, platform);
  }

  /**
   * Asks the app's own server beforehand ("before" callbacks); to be done before anything is changed, since
   * the handler may be run again when the answer is there.
   *
   * @returns The answer; nothing when nobody is asked or no answer came, and the deed goes ahead.
   */
  ask<Name extends CallbackName>(
    name: Name,
    event: CallbackEvent<Name>,
  ): Writable<Webhooks[Name]["answer"]> | undefined {
    return this.callbacks.ask(name, event) as Writable<Webhooks[Name]["answer"]> | undefined;
  }
}

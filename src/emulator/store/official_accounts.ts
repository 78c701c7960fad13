/**
 * The official accounts of an app.
 *
 * @module
 */

import type { StoredMsgElement } from "../../api/generated/types/common.ts";
import type { PagedIndex } from "./paged_index.ts";

/** A user who subscribed to an official account. Times in seconds since 1970. */
export interface Subscriber {
  /** Its place in the order of subscription. */
  readonly seq: number;
  readonly account: string;
  readonly time: number;
  customString: string;
}

/** A message that an official account sent. */
export interface OfficialMessage {
  /** `<seq>_1_<time>`. */
  readonly key: string;
  readonly seq: number;
  readonly random: number;
  /** In seconds since 1970. */
  readonly time: number;
  /** Its elements as they were sent, as JSON: by them a repeat is recognised. */
  readonly sentBody: string;
  /** Its elements as they were delivered. */
  readonly body: StoredMsgElement[];
  recalled: boolean;
}

/** An official account. Times in seconds since 1970. */
export interface OfficialAccount {
  readonly id: string;
  readonly owner: string;
  readonly createTime: number;
  name: string;
  introduction: string;
  faceUrl: string;
  organization: string;
  customString: string;
  maxSubscribers: number;
  lastMsgTime: number;
  lastMsgSeq: number;
  lastSubscriberSeq: number;
  subscribers: Map<string, Subscriber>;
  /** The same, to read by pages. */
  subscribersInOrder: PagedIndex<Subscriber>;
  /** By sequence number, from the oldest on. */
  messages: OfficialMessage[];
}

/** Official accounts by id, and by who subscribed to them. */
export class OfficialAccounts {
  private readonly _accounts = new Map<string, OfficialAccount>();
  private readonly _subscribed = new Map<string, Set<OfficialAccount>>();

  get(id: string): OfficialAccount | undefined {
    return this._accounts.get(id);
  }

  add(account: OfficialAccount): void {
    this._accounts.set(account.id, account);
  }

  remove(account: OfficialAccount): void {
    this._accounts.delete(account.id);
    for (const user of account.subscribers.keys()) this._subscribed.get(user)?.delete(account);
  }

  /** What a user subscribed to, in order of subscription. */
  subscribedBy(user: string): OfficialAccount[] {
    return [...this._subscribed.get(user) ?? []];
  }

  subscribe(account: OfficialAccount, user: string, time: number): void {
    const seq = ++account.lastSubscriberSeq;
    const subscriber = { seq, account: user, time, customString: "" };
    account.subscribers.set(user, subscriber);
    account.subscribersInOrder.add(subscriber);
    let subscribed = this._subscribed.get(user);
    if (!subscribed) this._subscribed.set(user, subscribed = new Set());
    subscribed.add(account);
  }

  /** Tells whether the user was a subscriber. */
  unsubscribe(account: OfficialAccount, user: string): boolean {
    const subscriber = account.subscribers.get(user);
    if (!subscriber) return false;
    account.subscribers.delete(user);
    account.subscribersInOrder.remove(subscriber);
    this._subscribed.get(user)!.delete(account);
    return true;
  }
}

/**
 * The one-to-one messages of an app.
 *
 * @module
 */

import type { StoredMsgElement } from "../../api/generated/types/common.ts";
import { firstPlace } from "./first_place.ts";
import type { MessageExtension } from "./message_extension.ts";

/** A stored message. Times in seconds since 1970. */
export interface C2cMessage {
  /** `<msgSeq>_<random>_<time>`; unique between two accounts. */
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly msgSeq: number;
  readonly random: number;
  readonly time: number;
  /** When it came in, which for an imported message is later than when it was sent. */
  readonly storedAt: number;
  body: StoredMsgElement[];
  cloudCustomData?: string;
  recalled: boolean;
  /** Whether its recipient sent a read receipt. */
  peerRead: boolean;
  /** Which of the two do not see it. */
  hiddenFrom: readonly string[];
  /** Absent when it was sent without support for extensions. */
  extension?: MessageExtension;
}

/** What two accounts wrote to each other. */
interface Dialog {
  /** By time, then by sequence number, then by arrival. */
  messages: C2cMessage[];
  byKey: Map<string, C2cMessage>;
}

const NOTHING: Dialog = { messages: [], byKey: new Map() };

/** Messages by the two accounts, with what each has not read. */
export class C2cMessages {
  private readonly _dialogs = new Map<string, Dialog>();
  private readonly _unread = new Map<string, Map<string, Set<C2cMessage>>>();
  /** How many messages each account has not read in all. */
  private readonly _unreadTotals = new Map<string, number>();

  /** Stores a message; false when it is there already, which makes it one message. */
  add(message: C2cMessage, unread: boolean): boolean {
    const name = pair(message.from, message.to);
    let dialog = this._dialogs.get(name);
    if (!dialog) this._dialogs.set(name, dialog = { messages: [], byKey: new Map() });
    if (dialog.byKey.has(message.key)) return false;
    dialog.byKey.set(message.key, message);
    dialog.messages.splice(firstLater(dialog.messages, message), 0, message);
    if (unread && message.from !== message.to) this.#addUnread(message);
    return true;
  }

  /** The message with a key, whichever of the two sent it. */
  find(one: string, other: string, key: string): C2cMessage | undefined {
    return this.#dialog(one, other).byKey.get(key);
  }

  /** What `viewer` sees of the time from `from` to `to`, newest first; before a message, if given. */
  *history(
    viewer: string,
    peer: string,
    from: number,
    to: number,
    before?: string,
  ): Generator<C2cMessage> {
    const { messages, byKey } = this.#dialog(viewer, peer);
    const mark = before === undefined ? undefined : byKey.get(before);
    const end = mark ? messages.lastIndexOf(mark, firstLater(messages, mark)) : messages.length;
    for (let at = end - 1; at >= 0; at--) {
      const message = messages[at]!;
      if (message.time < from) return;
      if (message.time <= to && !message.hiddenFrom.includes(viewer)) yield message;
    }
  }

  /** How many messages `viewer` has not read: of one peer, or of all. */
  unreadCount(viewer: string, peer?: string): number {
    if (peer === undefined) return this._unreadTotals.get(viewer) ?? 0;
    return this._unread.get(viewer)?.get(peer)?.size ?? 0;
  }

  /** Counts what `peer` sent up to a time as read by `viewer`. */
  markRead(viewer: string, peer: string, until: number): void {
    for (const message of this._unread.get(viewer)?.get(peer) ?? []) {
      if (message.time <= until) this.#dropUnread(message);
    }
  }

  /** Recalls a message from both sides. */
  recall(message: C2cMessage): void {
    message.recalled = true;
    this.#dropUnread(message);
  }

  /** Takes a message out of the sight of one side. */
  hide(message: C2cMessage, viewer: string): void {
    if (!message.hiddenFrom.includes(viewer)) message.hiddenFrom = [...message.hiddenFrom, viewer];
    if (viewer === message.to) this.#dropUnread(message);
  }

  /** Takes all that two accounts wrote out of the sight of one of them. */
  hideAll(viewer: string, peer: string): void {
    for (const message of this.#dialog(viewer, peer).messages) this.hide(message, viewer);
  }

  #dialog(one: string, other: string): Dialog {
    return this._dialogs.get(pair(one, other)) ?? NOTHING;
  }

  #addUnread(message: C2cMessage): void {
    let byPeer = this._unread.get(message.to);
    if (!byPeer) this._unread.set(message.to, byPeer = new Map());
    let messages = byPeer.get(message.from);
    if (!messages) byPeer.set(message.from, messages = new Set());
    messages.add(message);
    this.#count(message.to, 1);
  }

  #dropUnread(message: C2cMessage): void {
    const messages = this._unread.get(message.to)?.get(message.from);
    if (messages?.delete(message)) this.#count(message.to, -1);
  }

  #count(account: string, change: number): void {
    this._unreadTotals.set(account, (this._unreadTotals.get(account) ?? 0) + change);
  }
}

function pair(one: string, other: string): string {
  return one < other ? `${one}\0${other}` : `${other}\0${one}`;
}

/** Where the messages after a message begin. */
function firstLater(messages: readonly C2cMessage[], { time, msgSeq }: C2cMessage): number {
  return firstPlace(
    messages,
    (other) => other.time > time || other.time === time && other.msgSeq > msgSeq,
  );
}

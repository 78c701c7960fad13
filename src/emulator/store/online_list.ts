/**
 * Who is online in a live group.
 *
 * On the backend, clients join by themselves; here only robots do, since a server can bring in no one else.
 *
 * @module
 */

import { PagedIndex } from "./paged_index.ts";

/** The mark of a robot, which counts as online without a client. */
export const ROBOT_MARK = 500;
/** The mark of a member that lists leave out. */
export const HIDDEN_MARK = 600;
/** How long a robot counts as online, in seconds. */
const ROBOT_TIME = 3 * 86_400;

/** Somebody online in a live group. Times in seconds since 1970. */
export interface OnlineMember {
  /** Its place in the order of joining. */
  readonly seq: number;
  readonly account: string;
  readonly joinTime: number;
  /** When a robot goes offline by itself. */
  until: number;
  readonly marks: Set<number>;
}

/** The online members of one live group, and its administrators. */
export class OnlineList {
  /** Accounts that are administrators, in the group or not. */
  readonly admins: Set<string> = new Set();
  private readonly _byAccount = new Map<string, OnlineMember>();
  private readonly _inOrder = new PagedIndex<OnlineMember>();
  /** When the first of them goes offline, or before. */
  private _firstEnd = Infinity;
  private _lastSeq = 0;

  /** How many are online at a time. */
  sizeAt(time: number): number {
    this.#sweep(time);
    return this._byAccount.size;
  }

  /** Those who are online at a time in order of joining: all, or so many of the newest. */
  at(time: number, newest: number = Infinity): OnlineMember[] {
    this.#sweep(time);
    return this._inOrder.slice(Math.max(0, this._inOrder.size - newest));
  }

  /** One account, if it is online at a time. */
  get(account: string, time: number): OnlineMember | undefined {
    const member = this._byAccount.get(account);
    return member && member.until > time ? member : undefined;
  }

  /** Brings a robot in, or lets it stay anew. */
  enterRobot(account: string, time: number): OnlineMember {
    let member = this.get(account, time);
    if (!member) {
      this.leave(account);
      member = { seq: ++this._lastSeq, account, joinTime: time, until: 0, marks: new Set() };
      this._byAccount.set(account, member);
      this._inOrder.add(member);
    }
    member.marks.add(ROBOT_MARK);
    member.until = time + ROBOT_TIME;
    this._firstEnd = Math.min(this._firstEnd, member.until);
    return member;
  }

  leave(account: string): void {
    const member = this._byAccount.get(account);
    if (!member) return;
    this._byAccount.delete(account);
    this._inOrder.remove(member);
  }

  /** Forgets those who went offline; looks at all of them only when one of them did. */
  #sweep(time: number): void {
    if (time < this._firstEnd) return;
    this._firstEnd = Infinity;
    for (const { account, until } of this._inOrder.slice(0)) {
      if (until <= time) this.leave(account);
      else this._firstEnd = Math.min(this._firstEnd, until);
    }
  }
}

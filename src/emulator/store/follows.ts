/**
 * Who follows whom.
 *
 * @module
 */

import { PagedIndex } from "./paged_index.ts";

/** One account that follows another. */
export interface Follow {
  /** Its place in the order of beginning. */
  readonly seq: number;
  readonly from: string;
  readonly to: string;
  /** When it began, in seconds since 1970. */
  readonly time: number;
}

interface AccountFollows {
  follows: Map<string, Follow>;
  fans: Map<string, Follow>;
  fansInOrder: PagedIndex<Follow>;
  mutual: number;
}

const NOBODY = newFollows();

/** Follows by either side. */
export class Follows {
  private readonly _accounts = new Map<string, AccountFollows>();
  private _lastSeq = 0;

  /** Those whom an account follows, in order of beginning. */
  followsOf(account: string): ReadonlyMap<string, Follow> {
    return this.#of(account).follows;
  }

  /** Those who follow an account, in order of beginning. */
  fansOf(account: string): ReadonlyMap<string, Follow> {
    return this.#of(account).fans;
  }

  /** The same to read by pages, since they are without limit. */
  fansInOrder(account: string): PagedIndex<Follow> {
    return this.#of(account).fansInOrder;
  }

  /** How many follow an account and are followed by it. */
  mutualCount(account: string): number {
    return this.#of(account).mutual;
  }

  follow(from: string, to: string, time: number): void {
    const follow = { seq: ++this._lastSeq, from, to, time };
    this.#own(from).follows.set(to, follow);
    const own = this.#own(to);
    own.fans.set(from, follow);
    own.fansInOrder.add(follow);
    this.#count(from, to, 1);
  }

  unfollow(from: string, to: string): void {
    const follow = this.#of(from).follows.get(to);
    if (!follow) return;
    this.#count(from, to, -1);
    this.#own(from).follows.delete(to);
    const own = this.#own(to);
    own.fans.delete(from);
    own.fansInOrder.remove(follow);
  }

  /** Ends all follows of an account and all that it has. */
  forget(account: string): void {
    for (const to of [...this.#of(account).follows.keys()]) this.unfollow(account, to);
    for (const from of [...this.#of(account).fans.keys()]) this.unfollow(from, account);
    this._accounts.delete(account);
  }

  #count(from: string, to: string, change: number): void {
    if (!this.#of(from).fans.has(to)) return;
    this.#own(from).mutual += change;
    this.#own(to).mutual += change;
  }

  #of(account: string): AccountFollows {
    return this._accounts.get(account) ?? NOBODY;
  }

  #own(account: string): AccountFollows {
    let own = this._accounts.get(account);
    if (!own) this._accounts.set(account, own = newFollows());
    return own;
  }
}

function newFollows(): AccountFollows {
  return { follows: new Map(), fans: new Map(), fansInOrder: new PagedIndex(), mutual: 0 };
}

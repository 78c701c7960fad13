/**
 * Who follows whom.
 *
 * @module
 */

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
  mutual: number;
}

const NOBODY: AccountFollows = { follows: new Map(), fans: new Map(), mutual: 0 };

/** Follows by either side. */
export class Follows {
  readonly #accounts = new Map<string, AccountFollows>();
  #lastSeq = 0;

  /** Those whom an account follows, in order of beginning. */
  followsOf(account: string): ReadonlyMap<string, Follow> {
    return this.#of(account).follows;
  }

  /** Those who follow an account, in order of beginning. */
  fansOf(account: string): ReadonlyMap<string, Follow> {
    return this.#of(account).fans;
  }

  /** How many follow an account and are followed by it. */
  mutualCount(account: string): number {
    return this.#of(account).mutual;
  }

  follow(from: string, to: string, time: number): void {
    const follow = { seq: ++this.#lastSeq, from, to, time };
    this.#own(from).follows.set(to, follow);
    this.#own(to).fans.set(from, follow);
    this.#count(from, to, 1);
  }

  unfollow(from: string, to: string): void {
    if (!this.#of(from).follows.has(to)) return;
    this.#count(from, to, -1);
    this.#own(from).follows.delete(to);
    this.#own(to).fans.delete(from);
  }

  /** Ends all follows of an account and all that it has. */
  forget(account: string): void {
    for (const to of [...this.#of(account).follows.keys()]) this.unfollow(account, to);
    for (const from of [...this.#of(account).fans.keys()]) this.unfollow(from, account);
    this.#accounts.delete(account);
  }

  #count(from: string, to: string, change: number): void {
    if (!this.#of(from).fans.has(to)) return;
    this.#own(from).mutual += change;
    this.#own(to).mutual += change;
  }

  #of(account: string): AccountFollows {
    return this.#accounts.get(account) ?? NOBODY;
  }

  #own(account: string): AccountFollows {
    let own = this.#accounts.get(account);
    if (!own) {
      own = { follows: new Map(), fans: new Map(), mutual: 0 };
      this.#accounts.set(account, own);
    }
    return own;
  }
}

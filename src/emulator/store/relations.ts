/**
 * Friends, friend groups and blocklists of the accounts of an app.
 *
 * @module
 */

/** A friend in one account's list. Times in seconds since 1970. */
export interface Friend {
  readonly account: string;
  addTime: number;
  addSource?: string;
  addWording: string;
  remark: string;
  /** 0 when none was given. */
  remarkTime: number;
  groups: Set<string>;
  custom: Map<string, string | number>;
}

/** What one account has; each sequence rises with every change of its part. */
export interface AccountRelations {
  friends: Map<string, Friend>;
  friendGroups: Set<string>;
  /** When each account was blocked, in seconds since 1970. */
  blocked: Map<string, number>;
  standardSequence: number;
  customSequence: number;
  groupSequence: number;
  blockSequence: number;
}

/** Relations by account. */
export class Relations {
  private readonly _accounts = new Map<string, AccountRelations>();
  /** Who has an account among the friends or the blocked. */
  private readonly _holders = new Map<string, Set<string>>();

  /** All that an account has. */
  of(account: string): AccountRelations {
    let own = this._accounts.get(account);
    if (!own) {
      own = {
        friends: new Map(),
        friendGroups: new Set(),
        blocked: new Map(),
        standardSequence: 0,
        customSequence: 0,
        groupSequence: 0,
        blockSequence: 0,
      };
      this._accounts.set(account, own);
    }
    return own;
  }

  /** Puts a friend into an account's list, in place of what was there of him. */
  befriend(owner: string, friend: Friend): void {
    const own = this.of(owner);
    own.friends.set(friend.account, friend);
    this.#hold(friend.account, owner);
    own.standardSequence++;
    if (friend.custom.size > 0) own.customSequence++;
    this.addGroups(owner, friend.groups);
  }

  /** Takes a friend out of an account's list; tells whether he was there. */
  unfriend(owner: string, account: string): boolean {
    const own = this.of(owner);
    const friend = own.friends.get(account);
    if (!friend) return false;
    own.friends.delete(account);
    own.standardSequence++;
    if (friend.custom.size > 0) own.customSequence++;
    if (friend.groups.size > 0) own.groupSequence++;
    return true;
  }

  /** Makes friend groups, where they are not there. */
  addGroups(owner: string, names: Iterable<string>): void {
    const own = this.of(owner);
    const list = [...names];
    for (const name of list) own.friendGroups.add(name);
    if (list.length > 0) own.groupSequence++;
  }

  block(owner: string, account: string, time: number): void {
    const own = this.of(owner);
    own.blocked.set(account, time);
    own.blockSequence++;
    this.#hold(account, owner);
  }

  /** Tells whether the account was blocked. */
  unblock(owner: string, account: string): boolean {
    const own = this.of(owner);
    if (!own.blocked.delete(account)) return false;
    own.blockSequence++;
    return true;
  }

  /** Takes an account out of everybody's lists, and its own away. */
  forget(account: string): void {
    for (const owner of this._holders.get(account) ?? []) {
      this.unfriend(owner, account);
      this.unblock(owner, account);
    }
    this._holders.delete(account);
    this._accounts.delete(account);
  }

  /** Those who let go are not taken out again: looking at them once more does no harm. */
  #hold(account: string, owner: string): void {
    const holders = this._holders.get(account);
    if (holders) holders.add(owner);
    else this._holders.set(account, new Set([owner]));
  }
}

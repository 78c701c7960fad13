/**
 * The accounts of an app.
 *
 * @module
 */

/** One imported account. */
export interface Account {
  /** Nickname, the profile's `Tag_Profile_IM_Nick`. */
  nick?: string;
  /** Address of the avatar, the profile's `Tag_Profile_IM_Image`. */
  faceUrl?: string;
}

/** Accounts by UserID. The administrators are always there. */
export class Accounts {
  readonly #admins: ReadonlySet<string>;
  readonly #accounts = new Map<string, Account>();

  constructor(admins: ReadonlySet<string>) {
    this.#admins = admins;
    for (const admin of admins) this.#accounts.set(admin, {});
  }

  has(userId: string): boolean {
    return this.#accounts.has(userId);
  }

  /** How many there are. */
  get size(): number {
    return this.#accounts.size;
  }

  /** The first names, in the order in which they came. */
  first(count: number): string[] {
    const names: string[] = [];
    for (const name of this.#accounts.keys()) {
      if (names.length === count) break;
      names.push(name);
    }
    return names;
  }

  get(userId: string): Account | undefined {
    return this.#accounts.get(userId);
  }

  isAdmin(userId: string): boolean {
    return this.#admins.has(userId);
  }

  /** Every UserID, in the order of coming. */
  names(): IterableIterator<string> {
    return this.#accounts.keys();
  }

  /** Imports an account, or changes what is given of one that is there. */
  put(userId: string, change: Account): void {
    const account = this.#accounts.get(userId) ?? {};
    if (change.nick !== undefined) account.nick = change.nick;
    if (change.faceUrl !== undefined) account.faceUrl = change.faceUrl;
    this.#accounts.set(userId, account);
  }

  /** Tells whether there was such an account. */
  delete(userId: string): boolean {
    return this.#accounts.delete(userId);
  }
}

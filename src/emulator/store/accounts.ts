/**
 * The accounts of an app.
 *
 * @module
 */

import { firstOf } from "./first_of.ts";

/** What a client runs on. */
export type Platform = "iPhone" | "Android" | "Web" | "PC" | "iPad" | "Mac";

/** One imported account. Times in seconds since 1970. */
export interface Account {
  /** Nickname, the profile's `Tag_Profile_IM_Nick`. */
  nick?: string;
  /** Address of the avatar, the profile's `Tag_Profile_IM_Image`. */
  faceUrl?: string;
  /** The other fields of the profile, by tag. */
  profile?: Map<string, string | number>;
  /** The platforms that it is logged in on, each with its state. */
  terminals?: Map<Platform, "Online" | "PushOnline">;
  /** When its login state was last made invalid: what was signed earlier is no good to log in with. */
  kickedAt?: number;
  /** Until when it must not send one-to-one messages; Infinity is for ever. */
  c2cMutedUntil?: number;
  /** Until when it must not send group messages. */
  groupMutedUntil?: number;
}

/** Accounts by UserID. The administrators are always there. */
export class Accounts {
  readonly #admins: ReadonlySet<string>;
  private readonly _accounts = new Map<string, Account>();

  constructor(admins: ReadonlySet<string>) {
    this.#admins = admins;
    this.welcomeAdmins();
  }

  /** Adds the administrators who are not there. */
  welcomeAdmins(): void {
    for (const admin of this.#admins) if (!this.has(admin)) this._accounts.set(admin, {});
  }

  /** How many there are. */
  get size(): number {
    return this._accounts.size;
  }

  /** The first names, in the order in which they came. */
  first(count: number): string[] {
    return firstOf(this._accounts.keys(), count);
  }

  has(userId: string): boolean {
    return this._accounts.has(userId);
  }

  get(userId: string): Account | undefined {
    return this._accounts.get(userId);
  }

  isAdmin(userId: string): boolean {
    return this.#admins.has(userId);
  }

  /** Every UserID, in the order of coming. */
  names(): IterableIterator<string> {
    return this._accounts.keys();
  }

  /** Imports an account, or changes what is given of one that is there. */
  put(userId: string, { nick, faceUrl }: Pick<Account, "nick" | "faceUrl">): void {
    const account = this._accounts.get(userId) ?? {};
    if (nick !== undefined) account.nick = nick;
    if (faceUrl !== undefined) account.faceUrl = faceUrl;
    this._accounts.set(userId, account);
  }

  /** Tells whether there was such an account. */
  delete(userId: string): boolean {
    return this._accounts.delete(userId);
  }

  /** How many seconds longer an account must be silent: 0 when it need not, Infinity for ever. */
  mutedFor(userId: string, where: "C2C" | "Group", nowSeconds: number): number {
    const account = this._accounts.get(userId);
    const until = where === "C2C" ? account?.c2cMutedUntil : account?.groupMutedUntil;
    return Math.max(0, (until ?? 0) - nowSeconds);
  }

  /** A field of the profile; nothing when it was never set. */
  profileValue(userId: string, tag: string): string | number | undefined {
    const account = this._accounts.get(userId);
    if (tag === "Tag_Profile_IM_Nick") return account?.nick;
    if (tag === "Tag_Profile_IM_Image") return account?.faceUrl;
    return account?.profile?.get(tag);
  }

  /** Sets a field of the profile of an account that is there. */
  setProfile(userId: string, tag: string, value: string | number): void {
    const account = this._accounts.get(userId)!;
    if (tag === "Tag_Profile_IM_Nick") account.nick = String(value);
    else if (tag === "Tag_Profile_IM_Image") account.faceUrl = String(value);
    else (account.profile ??= new Map()).set(tag, value);
  }
}

/**
 * The members of a group.
 *
 * @module
 */

import { PagedIndex } from "./paged_index.ts";

/** A member of a group. Times in seconds since 1970. */
export interface Member {
  /** Its place in the order of joining. */
  readonly seq: number;
  readonly account: string;
  role: "Owner" | "Admin" | "Member";
  joinTime: number;
  /** The newest message that the member has read. */
  msgSeq: number;
  msgFlag: "AcceptAndNotify" | "AcceptNotNotify" | "Discard";
  lastSendMsgTime: number;
  nameCard: string;
  /** Its custom fields; absent while it has none, as most have. */
  data?: Map<string, string>;
}

/** Members by account, and in order of joining. */
export class Members {
  private readonly _byAccount = new Map<string, Member>();
  private readonly _inOrder = new PagedIndex<Member>();
  private _lastSeq = 0;

  get size(): number {
    return this._byAccount.size;
  }

  has(account: string): boolean {
    return this._byAccount.has(account);
  }

  get(account: string): Member | undefined {
    return this._byAccount.get(account);
  }

  /** All members in order of joining. */
  [Symbol.iterator](): IterableIterator<Member> {
    return this._byAccount.values();
  }

  /** The members after a mark, in order of joining; 0 is the mark of the start, and of the end. */
  page(mark: number, limit: number): { items: Member[]; next: number } {
    return this._inOrder.page(mark, limit);
  }

  /** Some members by their places, the first being 0. */
  slice(from: number, to?: number): Member[] {
    return this._inOrder.slice(from, to);
  }

  /** Adds an account that is no member yet. */
  add(facts: Omit<Member, "seq">): Member {
    const member: Member = { seq: ++this._lastSeq, ...facts };
    this._byAccount.set(member.account, member);
    this._inOrder.add(member);
    return member;
  }

  /** Takes a member out. */
  remove(member: Member): void {
    this._byAccount.delete(member.account);
    this._inOrder.remove(member);
  }
}

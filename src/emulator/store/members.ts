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
  readonly #byAccount = new Map<string, Member>();
  readonly #inOrder = new PagedIndex<Member>();
  #lastSeq = 0;

  get size(): number {
    return this.#byAccount.size;
  }

  has(account: string): boolean {
    return this.#byAccount.has(account);
  }

  get(account: string): Member | undefined {
    return this.#byAccount.get(account);
  }

  /** All members in order of joining. */
  [Symbol.iterator](): IterableIterator<Member> {
    return this.#byAccount.values();
  }

  /** The members after a mark, in order of joining; 0 is the mark of the start, and of the end. */
  page(mark: number, limit: number): { items: Member[]; next: number } {
    return this.#inOrder.page(mark, limit);
  }

  /** Some members by their places, the first being 0. */
  slice(from: number, to?: number): Member[] {
    return this.#inOrder.slice(from, to);
  }

  /** Adds an account that is no member yet. */
  add(facts: Omit<Member, "seq">): Member {
    const member: Member = { seq: ++this.#lastSeq, ...facts };
    this.#byAccount.set(member.account, member);
    this.#inOrder.add(member);
    return member;
  }

  /** Takes a member out. */
  remove(member: Member): void {
    this.#byAccount.delete(member.account);
    this.#inOrder.remove(member);
  }
}

/**
 * Who is online in a live group.
 *
 * On the backend, clients join by themselves; here only robots do, since a server can bring in no one else.
 *
 * @module
 */

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
  readonly #members = new Map<string, OnlineMember>();
  #lastSeq = 0;

  /** Who is online at a time, in order of joining. */
  at(time: number): OnlineMember[] {
    for (const [account, { until }] of this.#members) {
      if (until <= time) this.#members.delete(account);
    }
    return [...this.#members.values()];
  }

  /** One account, if it is online at a time. */
  get(account: string, time: number): OnlineMember | undefined {
    const member = this.#members.get(account);
    return member && member.until > time ? member : undefined;
  }

  /** Brings a robot in, or lets it stay anew. */
  enterRobot(account: string, time: number): OnlineMember {
    let member = this.get(account, time);
    if (!member) {
      this.#members.delete(account);
      member = { seq: ++this.#lastSeq, account, joinTime: time, until: 0, marks: new Set() };
      this.#members.set(account, member);
    }
    member.marks.add(ROBOT_MARK);
    member.until = time + ROBOT_TIME;
    return member;
  }

  leave(account: string): void {
    this.#members.delete(account);
  }
}

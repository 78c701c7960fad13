/**
 * The messages of a group, or of a topic, with their sequence numbers.
 *
 * @module
 */

import type { MsgElement } from "../../api/generated/types/common.ts";
import type { MessageExtension } from "./message_extension.ts";

/** The elements of a message. */
export type MsgBody = MsgElement[];

/** A message of a group. Times in seconds since 1970. */
export interface GroupMessage {
  readonly seq: number;
  readonly from: string;
  readonly time: number;
  /** When it came in, which is later than its time when it was imported. */
  readonly storedAt: number;
  readonly random: number;
  /** 1 high, 2 normal, 3 low, 4 lowest. */
  readonly priority: number;
  body: MsgBody;
  cloudCustomData?: string;
  recalled?: boolean;
  /** Whether conversations stay in their places. */
  quiet?: boolean;
  /** The only members who got it, when it did not go to all. */
  readonly to?: readonly string[];
  /** Who has read it; only kept when the sender asked for receipts. */
  readonly readers?: Set<string>;
  /** Its key-values; only kept when the sender asked for them. */
  readonly extension?: MessageExtension;
}

/** A message to keep. */
export type NewMessage = Omit<GroupMessage, "seq">;

/** How long a repeat of a message is recognised, in seconds. */
const REPEAT_WINDOW = 300;

/** Messages in the order of their numbers, which begin with 1 and have no gaps. */
export class MessageLog {
  private readonly _messages: GroupMessage[] = [];
  /** The messages of the last minutes, by what a repeat of each has in common with it, oldest first. */
  private readonly _recent = new Map<string, { message: GroupMessage }>();
  private readonly _pinned = new Map<number, string>();
  private _lastSeq = 0;

  /** The number of the newest message; 0 when there was none. */
  get lastSeq(): number {
    return this._lastSeq;
  }

  /** When the newest message was sent; 0 when there is none. */
  get lastTime(): number {
    return this._messages.at(-1)?.time ?? 0;
  }

  /** The newest message that moved conversations up; only its number is known when it expired. */
  get moved(): { seq: number; time: number } {
    const message = this._messages.findLast(({ quiet }) => !quiet);
    return message ?? { seq: (this._messages[0]?.seq ?? this._lastSeq + 1) - 1, time: 0 };
  }

  /** The messages that are there, by number, newest last. */
  get messages(): readonly GroupMessage[] {
    return this._messages;
  }

  /** Finds a message; nothing when there is none, or not any more. */
  get(seq: number): GroupMessage | undefined {
    const first = this._messages[0];
    return first && this._messages[seq - first.seq];
  }

  /** Keeps a message under the next number; `sent` is the body by which a repeat is recognised. */
  add(facts: NewMessage, sent: MsgBody = facts.body): GroupMessage {
    const message: GroupMessage = { seq: ++this._lastSeq, ...facts };
    this._messages.push(message);
    for (const [mark, known] of this._recent) {
      if (known.message.storedAt > message.storedAt - REPEAT_WINDOW) break;
      this._recent.delete(mark);
    }
    const mark = markOf(facts, sent);
    this._recent.delete(mark);
    this._recent.set(mark, { message });
    return message;
  }

  /** The message that a new one repeats: same sender, `random` and content within five minutes. */
  repeated(facts: NewMessage): GroupMessage | undefined {
    const { message } = this._recent.get(markOf(facts, facts.body)) ?? {};
    return message && message.storedAt > facts.storedAt - REPEAT_WINDOW ? message : undefined;
  }

  /** Forgets the messages that came in before a time; their numbers stay taken. */
  forgetBefore(time: number): void {
    if ((this._messages[0]?.storedAt ?? time) >= time) return;
    const kept = this._messages.findIndex(({ storedAt }) => storedAt >= time);
    const gone = this._messages.splice(0, kept < 0 ? this._messages.length : kept);
    for (const { seq } of gone) this._pinned.delete(seq);
  }

  /** Pinned messages with who pinned them, the latest pinning first. */
  get pinned(): [seq: number, by: string][] {
    return [...this._pinned].reverse();
  }

  pin(seq: number, by: string): void {
    this._pinned.set(seq, by);
  }

  /** Tells whether the message was pinned. */
  unpin(seq: number): boolean {
    return this._pinned.delete(seq);
  }
}

function markOf({ random, from }: NewMessage, sent: MsgBody): string {
  return random + JSON.stringify([from, sent]);
}

/**
 * The pushes of an app, done and planned.
 *
 * @module
 */

import type { PushScheduleContent } from "../../api/generated/types/chat_message.ts";
import type { C2cMessage } from "./c2c_messages.ts";
import type { Writable } from "./writable.ts";

/** A push that was sent. Times in milliseconds since 1970. */
export interface PushTask {
  readonly id: string;
  readonly command: string;
  readonly random: number;
  readonly time: number;
  /** How many it was for. */
  readonly recipients: number;
  /** What it put into histories. */
  readonly messages: readonly C2cMessage[];
  revoked: boolean;
}

/** A push planned for later. Times in seconds since 1970. */
export interface PushSchedule {
  readonly id: number;
  readonly type: "All" | "Tag" | "User";
  readonly createdAt: number;
  schedAt: number;
  content: Writable<PushScheduleContent> & { MsgRandom: number };
  /** A random number for the id of that push. */
  readonly chance: number;
  /** The push that it became; absent while it is pending. */
  taskId?: string;
  /** Why it became none when its time came. */
  failure?: string;
}

/** Whether the time of a planned push is still to come. */
export function isPending({ taskId, failure }: PushSchedule): boolean {
  return taskId === undefined && failure === undefined;
}

/** Pushes by id, in order. */
export class Pushes {
  readonly tasks = new Map<string, PushTask>();
  /** The same, in the order of sending. */
  readonly inOrder: PushTask[] = [];
  readonly schedules = new Map<number, PushSchedule>();
  /** When the next planned push is due, in seconds since 1970. */
  nextDue = Infinity;
  private _lastSchedule = 700_000_000;

  add(task: PushTask): void {
    this.tasks.set(task.id, task);
    this.inOrder.push(task);
  }

  /** The number of the next planned push. */
  newScheduleId(): number {
    return ++this._lastSchedule;
  }

  /** Looks up anew when the next planned push is due. */
  plan(): void {
    this.nextDue = Infinity;
    for (const schedule of this.schedules.values()) {
      if (isPending(schedule)) this.nextDue = Math.min(this.nextDue, schedule.schedAt);
    }
  }
}

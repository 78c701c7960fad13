/**
 * `timpush`: pushes planned for later. Source: "Push" of the Chat documentation.
 *
 * @module
 */

import type { PushSchedule as Shown } from "../../../api/generated/types/chat_message.ts";
import { quote, Refusal, refuse } from "../../refusal.ts";
import { isPending, type PushSchedule } from "../../store/pushes.ts";
import type { World } from "../../store/world.ts";
import { batchId, push, recipientsOf, taskId } from "./sending.ts";
import { type BodyOf, type Handler, type HandlersOf, seconds } from "../service.ts";

const BAD_BODY = 90001;
const UNKNOWN_TASK = 90049;
const DISPATCHED = 90107;

type Content = BodyOf<"timpush/add_sched_task">["Content"];

const addTask: Handler<"timpush/add_sched_task"> = (world, body, _caller, clock) => {
  const { Type: type, Content: content } = body;
  checkApp(world, body.Sdkappid);
  checkContent(world, type, content);
  const now = seconds(clock);
  const schedAt = futureTime("SchedAt", body.SchedAt, now);
  const schedule: PushSchedule = {
    id: world.pushes.newScheduleId(),
    type,
    createdAt: now,
    schedAt,
    content: { ...content, MsgRandom: content.MsgRandom ?? world.random() },
    chance: world.random(),
  };
  world.pushes.schedules.set(schedule.id, schedule);
  world.pushes.plan();
  return { TaskID: schedule.id };
};

const modifyTask: Handler<"timpush/modify_sched_task"> = (world, body, _caller, clock) => {
  const schedule = find(world, body);
  checkType(schedule, body.Type);
  if (!isPending(schedule)) return dispatched(schedule);
  if (body.Content) checkContent(world, schedule.type, { ...schedule.content, ...body.Content });
  if (body.SchedAt) schedule.schedAt = futureTime("SchedAt", body.SchedAt, seconds(clock));
  schedule.content = { ...schedule.content, ...body.Content };
  world.pushes.plan();
  return { TaskID: schedule.id };
};

const deleteTask: Handler<"timpush/delete_sched_task"> = (world, body) => {
  const schedule = find(world, body);
  checkType(schedule, body.Type);
  if (!isPending(schedule)) return dispatched(schedule);
  world.pushes.schedules.delete(schedule.id);
  world.pushes.plan();
  return { TaskID: schedule.id };
};

const getTask: Handler<"timpush/get_sched_task"> = (world, body) => ({
  TaskInfo: view(world, find(world, body)),
});

/** The range of time is one of the field that the list is sorted by. */
const listTasks: Handler<"timpush/list_sched_task"> = (world, body) => {
  checkApp(world, body.Sdkappid);
  const begin = timeOf("BeginTime", body.BeginTime);
  const end = timeOf("EndTime", body.EndTime);
  if (begin > end) refuse(BAD_BODY, "BeginTime is after EndTime");
  const key = body.OrderBy.toLowerCase() === "createat" ? "createdAt" : "schedAt";
  const keyword = body.Keyword ?? "";
  const all = [...world.pushes.schedules.values()].filter((schedule) => {
    const { Title = "", Desc = "" } = schedule.content.OfflinePushInfo ?? {};
    return schedule[key] >= begin && schedule[key] <= end &&
      (Title.includes(keyword) || Desc.includes(keyword));
  });
  const sorted = all.sort((one, other) =>
    (body.Asc ? 1 : -1) * (one[key] - other[key] || one.id - other.id)
  );
  const page = sorted.slice(body.Offset, body.Offset + body.Want);
  return { Total: all.length, Tasks: page.map((schedule) => view(world, schedule)) };
};

/** The commands about planned pushes. */
export const scheduleCommands: HandlersOf<"timpush"> = {
  add_sched_task: addTask,
  modify_sched_task: modifyTask,
  delete_sched_task: deleteTask,
  get_sched_task: getTask,
  list_sched_task: listTasks,
};

/**
 * Sends what is due, as if it had been sent at its time; to be done before any call, also one that only
 * reads or is refused. So it takes no chance of that call's.
 */
export function sendDuePushes(world: World, now: number): void {
  if (now < world.pushes.nextDue) return;
  const due = [...world.pushes.schedules.values()].filter((schedule) =>
    isPending(schedule) && schedule.schedAt <= now
  );
  for (const schedule of due.sort((one, other) => one.schedAt - other.schedAt)) {
    try {
      schedule.taskId = dispatch(world, schedule);
    } catch (error) {
      // An attribute of its condition may have another name by now; that is not the fault of the call at hand.
      if (!(error instanceof Refusal)) throw error;
      schedule.failure = error.message;
    }
  }
  world.pushes.plan();
}

function dispatch(world: World, { type, schedAt, content, chance }: PushSchedule): string {
  const { From_Account: from = "", To_Account, Condition, MsgRandom: random } = content;
  const isBatch = type === "User";
  const recipients = isBatch
    ? (To_Account ?? []).filter((account) => world.accounts.has(account))
    : recipientsOf(world, Condition);
  const command = isBatch ? "batch" : "push";
  const draft = { command, from, random, time: schedAt * 1000, recipients };
  const id = isBatch ? batchId(world, random) : taskId(world, random, chance);
  return push(world, draft, id).id;
}

function find(world: World, body: { Sdkappid: number; TaskID: number }): PushSchedule {
  checkApp(world, body.Sdkappid);
  return world.pushes.schedules.get(body.TaskID) ??
    refuse(UNKNOWN_TASK, `There is no scheduled push ${body.TaskID}`);
}

function checkApp(world: World, sdkAppId: number): void {
  if (sdkAppId !== world.sdkAppId) {
    refuse(BAD_BODY, `Sdkappid is ${sdkAppId}, but the URL says ${world.sdkAppId}`);
  }
}

function checkType({ id, type }: PushSchedule, given: string): void {
  if (given !== type) refuse(BAD_BODY, `Type is ${quote(given)}, but task ${id} is of ${type}`);
}

function checkContent(world: World, type: PushSchedule["type"], content: Content): void {
  if (type === "User" && !content.To_Account) {
    refuse(BAD_BODY, `Content.To_Account is missing, which Type "User" needs`);
  }
  if (type === "Tag" && !content.Condition) {
    refuse(BAD_BODY, `Content.Condition is missing, which Type "Tag" needs`);
  }
  if (type !== "User") recipientsOf(world, content.Condition);
}

/** The refusal of a change to a push that went out already; the task's number is then 0. */
function dispatched({ id }: PushSchedule) {
  return {
    ActionStatus: "FAIL" as const,
    ErrorCode: DISPATCHED,
    ErrorInfo: `The scheduled push ${id} was dispatched already`,
    TaskID: 0,
  };
}

function futureTime(field: string, text: string, now: number): number {
  const time = timeOf(field, text);
  if (time < now) refuse(BAD_BODY, `${field} is ${quote(text)} UTC, which is over`);
  return time;
}

function timeOf(field: string, text: string): number {
  const time = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)
    ? Date.parse(`${text.replace(" ", "T")}Z`)
    : NaN;
  // Some runtimes take a 30th of February for a day of March.
  if (Number.isNaN(time) || timeText(time / 1000) !== text) {
    refuse(BAD_BODY, `${field} is ${quote(text)}, wanted a time as YYYY-MM-DD HH:MM:SS in UTC`);
  }
  return time / 1000;
}

function timeText(time: number): string {
  return new Date(time * 1000).toISOString().slice(0, 19).replace("T", " ");
}

function view(world: World, schedule: PushSchedule): Shown {
  const { id, type, createdAt, schedAt, content, taskId, failure = "" } = schedule;
  return {
    TaskID: id,
    Sdkappid: world.sdkAppId,
    CreateAt: timeText(createdAt),
    Type: type,
    SchedAt: timeText(schedAt),
    Content: content,
    Title: content.OfflinePushInfo?.Title ?? "",
    Desc: content.OfflinePushInfo?.Desc ?? "",
    Status: isPending(schedule) ? "pending" : "dispatched",
    DispatchSuccess: taskId === undefined ? 0 : 1,
    DispatchErr: failure,
    PushTaskID: taskId ?? "",
  };
}

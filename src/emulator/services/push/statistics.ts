/**
 * `timpush`: figures of pushes. Nobody registers a device here, so every push is lost for want of a token.
 * Source: "Push" of the Chat documentation.
 *
 * @module
 */

import type { PushLoss } from "../../../api/generated/types/chat_message.ts";
import { refuse } from "../../refusal.ts";
import type { World } from "../../store/world.ts";
import { ackOnly, type HandlersOf } from "../service.ts";

const DAY = 86_400;
const NO_TOKEN = { ErrCode: "-2", ErrInfo: "token not uploaded" };
const NO_DEVICE = "no device is ever registered, so no chat message is ever pushed to one";
/** As the backend writes it. */
const ErrorInfo = "sucess";

interface Range {
  StartTime: number;
  EndTime: number;
}

/** The commands about figures. */
export const statisticsCommands: HandlersOf<"timpush"> = {
  all_member_push_statistics: (world, body) => {
    checkRange(body, 30);
    return {
      ErrorInfo,
      Results: figures(world, body).map(({ TaskID, count }) => ({
        ...(TaskID !== undefined && { TaskID }),
        TotalCount: count,
        SentCount: 0,
        DeliveredCount: 0,
        ClickCount: 0,
        PlatformStatistics: [],
      })),
    };
  },
  all_member_push_loss: (world, body) => {
    checkRange(body, 7);
    return {
      ErrorInfo,
      Results: figures(world, body).map(({ TaskID, count }) => ({
        ...(TaskID !== undefined && { TaskID }),
        ReadyToSendLoss: count > 0 ? [loss(count)] : [],
        PostSendDeliveredLoss: [],
        PlatformReadyToSendLoss: [],
        PlatformPostSendDeliveredLoss: [],
      })),
    };
  },
  normal_push_statistics: ackOnly(NO_DEVICE, (_world, body) => {
    checkRange(body, 30);
    const counts = { TotalCount: 0, SentCount: 0, DeliveredCount: 0, ClickCount: 0 };
    return { ErrorInfo, ...counts, PlatformStatistics: [] };
  }),
  normal_push_loss: ackOnly(NO_DEVICE, (_world, body) => {
    checkRange(body, 7);
    return {
      ErrorInfo,
      ReadyToSendLoss: [],
      PostSendDeliveredLoss: [],
      PlatformReadyToSendLoss: [],
      PlatformPostSendDeliveredLoss: [],
    };
  }),
};

function checkRange({ StartTime, EndTime }: Range, days: number): void {
  if (StartTime > EndTime) refuse(90001, "StartTime is after EndTime");
  if (EndTime - StartTime > days * DAY) {
    refuse(
      90001,
      `StartTime and EndTime are ${EndTime - StartTime} s apart, limit is ${days} days`,
    );
  }
}

/** How many each named task of the range was for, or all of the range together when none is named. */
function figures(
  world: World,
  { StartTime, EndTime, TaskID }: Range & { TaskID: string[] },
): { TaskID?: string; count: number }[] {
  const tasks = world.pushes.inOrder.filter(({ time }) =>
    time >= StartTime * 1000 && time < (EndTime + 1) * 1000
  );
  if (TaskID.length === 0) {
    return [{ count: tasks.reduce((sum, { recipients }) => sum + recipients, 0) }];
  }
  return tasks.filter(({ id }) => TaskID.includes(id))
    .map(({ id, recipients }) => ({ TaskID: id, count: recipients }));
}

function loss(count: number): PushLoss {
  return { ...NO_TOKEN, ErrCount: count };
}

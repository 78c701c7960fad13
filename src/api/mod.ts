/**
 * Every documented command of Chat, Room and Live by name, its types, the command table and the webhooks.
 *
 * @module
 */

export {
  type Batch,
  type BatchFailures,
  type CommandRow,
  type Paging,
  type WebhookRow,
} from "./command_row.ts";
export { commands, findCommand, nearestCommand, webhooks } from "./command_table.ts";
export { type Caller, createTim, namedCalls, type Tim } from "./named_calls.ts";
export type { Commands } from "./generated/commands.ts";
export type * from "./generated/named_calls.ts";
export type * from "./generated/types/chat_account.ts";
export type * from "./generated/types/chat_message.ts";
export type * from "./generated/types/chat_relation.ts";
export type * from "./generated/types/chat_webhooks.ts";
export type * from "./generated/types/common.ts";
export type * from "./generated/types/group.ts";
export type * from "./generated/types/group_message.ts";
export type * from "./generated/types/live.ts";
export type * from "./generated/types/room.ts";
export type { Webhooks } from "./generated/webhooks.ts";

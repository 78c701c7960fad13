/**
 * Every documented command of Chat, Room and Live by name, its types, and the tables of
 * commands and of webhooks; `@tim/edge/webhooks` receives those.
 *
 * @module
 */

export {
  type Batch,
  type BatchFailures,
  type CommandRow,
  type Paging,
  type RefusalRule,
  type WebhookRow,
} from "./command_row.ts";
export { commands, findCommand, nearestCommand, webhooks } from "./command_table.ts";
export { documentedRate } from "./documented_rate.ts";
export { type Caller, createTim, namedCalls, type Tim } from "./named_calls.ts";
export type { Commands } from "./generated/commands.ts";
export type * from "./generated/all_types.ts";
export type { NamedCalls } from "./generated/named_calls.ts";
export type { Webhooks } from "./generated/webhooks.ts";
export {
  type BatchBody,
  type BatchCommand,
  type BatchFailure,
  type BatchOptions,
  type BatchOutcome,
  callInBatches,
} from "./batches.ts";
export type { BatchCommands } from "./generated/batches.ts";
export {
  type ItemAt,
  type Page,
  type PageBody,
  type PagedCommand,
  type PageItem,
  paginate,
  type PaginateArguments,
  type Paginated,
} from "./paginate.ts";
export type { PagedCommands } from "./generated/paging.ts";

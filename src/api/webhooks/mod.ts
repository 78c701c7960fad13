/**
 * The callbacks that Chat and Room send to the app's own server: check, read, answer.
 *
 * @module
 */

export { type AnswerExtras, discardSilently, letPass, refuse } from "./answers.ts";
export type {
  IncomingWebhook,
  KnownWebhook,
  RefusableEvent,
  UnknownWebhook,
  WebhookCommand,
  WebhookEvent,
  WebhookOrigin,
} from "./event.ts";
export { isWebhookFault, WebhookFault, type WebhookFaultReason } from "./fault.ts";
export {
  webhookHandler,
  type WebhookHandlerOptions,
  type WebhookHandlers,
  type WebhookReply,
} from "./handler.ts";
export { type WebhookMemory, webhookMemory, type WebhookMemoryOptions } from "./memory.ts";
export { parseWebhook, type WebhookOptions } from "./parse.ts";
export { webhookSign } from "./sign.ts";
export type { DiscardableWebhook, RefusableWebhook, Webhooks } from "../generated/webhooks.ts";
export type { RefusalRule, WebhookRow } from "../command_row.ts";

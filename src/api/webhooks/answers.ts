/**
 * Answers to callbacks, as the backend wants them.
 *
 * @module
 */

import { ConfigError } from "../../core/errors.ts";
import type { DiscardableWebhook, RefusableWebhook, Webhooks } from "../generated/webhooks.ts";
import {
  type IncomingWebhook,
  rowOf,
  type UnknownWebhook,
  type WebhookCommand,
  type WebhookEvent,
} from "./event.ts";

/**
 * What the answer to a callback may say besides yes or no: another `MsgBody`, who is kept out.
 *
 * @example Some of the invited stay outside
 * ```ts
 * import { type AnswerExtras, letPass, webhookHandler } from "@tim/edge/webhooks";
 *
 * const without = (user: string): AnswerExtras<"Group.CallbackBeforeInviteJoinGroup"> => ({
 *   RefusedMembers_Account: [user],
 * });
 * const handle = webhookHandler({
 *   sdkAppId: 1400000000,
 *   on: {
 *     "Group.CallbackBeforeInviteJoinGroup": (event) => letPass(event, without("spammer")),
 *   },
 * });
 * const query = "SdkAppid=1400000000&CallbackCommand=Group.CallbackBeforeInviteJoinGroup";
 * const response = await handle(
 *   new Request(`https://app.example/callbacks?${query}`, { method: "POST", body: "{}" }),
 * );
 * console.log((await response.json()).RefusedMembers_Account); // ["spammer"]
 * ```
 */
export type AnswerExtras<Command extends WebhookCommand> = Partial<
  Omit<Webhooks[Command]["answer"], "ActionStatus" | "ErrorInfo" | "ErrorCode">
>;

/**
 * Lets any event go ahead that is decided as a whole, or acknowledges one that has happened.
 *
 * @example Nothing is decided here
 * ```ts
 * import { letPass, webhookHandler } from "@tim/edge/webhooks";
 *
 * const quiet = webhookHandler({
 *   sdkAppId: 1400000000,
 *   on: {},
 *   onUnknown: () => letPass(),
 * });
 * const query = "SdkAppid=1400000000&CallbackCommand=Group.CallbackOfNextYear";
 * const response = await quiet(
 *   new Request(`https://app.example/callbacks?${query}`, { method: "POST", body: "{}" }),
 * );
 * console.log((await response.json()).ErrorCode); // 0
 * ```
 */
export function letPass(): Response;
/**
 * Lets the event go ahead, or acknowledges one that has happened.
 *
 * @example Without the bad words
 * ```ts
 * import { letPass, type WebhookEvent, webhookHandler } from "@tim/edge/webhooks";
 *
 * function clean(event: WebhookEvent<"Group.CallbackBeforeSendMsg">): Response {
 *   const MsgBody = event.body.MsgBody.map((element) =>
 *     element.MsgType === "TIMTextElem"
 *       ? { ...element, MsgContent: { Text: element.MsgContent.Text.replaceAll("darn", "****") } }
 *       : element
 *   );
 *   return letPass(event, { MsgBody });
 * }
 *
 * const handle = webhookHandler({
 *   sdkAppId: 1400000000,
 *   on: { "Group.CallbackBeforeSendMsg": clean },
 * });
 * const response = await handle(
 *   new Request(
 *     "https://app.example/callbacks?SdkAppid=1400000000&CallbackCommand=Group.CallbackBeforeSendMsg",
 *     {
 *       method: "POST",
 *       body: JSON.stringify({
 *         CallbackCommand: "Group.CallbackBeforeSendMsg",
 *         MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "darn it" } }],
 *       }),
 *     },
 *   ),
 * );
 * console.log((await response.json()).MsgBody[0].MsgContent.Text); // **** it
 * ```
 *
 * @param event What is answered; where each account is decided by itself, all of its accounts pass.
 * @param extras What the answer says besides: fields that its documentation names.
 * @throws {ConfigError} When a decision about an account has a code that the callback does not take.
 */
export function letPass<Command extends WebhookCommand>(
  event: WebhookEvent<Command>,
  extras?: AnswerExtras<Command>,
): Response;
/**
 * Acknowledges any event.
 *
 * @example In a server of one's own
 * ```ts
 * import { letPass, parseWebhook } from "@tim/edge/webhooks";
 *
 * async function onCallback(request: Request): Promise<Response> {
 *   const event = await parseWebhook(request, { sdkAppId: 1400000000 });
 *   if (event.command.startsWith("Alert.")) console.warn(event.body);
 *   return letPass(event);
 * }
 * const query = "SdkAppid=1400000000&CallbackCommand=State.StateChange";
 * const response = await onCallback(
 *   new Request(`https://app.example/callbacks?${query}`, { method: "POST", body: "{}" }),
 * );
 * console.log((await response.json()).ActionStatus); // OK
 * ```
 *
 * @param event What is answered.
 */
export function letPass(event: IncomingWebhook): Response;
export function letPass(
  event?: UnknownWebhook | WebhookEvent<WebhookCommand>,
  extras?: { ResultItem?: { ResultCode: number }[] },
): Response {
  if (!event) return answer(0, "");
  for (const { ResultCode } of extras?.ResultItem ?? []) {
    if (ResultCode !== 0) checkCode(event.command, ResultCode);
  }
  const given = extras ?? rowOf(event.command)?.byDefault;
  return answer(0, "", { ...decisions(event, 0, ""), ...given });
}

/**
 * Refuses what is about to happen.
 *
 * @example With a code and a text for the sender
 * ```ts
 * import { refuse, webhookHandler } from "@tim/edge/webhooks";
 *
 * export default {
 *   fetch: webhookHandler({
 *     sdkAppId: 1400000000,
 *     token: "the token in the console",
 *     on: {
 *       "C2C.CallbackBeforeSendMsg": (event) => {
 *         const text = JSON.stringify(event.body.MsgBody);
 *         if (text.includes("https://")) return refuse(event, 120001, "No links, please");
 *       },
 *     },
 *   }),
 * };
 * ```
 *
 * @param event What is answered; where each account is decided by itself, all of them are refused.
 * @param code 1, or one of the callback's own range, which its client gets to see: 120001 to 130000 for
 * one-to-one messages and new official accounts, 10100 to 10200 for groups; 38000 to 39000 for friends,
 * where there is no 1. @default {1} 38000 for friends
 * @param info Why; the client gets it with a code of one's own.
 * @throws {ConfigError} When the callback does not take the code.
 */
export function refuse<Command extends RefusableWebhook>(
  event: WebhookEvent<Command>,
  code: number = plainRefusal(event.command),
  info = "",
): Response {
  checkCode(event.command, code);
  const each = decisions(event, code, info);
  return each ? answer(0, "", each) : answer(code, info);
}

/**
 * Drops a message while its sender is told that it was sent.
 *
 * @example Who spams never learns of it
 * ```ts
 * import { discardSilently, webhookHandler } from "@tim/edge/webhooks";
 *
 * export default {
 *   fetch: webhookHandler({
 *     sdkAppId: 1400000000,
 *     token: "the token in the console",
 *     on: {
 *       "C2C.CallbackBeforeSendMsg": (event) => {
 *         if (event.body.From_Account === "spammer") return discardSilently(event);
 *       },
 *     },
 *   }),
 * };
 * ```
 *
 * @param event What is answered.
 * @throws {ConfigError} When the callback is about no message.
 */
export function discardSilently<Command extends DiscardableWebhook>(
  event: WebhookEvent<Command>,
): Response {
  if (!rowOf(event.command)?.refusal?.discard) {
    throw new ConfigError(`${event.command} is about no message, so nothing can be discarded`);
  }
  return answer(2, "");
}

function answer(ErrorCode: number, ErrorInfo: string, extras: object = {}): Response {
  return Response.json({ ActionStatus: "OK", ErrorInfo, ErrorCode, ...extras });
}

/** One decision for each account of an event; nothing where the event is decided as a whole. */
function decisions(
  { command, body }: { command: string; body: object },
  ResultCode: number,
  ResultInfo: string,
): { ResultItem: object[] } | undefined {
  const field = rowOf(command)?.refusal?.each;
  if (field === undefined) return undefined;
  const accounts = (body as Record<string, { To_Account: string }[] | undefined>)[field] ?? [];
  return {
    ResultItem: accounts.map(({ To_Account }) => ({ To_Account, ResultCode, ResultInfo })),
  };
}

/** The code that refuses without one of the app's own: 1, where the callback takes it. */
function plainRefusal(command: string): number {
  const { each, codes } = rowOf(command)?.refusal ?? {};
  return each && codes ? codes[0] : 1;
}

function checkCode(command: string, code: number): void {
  const refusal = rowOf(command)?.refusal;
  if (!refusal) throw new ConfigError(`${command} cannot be refused; answer with letPass`);
  const { codes, each } = refusal;
  if (code === 1 && !each) return;
  if (codes && Number.isInteger(code) && code >= codes[0] && code <= codes[1]) return;
  const wanted = [...each ? [] : ["1"], ...codes ? [`${codes[0]} to ${codes[1]}`] : []];
  throw new ConfigError(`${command} cannot be refused with ${code}, wanted ${wanted.join(" or ")}`);
}

/**
 * What came, typed by its `CallbackCommand`.
 *
 * @module
 */

import type { WebhookRow } from "../command_row.ts";
import { type RefusableWebhook, webhookRows, type Webhooks } from "../generated/webhooks.ts";

/**
 * The name of a documented callback, `Group.CallbackAfterSendMsg`.
 *
 * @example Callbacks that are kept for later
 * ```ts
 * import { parseWebhook, type WebhookCommand } from "@tim/edge/webhooks";
 *
 * const kept = new Set<WebhookCommand>(["C2C.CallbackAfterSendMsg", "Group.CallbackAfterSendMsg"]);
 * const query = "SdkAppid=1400000000&CallbackCommand=Group.CallbackAfterSendMsg";
 * const event = await parseWebhook(
 *   new Request(`https://app.example/callbacks?${query}`, { method: "POST", body: "{}" }),
 *   { sdkAppId: 1400000000 },
 * );
 * console.log(event.known && kept.has(event.command)); // true
 * ```
 */
export type WebhookCommand = keyof Webhooks;

/**
 * What the address of a callback says.
 *
 * @example Where from?
 * ```ts
 * import { parseWebhook, type WebhookOrigin } from "@tim/edge/webhooks";
 *
 * const from = ({ platform = "unknown", clientIp = "nowhere" }: WebhookOrigin) =>
 *   `${platform} at ${clientIp}`;
 * const query = "SdkAppid=1400000000&CallbackCommand=State.StateChange" +
 *   "&ClientIP=203.0.113.7&OptPlatform=Web";
 * const event = await parseWebhook(
 *   new Request(`https://app.example/callbacks?${query}`, { method: "POST", body: "{}" }),
 *   { sdkAppId: 1400000000 },
 * );
 * console.log(from(event)); // Web at 203.0.113.7
 * ```
 */
export interface WebhookOrigin {
  /** The app. */
  sdkAppId: number;
  /** Address of the client that caused the event; absent where no client did. */
  clientIp?: string;
  /** Platform of that client: `RESTAPI`, `Web`, `Android`, `iOS` and so on; absent where there is none. */
  platform?: string;
}

/**
 * A documented callback. Its body is typed by the documentation; only `CallbackCommand` was
 * checked.
 *
 * @example A handler in a file of its own
 * ```ts
 * import { type WebhookEvent, webhookHandler } from "@tim/edge/webhooks";
 *
 * function onMessage({ body }: WebhookEvent<"Group.CallbackAfterSendMsg">): void {
 *   console.log(body.From_Account, body.GroupId); // alice book-club
 * }
 * const handle = webhookHandler({
 *   sdkAppId: 1400000000,
 *   on: { "Group.CallbackAfterSendMsg": onMessage },
 * });
 * const query = "SdkAppid=1400000000&CallbackCommand=Group.CallbackAfterSendMsg";
 * await handle(
 *   new Request(`https://app.example/callbacks?${query}`, {
 *     method: "POST",
 *     body: JSON.stringify({ GroupId: "book-club", From_Account: "alice" }),
 *   }),
 * );
 * ```
 */
export interface WebhookEvent<Command extends WebhookCommand> extends WebhookOrigin {
  /** The catalogue knows it. */
  known: true;
  /** Its name. */
  command: Command;
  /** Whether the backend waits for the answer to decide. */
  phase: WebhookRow["phase"];
  /** What it brings. */
  body: Webhooks[Command]["event"];
}

/**
 * Any documented callback: `switch (event.command)` tells which.
 *
 * @example Who did it, whatever it is
 * ```ts
 * import { type KnownWebhook, parseWebhook } from "@tim/edge/webhooks";
 *
 * function actor(event: KnownWebhook): string | undefined {
 *   switch (event.command) {
 *     case "State.StateChange":
 *       return event.body.Info.To_Account;
 *     case "C2C.CallbackAfterSendMsg":
 *     case "Group.CallbackAfterSendMsg":
 *       return event.body.From_Account;
 *   }
 * }
 * const query = "SdkAppid=1400000000&CallbackCommand=State.StateChange";
 * const body = JSON.stringify({ Info: { Action: "Logout", To_Account: "alice" } });
 * const event = await parseWebhook(
 *   new Request(`https://app.example/callbacks?${query}`, { method: "POST", body }),
 *   { sdkAppId: 1400000000 },
 * );
 * console.log(event.known && actor(event)); // alice
 * ```
 */
export type KnownWebhook = { [Command in WebhookCommand]: WebhookEvent<Command> }[WebhookCommand];

/**
 * Any documented callback before a deed that its answer can refuse.
 *
 * @example Strict: who is not checked does not get in
 * ```ts
 * import { type RefusableEvent, refuse, webhookHandler } from "@tim/edge/webhooks";
 *
 * const strict = (event: RefusableEvent): Response => refuse(event);
 * const handle = webhookHandler({
 *   sdkAppId: 1400000000,
 *   on: {
 *     "Group.CallbackBeforeSendMsg": () => {
 *       throw new Error("The filter is down");
 *     },
 *   },
 *   fallback: strict,
 *   onError: () => {},
 * });
 * const query = "SdkAppid=1400000000&CallbackCommand=Group.CallbackBeforeSendMsg";
 * const response = await handle(
 *   new Request(`https://app.example/callbacks?${query}`, { method: "POST", body: "{}" }),
 * );
 * console.log((await response.json()).ErrorCode); // 1
 * ```
 */
export type RefusableEvent = {
  [Command in RefusableWebhook]: WebhookEvent<Command>;
}[RefusableWebhook];

/**
 * A callback that the catalogue does not describe.
 *
 * @example What the catalogue does not know yet
 * ```ts
 * import { type UnknownWebhook, webhookHandler } from "@tim/edge/webhooks";
 *
 * const note = ({ command, body }: UnknownWebhook) => {
 *   console.log(command, Object.keys(body).join()); // Group.CallbackOfNextYear GroupId,Reason
 * };
 * const handle = webhookHandler({ sdkAppId: 1400000000, on: {}, onUnknown: note });
 * const query = "SdkAppid=1400000000&CallbackCommand=Group.CallbackOfNextYear";
 * const body = JSON.stringify({ GroupId: "book-club", Reason: 7 });
 * await handle(new Request(`https://app.example/callbacks?${query}`, { method: "POST", body }));
 * ```
 */
export interface UnknownWebhook extends WebhookOrigin {
  /** The catalogue does not know it. */
  known: false;
  /** Its name. */
  command: string;
  /** What it brings. */
  body: Record<string, unknown>;
}

/**
 * Whatever came.
 *
 * @example A line for the log, known or not
 * ```ts
 * import { type IncomingWebhook, parseWebhook } from "@tim/edge/webhooks";
 *
 * const line = (event: IncomingWebhook) =>
 *   event.known ? `${event.command} (${event.phase})` : `${event.command} (unknown)`;
 * const query = "SdkAppid=1400000000&CallbackCommand=Group.CallbackBeforeCreateGroup";
 * const event = await parseWebhook(
 *   new Request(`https://app.example/callbacks?${query}`, { method: "POST", body: "{}" }),
 *   { sdkAppId: 1400000000 },
 * );
 * console.log(line(event)); // Group.CallbackBeforeCreateGroup (before)
 * ```
 */
export type IncomingWebhook = KnownWebhook | UnknownWebhook;

let rows: Map<string, WebhookRow> | undefined;

/** The row of a callback; nothing when the catalogue does not know it. */
export function rowOf(command: string): WebhookRow | undefined {
  rows ??= new Map(webhookRows.map((row) => [row.name, row]));
  return rows.get(command);
}

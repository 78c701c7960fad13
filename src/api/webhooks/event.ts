/**
 * What came, typed by its `CallbackCommand`.
 *
 * @module
 */

import type { WebhookRow } from "../command_row.ts";
import { type RefusableWebhook, webhookRows, type Webhooks } from "../generated/webhooks.ts";

/** The name of a documented callback, `Group.CallbackAfterSendMsg`. */
export type WebhookCommand = keyof Webhooks;

/** What the address of a callback says. */
export interface WebhookOrigin {
  /** The app. */
  sdkAppId: number;
  /** Address of the client that caused the event; absent where no client did. */
  clientIp?: string;
  /** Platform of that client: `RESTAPI`, `Web`, `Android`, `iOS` and so on; absent where there is none. */
  platform?: string;
}

/** A documented callback. Its body is typed by the documentation; only `CallbackCommand` was checked. */
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

/** Any documented callback: `switch (event.command)` tells which. */
export type KnownWebhook = { [Command in WebhookCommand]: WebhookEvent<Command> }[WebhookCommand];

/** Any documented callback before a deed that its answer can refuse. */
export type RefusableEvent = {
  [Command in RefusableWebhook]: WebhookEvent<Command>;
}[RefusableWebhook];

/** A callback that the catalogue does not describe. */
export interface UnknownWebhook extends WebhookOrigin {
  /** The catalogue does not know it. */
  known: false;
  /** Its name. */
  command: string;
  /** What it brings. */
  body: Record<string, unknown>;
}

/** Whatever came. */
export type IncomingWebhook = KnownWebhook | UnknownWebhook;

let rows: Map<string, WebhookRow> | undefined;

/** The row of a callback; nothing when the catalogue does not know it. */
export function rowOf(command: string): WebhookRow | undefined {
  rows ??= new Map(webhookRows.map((row) => [row.name, row]));
  return rows.get(command);
}

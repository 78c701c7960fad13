/**
 * From a request to a checked, typed event.
 *
 * @module
 */

import { ConfigError } from "../../core/errors.ts";
import { checkSdkAppId } from "../../core/user_sig_rules.ts";
import { nearest } from "../nearest.ts";
import { readBody } from "./body.ts";
import { type IncomingWebhook, type KnownWebhook, rowOf, type WebhookOrigin } from "./event.ts";
import { WebhookFault } from "./fault.ts";
import { checkSign } from "./sign.ts";

/** How far `RequestTime` may be from now, in seconds, unless an option says otherwise. */
export const DEFAULT_AGE_SECONDS = 60;

/** What a handler would do without when its name is misspelt: take anybody's word, or a replay. */
const GUARDS = ["token", "memory", "fallback"];

/**
 * What a callback is checked against.
 *
 * @example Signed, and small
 * ```ts
 * import { isWebhookFault, parseWebhook, type WebhookOptions } from "@tim/edge/webhooks";
 *
 * const options: WebhookOptions = {
 *   sdkAppId: 1400000000,
 *   token: "the token in the console",
 *   maxAgeSeconds: 30,
 *   maxBodyBytes: 65_536,
 * };
 * const query = "SdkAppid=1400000000&CallbackCommand=State.StateChange";
 * const unsigned = new Request(`https://app.example/callbacks?${query}`, { method: "POST" });
 * const error = await parseWebhook(unsigned, options).catch((error) => error);
 * console.log(isWebhookFault(error) && error.reason); // signature
 * ```
 */
export interface WebhookOptions {
  /** The app; callbacks for another are refused. */
  sdkAppId: number;
  /**
   * The token that was set beside the callback's address in the console. Without it anybody who knows the
   * address can send events.
   * @default {undefined} signatures are not checked
   */
  token?: string;
  /** How far `RequestTime` may be from now, in seconds; with a token only. @default {60} */
  maxAgeSeconds?: number;
  /** Most bytes of a body. @default {1048576} */
  maxBodyBytes?: number;
  /** The clock, in milliseconds since 1970. @default {Date.now} */
  now?: () => number;
}

/**
 * Checks a callback and reads it.
 *
 * The signature covers the token and the time, not the body: only TLS keeps that from being changed, and a
 * request that is sent again within `maxAgeSeconds` passes; `webhookHandler` with a `memory` refuses it. The
 * backend may itself send an event twice.
 *
 * @example By hand, in any server
 * ```ts
 * import { letPass, parseWebhook, refuse } from "@tim/edge/webhooks";
 *
 * async function onCallback(request: Request): Promise<Response> {
 *   const event = await parseWebhook(request, { sdkAppId: 1400000000 });
 *   if (event.known && event.command === "Group.CallbackBeforeCreateGroup") {
 *     if (event.body.Name.includes("admin")) return refuse(event, 10101, "Choose another name");
 *   }
 *   return letPass(event);
 * }
 *
 * const command = "Group.CallbackBeforeCreateGroup";
 * const response = await onCallback(
 *   new Request(`https://app.example/callbacks?SdkAppid=1400000000&CallbackCommand=${command}`, {
 *     method: "POST",
 *     body: JSON.stringify({ CallbackCommand: command, Name: "the admins" }),
 *   }),
 * );
 * console.log((await response.json()).ErrorInfo); // Choose another name
 * ```
 *
 * @param request What came; its body is read.
 * @param options What it is checked against.
 * @returns The event; one that the catalogue does not know has `known: false`.
 * @throws {WebhookFault} When it is not to be acted upon; `status` is what to answer.
 * @throws {ConfigError} When an option breaks a rule.
 */
export function parseWebhook(request: Request, options: WebhookOptions): Promise<IncomingWebhook> {
  checkOptions(options);
  return parseChecked(request, options);
}

/** The same for options that were checked already; the signal ends the reading of the body. */
export async function parseChecked(
  request: Request,
  options: WebhookOptions,
  signal?: AbortSignal,
): Promise<IncomingWebhook> {
  const {
    sdkAppId,
    token,
    maxAgeSeconds = DEFAULT_AGE_SECONDS,
    maxBodyBytes = 1_048_576,
    now = Date.now,
  } = options;
  if (request.method !== "POST") {
    throw new WebhookFault("method", `Callbacks come by POST, this is ${request.method}`);
  }
  const query = new URL(request.url).searchParams;
  const given = query.get("SdkAppid");
  if (given !== String(sdkAppId)) {
    throw new WebhookFault("app", `SdkAppid is ${given ?? "missing"}, wanted ${sdkAppId}`);
  }
  if (token !== undefined) await checkSign(query, token, maxAgeSeconds, now());
  const command = query.get("CallbackCommand");
  if (!command) throw new WebhookFault("command", "The address has no CallbackCommand");
  const body = await readBody(request, maxBodyBytes, signal);
  // A few callbacks name themselves in the address only.
  const { CallbackCommand = command } = body;
  if (CallbackCommand !== command) {
    const other = JSON.stringify(CallbackCommand);
    throw new WebhookFault(
      "command",
      `CallbackCommand is ${JSON.stringify(command)} in the address, ${other} in the body`,
    );
  }
  const origin = originOf(sdkAppId, query);
  const row = rowOf(command);
  return row
    ? { known: true, command, phase: row.phase, ...origin, body } as unknown as KnownWebhook
    : { known: false, command, ...origin, body };
}

/**
 * Refuses options that would check nothing.
 *
 * @throws {ConfigError} The message names the option.
 */
export function checkOptions(options: WebhookOptions): void {
  const { sdkAppId, token, maxAgeSeconds = DEFAULT_AGE_SECONDS, maxBodyBytes = 1_048_576 } =
    options;
  for (const name of Object.keys(options)) {
    const meant = nearest(name, GUARDS) ?? name;
    if (meant !== name) throw new ConfigError(`${name} is no option, wanted ${meant}`);
  }
  checkSdkAppId(sdkAppId);
  if (token !== undefined && (typeof token !== "string" || token === "")) {
    throw new ConfigError("token is empty; leave it out where callbacks are not signed");
  }
  for (const [name, value] of Object.entries({ maxAgeSeconds, maxBodyBytes })) {
    if (!(value > 0)) throw new ConfigError(`${name} is ${value}, wanted a number over 0`);
  }
}

function originOf(sdkAppId: number, query: URLSearchParams): WebhookOrigin {
  const clientIp = query.get("ClientIP");
  const platform = query.get("OptPlatform");
  return { sdkAppId, ...(clientIp && { clientIp }), ...(platform && { platform }) };
}

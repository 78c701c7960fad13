/**
 * Why a request is no callback to act upon.
 *
 * @module
 */

/**
 * What is wrong with it.
 *
 * - `method`: no POST
 * - `app`: for another app, or for none
 * - `signature`: `Sign` is missing or does not fit the token
 * - `age`: signed too long ago, or in the future: a replay, or a clock that is wrong
 * - `replay`: the same callback has come before
 * - `too-large`: the body is over the limit
 * - `body`: no JSON object, or it ended early
 * - `command`: the address has no `CallbackCommand`, or the body another
 * - `late`: the body, or the app's own handler, took too long
 *
 * @example Which faults somebody should look at
 * ```ts
 * import { isWebhookFault, type WebhookFaultReason, webhookHandler } from "@tim/edge/webhooks";
 *
 * const ours: WebhookFaultReason[] = ["late", "age"]; // a slow handler, a wrong clock
 * const handle = webhookHandler({
 *   sdkAppId: 1400000000,
 *   on: {},
 *   onError: (error) => {
 *     if (isWebhookFault(error)) console.log(error.reason, ours.includes(error.reason));
 *   },
 * });
 * const response = await handle(new Request("https://app.example/callbacks"));
 * console.log(response.status); // 405
 * ```
 */
export type WebhookFaultReason =
  | "method"
  | "app"
  | "signature"
  | "age"
  | "replay"
  | "too-large"
  | "body"
  | "command"
  | "late";

const STATUS: Record<WebhookFaultReason, number> = {
  method: 405,
  app: 403,
  signature: 403,
  age: 403,
  replay: 409,
  "too-large": 413,
  body: 400,
  command: 400,
  late: 408,
};

const BRAND = Symbol.for("@tim/edge/WebhookFault");

/**
 * A request that is not to be acted upon.
 *
 * @example Why it was turned away
 * ```ts
 * import { isWebhookFault, parseWebhook } from "@tim/edge/webhooks";
 *
 * const request = new Request("https://app.example/callbacks?SdkAppid=7", { method: "POST" });
 * try {
 *   await parseWebhook(request, { sdkAppId: 1400000000 });
 * } catch (error) {
 *   if (!isWebhookFault(error)) throw error;
 *   console.log(error.reason, error.status); // app 403
 * }
 * ```
 */
export class WebhookFault extends Error {
  /** What is wrong. */
  readonly reason: WebhookFaultReason;
  /** The HTTP status to answer with; any but 200 tells the backend that the callback failed. */
  readonly status: number;

  /**
   * Makes a fault.
   *
   * @param reason What is wrong.
   * @param message The same in words.
   * @param cause What was thrown.
   */
  constructor(reason: WebhookFaultReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "WebhookFault";
    this.reason = reason;
    this.status = STATUS[reason];
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/**
 * Tells whether something thrown is a {@linkcode WebhookFault}, for one reason if asked; holds across two
 * copies of this package.
 *
 * @example Replays are no news, other faults are
 * ```ts
 * import { isWebhookFault, webhookHandler } from "@tim/edge/webhooks";
 *
 * export default {
 *   fetch: webhookHandler({
 *     sdkAppId: 1400000000,
 *     token: "the token in the console",
 *     on: {},
 *     onError: (error) => {
 *       if (!isWebhookFault(error, "age")) console.error(error);
 *     },
 *   }),
 * };
 * ```
 *
 * @param error What was thrown.
 * @param reason The reason to look for; any when left out.
 */
export function isWebhookFault(error: unknown, reason?: WebhookFaultReason): error is WebhookFault {
  return typeof error === "object" && error !== null && BRAND in error &&
    (reason === undefined || (error as unknown as WebhookFault).reason === reason);
}

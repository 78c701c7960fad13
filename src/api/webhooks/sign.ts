/**
 * `Sign` and `RequestTime`: that a callback comes from somebody who knows the token. Source: "Webhook
 * Overview" of the Chat documentation.
 *
 * @module
 */

import { sha256Hex } from "../../core/sha256.ts";
import { WebhookFault } from "./fault.ts";

/**
 * The `Sign` of a callback: SHA-256 over token and `RequestTime`, in hexadecimal. For tests and senders;
 * `parseWebhook` checks it.
 *
 * @example A signed callback, in a test
 * ```ts
 * import { parseWebhook, webhookSign } from "@tim/edge/webhooks";
 *
 * const RequestTime = String(Math.floor(Date.now() / 1000));
 * const query = new URLSearchParams({
 *   SdkAppid: "1400000000",
 *   CallbackCommand: "Group.CallbackAfterGroupDestroyed",
 *   RequestTime,
 *   Sign: await webhookSign("a token", RequestTime),
 * });
 * const request = new Request(`https://app.example/callbacks?${query}`, {
 *   method: "POST",
 *   body: JSON.stringify({ CallbackCommand: "Group.CallbackAfterGroupDestroyed" }),
 * });
 * const event = await parseWebhook(request, { sdkAppId: 1400000000, token: "a token" });
 * console.log(event.command); // Group.CallbackAfterGroupDestroyed
 * ```
 *
 * @param token The token that was set beside the callback's address in the console.
 * @param requestTime `RequestTime` as the address has it: Unix seconds.
 */
export async function webhookSign(token: string, requestTime: string): Promise<string> {
  return await sha256Hex(token + requestTime);
}

/**
 * Checks `Sign` and `RequestTime` of an address.
 *
 * @throws {WebhookFault} When one is missing, does not fit, or is too far from now.
 */
export async function checkSign(
  query: URLSearchParams,
  token: string,
  maxAgeSeconds: number,
  nowMs: number,
): Promise<void> {
  const sign = query.get("Sign");
  const requestTime = query.get("RequestTime");
  if (sign === null || requestTime === null) {
    throw new WebhookFault(
      "signature",
      `${sign === null ? "Sign" : "RequestTime"} is missing; is the token set in the console?`,
    );
  }
  if (!sameText(sign, await webhookSign(token, requestTime))) {
    throw new WebhookFault("signature", "Sign does not fit the token and RequestTime");
  }
  const age = Math.round(nowMs / 1000 - Number(requestTime));
  if (!(Math.abs(age) <= maxAgeSeconds)) {
    const distance = age < 0 ? `${-age} s ahead` : `${age} s old`;
    throw new WebhookFault(
      "age",
      `RequestTime is ${distance}, wanted at most ${maxAgeSeconds} s; a replay, or a clock is wrong`,
    );
  }
}

/** Compares without telling by its time where two texts of a known length differ. */
function sameText(given: string, wanted: string): boolean {
  if (given.length !== wanted.length) return false;
  let difference = 0;
  for (let index = 0; index < wanted.length; index++) {
    difference |= given.charCodeAt(index) ^ wanted.charCodeAt(index);
  }
  return difference === 0;
}

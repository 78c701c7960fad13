/**
 * The gateway's own refusals: HTTP statuses with a problem document (RFC 9457).
 *
 * The backend's refusals are no problems here: they stay in their envelope with status 200.
 *
 * @module
 */

import type { Reply } from "./reply.ts";

/** Why the gateway itself said no; the last part of the problem's `type`. */
export type ProblemReason =
  | "no-credentials"
  | "bad-token"
  | "bad-api-key"
  | "keys-away"
  | "command-not-allowed"
  | "identifier-not-allowed"
  | "room-not-allowed"
  | "role-missing"
  | "origin-not-allowed"
  | "bad-request"
  | "body-too-slow"
  | "too-large"
  | "not-found"
  | "wrong-method"
  | "key-reused"
  | "still-running"
  | "in-doubt"
  | "too-many-requests"
  | "command-ceiling"
  | "too-busy"
  | "store-away"
  | "shutting-down"
  | "backend-unreachable"
  | "backend-answer"
  | "backend-timeout"
  | "gateway-fault";

const TITLES: Record<ProblemReason, [status: number, title: string]> = {
  "no-credentials": [401, "Nothing says who asks"],
  "bad-token": [401, "The token is not accepted"],
  "bad-api-key": [401, "The API key is not accepted"],
  "keys-away": [503, "Tokens cannot be checked now"],
  "command-not-allowed": [403, "This call is not allowed here"],
  "identifier-not-allowed": [403, "No UserSig is issued for this identifier"],
  "room-not-allowed": [403, "No PrivateMapKey is issued for this room"],
  "role-missing": [403, "This address needs another role"],
  "origin-not-allowed": [403, "This origin may not call from a browser"],
  "bad-request": [400, "The request cannot be used"],
  "body-too-slow": [408, "The body did not arrive in time"],
  "too-large": [413, "The body is too large"],
  "not-found": [404, "There is nothing at this address"],
  "wrong-method": [405, "This address takes another method"],
  "key-reused": [409, "The Idempotency-Key was used for another call"],
  "still-running": [409, "The same is still under way"],
  "in-doubt": [409, "Nobody knows whether the first call took effect"],
  "too-many-requests": [429, "Too many requests"],
  "command-ceiling": [429, "The app's limit for this command is reached"],
  "too-busy": [503, "Too many requests are under way"],
  "store-away": [503, "The gateway's store does not answer"],
  "shutting-down": [503, "The gateway is shutting down"],
  "backend-unreachable": [502, "The backend cannot be reached"],
  "backend-answer": [502, "The backend's answer is not the documented one"],
  "backend-timeout": [504, "The backend did not answer in time"],
  "gateway-fault": [500, "The gateway failed"],
};

/** What a caller is told of a fault that is none of his business. */
export const IN_LOG = "The operator finds the reason in the log";

/** Thrown anywhere below a route to answer with a problem document. */
export class Refusal extends Error {
  /** Why. */
  readonly reason: ProblemReason;
  /** More headers of the answer. */
  readonly headers: Record<string, string> | undefined;

  /**
   * @param reason Why.
   * @param detail What was wrong this time and what to do; for the caller's eyes, so nothing secret.
   * @param headers More headers of the answer.
   * @param cause What led to it; for the log, never for the caller.
   */
  constructor(
    reason: ProblemReason,
    detail: string,
    headers?: Record<string, string>,
    cause?: unknown,
  ) {
    super(detail, { cause });
    this.reason = reason;
    this.headers = headers;
  }
}

/** Writes the problem document. */
export function problemReply({ reason, message, headers }: Refusal, requestId: string): Reply {
  const [status, title] = TITLES[reason];
  return {
    status,
    reason,
    body: JSON.stringify({
      type: `urn:tim-edge:${reason}`,
      title,
      status,
      detail: message,
      requestId,
    }),
    headers: { "content-type": "application/problem+json", ...headers },
  };
}

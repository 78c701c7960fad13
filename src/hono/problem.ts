/**
 * The gateway's own refusals: HTTP statuses with a problem document (RFC 9457).
 *
 * The backend's refusals are no problems here: they stay in their envelope with status 200.
 *
 * @module
 */

/** Why the gateway itself said no; the last part of the problem's `type`. */
export type ProblemReason =
  | "no-token"
  | "bad-token"
  | "command-not-allowed"
  | "identifier-not-allowed"
  | "bad-request"
  | "too-large"
  | "not-found"
  | "backend-unreachable"
  | "backend-answer"
  | "backend-timeout"
  | "gateway-fault";

const TITLES: Record<ProblemReason, [status: number, title: string]> = {
  "no-token": [401, "Authorization is missing"],
  "bad-token": [401, "The token is not accepted"],
  "command-not-allowed": [403, "This command is not allowed here"],
  "identifier-not-allowed": [403, "No UserSig is issued for this identifier"],
  "bad-request": [400, "The request cannot be read"],
  "too-large": [413, "The body is too large"],
  "not-found": [404, "There is nothing at this address"],
  "backend-unreachable": [502, "The backend cannot be reached"],
  "backend-answer": [502, "The backend's answer is not the documented one"],
  "backend-timeout": [504, "The backend did not answer in time"],
  "gateway-fault": [500, "The gateway failed"],
};

/**
 * Writes a problem document.
 *
 * @param reason Why.
 * @param detail What was wrong this time and what to do; for the caller's eyes, so nothing secret.
 * @param headers More headers.
 */
export function problem(
  reason: ProblemReason,
  detail: string,
  headers: Record<string, string> = {},
): Response {
  const [status, title] = TITLES[reason];
  const document = { type: `urn:tim-edge:${reason}`, title, status, detail };
  return new Response(JSON.stringify(document), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...headers,
    },
  });
}

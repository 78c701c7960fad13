/**
 * What the answer of the app's own server does to a deed that it was asked about.
 * Source: "Webhook Overview" of the Chat documentation.
 *
 * @module
 */

import { refuse } from "../refusal.ts";

/** The part of an answer that decides. */
export interface Decision {
  ErrorCode: number;
  ErrorInfo?: string;
}

/** Codes that the app's server may hand through to the caller. */
const OWN_CODES = { from: 120_001, to: 130_000 };

/**
 * Refuses the deed when the answer does.
 *
 * @param answer The answer; none lets the deed go ahead.
 * @param code What the caller gets for the answer's ErrorCode 1.
 * @returns Whether the deed is to be dropped in silence (ErrorCode 2).
 */
export function isDropped(answer: Decision | undefined, code: number): boolean {
  const { ErrorCode = 0, ErrorInfo = "" } = answer ?? {};
  if (ErrorCode === 1) refuse(code, ErrorInfo || "The app's own server refused it in a callback");
  if (ErrorCode >= OWN_CODES.from && ErrorCode <= OWN_CODES.to) refuse(ErrorCode, ErrorInfo);
  return ErrorCode === 2;
}

/** The message as an answer leaves it: with ErrorCode 0 it may bring another body or other custom data. */
export function altered<Body extends readonly unknown[]>(
  message: { body: Body; cloudCustomData?: string },
  answer: Decision & { MsgBody?: Body; CloudCustomData?: string } | undefined,
): { body: Body; cloudCustomData?: string } {
  if (answer?.ErrorCode !== 0) return message;
  const { MsgBody, CloudCustomData } = answer;
  return {
    body: Array.isArray(MsgBody) ? MsgBody : message.body,
    cloudCustomData: typeof CloudCustomData === "string"
      ? CloudCustomData
      : message.cloudCustomData,
  };
}

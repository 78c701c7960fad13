/**
 * The form of every answer.
 *
 * @module
 */

import type { Envelope } from "../../core/request.ts";
import { redact } from "../../core/redact.ts";

/** Makes the `RequestId`s of one emulator, in the documented form. */
export class RequestIds {
  #count = 0;

  /** The next one: 32 random hexadecimal digits and a running number. */
  next(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return `Id-${hex}-O-Seq-${++this.#count}`;
  }
}

/** A success with what the command adds to it. */
export function success(requestId: string, data: object): Envelope {
  return { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0, RequestId: requestId, ...data };
}

/** A failure; the text goes out without any credential that it may quote. */
export function failure(requestId: string, code: number, info: string): Envelope {
  return {
    ActionStatus: "FAIL",
    ErrorInfo: redact(info),
    ErrorCode: code,
    RequestId: requestId,
  };
}

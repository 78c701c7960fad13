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
  readonly #random = new Uint32Array(256);
  #used = this.#random.length;

  /** The next one: 32 random hexadecimal digits and a running number. */
  next(): string {
    // Drawn for many at once: each drawing has its price.
    if (this.#used === this.#random.length) {
      crypto.getRandomValues(this.#random);
      this.#used = 0;
    }
    let hex = "";
    for (let part = 0; part < 4; part++) {
      hex += this.#random[this.#used++]!.toString(16).padStart(8, "0");
    }
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

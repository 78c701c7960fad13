/**
 * What each error code of the backend means for a caller: who must act, and whether to try again.
 *
 * The texts are in `@tim/edge/errors`, since they are large.
 * Source: "Error Codes" of the Chat documentation and the command pages of Room and Live.
 *
 * @module
 */

import { CODES } from "./error_codes.ts";
import type { Retryable, TimErrorKind } from "./errors.ts";

/**
 * What is known about one error code.
 *
 * @example When a queue may hand out a job again
 * ```ts
 * import { type ErrorRow, errorRow } from "@tim/edge";
 *
 * const again = ({ retryable, outcomeUnknown }: ErrorRow) => {
 *   if (retryable === false) return "never";
 *   if (outcomeUnknown) return "if it may happen twice";
 *   return retryable === "after-delay" ? "in a second" : "at once";
 * };
 * console.log(again(errorRow(60007))); // in a second
 * console.log(again(errorRow(10010))); // never
 * ```
 */
export interface ErrorRow {
  /** The backend's `ErrorCode`. */
  code: number;
  /** What sort of trouble it is; `unknown` for a code that no page lists. */
  kind: TimErrorKind;
  /** Whether the same call may be made again: `"after-delay"` only after a pause. */
  retryable: Retryable;
  /** Whether the backend may have acted on the call all the same. */
  outcomeUnknown: boolean;
}

/** What each letter of the table stands for; a caller may try again only where it says so. */
const LETTERS: Record<
  string,
  [kind: TimErrorKind, retryable?: Retryable, outcomeUnknown?: boolean]
> = {
  e: ["validation"],
  r: ["permission"],
  t: ["auth"],
  c: ["quota"],
  i: ["not-found"],
  // Failures of the backend before it acts.
  l: ["not-found", true],
  d: ["server", true],
  o: ["server", true, true],
  // Failures of the backend that stay however often one tries.
  m: ["server"],
  n: ["conflict"],
  // Writes that collided: read again, wait a little, repeat.
  f: ["conflict", "after-delay"],
  s: ["rate-limit", "after-delay"],
};

let letters: Map<number, string> | undefined;

/**
 * Looks an error code up.
 *
 * @example Is it worth another try?
 * ```ts
 * import { errorRow } from "@tim/edge";
 *
 * console.log(errorRow(60007).kind, errorRow(60007).retryable); // rate-limit after-delay
 * ```
 *
 * @param code The backend's `ErrorCode`.
 * @returns Its row; for a code that no page lists, kind `unknown` and never to be repeated.
 */
export function errorRow(code: number): ErrorRow {
  const letter = lettersByCode().get(code);
  const [kind, retryable = false, outcomeUnknown = false] = letter
    ? LETTERS[letter]!
    : ["unknown" as const, false, true];
  return { code, kind, retryable, outcomeUnknown };
}

/** Every code that the table holds. */
export function knownErrorCodes(): number[] {
  return [...lettersByCode().keys()];
}

/** Reads the table: how far each code is from the one before, 1 where nothing is said, and its letter. */
function lettersByCode(): Map<number, string> {
  let code = 0;
  return letters ??= new Map(
    Array.from(CODES.matchAll(/([^a-z]*)(.)/g), ([, step, letter]) => [
      code += parseInt(step || "1", 36),
      letter!,
    ]),
  );
}

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

/** What each letter of the table stands for. */
const LETTERS: Record<string, Omit<ErrorRow, "code">> = {
  a: row("auth"),
  p: row("permission"),
  r: row("rate-limit", "after-delay"),
  q: row("quota"),
  n: row("not-found"),
  v: row("validation"),
  c: row("conflict"),
  // Writes that collided: read again, wait a little, repeat.
  C: row("conflict", "after-delay"),
  s: row("server", true, true),
  // Failures of the backend before it acts.
  S: row("server", true),
  N: row("not-found", true),
  // Failures of the backend that stay however often one tries.
  F: row("server"),
};

let rows: Map<number, ErrorRow> | undefined;

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
  rows ??= build();
  return rows.get(code) ?? { code, kind: "unknown", retryable: false, outcomeUnknown: true };
}

/** Every code that the table holds. */
export function knownErrorCodes(): number[] {
  rows ??= build();
  return [...rows.keys()];
}

function row(
  kind: TimErrorKind,
  retryable: Retryable = false,
  outcomeUnknown = false,
): Omit<ErrorRow, "code"> {
  return { kind, retryable, outcomeUnknown };
}

/** Reads the table: how far each code is from the one before, 1 where nothing is said, and its letter. */
function build(): Map<number, ErrorRow> {
  const table = new Map<number, ErrorRow>();
  let code = 0;
  for (const [, step, letter] of CODES.matchAll(/(-?\d*)(\D)/g)) {
    code += Number(step || 1);
    table.set(code, { code, ...LETTERS[letter!]! });
  }
  return table;
}

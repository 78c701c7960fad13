/**
 * Which accounts of a batch failed, out of what came back.
 *
 * @module
 */

import { isApiError, isTimError } from "../core/errors.ts";
import { redact } from "../core/redact.ts";
import type { Batch } from "./command_row.ts";

/**
 * One account, or group, for which a batch did not succeed.
 *
 * @example Who was not there anyway is no failure
 * ```ts
 * import { type BatchFailure, callInBatches, createTim } from "@tim/edge/api";
 *
 * const tim = createTim({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const isAbsent = ({ code }: BatchFailure) => code === 70107;
 * const { failed } = await callInBatches(tim, "im_open_login_svc/account_delete", {
 *   DeleteItem: [{ UserID: "omar" }, { UserID: "nobody" }],
 * });
 * const serious = failed.filter((failure) => !isAbsent(failure));
 * console.log(failed.length, serious.length); // 1 0
 * ```
 */
export interface BatchFailure {
  /** The account; a group's id where the command takes groups. */
  account: string;
  /** The backend's code for it; absent where the command only names the account, and when no answer came. */
  code?: number;
  /** The backend's text for it, or what the call failed with; may be empty. */
  info: string;
  /** Whether the backend may have acted for the account all the same. */
  outcomeUnknown: boolean;
  /** What the whole call threw; absent when the call succeeded for others. */
  error?: unknown;
}

/** The failures that an answer lists, by account. An entry that does not say how it went has failed. */
export function failuresIn(row: Batch, answer: unknown): Map<string, BatchFailure> {
  const found = new Map<string, BatchFailure>();
  for (const { list, key, code: codeField, is } of row.failures ?? []) {
    const entries = (answer as Record<string, unknown>)?.[list];
    if (!Array.isArray(entries)) continue;
    for (const entry of entries) {
      const account = String(key ? entry[key] : entry);
      const code = codeField && entry[codeField];
      if (code !== undefined && (is === undefined ? code === 0 : code !== is)) continue;
      // Several lists may name an account: the one that knows why counts.
      if (found.get(account)?.code !== undefined) continue;
      // ResultCode has its text in ResultInfo, ErrorCode in ErrorInfo.
      const info = codeField ? entry[codeField.replace(/Code$/, "Info")] : "";
      found.set(account, {
        account,
        ...(typeof code === "number" && { code }),
        info: typeof info === "string" ? info : "",
        outcomeUnknown: false,
      });
    }
  }
  return found;
}

/** Every account of a call that failed as a whole; what its answer says of one counts more. */
export function failuresOf(row: Batch, accounts: string[], error: unknown): BatchFailure[] {
  const told = isApiError(error) ? failuresIn(row, error.answer) : undefined;
  const outcomeUnknown = isTimError(error) ? error.outcomeUnknown : true;
  const code = isApiError(error) ? { code: error.errorCode } : {};
  const info = isApiError(error) && error.errorInfo ||
    redact(error instanceof Error ? error.message : String(error));
  return accounts.map((account) => ({
    account,
    ...code,
    info,
    outcomeUnknown,
    ...told?.get(account),
    error,
  }));
}

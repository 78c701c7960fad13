/**
 * What every error code of the server API means and what to do about it, in English and Chinese.
 *
 * Apart from the core for its size; the codes' kinds and what may be repeated are in the core too.
 *
 * @module
 */

import { errorRow } from "../core/error_kinds.ts";
import type { Retryable, TimErrorKind } from "../core/errors.ts";
import { english } from "./en.ts";
import { type ErrorArea, origins } from "./origins.ts";
import { chinese } from "./zh.ts";

export type { ErrorArea, Retryable, TimErrorKind };

/**
 * A language of the texts.
 *
 * @example In the visitor's language
 * ```ts
 * import { type ErrorLanguage, explainErrorCode } from "@tim/edge/errors";
 *
 * const languageOf = (request: Request): ErrorLanguage =>
 *   request.headers.get("accept-language")?.startsWith("zh") ? "zh" : "en";
 * const request = new Request("https://app.example/help/10010", {
 *   headers: { "accept-language": "zh-CN,zh;q=0.9" },
 * });
 * console.log(explainErrorCode(10010, languageOf(request))?.meaning); // 群组不存在或已解散。
 * ```
 */
export type ErrorLanguage = "en" | "zh";

/**
 * Everything known about one error code.
 *
 * @example An entry of a help page
 * ```ts
 * import { type ErrorExplanation, explainErrorCode } from "@tim/edge/errors";
 *
 * const entry = ({ code, meaning, remedy, source }: ErrorExplanation) =>
 *   `${code}: ${meaning}\n${remedy}\nSee ${source}`;
 * const found = explainErrorCode(10010);
 * console.log(found?.kind, found?.area); // not-found group
 * if (found) console.log(entry(found));
 * ```
 */
export interface ErrorExplanation {
  /** The backend's `ErrorCode`. */
  code: number;
  /** The part of the API that answers it; `sdk` codes never come from the server API. */
  area: ErrorArea;
  /** What sort of trouble it is, and so who must act. */
  kind: TimErrorKind;
  /** What it means. */
  meaning: string;
  /** What to do. */
  remedy: string;
  /** Whether the same call may be made again: `"after-delay"` only after a pause. */
  retryable: Retryable;
  /** Whether the backend may have acted on the call all the same. */
  outcomeUnknown: boolean;
  /** The documentation page that lists it, or where else it was seen. */
  source: string;
}

/**
 * Explains an error code.
 *
 * Source: "Error Codes" of the Chat documentation and the command pages of Room and Live.
 *
 * @example What does 10010 mean?
 * ```ts
 * import { explainErrorCode } from "@tim/edge/errors";
 *
 * console.log(explainErrorCode(10010)?.meaning); // The group does not exist or was disbanded.
 * console.log(explainErrorCode(10010, "zh")?.remedy);
 * ```
 *
 * @param code The backend's `ErrorCode`.
 * @param language Language of meaning and remedy. @default {"en"}
 * @returns The explanation, or `undefined` for a code that no page lists.
 */
export function explainErrorCode(
  code: number,
  language: ErrorLanguage = "en",
): ErrorExplanation | undefined {
  const texts = (language === "zh" ? chinese : english)[code];
  const origin = origins.find(([, , codes]) => codes.includes(code));
  if (texts === undefined || origin === undefined) return undefined;
  const [meaning, remedy] = texts;
  const [area, source] = origin;
  return { ...errorRow(code), area, meaning, remedy, source };
}

/**
 * The whole table.
 *
 * @example Every code that speaks of a limit
 * ```ts
 * import { explainAllErrorCodes } from "@tim/edge/errors";
 *
 * const limits = explainAllErrorCodes("zh").filter(({ kind }) => kind === "rate-limit");
 * console.log(limits.some(({ code }) => code === 60007)); // true
 * ```
 *
 * @param language Language of meanings and remedies. @default {"en"}
 * @returns Every code with its explanation, in rising order.
 */
export function explainAllErrorCodes(language: ErrorLanguage = "en"): ErrorExplanation[] {
  return Object.keys(english).map(Number).sort((a, b) => a - b)
    .map((code) => explainErrorCode(code, language)!);
}

/**
 * The languages.
 *
 * @module
 */

import { en } from "./en.ts";
import { ja } from "./ja.ts";
import { ko } from "./ko.ts";
import type { Texts } from "./texts.ts";
import { zh } from "./zh.ts";

/**
 * A language of the report.
 *
 * @example The verdict in the reader's language
 * ```ts
 * import { type Language, renderJson, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const languageOf = (locale: string): Language =>
 *   (["zh", "ja", "ko"] as const).find((each) => locale.startsWith(each)) ?? "en";
 * // Nothing listens at port 1.
 * const report = await runDoctor({ platform: hostPlatform(), host: "127.0.0.1:1", only: ["tcp"] });
 * const { verdict } = renderJson(report, { language: languageOf("zh-CN") });
 * console.log(verdict.sentence); // 127.0.0.1 的 1 端口未开放：连接被拒绝 3 次。
 * ```
 */
export type Language = "en" | "zh" | "ja" | "ko";

/** Texts by language. */
export const texts: Record<Language, Texts> = { en, zh, ja, ko };

/** Every language. */
export const languages: readonly Language[] = Object.keys(texts) as Language[];

/** Whether there are texts in this language. */
export function isLanguage(word: string): word is Language {
  return Object.hasOwn(texts, word);
}

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

/** A language of the report. */
export type Language = "en" | "zh" | "ja" | "ko";

/** Texts by language. */
export const texts: Record<Language, Texts> = { en, zh, ja, ko };

/** Every language. */
export const languages: readonly Language[] = Object.keys(texts) as Language[];

/** Whether there are texts in this language. */
export function isLanguage(word: string): word is Language {
  return Object.hasOwn(texts, word);
}

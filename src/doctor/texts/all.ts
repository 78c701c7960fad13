/**
 * The languages.
 *
 * @module
 */

import { en } from "./en.ts";
import type { Texts } from "./texts.ts";

/** A language of the report. */
export type Language = "en";

/** Texts by language. */
export const texts: Record<Language, Texts> = { en };

/** Every language. */
export const languages: readonly Language[] = Object.keys(texts) as Language[];

/** Whether there are texts in this language. */
export function isLanguage(word: string): word is Language {
  return Object.hasOwn(texts, word);
}

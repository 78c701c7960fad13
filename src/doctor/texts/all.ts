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

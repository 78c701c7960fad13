/**
 * The reader's language, by the environment.
 *
 * @module
 */

import type { CliIo } from "./io.ts";

/** The language of the locale, `zh` for instance; `en` where its letters could not be shown. */
export function localeLanguage({ LC_ALL, LC_MESSAGES, LANG }: CliIo["env"]): string {
  const locale = LC_ALL || LC_MESSAGES || LANG || "";
  // Chinese, Japanese and Korean need more than ASCII.
  return /utf-?8/i.test(locale) ? locale.slice(0, 2).toLowerCase() : "en";
}

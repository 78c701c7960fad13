/**
 * The manual of `tim errors`.
 *
 * @module
 */

import { manual } from "../manual.ts";

/** `tim errors`. */
export const errorsManual = manual({
  name: "errors",
  summary: "what an error code of the backend means, and what to do",
  usage: ["<code> [<code> ...] [options]", "--search <word> [options]"],
  operands: true,
  options: {
    search: { type: "string", value: "<word>", help: "Every code whose text holds the word" },
    lang: {
      type: "string",
      value: "<language>",
      choices: ["en", "zh"],
      help: "When left out, the locale's",
    },
  },
  examples: ["tim errors 10010", "tim errors 60008 -20009 --json", "tim errors --search UserSig"],
  exitCodes: { 0: "found", 1: "not in the table", 2: "used wrongly" },
});

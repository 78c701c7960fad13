/**
 * `tim errors`: what an error code means.
 *
 * @module
 */

import {
  type ErrorExplanation,
  type ErrorLanguage,
  explainAllErrorCodes,
  explainErrorCode,
} from "../errors/mod.ts";
import { readArguments } from "./arguments.ts";
import { EXIT } from "./exit_codes.ts";
import { type CliIo, UsageError } from "./io.ts";
import { localeLanguage } from "./locale.ts";
import { errorsManual } from "./manuals/errors.ts";

/** Runs `tim errors`. */
export function runErrorsCommand(args: string[], io: CliIo): Promise<number> {
  // Codes of the SDKs are negative, which would look like options.
  const words = args.map((arg) => (/^-\d+$/.test(arg) ? `code:${arg}` : arg));
  const { values, positionals } = readArguments(errorsManual, words);
  const { search, json } = values;
  const lang = values.lang ?? (localeLanguage(io.env) === "zh" ? "zh" : "en");
  if (lang !== "en" && lang !== "zh") throw new UsageError(`--lang is "${lang}", wanted en or zh`);
  const codes = positionals.map((word) => readCode(word.replace("code:", "")));
  const { found, unknown } = look(codes, search, lang);
  if (json) {
    const missing = unknown.map((code) => ({ code, error: "in no documented table" }));
    io.out(JSON.stringify([...found, ...missing], null, 2) + "\n");
  } else {
    io.out(found.map(inWords).join("\n"));
    for (const code of unknown) io.err(`${code} is in no documented table\n`);
  }
  return Promise.resolve(found.length > 0 && unknown.length === 0 ? EXIT.done : EXIT.no);
}

function readCode(text: string): number {
  if (/^-?\d+$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is no error code, wanted a number`);
}

function look(
  codes: number[],
  search: string | undefined,
  language: ErrorLanguage,
): { found: ErrorExplanation[]; unknown: number[] } {
  if ((search === undefined) === (codes.length === 0)) {
    throw new UsageError("name one or more codes, or --search a word");
  }
  if (search !== undefined) {
    const word = search.toLowerCase();
    const found = explainAllErrorCodes(language).filter(({ meaning, remedy }) =>
      `${meaning} ${remedy}`.toLowerCase().includes(word)
    );
    return { found, unknown: [] };
  }
  const explained = codes.map((code) => [code, explainErrorCode(code, language)] as const);
  return {
    found: explained.flatMap(([, explanation]) => explanation ?? []),
    unknown: explained.flatMap(([code, explanation]) => (explanation ? [] : code)),
  };
}

function inWords(
  { code, area, kind, meaning, remedy, retryable, outcomeUnknown, source }: ErrorExplanation,
): string {
  const repeat = retryable === false
    ? "no use as it stands"
    : `${retryable === true ? "worth it" : "after a pause"}${
      outcomeUnknown ? ", if the command may run twice: the first may have been carried out" : ""
    }`;
  return `${code} (${area}, ${kind})\n  ${meaning}\n  ${remedy}\n  Trying again: ${repeat}\n  ${source}\n`;
}

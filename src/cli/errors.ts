/**
 * `tim errors`: what an error code means.
 *
 * @module
 */

import { parseArgs } from "node:util";
import {
  type ErrorExplanation,
  type ErrorLanguage,
  explainAllErrorCodes,
  explainErrorCode,
} from "../errors/mod.ts";
import { type CliIo, UsageError } from "./io.ts";

const HELP = `tim errors: what an error code of the backend means, and what to do

Usage:
  tim errors <code> [<code> ...]
  tim errors --search <word>

Options:
  --search <word>  every code whose text holds the word
  --lang <en|zh>   language, default en
  --json           data instead of text
  --help           this text

Examples:
  tim errors 10010
  tim errors --search UserSig --lang zh

Exit codes: 0 found, 1 not in the table, 2 used wrongly
`;

/** Runs `tim errors`. */
export function runErrorsCommand(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args: args.map((arg) => (/^-\d+$/.test(arg) ? `code:${arg}` : arg)),
    allowPositionals: true,
    options: {
      search: { type: "string" },
      lang: { type: "string", default: "en" },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    io.out(HELP);
    return Promise.resolve(0);
  }
  if (values.lang !== "en" && values.lang !== "zh") {
    throw new UsageError(`--lang is "${values.lang}", wanted en or zh`);
  }
  const found = look(positionals, values.search, values.lang, io);
  if (values.json) io.out(JSON.stringify(found, null, 2) + "\n");
  else io.out(found.map(inWords).join("\n"));
  const complete = found.length > 0 && found.length >= positionals.length;
  return Promise.resolve(complete ? 0 : 1);
}

function look(
  codes: string[],
  search: string | undefined,
  language: ErrorLanguage,
  io: CliIo,
): ErrorExplanation[] {
  if ((search === undefined) === (codes.length === 0)) {
    throw new UsageError("name one or more codes, or --search a word");
  }
  if (search !== undefined) {
    const word = search.toLowerCase();
    return explainAllErrorCodes(language).filter(({ meaning, remedy }) =>
      `${meaning} ${remedy}`.toLowerCase().includes(word)
    );
  }
  return codes.flatMap((text) => {
    const digits = text.replace("code:", "");
    if (!/^-?\d+$/.test(digits)) {
      throw new UsageError(`"${digits}" is no error code, wanted a number`);
    }
    const explained = explainErrorCode(Number(digits), language);
    if (explained === undefined) io.err(`${digits} is in no documented table\n`);
    return explained ?? [];
  });
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

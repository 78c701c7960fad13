/**
 * The report while it comes about: one line for each check that is done, wiped out at the end.
 *
 * @module
 */

import type { Finding, Status } from "../../doctor/facts.ts";
import { textOf } from "../../doctor/report/headline.ts";
import type { Texts } from "../../doctor/texts/texts.ts";
import type { CliIo } from "../io.ts";

const MARKS: Record<Status, [unicode: string, ascii: string]> = {
  ok: ["✓", "ok"],
  info: ["i", "i"],
  warning: ["!", "!"],
  error: ["✗", "x"],
  skipped: ["–", "-"],
  unknown: ["?", "?"],
};

/** Shows each finding on standard error, if a person watches. */
export function showLive(
  io: CliIo,
  words: Texts,
  { quiet, unicode }: { quiet: boolean; unicode: boolean },
): { next?: (finding: Finding) => void; end(): void } {
  if (!io.errIsTTY || quiet) return { end() {} };
  let lines = 0;
  const width = (io.columns || 80) - 1;
  return {
    next: (finding) => {
      const title = words.checks[finding.check];
      const mark = MARKS[finding.status][unicode ? 0 : 1];
      const text = `${mark} ${title}: ${textOf(finding, words).saw}`;
      // deno-lint-ignore no-control-regex
      const plain = text.replace(/[\x00-\x1f\x7f-\x9f]+/g, " ");
      io.err(cut(unicode ? plain : plain.replace(/[^\x20-\x7e]/g, "?"), width) + "\n");
      lines++;
    },
    end: () => {
      if (lines > 0) io.err(`\x1b[${lines}A\x1b[J`);
      lines = 0;
    },
  };
}

/** Cuts a text to a number of columns: characters of East Asia take two. */
function cut(text: string, columns: number): string {
  let used = 0;
  let out = "";
  for (const character of text) {
    used += character.codePointAt(0)! >= 0x1100 ? 2 : 1;
    if (used > columns) return out;
    out += character;
  }
  return out;
}

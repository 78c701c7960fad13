/**
 * The report for a terminal.
 *
 * @module
 */

import type { Status } from "../facts.ts";
import { headline, nameOf, textOf } from "./headline.ts";
import type { DoctorReport } from "../run.ts";
import { shellCommand } from "./shell_commands.ts";
import { type Language, texts } from "../texts/all.ts";

/**
 * How the terminal is.
 *
 * @example For a log file that takes ASCII only
 * ```ts
 * import { renderText, runDoctor, type TextOptions } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const plain: TextOptions = { unicode: false, columns: 120 };
 * const report = await runDoctor({ platform: hostPlatform(), region: "sgp", only: ["tcp"] });
 * console.log(/^[ -~\n]+$/.test(renderText(report, plain))); // true
 * ```
 */
export interface TextOptions {
  /** Whether it shows colours. @default {false} */
  color?: boolean;
  /** Whether it shows more than ASCII. @default {true} */
  unicode?: boolean;
  /** Its width in characters. @default {80} */
  columns?: number;
  /** The language of the texts. @default {"en"} */
  language?: Language;
}

const marks: Record<Status, [unicode: string, ascii: string, color: number]> = {
  ok: ["✓", "ok", 32],
  info: ["i", "i", 36],
  warning: ["!", "!", 33],
  error: ["✗", "x", 31],
  skipped: ["–", "-", 90],
  unknown: ["?", "?", 35],
};

/**
 * Writes a report as lines: the verdict, what to do, the findings, and the verdict again.
 *
 * @example For a terminal
 * ```ts
 * import { renderText, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const report = await runDoctor({ platform: hostPlatform(), region: "sgp" });
 * console.log(renderText(report, { color: true, columns: 100 }));
 * ```
 *
 * @param report What the doctor found.
 * @param options How the terminal is.
 */
export function renderText(report: DoctorReport, options: TextOptions = {}): string {
  const { color = false, unicode = true, columns = 80, language = "en" } = options;
  const words = texts[language];
  const { verdict, findings, target, runtime, tookMs } = report;
  const { sentence, remedy } = headline(report, words);
  const paint = (status: Status, text: string) =>
    color ? `\x1b[${marks[status][2]}m${text}\x1b[0m` : text;
  const mark = (status: Status) => marks[status][unicode ? 0 : 1].padEnd(unicode ? 1 : 2);
  const titleWidth = Math.max(...Object.values(words.checks).map(width));
  const indent = mark("ok").length + titleWidth + 5;

  const lines = wrap(sentence, columns, 0).map((line, at) =>
    paint(verdict.status, at === 0 ? `${mark(verdict.status)} ${line}` : line)
  );
  if (remedy) lines.push(...wrap(`${words.remedy}${words.colon}${remedy}`, columns, 2, "  "));
  lines.push("");
  for (const finding of findings) {
    const title = words.checks[finding.check];
    const gap = " ".repeat(Math.max(0, titleWidth - width(title)));
    const { saw } = textOf(finding, words);
    const [first, ...rest] = wrap(saw, columns, indent);
    lines.push(
      `  ${paint(finding.status, mark(finding.status))} ${title}${gap}  ${first!.trimStart()}`,
      ...rest,
    );
    // Not broken into lines, to be copied.
    const command = shellCommand(finding.check, target, report.given);
    if (command && /error|warning/.test(finding.status)) {
      lines.push(`${" ".repeat(indent)}$ ${command}`);
    }
  }
  lines.push("");
  const from = nameOf(runtime);
  lines.push(...wrap(words.lookedAt(target.baseUrl, from, tookMs), columns, 0));
  lines.push(paint(verdict.status, `${words.verdict[verdict.status]}${words.colon}${sentence}`));
  const text = lines.join("\n") + "\n";
  // deno-lint-ignore no-control-regex -- what a server sent may hold anything
  return unicode ? text : text.replace(/[^\x00-\x7f]/g, "?");
}

/** A run of spaces, and what may not be torn: a word, or one character of Chinese or Japanese. */
const PIECES =
  /(\s*)([（「『《“]*(?:[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+)[、。，；：）」』！？ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ]*)/g;

/** Breaks a text into lines, each indented; words longer than a line stay whole, to be copied. */
function wrap(text: string, columns: number, indent: number, first = " ".repeat(indent)): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  // A number and its unit stay together.
  const glued = oneLine(text).replace(/(\d) (ms|s|min|h|days?|KB)\b/g, "$1\0$2");
  for (const [, space, piece] of glued.matchAll(PIECES)) {
    const word = (empty || !space ? "" : " ") + piece!.replace("\0", " ");
    // Two columns are kept for the mark before a headline.
    if (!empty && width(line) + width(word) > columns - (indent ? 0 : 3)) {
      lines.push(line);
      line = " ".repeat(indent) + word.trimStart();
    } else line += word;
    empty = false;
  }
  return [...lines, line];
}

/** Columns of a text: the characters of East Asia take two. */
function width(text: string): number {
  let columns = 0;
  for (const character of text) {
    columns += character.codePointAt(0)! >= 0x1100 && !/[\u2000-\u2e7f]/.test(character) ? 2 : 1;
  }
  return columns;
}

/** Takes line breaks and control characters out of what a server sent. */
function oneLine(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\x00-\x1f\x7f-\x9f\s]+/g, " ").trim();
}

/**
 * A manual as text of 80 columns.
 *
 * @module
 */

import type { Manual, Option } from "./manual.ts";

const COLUMNS = 80;
const MOST_LABEL = 24;

/** Writes the help of a subcommand. */
export async function helpText(
  { name, summary, usage, about, options, notes, examples, exitCodes }: Manual,
): Promise<string> {
  const lines = usage.map((words, at) => `${at === 0 ? "Usage:" : "      "} tim ${name} ${words}`);
  const labels = Object.entries(options).map(([option, row]) => labelOf(option, row));
  const width = Math.max(...labels.map(({ length }) => length).filter((n) => n <= MOST_LABEL)) + 2;
  const rows = Object.values(options).map((row, at) => tableRow(labels[at]!, wordsOf(row), width));
  const codes = Object.entries(exitCodes).map(([code, meaning]) => `${code} ${meaning}`).join(", ");
  return [
    `tim ${name}: ${summary}`,
    about && wrap(about),
    lines.map((line) => line.trimEnd()).join("\n"),
    `Options:\n${rows.join("\n")}`,
    typeof notes === "function" ? await notes() : notes,
    examples.length > 0 && `Examples:\n${examples.map((line) => `  ${line}`).join("\n")}`,
    wrap(`Exit codes: ${codes}`, "", "  "),
  ].filter(Boolean).join("\n\n") + "\n";
}

/** A manual as data for `--help --json`. */
export async function helpData({ notes, ...rest }: Manual): Promise<Record<string, unknown>> {
  return { ...rest, notes: typeof notes === "function" ? await notes() : notes };
}

/** Breaks paragraphs into lines; a line that begins with a space stays as it is. */
export function wrap(text: string, first = "", indent = first, columns: number = COLUMNS): string {
  return text.split("\n").map((paragraph) => {
    if (/^\s/.test(paragraph)) return paragraph;
    const lines: string[] = [];
    let line = lines.length === 0 ? first : indent;
    let empty = true;
    for (const word of paragraph.split(" ")) {
      if (!empty && line.length + 1 + word.length > columns) {
        lines.push(line);
        [line, empty] = [indent, true];
      }
      line += empty ? word : ` ${word}`;
      empty = false;
    }
    return [...lines, line].join("\n").trimEnd();
  }).join("\n");
}

/** A label with its text beside it, or below where it is too long. */
export function tableRow(label: string, text: string, width: number): string {
  const indent = " ".repeat(width + 2);
  const body = wrap(text, indent);
  return label.length + 2 > width
    ? `  ${label}\n${body}`
    : `  ${label.padEnd(width)}${body.trimStart()}`;
}

function labelOf(name: string, { short, value }: Option): string {
  return `${short ? `-${short}, ` : ""}--${name}${value ? ` ${value}` : ""}`;
}

function wordsOf({ help, default: usual, multiple, choices }: Option): string {
  const more = [
    choices && choices.join(", "),
    usual && `default ${usual}`,
    multiple && "repeatable",
  ].filter(Boolean);
  return more.length > 0 ? `${help}; ${more.join("; ")}` : help;
}

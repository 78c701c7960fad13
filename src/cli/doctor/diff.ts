/**
 * `tim doctor diff`: two reports beside each other.
 *
 * @module
 */

import { ConfigError } from "../../core/errors.ts";
import {
  diffReports,
  parseReport,
  type ReportDifference,
} from "../../doctor/report/diff_reports.ts";
import type { CheckId } from "../../doctor/check.ts";
import type { Finding } from "../../doctor/facts.ts";
import { nameOf, textOf } from "../../doctor/report/headline.ts";
import type { JsonReport } from "../../doctor/report/render_json.ts";
import { texts } from "../../doctor/texts/all.ts";
import type { Texts } from "../../doctor/texts/texts.ts";
import { readArguments } from "../arguments.ts";
import { chooseLanguage } from "./options.ts";
import type { CliIo } from "../io.ts";
import { doctorManual } from "../manuals/doctor.ts";
import { readTextFile } from "../text_file.ts";

const { json, lang, help } = doctorManual.options;
const diffManual = { operands: true, options: { json, lang, help } };

/** Prints what differs; exit code 1 when something does, as `diff` has it. */
export async function runDoctorDiff(args: string[], io: CliIo): Promise<number> {
  const { values, positionals: paths } = readArguments(diffManual, args);
  const words = texts[chooseLanguage(values.lang, io.env)];
  if (paths.length !== 2) {
    throw new ConfigError(`diff got ${paths.length} files, wanted two reports: A.json B.json`);
  }
  const [a, b] = await Promise.all(paths.map(async (path) => {
    return parseReport(await readTextFile(path, path), path);
  }));
  const differences = diffReports(a!, b!);
  if (values.json) {
    io.out(JSON.stringify({ same: differences.length === 0, differences }, null, 2) + "\n");
    return differences.length === 0 ? 0 : 1;
  }
  const lines = paths.flatMap((path, at) => about("AB"[at]!, path, [a, b][at]!, words));
  for (const { check, ...sides } of differences) {
    lines.push("", words.checks[check as CheckId] ?? check);
    for (const side of ["a", "b"] as const) {
      const found = sides[side];
      const what = found
        ? `${words.page.status[found.status]}${words.colon}${sawOf(found, words)}`
        : words.diff.notMade;
      lines.push(`  ${side.toUpperCase()} ${what}`);
    }
  }
  const count = differences.length;
  lines.push("", count === 0 ? words.diff.none : words.diff.some(count));
  // deno-lint-ignore no-control-regex -- a report is somebody else's file
  io.out(lines.join("\n").replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/g, " ") + "\n");
  return count === 0 ? 0 : 1;
}

/** Which report it is: its verdict, of which host and from where. */
function about(letter: string, path: string, report: JsonReport, words: Texts): string[] {
  const { target, runtime, tookMs, verdict } = report;
  return [
    `${letter} ${path}${words.colon}${verdict.sentence}`,
    `  ${words.lookedAt(target.baseUrl, nameOf(runtime), tookMs)}`,
  ];
}

/** In the reader's language, whatever the report was written in; a report of another version as it stands. */
function sawOf({ saw, ...finding }: NonNullable<ReportDifference["a"]>, words: Texts): string {
  try {
    return textOf(finding as Finding, words).saw;
  } catch {
    return saw;
  }
}

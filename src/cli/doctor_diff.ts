/**
 * `tim doctor diff`: two reports beside each other.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { ConfigError } from "../core/errors.ts";
import { diffReports, parseReport } from "../doctor/diff_reports.ts";
import { readArguments } from "./arguments.ts";
import type { CliIo } from "./io.ts";
import { doctorManual } from "./manuals/doctor.ts";

const { json, help } = doctorManual.options;
const diffManual = { operands: true, options: { json, help } };

/** Prints what differs; exit code 1 when something does, as `diff` has it. */
export async function runDoctorDiff(args: string[], io: CliIo): Promise<number> {
  const { values: { json }, positionals: paths } = readArguments(diffManual, args);
  if (paths.length !== 2) {
    throw new ConfigError(`diff got ${paths.length} files, wanted two reports: A.json B.json`);
  }
  const [a, b] = await Promise.all(paths.map(async (path) => {
    const text = await readFile(path, "utf8").catch((error: Error) => {
      throw new ConfigError(`${path} cannot be read: ${error.message}`);
    });
    return parseReport(text, path);
  }));
  const differences = diffReports(a!, b!);
  if (json) {
    io.out(JSON.stringify({ same: differences.length === 0, differences }, null, 2) + "\n");
    return differences.length === 0 ? 0 : 1;
  }
  const lines = paths.map((path, at) => `${"AB"[at]} ${path}: ${[a, b][at]!.verdict.sentence}`);
  for (const { check, ...sides } of differences) {
    lines.push("", check);
    for (const side of ["a", "b"] as const) {
      const found = sides[side];
      lines.push(`  ${side.toUpperCase()} ${found ? `${found.status}: ${found.saw}` : "not made"}`);
    }
  }
  lines.push(
    "",
    differences.length === 0 ? "No difference." : `${differences.length} checks differ.`,
  );
  // deno-lint-ignore no-control-regex -- a report is somebody else's file
  io.out(lines.join("\n").replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/g, " ") + "\n");
  return differences.length === 0 ? 0 : 1;
}

/**
 * `tim help`, `tim --help`: what there is.
 *
 * @module
 */

import { nearest } from "../api/nearest.ts";
import { readArguments } from "./arguments.ts";
import { exitCodes } from "./exit_codes.ts";
import { helpData, helpText, tableRow } from "./help_text.ts";
import { type CliIo, UsageError } from "./io.ts";
import type { Manual } from "./manual.ts";
import { helpManual } from "./manuals/help.ts";
import { type Subcommand, subcommands } from "./subcommands.ts";

const EXIT_CODES = "exit-codes";

/** Runs `tim help`. */
export async function runHelpCommand(args: string[], io: CliIo): Promise<number> {
  const { values, positionals: [topic] } = readArguments(helpManual, args);
  const json = values.json ?? false;
  if (topic === undefined) printOverview(io.out, json);
  else if (topic === EXIT_CODES) printExitCodes(io, json);
  else await printHelp(findSubcommand(topic, [EXIT_CODES]).manual, io, json);
  return 0;
}

/** Prints a subcommand's help. */
export async function printHelp(manual: Manual, io: CliIo, json: boolean): Promise<void> {
  io.out(json ? JSON.stringify(await helpData(manual), null, 2) + "\n" : await helpText(manual));
}

/** Prints what `tim` can do. */
export function printOverview(print: (text: string) => void, json: boolean): void {
  const all = Object.values(subcommands).map(({ manual: { name, summary } }) => ({
    name,
    summary,
  }));
  if (json) return print(JSON.stringify({ subcommands: all }, null, 2) + "\n");
  print(`tim: the server REST API of Tencent Cloud's Chat, Room and Live

Usage: tim <subcommand> [options]

Subcommands:
${all.map(({ name, summary }) => tableRow(name, summary, 12)).join("\n")}

tim <subcommand> --help tells more; tim help exit-codes; tim --version. Every
subcommand takes --json. Environment: TIM_SDK_APP_ID, TIM_SECRET_KEY,
TIM_IDENTIFIER (default administrator), TIM_REGION or TIM_BASE_URL.
`);
}

/** Whether there is one of that name. */
export function isSubcommand(name: string | undefined): name is string {
  return name !== undefined && Object.hasOwn(subcommands, name);
}

/**
 * Finds a subcommand.
 *
 * @param name What was written.
 * @param others Further words that could have been meant.
 * @throws {UsageError} When there is none, with the nearest.
 */
export function findSubcommand(name: string, others: string[] = []): Subcommand {
  if (isSubcommand(name)) return subcommands[name]!;
  const known = [...Object.keys(subcommands), ...others];
  const near = nearest(name, known) ?? known.find((word) => word.startsWith(name));
  throw new UsageError(
    `there is no subcommand "${name}"${near ? `; did you mean ${near}?` : ""}`,
  );
}

function printExitCodes(io: CliIo, json: boolean): void {
  io.out(
    json
      ? JSON.stringify(exitCodes, null, 2) + "\n"
      : `Exit codes:\n${
        Object.entries(exitCodes).map(([code, text]) => tableRow(code, text, 5)).join("\n")
      }\n`,
  );
}

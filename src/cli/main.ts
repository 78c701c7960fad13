/**
 * The `tim` command: picks the subcommand and turns what it throws into a message and an exit code.
 *
 * @module
 */

import { hasFlag } from "./arguments.ts";
import { EXIT } from "./exit_codes.ts";
import { reportFailure } from "./failure.ts";
import { findSubcommand, isSubcommand, printHelp, printOverview } from "./help.ts";
import { type CliIo, UsageError } from "./io.ts";
import { versionData } from "./version.ts";

/** Runs one command line and answers its exit code; `tim help exit-codes` lists them. */
export async function main(args: string[], io: CliIo): Promise<number> {
  // It may stand before the subcommand, too.
  const [name, ...rest] = args[0] === "--json" ? [...args.slice(1), "--json"] : args;
  // What is asked of it is a command line with options of its own.
  if (name === "__complete") return await complete(rest, io);
  const json = hasFlag(args, "--json");
  try {
    return await run(name, rest, json, io);
  } catch (error) {
    return await reportFailure(error, isSubcommand(name) ? name : "", json, io);
  }
}

async function run(
  name: string | undefined,
  rest: string[],
  json: boolean,
  io: CliIo,
): Promise<number> {
  if (name === undefined || name === "--json") {
    if (json) throw new UsageError("name a subcommand");
    printOverview(io.err, false);
    return EXIT.usedWrongly;
  }
  if (name === "--help" || name === "-h") {
    printOverview(io.out, json);
    return EXIT.done;
  }
  if (name === "--version" || name === "-V") {
    const data = versionData();
    io.out(json ? JSON.stringify(data, null, 2) + "\n" : `tim ${data.version}\n`);
    return EXIT.done;
  }
  const { manual, load, helpsItself } = findSubcommand(name);
  if (
    hasFlag(rest, "--help", "-h") && !(helpsItself && rest.some((word) => !word.startsWith("-")))
  ) {
    await printHelp(manual, io, json);
    return EXIT.done;
  }
  return await (await load())(rest, io);
}

/** Asked by the scripts of `tim completion`, so it is loaded apart from all else. */
async function complete(words: string[], io: CliIo): Promise<number> {
  const { candidates } = await import("./completion/candidates.ts");
  for (const { word, about } of await candidates(words)) {
    io.out(about ? `${word}\t${about}\n` : `${word}\n`);
  }
  return EXIT.done;
}

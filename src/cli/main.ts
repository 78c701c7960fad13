/**
 * The `tim` command: picks the subcommand and turns what it throws into a message and an exit code.
 *
 * @module
 */

import { nearest } from "../api/nearest.ts";
import { isTimError } from "../core/errors.ts";
import { type CliIo, UsageError } from "./io.ts";

type Run = (args: string[], io: CliIo) => Promise<number>;

/** Each subcommand is loaded only when it is asked for. */
const subcommands: Record<string, [summary: string, load: () => Promise<Run>]> = {
  start: [
    "The gateway, in front of an embedded emulator or the real backend",
    async () => (await import("./start.ts")).runStartCommand,
  ],
  doctor: [
    "Why calls fail or time out: names the cause and what to do",
    async () => (await import("./doctor.ts")).runDoctorCommand,
  ],
  usersig: [
    "Sign, inspect and verify UserSigs",
    async () => (await import("./usersig.ts")).runUserSigCommand,
  ],
  call: [
    "One command of the API",
    async () => (await import("./call.ts")).runCallCommand,
  ],
  errors: [
    "What an error code means, and what to do",
    async () => (await import("./errors.ts")).runErrorsCommand,
  ],
  regions: [
    "The REST hosts",
    async () => (await import("./regions.ts")).runRegionsCommand,
  ],
  emulator: [
    "The emulator alone",
    async () => (await import("./emulator.ts")).runEmulatorCommand,
  ],
};

const HELP = `tim: the server REST API of Tencent Cloud's Chat, Room and Live

Usage: tim <command> [options]

Commands:
${
  Object.entries(subcommands)
    .map(([name, [summary]]) => `  ${name.padEnd(10)} ${summary}`)
    .join("\n")
}

tim <command> --help tells more. Environment: TIM_SDK_APP_ID, TIM_SECRET_KEY,
TIM_IDENTIFIER (default administrator), TIM_REGION or TIM_BASE_URL.
`;

/** Runs one command line and answers its exit code: 2 when it was used wrongly. */
export async function main(args: string[], io: CliIo): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "help") {
    (name === undefined ? io.err : io.out)(HELP);
    return name === undefined ? 2 : 0;
  }
  if (!Object.hasOwn(subcommands, name)) {
    const near = nearest(name, Object.keys(subcommands));
    io.err(`tim: there is no command "${name}"${near ? `; did you mean ${near}?` : ""}\n\n${HELP}`);
    return 2;
  }
  try {
    return await (await subcommands[name]![1]())(rest, io);
  } catch (error) {
    if (isUsage(error)) {
      io.err(`tim ${name}: ${error.message}\nTry: tim ${name} --help\n`);
      return 2;
    }
    io.err(`tim ${name}: ${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
}

/** Wrong arguments: our own complaint, `parseArgs`' or the module's. */
function isUsage(error: unknown): error is Error {
  const code = (error as { code?: unknown })?.code;
  return error instanceof UsageError || isTimError(error, "config") ||
    (typeof code === "string" && code.startsWith("ERR_PARSE_ARGS"));
}

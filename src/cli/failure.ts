/**
 * What went wrong, as words on standard error or as one JSON document on standard output.
 *
 * @module
 */

import { isApiError, isTimError, type TimError } from "../core/errors.ts";
import { redact } from "../core/redact.ts";
import { EXIT } from "./exit_codes.ts";
import { type CliIo, UsageError } from "./io.ts";

/**
 * Reports what a subcommand threw.
 *
 * @param error What was thrown.
 * @param name The subcommand; empty when there is none.
 * @param json Whether `--json` was given.
 * @param io Where to write.
 * @returns The exit code.
 */
export async function reportFailure(
  error: unknown,
  name: string,
  json: boolean,
  io: CliIo,
): Promise<number> {
  const exitCode = exitCodeOf(error);
  const program = name === "" ? "tim" : `tim ${name}`;
  const wrongly = error instanceof UsageError ? error : undefined;
  const help = helpFor(exitCode, wrongly, program);
  const thrown = redact(error instanceof Error ? error.message : String(error));
  const message = exitCode === EXIT.ended ? "ended by Ctrl-C" : thrown;
  const explained = isApiError(error) ? await explain(error.errorCode) : undefined;
  if (json) {
    const document = {
      ...(isTimError(error) ? error.toJSON() : { kind: wrongly ? "usage" : "other" }),
      message,
      ...wrongly?.facts,
      ...explained,
      ...(isApiError(error) && { answer: error.answer }),
      ...(help && { help }),
      exitCode,
    };
    io.out(JSON.stringify({ error: document }, null, 2) + "\n");
    return exitCode;
  }
  if (isApiError(error)) io.out(JSON.stringify(error.answer, null, 2) + "\n");
  const advice = explained
    ? `${explained.meaning} ${explained.remedy}`
    : isTimError(error) && error.advice;
  io.err(`${program}: ${message}\n${advice ? `${advice}\n` : ""}${help ? `Try: ${help}\n` : ""}`);
  return exitCode;
}

/** The command line that tells more. */
function helpFor(
  exitCode: number,
  wrongly: UsageError | undefined,
  program: string,
): string | undefined {
  if (exitCode === EXIT.usedWrongly) return wrongly?.help ?? `${program} --help`;
  return exitCode === EXIT.notKnown && program !== "tim doctor" ? "tim doctor" : undefined;
}

/** The code for what was thrown. */
function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EXIT.usedWrongly;
  if (!isTimError(error)) return EXIT.no;
  const { kind } = error as TimError;
  if (kind === "config") return EXIT.usedWrongly;
  if (kind === "aborted") return EXIT.ended;
  const unanswered = kind === "network" || kind === "timeout" || kind === "protocol";
  return unanswered && !isApiError(error) ? EXIT.notKnown : EXIT.no;
}

/** The texts are large, and rarely needed. */
async function explain(code: number): Promise<{ meaning: string; remedy: string } | undefined> {
  const { explainErrorCode } = await import("../errors/mod.ts");
  const found = explainErrorCode(code);
  return found && { meaning: found.meaning, remedy: found.remedy };
}

/**
 * Reads a command line by a manual.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { nearest } from "../api/nearest.ts";
import { UsageError } from "./io.ts";
import type { Manual, Options } from "./manual.ts";

type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: true }>
>;

/**
 * Reads options and words.
 *
 * @param manual What may stand there.
 * @param args What stands there.
 * @throws {UsageError} For an unknown option, with the nearest one, or a missing value.
 */
export function readArguments<O extends Options>(
  manual: Pick<Manual<O>, "options" | "operands">,
  args: string[],
): Parsed<O> {
  const { options, operands } = manual;
  try {
    const parsed = parseArgs({ args, options, allowPositionals: true }) as Parsed<O>;
    const [word] = parsed.positionals;
    if (operands || word === undefined) return parsed;
    throw new UsageError(`"${word}" is one word too many, wanted options only`);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (!code?.startsWith("ERR_PARSE_ARGS")) throw error;
    const unknown = code === "ERR_PARSE_ARGS_UNKNOWN_OPTION" && /'(-[^' ]*)/.exec(message)?.[1];
    if (!unknown) throw new UsageError(message);
    const near = nearest(unknown, Object.keys(options).map((name) => `--${name}`));
    const operand = operands ? `; for a word that begins with a dash write -- before it` : "";
    throw new UsageError(
      `there is no option '${unknown}'${near ? `; did you mean ${near}?` : operand}`,
    );
  }
}

/** Whether a flag stands among the arguments, before any `--`. */
export function hasFlag(args: readonly string[], ...flags: string[]): boolean {
  const end = args.indexOf("--");
  return (end === -1 ? args : args.slice(0, end)).some((arg) => flags.includes(arg));
}

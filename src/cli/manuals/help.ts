/**
 * The manual of `tim help`.
 *
 * @module
 */

import { manual } from "../manual.ts";

/** `tim help`. */
export const helpManual = manual({
  name: "help",
  summary: "help for a subcommand, or on the exit codes",
  usage: ["[<subcommand>]", "exit-codes"],
  operands: true,
  options: {},
  examples: ["tim help", "tim help call", "tim help exit-codes --json"],
  exitCodes: { 0: "shown", 2: "used wrongly" },
});

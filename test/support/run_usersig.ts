/** Runs `tim usersig` alone as a program, with the real standard streams. */

import process from "node:process";
import { text } from "node:stream/consumers";
import { runUserSigCommand } from "../../src/cli/usersig.ts";

process.exitCode = await runUserSigCommand(process.argv.slice(2), {
  out: (line) => process.stdout.write(line),
  err: (line) => process.stderr.write(line),
  env: process.env,
  stdin: () => text(process.stdin),
  isTTY: false,
});

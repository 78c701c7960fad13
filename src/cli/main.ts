/**
 * The `tim` command.
 *
 * @module
 */

import process from "node:process";
import { runDoctorCommand } from "./doctor.ts";

const [command, ...args] = process.argv.slice(2);
const io = {
  stdout: (text: string) => void process.stdout.write(text),
  stderr: (text: string) => void process.stderr.write(text),
  env: process.env,
  isTTY: process.stdout.isTTY === true,
};
if (command === "doctor") {
  const code = await runDoctorCommand(args, io);
  // A look-up that timed out would keep the process alive for as long as the system waits for it.
  process.stdout.write("", () => process.exit(code));
} else {
  io.stderr(`tim: unknown command "${command ?? ""}", wanted: doctor\n`);
  process.exitCode = 2;
}

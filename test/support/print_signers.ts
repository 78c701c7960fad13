/**
 * Prints signers and errors in every way that a console has; run as a program by a test that reads it.
 */

import process from "node:process";
import { inspect } from "node:util";
import { CANARY, failures, signers } from "./canary.ts";

const values: unknown[] = [...await signers(), ...await failures()];
// The control: what a careless class would show.
if (process.argv.includes("--leak")) values.push({ secretKey: CANARY });
for (const value of values) {
  console.log(value);
  console.log("%o %s %j", value, value, value);
  console.error(value);
  console.dir(value, { depth: 9, showHidden: true });
  console.table([value]);
  console.log(inspect(value, { depth: 9, showHidden: true, getters: true, showProxy: true }));
}
console.log("printed", values.length);
// What an uncaught error leaves unwritten is lost.
await new Promise((resolve) => process.stdout.write("", resolve));
throw values.at(-1);

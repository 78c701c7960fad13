/**
 * Runs the test files named on the command line on Deno, Bun or Node, and prints the tally as its last line.
 */

import process from "node:process";
import { pathToFileURL } from "node:url";
import { runQueue } from "./harness.ts";

for (const file of process.argv.slice(2)) await import(pathToFileURL(file).href);
const tally = await runQueue();
console.log("\n" + JSON.stringify(tally));
process.exit(tally.failed > 0 ? 1 : 0);

/** Asks an emulator over sockets: the target as JSON, and how often. A program of its own, to leave the core alone. */

import process from "node:process";
import { load } from "./gateway_load.ts";

const [target, calls] = process.argv.slice(2) as [string, string];
await load(JSON.parse(target), Infinity, Number(calls));
process.exit(0);

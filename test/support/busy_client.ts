/**
 * A program that makes 150 calls, so that its client keeps timers, then one more to a command that is
 * perhaps never answered, prints how that ended, and has nothing more to do.
 */

import process from "node:process";
import { isTimError, TimClient } from "../../mod.ts";

const [baseUrl, last] = process.argv.slice(2) as [string, string];
const tim = new TimClient({ sdkAppId: 1400000000, secretKey: "k", baseUrl, timeoutMs: 5000 });
for (let i = 0; i < 150; i++) await tim.call("some_svc/some_command");
const from = performance.now();
const ended = await tim.call(last).then(() => "OK", (error) => isTimError(error) && error.code);
console.log(`${ended} after ${Math.round(performance.now() - from)} ms`);

/**
 * What the Worker of `examples/cloudflare-worker` weighs as `wrangler` uploads it, and how long an isolate
 * that starts with it takes to its first answer, beside one with an empty program. Prints JSON.
 */

import process from "node:process";
import { gzipSync } from "node:zlib";
import { coldStarts, workerBundle } from "../../test/support/worker_bundle.ts";

const ROUNDS = 41;

const bundle = await workerBundle();
const starts = await coldStarts(bundle, {
  TIM_SECRET_KEY: "f".repeat(64),
  LOGIN_SECRET: "x".repeat(32),
}, ROUNDS);
console.log(
  "\n" + JSON.stringify({
    bytes: new TextEncoder().encode(bundle.code).length,
    gzipped: gzipSync(bundle.code, { level: 9 }).length,
    worker: quartiles(starts.worker),
    empty: quartiles(starts.empty),
  }),
);
process.exit();

function quartiles(times: number[]): number[] {
  const sorted = times.toSorted((a, b) => a - b);
  return [0.25, 0.5, 0.75].map((part) => sorted[Math.floor(part * (sorted.length - 1))]!);
}

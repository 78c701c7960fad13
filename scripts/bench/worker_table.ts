/**
 * Prints what the Worker weighs and how it starts.
 */

interface Measured {
  bytes: number;
  gzipped: number;
  /** Milliseconds: first quartile, median, third quartile. */
  worker: number[];
  empty: number[];
}

/** Prints the JSON of `worker.ts`. */
export function printWorker(answers: Record<string, string>): void {
  for (const text of Object.values(answers)) {
    const { bytes, gzipped, worker, empty } = JSON.parse(text) as Measured;
    console.log("\nThe Worker of examples/cloudflare-worker, as wrangler uploads it");
    console.log(`  ${(bytes / 1000).toFixed(1)} kB, gzipped ${(gzipped / 1000).toFixed(1)} kB`);
    console.log("  milliseconds to the first answer of a cold isolate: median (quartiles)");
    for (const [name, times] of Object.entries({ "this Worker": worker, "an empty one": empty })) {
      const [low, median, high] = times.map((time) => time.toFixed(1));
      console.log(`    ${name.padEnd(14)} ${median} (${low} to ${high})`);
    }
  }
}

/** Prints what `gateway.ts` measured. */

import type { GatewayFigures, MemoryFigures } from "./gateway.ts";

/** One table a runtime; the ratios are to the bare proxy on the same runtime. */
export function printGateway(answers: Record<string, string>): void {
  for (const [runtime, answer] of Object.entries(answers)) {
    const figures: GatewayFigures[] = JSON.parse(answer);
    console.log(`\nGateway on ${runtime}: requests a second beside a bare proxy`);
    console.log(`${"".padEnd(26)}requests/s   ratio   processor time each`);
    for (const { way, rate, ratio, cpuMicros } of figures) {
      console.log(
        way.padEnd(26) + `${rate}`.padStart(10) + `${ratio.toFixed(2)}x`.padStart(8) +
          `${cpuMicros} µs`.padStart(22),
      );
    }
  }
}

/** One line a runtime: the first figures hold what starting and compiling take, the last must not climb. */
export function printMemory(answers: Record<string, string>): void {
  console.log("\nGateway: memory in MB, at the start and after each 20,000 of 200,000 requests");
  for (const [runtime, answer] of Object.entries(answers)) {
    const { resident, heap }: MemoryFigures = JSON.parse(answer);
    for (const [what, megabytes] of Object.entries({ resident, heap })) {
      const columns = megabytes.map((figure) => `${figure}`.padStart(5)).join("");
      console.log(`${runtime.padEnd(6)}${what.padEnd(9)}${columns}`);
    }
  }
}

/** Prints what `gateway.ts` measured. */

import type { GatewayFigures } from "./gateway.ts";

/** One table a runtime; the ratios are to the bare proxy on the same runtime. */
export function printGateway(answers: Record<string, string>): void {
  for (const [runtime, answer] of Object.entries(answers)) {
    const figures: GatewayFigures[] = JSON.parse(answer);
    const proxy = figures.find(({ way }) => way === "proxy")!;
    console.log(`\nGateway on ${runtime}: requests a second beside a bare proxy`);
    console.log(`${"".padEnd(26)}requests/s   ratio   processor time each`);
    for (const { way, rate, cpuMicros } of figures) {
      console.log(
        way.padEnd(26) + `${rate}`.padStart(10) + `${(rate / proxy.rate).toFixed(2)}x`.padStart(8) +
          `${cpuMicros} µs`.padStart(22),
      );
    }
  }
}

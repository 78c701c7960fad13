/** Prints what `user_sig.ts` measured. */

import type { Figures } from "./user_sig_common.ts";

/** One table a runtime; the ratios are to the official package on the same runtime. */
export function printUserSig(answers: Record<string, string>): void {
  for (const [runtime, answer] of Object.entries(answers)) {
    const figures: Figures[] = JSON.parse(answer);
    const official = figures.find(({ way }) => way.startsWith("official"));
    const ratio = (rate: number, of: number | undefined) =>
      (of === undefined ? "" : `${(rate / of).toFixed(2)}x`).padStart(8);
    console.log(`\nUserSig on ${runtime}: signatures a second`);
    console.log(
      `${"".padEnd(24)}${"one at a time".padStart(21)}${"64 in flight".padStart(21)}  characters`,
    );
    for (const { way, characters, rates: { oneAtATime, inFlight } } of figures) {
      console.log(
        way.padEnd(24) +
          `${oneAtATime}`.padStart(13) + ratio(oneAtATime, official?.rates.oneAtATime) +
          `${inFlight}`.padStart(13) + ratio(inFlight, official?.rates.inFlight) +
          `${characters ?? ""}`.padStart(12),
      );
    }
  }
}

/** Prints what `call.ts` and `sizes.ts` measured. */

import type { CallFigures } from "./call.ts";

/** One line a runtime. */
export function printCall(answers: Record<string, string>): void {
  console.log("\nOne call, microseconds, median of 100 rounds of 100");
  const heads = ["bare fetch", "tim.call", "ratio", "once only", "ratio"];
  console.log("".padEnd(12) + heads.map((head) => head.padStart(12)).join(""));
  for (const [runtime, answer] of Object.entries(answers)) {
    const { bare, call, ratio, once, onceRatio }: CallFigures = JSON.parse(answer);
    const columns = [
      bare.toFixed(),
      call.toFixed(),
      `${ratio.toFixed(2)}x`,
      once.toFixed(),
      `${onceRatio.toFixed(2)}x`,
    ];
    console.log(runtime.padEnd(12) + columns.map((column) => column.padStart(12)).join(""));
  }
}

/** One line a program. */
export function printSizes(answers: Record<string, string>): void {
  console.log("\nBytes in a bundle".padEnd(40) + "minified".padStart(10) + "gzipped".padStart(10));
  const sizes: Record<string, number[]> = JSON.parse(Object.values(answers)[0]!);
  for (const [name, [minified, gzipped]] of Object.entries(sizes)) {
    console.log(name.padEnd(39) + `${minified}`.padStart(10) + `${gzipped}`.padStart(10));
  }
}

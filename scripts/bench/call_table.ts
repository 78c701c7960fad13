/** Prints what `call.ts` and `sizes.ts` measured. */

/** One line a runtime. */
export function printCall(answers: Record<string, string>): void {
  console.log("\nOne call, microseconds, median of 100 rounds of 100");
  console.log(
    `${"".padEnd(12)}${"bare fetch".padStart(12)}${"tim.call".padStart(12)}${"ratio".padStart(9)}`,
  );
  for (const [runtime, answer] of Object.entries(answers)) {
    const { call, bare, ratio } = JSON.parse(answer);
    console.log(
      runtime.padEnd(12) + bare.toFixed().padStart(12) + call.toFixed().padStart(12) +
        `${ratio.toFixed(2)}x`.padStart(9),
    );
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

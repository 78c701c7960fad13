/** Prints what `types.ts` measured. */

import type { TypeFigures } from "./types.ts";

/** One line a program. */
export function printTypes(answers: Record<string, string>): void {
  console.log("\nTypes of all commands: the compiler's time and memory, and an editor's");
  const heads = ["check", "memory", "open", "complete", "memory"];
  console.log("".padEnd(30) + heads.map((head) => head.padStart(10)).join(""));
  const figures: TypeFigures[] = JSON.parse(Object.values(answers)[0]!);
  for (const { program, checkMs, megabytes, editor } of figures) {
    const columns = [
      `${checkMs} ms`,
      `${megabytes} MB`,
      `${editor.openMs} ms`,
      `${editor.completeMs} ms`,
      `${editor.megabytes} MB`,
    ];
    console.log(program.padEnd(30) + columns.map((column) => column.padStart(10)).join(""));
  }
}

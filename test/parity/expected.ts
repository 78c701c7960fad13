/** What the emulator answers to every step, with ids and times blanked; `deno task parity --record` writes it. */

import recorded from "./expected.json" with { type: "json" };
import type { Area, Scenario } from "./scenario.ts";

/** By area and scenario, one answer a step. */
export type Expected = Record<string, Record<string, unknown[]>>;

/** The answers to a scenario's steps; none to one that was not recorded yet. */
export function expectedOf(area: Area, scenario: Scenario): readonly unknown[] {
  return (recorded as Expected)[area.name]?.[scenario.name] ?? [];
}

/** Writes the file: one answer a line, so that a change of one is a change of one line. */
export function expectedText(expected: Expected): string {
  const parts = Object.entries(expected).map(([area, scenarios]) => {
    const texts = Object.entries(scenarios).map(([name, answers]) => {
      const lines = answers.map((answer) => `\n      ${JSON.stringify(answer)}`);
      return `\n    ${JSON.stringify(name)}: [${lines.join(",")}\n    ]`;
    });
    return `\n  ${JSON.stringify(area)}: {${texts.join(",")}\n  }`;
  });
  return `{${parts.join(",")}\n}\n`;
}

/** What a run of the suite came to: for a person, and as a file to send in. */

import { differenceText } from "./diff.ts";
import type { Outcome } from "./run_scenario.ts";
import type { Area, Scenario } from "./scenario.ts";

/** One scenario's outcome. */
export interface Finding {
  area: Area;
  scenario: Scenario;
  outcome: Outcome;
}

/** How it went, in a word. */
export function verdictOf({ outcome }: Finding): "same" | "differs" | "broke off" {
  if (outcome.broke !== undefined) return "broke off";
  return outcome.differences.length > 0 ? "differs" : "same";
}

const MARKS = { "same": "✓", "differs": "✗", "broke off": "!" };

/** A finding for the terminal: one line, and where it differs. */
export function findingText(finding: Finding): string {
  const { area, scenario, outcome } = finding;
  const verdict = verdictOf(finding);
  const lines = [`${MARKS[verdict]} ${verdict.padEnd(9)} ${area.name}: ${scenario.name}`];
  for (const { step, command, found, info } of outcome.differences) {
    lines.push(`    step ${step + 1}, ${command}`);
    for (const difference of found) lines.push(`      ${differenceText(difference)}`);
    if (info) lines.push(`      it says: ${info}`);
  }
  if (outcome.broke !== undefined) lines.push(`    ${outcome.broke}`);
  for (const id of outcome.left) lines.push(`    ! could not be deleted: ${id}`);
  return lines.join("\n");
}

/** The last line. */
export function totalText(findings: readonly Finding[]): string {
  const count = (wanted: string) => findings.filter((one) => verdictOf(one) === wanted).length;
  return `${count("same")} same, ${count("differs")} differ, ${count("broke off")} broke off`;
}

/** The file to send in: what was called and answered, with ids, times, texts and the app blanked. */
export function reportOf(findings: readonly Finding[], place: string, date: Date): object {
  return {
    format: "tim-edge parity 1",
    date: date.toISOString().slice(0, 10),
    region: place,
    total: totalText(findings),
    scenarios: findings.map((finding) => {
      const { area, scenario, outcome } = finding;
      return {
        area: area.name,
        name: scenario.name,
        verdict: verdictOf(finding),
        ...(outcome.broke !== undefined && { broke: outcome.broke }),
        differences: outcome.differences,
        exchanges: outcome.exchanges,
      };
    }),
  };
}

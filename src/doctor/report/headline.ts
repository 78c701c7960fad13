/**
 * The verdict in words.
 *
 * @module
 */

import type { Finding } from "../facts.ts";
import type { DoctorReport } from "../run.ts";
import { authority } from "../target.ts";
import type { FindingText, Texts } from "../texts/texts.ts";

/** The cause in one sentence, and what to do. */
export interface Headline {
  sentence: string;
  remedy?: string;
}

/** What must have been seen before a host is called healthy. */
const ESSENTIAL = ["dns", "tcp", "tls", "post", "clock"];

/** Writes the headline of a report. */
export function headline({ verdict, target, findings }: DoctorReport, texts: Texts): Headline {
  if (!verdict.finding) {
    const seen = (check: string) =>
      findings.some(({ check: made, id, status }) =>
        made === check && id !== "tls.none" && /ok|info/.test(status)
      );
    if (ESSENTIAL.every(seen)) return { sentence: texts.healthy(authority(target)) };
    const titles = findings.filter(({ status }) => status === "ok")
      .map(({ check }) => texts.checks[check]);
    return { sentence: texts.healthyAsFar(authority(target), titles) };
  }
  const { means, saw, remedy } = textOf(verdict.finding, texts);
  return { sentence: means ?? `${texts.unexplained} (${saw})`, remedy };
}

/** The texts of a finding. */
export function textOf<F extends Finding>(finding: F, texts: Texts): FindingText {
  const { id, facts, accepted } = finding;
  // The table pairs each id with the function for its facts, which the compiler cannot follow here.
  const text = (texts.findings[id] as (facts: F["facts"]) => FindingText)(facts);
  return accepted === undefined
    ? text
    : { ...text, saw: `${text.saw} (${texts.accepted(accepted)})` };
}

/** The runtime, and the place where it runs if there are many. */
export function nameOf({ name, version, place }: DoctorReport["runtime"]): string {
  return [name, version, place && `(${place})`].filter(Boolean).join(" ");
}

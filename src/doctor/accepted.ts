/**
 * Findings that somebody has looked at and decided to live with, until a day.
 *
 * @module
 */

import { nearest } from "../api/nearest.ts";
import { ConfigError } from "../core/errors.ts";
import type { Finding, FindingId } from "./facts.ts";
import { en } from "./texts/en.ts";

/**
 * One decision.
 *
 * @example A line in the hosts file that is meant
 * ```ts
 * import { type AcceptedFinding, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const accept: AcceptedFinding[] = [
 *   { id: "hosts.override", reason: "Staging pins its proxy", until: "2099-12-31" },
 * ];
 * const readText = () => Promise.resolve("203.0.113.7 chat.example.com"); // in place of /etc/hosts
 * const platform = { ...hostPlatform(), readText };
 * const report = await runDoctor({ platform, host: "chat.example.com", only: ["hosts"], accept });
 * console.log(report.verdict.status, report.findings[0]?.accepted); // ok Staging pins its proxy
 * ```
 */
export interface AcceptedFinding {
  /** Id of the finding, `reuse.closed` for instance. */
  id: FindingId | (string & Record<never, never>);
  /** Why it is accepted; stands in the report. */
  reason: string;
  /** The last day on which it is, `2027-01-31`; for good when left out. */
  until?: string;
}

/**
 * Checks what a project file holds.
 *
 * @throws {ConfigError} When an entry is no such decision.
 */
export function checkAccepted(entries: readonly AcceptedFinding[]): void {
  for (const { id, reason, until } of entries) {
    if (!Object.hasOwn(en.findings, id)) {
      const known = nearest(String(id), Object.keys(en.findings)) ?? "reuse.closed";
      throw new ConfigError(`accept has the id ${JSON.stringify(id)}, wanted one like ${known}`);
    }
    if (typeof reason !== "string" || reason.trim() === "") {
      throw new ConfigError(`accept of ${id} has no reason: say why, for whoever reads the report`);
    }
    if (until !== undefined && !(/^\d{4}-\d\d-\d\d$/.test(until) && Date.parse(until) > 0)) {
      throw new ConfigError(`accept of ${id} ends "${until}", wanted a day like 2027-01-31`);
    }
  }
}

/** Makes a note of an accepted warning or error, as long as the decision holds. */
export function acceptFinding(
  finding: Finding,
  entries: readonly AcceptedFinding[],
  now: number,
): Finding {
  if (finding.status !== "warning" && finding.status !== "error") return finding;
  const entry = entries.find(({ id, until }) =>
    id === finding.id && (until === undefined || now < Date.parse(until) + 86_400_000)
  );
  return entry ? { ...finding, status: "info", accepted: entry.reason } : finding;
}

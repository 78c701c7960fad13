/**
 * The report for programs.
 *
 * @module
 */

import type { CauseId } from "../causes.ts";
import { exitCode } from "../exit_code.ts";
import type { FindingFacts, FindingId, Status } from "../facts.ts";
import { headline, textOf } from "./headline.ts";
import type { RuntimeFact } from "../platform.ts";
import { asCurl, type CurlPhases, phasesOf } from "./phases.ts";
import type { DoctorReport } from "../run.ts";
import { shellCommand } from "./shell_commands.ts";
import type { Target } from "../target.ts";
import { type Language, texts } from "../texts/all.ts";

/**
 * One finding in the JSON report.
 *
 * @example What to do, as a list
 * ```ts
 * import { type JsonFinding, renderJson, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const task = ({ check, remedy, command }: JsonFinding) =>
 *   `- [ ] ${check}: ${remedy ?? "look into it"}${command ? `, see \`${command}\`` : ""}`;
 * // Nothing listens at port 1.
 * const options = { platform: hostPlatform(), host: "127.0.0.1:1", only: ["tcp"] };
 * const { findings } = renderJson(await runDoctor(options));
 * const tasks = findings.filter(({ status }) => status === "error").map(task);
 * console.log(tasks.length, tasks[0]?.includes("nc -vz -w 5 127.0.0.1 1")); // 1 true
 * ```
 */
export interface JsonFinding {
  /** The check that found it. */
  check: string;
  /** Which finding it is; stable. */
  id: FindingId;
  /** What it means for the path. */
  status: Status;
  /** What was seen. */
  saw: string;
  /** What that means, when it matters. */
  means?: string;
  /** What to do, when something is to be done. */
  remedy?: string;
  /** Why it is accepted, if somebody has decided so. */
  accepted?: string;
  /** An ordinary command that shows the same. */
  command?: string;
  /** The values behind the words; times in milliseconds. */
  facts: FindingFacts[FindingId];
}

/**
 * The JSON report.
 *
 * @example What an alarm needs of a report on disk
 * ```ts
 * import { type JsonReport, parseReport, renderJson, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const alarm = ({ target, verdict }: JsonReport) =>
 *   verdict.healthy ? undefined : `${target.host}: ${verdict.cause}`;
 * // Nothing listens at port 1.
 * const options = { platform: hostPlatform(), host: "127.0.0.1:1", only: ["tcp"] };
 * const text = JSON.stringify(renderJson(await runDoctor(options))); // or of `tim doctor --json`
 * console.log(alarm(parseReport(text, "report.json"))); // 127.0.0.1: port-refused
 * ```
 */
export interface JsonReport {
  /** Version of this form. */
  version: 1;
  /** The host it looked at. */
  target: Target;
  /** The runtime it ran on. */
  runtime: RuntimeFact;
  /** When it began, ISO. */
  startedAt: string;
  /** How long it took, in milliseconds. */
  tookMs: number;
  /** The cause, named. */
  verdict: {
    /** Whether calls can work. */
    healthy: boolean;
    status: Status;
    cause: CauseId;
    sentence: string;
    remedy?: string;
    /** What the command line's process ends with. */
    exitCode: number;
  };
  /** Phases of a call on a new connection, as `curl` names and counts them, in seconds. */
  phases: CurlPhases;
  /** One finding for each check. */
  findings: JsonFinding[];
}

/**
 * Writes a report as plain data, for `JSON.stringify`.
 *
 * @example For programs
 * ```ts
 * import { renderJson, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const report = await runDoctor({ platform: hostPlatform(), region: "sgp" });
 * const { verdict, phases } = renderJson(report, { language: "zh" });
 * console.log(verdict.healthy, verdict.cause, phases.time_connect);
 * ```
 *
 * @param report What the doctor found.
 * @param options `language` of the texts, `strict` for the exit code.
 */
export function renderJson(
  report: DoctorReport,
  options: { language?: Language; strict?: boolean } = {},
): JsonReport {
  const words = texts[options.language ?? "en"];
  const { target, given, runtime, startedAt, tookMs, verdict, findings } = report;
  return {
    version: 1,
    target,
    runtime,
    startedAt,
    tookMs,
    verdict: {
      healthy: verdict.status === "ok" || verdict.status === "warning",
      status: verdict.status,
      cause: verdict.cause,
      ...headline(report, words),
      exitCode: exitCode(report, options.strict),
    },
    phases: asCurl(phasesOf(findings)),
    findings: findings.map((finding) => {
      const { check, id, status, facts, accepted } = finding;
      const command = shellCommand(check, target, given);
      return {
        ...{ check, id, status, ...textOf(finding, words) },
        ...(accepted !== undefined && { accepted }),
        ...(command !== undefined && { command }),
        facts,
      };
    }),
  };
}

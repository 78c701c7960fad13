/**
 * What differs between a machine where it works and one where it does not.
 *
 * @module
 */

import { ConfigError } from "../../core/errors.ts";
import type { JsonFinding, JsonReport } from "./render_json.ts";

/**
 * What one of two reports has of a check.
 *
 * @example Here and there, in one line each
 * ```ts
 * import { type DifferentFinding, diffReports, renderJson, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const side = (found?: DifferentFinding) => found ? `${found.status} ${found.id}` : "not made";
 * const examine = async (hosts: string) => {
 *   const platform = { ...hostPlatform(), readText: () => Promise.resolve(hosts) };
 *   return renderJson(await runDoctor({ platform, host: "chat.example.com", only: ["hosts"] }));
 * };
 * const [mine, server] = [await examine(""), await examine("203.0.113.7 chat.example.com")];
 * const [first] = diffReports(mine, server);
 * console.log(side(first?.a), "->", side(first?.b)); // ok hosts.clear -> warning hosts.override
 * ```
 */
export type DifferentFinding = Pick<JsonFinding, "check" | "id" | "status" | "saw" | "facts">;

/**
 * One check that came out differently.
 *
 * @example What is worse on the server than at home
 * ```ts
 * import { diffReports, renderJson, type ReportDifference, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const isWorse = ({ a, b }: ReportDifference) => a?.status === "ok" && b?.status === "error";
 * const platform = hostPlatform();
 * const home = renderJson(await runDoctor({ platform, region: "sgp", only: ["tcp"] }));
 * // Stands for a machine whose firewall refuses.
 * const server = renderJson(await runDoctor({ platform, host: "127.0.0.1:1", only: ["tcp"] }));
 * console.log(diffReports(home, server).filter(isWorse).map(({ check }) => check).join()); // tcp
 * ```
 */
export interface ReportDifference {
  /** The check. */
  check: string;
  /** What the first report has; absent when the check was not made. */
  a?: DifferentFinding;
  /** What the second report has. */
  b?: DifferentFinding;
}

/** Status that a reader must see first. */
const RANK = ["error", "warning", "unknown", "skipped", "info", "ok"];
/** A time this many times another one, and this much longer in milliseconds, is another time. */
const SLOWER = 3;
const SLOWER_MS = 100;

/**
 * Compares two reports: other findings, other values behind the same finding, and times that are far apart.
 *
 * @example What changed since yesterday
 * ```ts
 * import { diffReports, renderJson, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const examine = async () =>
 *   renderJson(await runDoctor({ platform: hostPlatform(), region: "sgp" }));
 * const [yesterday, today] = [await examine(), await examine()];
 * for (const { check, a, b } of diffReports(yesterday, today)) console.log(check, a?.saw, b?.saw);
 * ```
 *
 * @param a One report as data.
 * @param b The other one.
 * @returns The differences, the gravest first.
 */
export function diffReports(a: JsonReport, b: JsonReport): ReportDifference[] {
  const checks = [...new Set([...a.findings, ...b.findings].map(({ check }) => check))];
  return checks.flatMap((check): ReportDifference[] => {
    const [left, right] = [a, b].map(({ findings }) => findings.find((one) => one.check === check));
    if (left && right && left.id === right.id && left.status === right.status) {
      if (alike(left.facts, right.facts)) return [];
    }
    return [{ check, a: left && pick(left), b: right && pick(right) }];
  }).sort((x, y) => gravity(x) - gravity(y));
}

/**
 * Checks that a text is the JSON report of `tim doctor`.
 *
 * @example Only what is a report
 * ```ts
 * import { isTimError } from "@tim/edge";
 * import { parseReport } from "@tim/edge/doctor";
 *
 * try {
 *   parseReport("{}", "monday.json");
 * } catch (error) {
 *   if (!isTimError(error, "config")) throw error;
 *   console.log(error.message.split(";")[0]); // monday.json is no report of the doctor
 * }
 * ```
 *
 * @throws {ConfigError} When it is not.
 */
export function parseReport(text: string, name: string): JsonReport {
  let report: JsonReport | undefined;
  try {
    report = JSON.parse(text);
  } catch {
    // Told below.
  }
  if (report?.version === 1 && Array.isArray(report.findings) && report.verdict) return report;
  throw new ConfigError(`${name} is no report of the doctor; make one by tim doctor --json`);
}

function pick({ check, id, status, saw, facts }: JsonFinding): DifferentFinding {
  return { check, id, status, saw, facts };
}

function gravity({ a, b }: ReportDifference): number {
  const ranks = [a, b].map((side) => side ? RANK.indexOf(side.status) : RANK.length);
  return Math.min(...ranks);
}

function alike(a: unknown, b: unknown, key = ""): boolean {
  if (typeof a === "number" && typeof b === "number") {
    if (!/Ms$/.test(key)) return a === b || /^(ttl|port|daysLeft)$/.test(key);
    const [least, most] = [Math.min(a, b), Math.max(a, b)];
    return /limit|timeout|skew/i.test(key) || most < least * SLOWER || most < least + SLOWER_MS;
  }
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  // Each call's time says nothing by itself; what it comes to stands beside it.
  if (key === "timesMs") return true;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  if (keys.has("here") && keys.has("server")) return true;
  return [...keys].every((each) =>
    alike((a as Record<string, unknown>)[each], (b as Record<string, unknown>)[each], each || key)
  );
}

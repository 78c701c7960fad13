/**
 * What the process says when it ends.
 *
 * @module
 */

import type { DoctorReport } from "./run.ts";

/**
 * The exit code for a report: 0 healthy, 1 a problem, 3 healthy with warnings when strict, 4 could not look.
 * (2, used wrongly, is the command line's.)
 *
 * @example In a health check
 * ```ts
 * import { exitCode, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const report = await runDoctor({ platform: hostPlatform(), region: "sgp" });
 * console.log(exitCode(report)); // 0
 * ```
 *
 * @param report What the doctor found.
 * @param strict Whether warnings count.
 */
export function exitCode({ verdict: { status } }: DoctorReport, strict = false): 0 | 1 | 3 | 4 {
  if (status === "error") return 1;
  if (status === "unknown") return 4;
  return status === "warning" && strict ? 3 : 0;
}

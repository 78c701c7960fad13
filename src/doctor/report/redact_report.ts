/**
 * A report that may be attached to a support ticket.
 *
 * @module
 */

import { redact } from "../../core/redact.ts";
import type { JsonReport } from "./render_json.ts";

/**
 * What must not be in the report, for each kind of secret.
 *
 * @example This machine's key and user
 * ```ts
 * import { redactReport, renderJson, runDoctor, type Secrets } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const secrets: Secrets = { keys: ["5bd2850fff3ecb11d7c805251c51ee46"], users: ["mira"] };
 * const platform = { ...hostPlatform(), hostsFile: "D:\\profiles\\mira\\hosts" };
 * const report = await runDoctor({ platform, region: "sgp", only: ["hosts"] });
 * const { findings } = redactReport(renderJson(report), secrets);
 * console.log(JSON.stringify(findings).includes("mira")); // false
 * ```
 */
export interface Secrets {
  /** Texts to take out wherever they stand, keys for instance. */
  keys: readonly string[];
  /** Names of the local user, as they stand in paths. */
  users: readonly string[];
}

/**
 * Takes out keys, UserSigs, credentials in URLs and the local user's name.
 *
 * @example Before it goes into a ticket
 * ```ts
 * import { redactReport, renderJson, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const report = await runDoctor({ platform: hostPlatform(), region: "sgp" });
 * const safe = redactReport(renderJson(report), { keys: ["our secret"], users: ["mira"] });
 * console.log(JSON.stringify(safe).includes("our secret")); // false
 * ```
 *
 * @param report The report as data.
 * @param secrets What else to take out.
 * @returns A copy.
 */
export function redactReport(report: JsonReport, { keys, users }: Secrets): JsonReport {
  const clean = (text: string): string => {
    let safe = redact(text).replace(/(\/\/)[^\s/@"]+@/g, "$1***@")
      .replace(/([/\\](?:home|Users)[/\\]+)[^/\\\s"]+/g, "$1***");
    for (const key of keys) if (key.length > 3) safe = safe.replaceAll(key, "***");
    for (const user of users) {
      // A short name may be a part of other words, and is taken out only as a word.
      const word = user.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      if (user.length > 1) {
        safe = safe.replace(new RegExp(`(?<![\\w.-])${word}(?![\\w.-])`, "g"), "***");
      }
    }
    return safe;
  };
  const walk = (value: unknown): unknown => {
    if (typeof value === "string") return clean(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each)]));
  };
  return walk(report) as JsonReport;
}

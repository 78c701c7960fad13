/**
 * Examinations for the gateway's `/doctor`.
 *
 * @module
 */

import { redactReport } from "./report/redact_report.ts";
import { renderHtml } from "./report/render_html.ts";
import { type JsonReport, renderJson } from "./report/render_json.ts";
import { type DoctorOptions, runDoctor } from "./run.ts";
import type { Language } from "./texts/all.ts";

/**
 * What an examination came to, in each form and language.
 *
 * @example The page on disk, the data in a log
 * ```ts
 * import { type Examined, examiner } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * async function keep({ json, html }: Examined): Promise<[string, string]> {
 *   return [JSON.stringify(json("en").verdict), await html("zh")];
 * }
 * const examine = examiner({ platform: hostPlatform(), region: "sgp", only: ["tcp", "head"] });
 * const [verdict, page] = await keep(await examine());
 * console.log(JSON.parse(verdict).healthy, page.includes('lang="zh')); // true true
 * ```
 */
export interface Examined {
  /** The report as data, without keys, UserSigs and the local user's name in paths. */
  json(language?: Language): JsonReport;
  /** The report as a page. */
  html(language?: Language): Promise<string>;
}

/**
 * Makes what the gateway's option `doctor.examine` wants.
 *
 * @example On Deno, Bun and Node
 * ```ts
 * import { examiner } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 * import type { GatewayOptions } from "@tim/edge/hono";
 *
 * const examine = examiner({ platform: hostPlatform(), region: "sgp" });
 * const doctor: GatewayOptions["doctor"] = { examine };
 * console.log(doctor !== undefined, (await examine()).json("en").verdict.status); // true ok
 * ```
 *
 * @param options What `runDoctor` takes; on Workers `platform` is `workerPlatform({ connect })`.
 * @returns Examines once each time it is called; the signal ends it with what is known by then.
 */
export function examiner(
  options: DoctorOptions,
): (signal?: AbortSignal) => Promise<Examined> {
  return async (signal) => {
    const report = await runDoctor({ ...options, ...signal && { signal } });
    const { secretKey } = options.credentials ?? {};
    const keys = typeof secretKey === "string" ? [secretKey] : [];
    return {
      json: (language) => redactReport(renderJson(report, { language }), { keys, users: [] }),
      html: (language) => renderHtml(report, { language }),
    };
  };
}

/**
 * The examination: every check as soon as its premises stand, then the verdict.
 *
 * @module
 */

import { ConfigError } from "../core/errors.ts";
import { redact } from "../core/redact.ts";
import { type AcceptedFinding, acceptFinding, checkAccepted } from "./accepted.ts";
import { judge, type Verdict } from "./causes.ts";
import type { Check, CheckId, Conclusion, Examination } from "./check.ts";
import { conclude } from "./check.ts";
import { allChecks, planChecks } from "./checks/all.ts";
import type { ControlHost } from "./checks/control.ts";
import type { DoctorCredentials } from "./checks/credentials.ts";
import type { EgressServices } from "./egress_services.ts";
import type { Finding } from "./facts.ts";
import { type CheckChoice, chooseChecks } from "./plan.ts";
import { type DoctorPlatform, ProbeError } from "./platform.ts";
import type { RegionHosts } from "./region_hosts.ts";
import type { Given } from "./report/shell_commands.ts";
import { findTarget, type Target, type TargetChoice } from "./target.ts";

/**
 * What {@linkcode runDoctor} takes: at most one of `host`, `region` and `baseUrl`.
 *
 * @example A patient look with an end to it
 * ```ts
 * import { type DoctorOptions, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const options: DoctorOptions = {
 *   platform: hostPlatform(),
 *   region: "sgp",
 *   timeoutMs: 10_000,
 *   off: ["nameservers"],
 *   signal: AbortSignal.timeout(30_000), // what is known by then is reported
 * };
 * const { verdict, findings } = await runDoctor(options);
 * console.log(verdict.status, findings.some(({ id }) => id === "check.stopped")); // ok false
 * ```
 */
export interface DoctorOptions extends TargetChoice, CheckChoice {
  /** The machine to look from: `hostPlatform()` of `@tim/edge/doctor/host` on Deno, Bun and Node. */
  platform: DoctorPlatform;
  /** The longest a single probe may take, in milliseconds; a call gets at least 4000. @default {5000} */
  timeoutMs?: number;
  /** A further root certificate to trust, as PEM, for a private host. */
  extraCa?: string;
  /** The file that `extraCa` comes from: named in the commands that the report shows. */
  caFile?: string;
  /** Addresses to connect to in place of what the resolver says. */
  resolve?: string[];
  /**
   * DNS-over-HTTPS servers to compare with, by URL; they see the host's name and this machine's address.
   *
   * @default {[]}
   */
  dohServers?: string[];
  /** How long to watch an idle connection, in milliseconds; not at all when left out. */
  idleMs?: number;
  /** Credentials to make one signed call with, which only reads; none is made when left out. */
  credentials?: DoctorCredentials;
  /**
   * Hosts of the regions to measure; `regions` of `@tim/edge` has them. With credentials that the host does
   * not know, they are asked too, to find the app's own.
   */
  regionHosts?: readonly RegionHosts[];
  /** Unrelated hosts that tell, once the host itself has failed, whether others do; nobody when left out. */
  controlHosts?: readonly ControlHost[];
  /** Public DNS names to ask for the networks of this machine and of its DNS servers; nobody when left out. */
  egressServices?: EgressServices;
  /** Findings to take as a note; `runDoctor` reports the reason with them. */
  accept?: readonly AcceptedFinding[];
  /** Ends the examination early, with what is known by then. */
  signal?: AbortSignal;
  /** Called with every finding as soon as it is there. */
  onFinding?: (finding: Finding) => void;
}

/**
 * What the doctor found.
 *
 * @example A figure for a monitor
 * ```ts
 * import { type DoctorReport, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const figure = ({ target: { host }, verdict: { status, cause } }: DoctorReport) =>
 *   `tim_path_ok{host="${host}",cause="${cause}"} ${status === "error" ? 0 : 1}`;
 * // Nothing listens at port 1.
 * const options = { platform: hostPlatform(), host: "127.0.0.1:1", only: ["tcp"] };
 * const line = figure(await runDoctor(options));
 * console.log(line); // tim_path_ok{host="127.0.0.1",cause="port-refused"} 0
 * ```
 */
export interface DoctorReport {
  /** The host it looked at. */
  target: Target;
  /** What the caller gave, and the report's commands must repeat. */
  given: Given;
  /** The runtime it ran on. */
  runtime: DoctorPlatform["runtime"];
  /** When it began, ISO. */
  startedAt: string;
  /** How long it took, in milliseconds. */
  tookMs: number;
  /** The cause, named. */
  verdict: Verdict;
  /** One finding for each check, in the order of the report. */
  findings: Finding[];
}

/**
 * Finds out whether calls to the backend can work from here, and if not, why. One signed call is made when
 * credentials are given, otherwise none.
 *
 * @example From a program
 * ```ts
 * import { runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const report = await runDoctor({
 *   platform: hostPlatform(),
 *   region: "sgp",
 *   onFinding: ({ check, status }) => console.log(check, status),
 * });
 * console.log(report.verdict.status); // ok
 * ```
 *
 * @param options Where to look, and from where.
 * @returns The findings and the verdict; it does not throw for anything that it finds.
 * @throws {ConfigError} When the options are wrong.
 */
export async function runDoctor(options: DoctorOptions): Promise<DoctorReport> {
  const { platform, timeoutMs = 5000, idleMs, onFinding, ...rest } = options;
  if (!(timeoutMs >= 100 && timeoutMs <= 60_000)) {
    throw new ConfigError(`timeoutMs is ${timeoutMs}, wanted 100 to 60000`);
  }
  if (idleMs !== undefined && !(idleMs >= 100 && idleMs <= 3_600_000)) {
    throw new ConfigError(`idleMs is ${idleMs}, wanted 100 to 3600000`);
  }
  const target = findTarget(options);
  const { extraCa, resolve, dohServers, credentials, regionHosts, egressServices, controlHosts } =
    rest;
  const examination = {
    ...{ target, platform, timeoutMs, extraCa, resolve, dohServers, idleMs },
    ...{ credentials, regionHosts, egressServices, controlHosts },
    evidence: {},
  };
  const plan = chooseChecks(allChecks, planChecks(options), options);
  const { accept = [], signal } = options;
  checkAccepted(accept);
  const started = platform.elapsed();
  const startedAt = new Date(platform.now()).toISOString();
  const findings = await examine(plan, examination, {
    onFinding,
    signal,
    finish: (finding) => acceptFinding(finding, accept, platform.now()),
  });
  const { caFile } = options;
  return {
    target,
    given: {
      ...(resolve && { resolve }),
      ...(caFile !== undefined && { caFile }),
      ...(idleMs !== undefined && { idleMs }),
    },
    runtime: platform.runtime,
    startedAt,
    tookMs: Math.round(platform.elapsed() - started),
    verdict: judge(findings),
    findings,
  };
}

interface Course {
  onFinding: DoctorOptions["onFinding"];
  signal: AbortSignal | undefined;
  finish: (finding: Finding) => Finding;
}

async function examine(
  plan: readonly Check[],
  examination: Examination,
  { onFinding, signal, finish }: Course,
): Promise<Finding[]> {
  const ends = new Map<CheckId, Promise<Finding>>();
  const stopped = new Promise<Conclusion>((resolve) => {
    const stop = () => resolve(conclude("unknown", "check.stopped", {}));
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop, { once: true });
  });
  const shown = [...plan].map(async (check) => {
    const end = make(check, examination, ends);
    // Those that build on it see what it found, whether somebody accepts that or not.
    ends.set(check.id, end.then((conclusion) => ({ check: check.id, ...conclusion }) as Finding));
    const conclusion = await Promise.race([stopped, end]);
    const finding = finish({ check: check.id, ...conclusion } as Finding);
    onFinding?.(finding);
    return finding;
  });
  return await Promise.all(shown);
}

async function make(
  check: Check,
  examination: Examination,
  ends: ReadonlyMap<CheckId, Promise<Finding>>,
): Promise<Conclusion> {
  // The other checks must have begun, before their ends can be waited for.
  await undefined;
  const wait = async (ids: CheckId[] = []) =>
    (await Promise.all(ids.map((id) => ends.get(id)))).filter((end) => end !== undefined);
  const { lacks = [], runtime } = examination.platform;
  if (lacks.includes(check.id)) return conclude("info", "check.not-here", { name: runtime.name });
  const premises = await wait(check.needs);
  await wait(check.after);
  const missing = premises.find(({ status }) => /error|skipped|unknown/.test(status));
  if (missing) {
    const because = missing.id === "check.skipped" ? missing.facts.because : missing.check;
    return conclude("skipped", "check.skipped", { because });
  }
  try {
    return await check.examine(examination);
  } catch (error) {
    const permitted = !(error instanceof ProbeError && error.kind === "not-permitted");
    const detail = redact(error instanceof Error ? error.message : String(error));
    return conclude("unknown", permitted ? "check.broken" : "check.not-permitted", { detail });
  }
}

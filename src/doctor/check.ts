/**
 * What a check is, and what it is given.
 *
 * @module
 */

import type { ControlHost } from "./checks/control.ts";
import type { DoctorCredentials } from "./checks/credentials.ts";
import type { EgressServices } from "./egress_services.ts";
import type { Finding, FindingFacts, FindingId, Status } from "./facts.ts";
import type { HttpAnswer } from "./http.ts";
import { type Address, type DoctorPlatform, ProbeError } from "./platform.ts";
import type { RegionHosts } from "./region_hosts.ts";
import type { Target } from "./target.ts";

/**
 * Names of the checks.
 *
 * @example A quick look, with no name misspelt
 * ```ts
 * import { type CheckId, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const quick: CheckId[] = ["dns", "tcp", "head"];
 * const { findings } = await runDoctor({ platform: hostPlatform(), region: "sgp", only: quick });
 * const checks = findings.map(({ check }) => check); // those that were needed, too
 * console.log(quick.every((id) => checks.includes(id))); // true
 * ```
 */
export type CheckId =
  | "runtime"
  | "proxy"
  | "hosts"
  | "resolvers"
  | "dns"
  | "nameservers"
  | "answers"
  | "tcp"
  | "tls"
  | "resumption"
  | "head"
  | "post"
  | "large"
  | "reuse"
  | "idle"
  | "clock"
  | "credentials"
  | "regions"
  | "egress"
  | "routes"
  | "control";

/** An HTTP proxy that lets connections through. */
export interface Proxy {
  address: string;
  port: number;
  /** Value of the `Proxy-Authorization` header. */
  authorization?: string;
}

/** What a check leaves for those after it. */
export interface Evidence {
  /** The proxy that calls go through. */
  proxy?: Proxy;
  /** Addresses of the host. */
  addresses?: Address[];
  /** The address that connected first. */
  reachable?: string;
  /** Every address that connected. */
  allReachable?: string[];
  /** Set when the host cannot be reached or is not trusted: time for a control. */
  accused?: true;
  /** Who issued the certificate that is not trusted. */
  distrusted?: string;
  /** The server's clock by the `Date` of an answer, and ours in the middle of the exchange, in milliseconds. */
  dated?: { serverMs: number; hereMs: number };
  /** The address with which this machine goes out. */
  egress?: string;
}

/** What every check is given. */
export interface Examination {
  target: Target;
  platform: DoctorPlatform;
  /** The longest a single probe may take, in milliseconds. */
  timeoutMs: number;
  /** A further root to trust, as PEM. */
  extraCa?: string;
  /** How long to watch an idle connection, in milliseconds; not at all when left out. */
  idleMs?: number;
  /** Addresses to use in place of the resolver's. */
  resolve?: string[];
  /** DNS-over-HTTPS servers to compare with. */
  dohServers?: string[];
  /** With which credentials to make one call. */
  credentials?: DoctorCredentials;
  /** The regions' hosts to measure. */
  regionHosts?: readonly RegionHosts[];
  /** Unrelated hosts to compare with after a failure. */
  controlHosts?: readonly ControlHost[];
  /** Whom to ask where this machine and its DNS servers come from. */
  egressServices?: EgressServices;
  evidence: Evidence;
}

/** What a check concludes; the runner adds the check's name. */
export type Conclusion = { [Id in FindingId]: Omit<Finding<Id>, "check"> }[FindingId];

/** One check: it looks, and says what it saw. */
export interface Check {
  id: CheckId;
  /** Checks that must not have failed, or there is nothing to look at. */
  needs: CheckId[];
  /** Checks to wait for, however they end. */
  after?: CheckId[];
  /** Those of them without which it has nothing to go by, made whenever it is. */
  with?: CheckId[];
  examine(examination: Examination): Promise<Conclusion>;
}

/** Writes a conclusion, typed by its id. */
export function conclude<Id extends FindingId>(
  status: Status,
  id: Id,
  facts: FindingFacts[Id],
): Conclusion {
  return { id, status, facts } as Conclusion;
}

/** From here on a failure is no chance, in milliseconds. */
const PATIENT_MS = 1000;

/** How an attempt ended. */
export type Outcome<T> = { value: T; tookMs: number } | { error: ProbeError; attempts: number };

/**
 * Makes an attempt, and repeats a failed one so that chance accuses nobody. What failed after a long wait is
 * not repeated: the system itself has sent its packets several times by then.
 *
 * @throws {ProbeError} When the platform does not permit it; the runner reports that.
 */
export async function attempt<T>(
  platform: DoctorPlatform,
  step: () => Promise<T>,
  most = 3,
): Promise<Outcome<T>> {
  for (let attempts = 1;; attempts++) {
    const started = platform.elapsed();
    try {
      const value = await step();
      return { value, tookMs: tenths(platform.elapsed() - started) };
    } catch (error) {
      if (!(error instanceof ProbeError)) throw error;
      if (error.kind === "not-permitted") throw error;
      const patient = platform.elapsed() - started >= PATIENT_MS || error.kind === "timeout";
      if (patient || attempts >= most) return { error, attempts };
    }
  }
}

/** Rounds a time to tenths of a millisecond. */
export function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}

/** Notes the `Date` of an answer, for the clock. */
export function noteDate({ evidence }: Examination, answer: HttpAnswer): void {
  const serverMs = readDate(answer.headers);
  if (!evidence.dated && !Number.isNaN(serverMs)) {
    evidence.dated = { serverMs, hereMs: answer.midwayMs };
  }
}

/** When an answer was made; one out of a cache has grown older since. Not a number without a date. */
function readDate(headers: HttpAnswer["headers"]): number {
  const date = headers.get("date") ?? "";
  // One of the three forms of RFC 9110 names no zone, and means UTC as the others do.
  const zoned = /(GMT|UTC|Z|[+-]\d{4})\s*$/i.test(date) ? date : `${date} GMT`;
  const age = Number(headers.get("age") ?? 0);
  return Date.parse(zoned) + (age > 0 ? age * 1000 : 0);
}

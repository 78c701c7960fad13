/**
 * Where the time of a first call goes.
 *
 * @module
 */

import type { Finding, FindingFacts, FindingId } from "../facts.ts";

/** The phases of a call on a new connection, in milliseconds each; absent where none was measured. */
export interface Phases {
  /** The look-up of the name. */
  dnsMs?: number;
  /** The TCP connection. */
  tcpMs?: number;
  /** The TLS handshake after it. */
  tlsMs?: number;
  /** From the request to the first byte of the answer. */
  firstByteMs?: number;
}

/**
 * The same as `curl` names and counts it: seconds since the beginning.
 *
 * @example Where the time of a first call goes
 * ```ts
 * import { type CurlPhases, renderJson, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * // The names are those of curl -w; each counts from the beginning.
 * const waitedMs = ({ time_connect = 0, time_appconnect, time_starttransfer = 0 }: CurlPhases) =>
 *   (time_starttransfer - (time_appconnect ?? time_connect)) * 1000;
 * const report = await runDoctor({ platform: hostPlatform(), region: "sgp", only: ["post"] });
 * console.log(waitedMs(renderJson(report).phases) < 3000); // true
 * ```
 */
export interface CurlPhases {
  /** Until the name was resolved. */
  time_namelookup?: number;
  /** Until TCP was connected. */
  time_connect?: number;
  /** Until TLS was done. */
  time_appconnect?: number;
  /** Until the first byte came. */
  time_starttransfer?: number;
}

/** Puts the phases together from what the checks found. */
export function phasesOf(findings: readonly Finding[]): Phases {
  const facts = <Id extends FindingId>(...ids: Id[]) =>
    findings.find(({ id }) => (ids as FindingId[]).includes(id))?.facts as
      | FindingFacts[Id]
      | undefined;
  const tcp = facts("tcp.connected", "tcp.partly")?.addresses.flatMap(({ tookMs }) => tookMs ?? []);
  const tcpMs = tcp?.length ? Math.min(...tcp) : undefined;
  const handshakeMs = facts("tls.trusted", "tls.expiring")?.tookMs;
  const call = facts("post.ok", "post.near-limit", "post.slow", "post.partly-silent");
  return {
    dnsMs: facts("dns.resolved", "dns.slow")?.tookMs,
    tcpMs,
    // The handshake was timed with its own TCP connection.
    tlsMs: handshakeMs === undefined ? undefined : Math.max(0, handshakeMs - (tcpMs ?? 0)),
    firstByteMs: call?.p50Ms ?? facts("head.ok")?.tookMs,
  };
}

/** Counts as `curl` does. */
export function asCurl({ dnsMs, tcpMs, tlsMs, firstByteMs }: Phases): CurlPhases {
  let atMs = 0;
  const until = (ms: number | undefined) => {
    if (ms === undefined) return undefined;
    atMs += ms;
    return Math.round(atMs * 100) / 100_000;
  };
  return {
    time_namelookup: until(dnsMs),
    time_connect: until(tcpMs),
    time_appconnect: until(tlsMs),
    time_starttransfer: until(firstByteMs),
  };
}

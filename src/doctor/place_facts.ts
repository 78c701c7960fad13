/**
 * Values of findings that compare hosts and places: controls, regions, egress.
 *
 * @module
 */

/**
 * How an unrelated host answers.
 *
 * @example Do other hosts answer?
 * ```ts
 * import { type ControlFact, ProbeError, publicControlHosts, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const line = ({ host, fault, tookMs }: ControlFact) => `${host} ${fault ?? `${tookMs} ms`}`;
 * const connect = () => Promise.reject(new ProbeError("unreachable", "no route"));
 * const { findings } = await runDoctor({
 *   platform: { ...hostPlatform(), connect }, // a machine without a network
 *   host: "chat.example.com",
 *   resolve: ["203.0.113.7"],
 *   controlHosts: publicControlHosts,
 * });
 * const control = findings.find((one) => one.id === "control.nobody");
 * console.log(control?.facts.hosts.map(line)[0]); // dns.alidns.com unreachable
 * ```
 */
export interface ControlFact {
  /** The host. */
  host: string;
  /** Its address. */
  address: string;
  /** Time for TCP and TLS, in milliseconds; absent without an answer. */
  tookMs?: number;
  /** Who issued its certificate; absent without an answer. */
  issuer?: string;
  /** Why there is no answer: `timeout` and so on. */
  fault?: string;
}

/**
 * How one of the regions' hosts answers.
 *
 * @example The regions whose host does not answer
 * ```ts
 * import { regions } from "@tim/edge";
 * import { ProbeError, type RegionFact, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const isDead = ({ backup, fault }: RegionFact) => !backup && fault !== undefined;
 * const lookup = () => Promise.reject(new ProbeError("resolver-silent", "no answer"));
 * const platform = { ...hostPlatform(), lookup }; // a machine whose resolver is silent
 * const regionHosts = regions.filter(({ id }) => id === "sgp" || id === "jpn");
 * const only = ["regions"];
 * const { findings } = await runDoctor({ platform, host: "chat.example.com", only, regionHosts });
 * const silent = findings.find((one) => one.id === "regions.silent");
 * console.log(silent?.facts.hosts.filter(isDead).map(({ id }) => id).join()); // sgp,jpn
 * ```
 */
export interface RegionFact {
  /** The region. */
  id: string;
  /** Its name. */
  label: string;
  /** The host. */
  host: string;
  /** Whether it is the region's backup host. */
  backup: boolean;
  /** Time of the TCP connection, in milliseconds: the best of three. */
  tcpMs?: number;
  /** Time of the TLS handshake after it, in milliseconds. */
  tlsMs?: number;
  /** Why there is no time: `timeout` and so on. */
  fault?: string;
}

/**
 * The regions' hosts beside each other.
 *
 * @example How much nearer another region is
 * ```ts
 * import { regions } from "@tim/edge";
 * import { type RegionsFacts, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const line = ({ region, nearest, nearestMs, hereMs = NaN }: RegionsFacts) =>
 *   `${region}: ${hereMs} ms; ${nearest}: ${nearestMs} ms`;
 * export async function measure(region: string): Promise<void> {
 *   const options = { platform: hostPlatform(), region, regionHosts: regions, only: ["regions"] };
 *   for (const { id, facts } of (await runDoctor(options)).findings) {
 *     if (id === "regions.measured" || id === "regions.far") console.log(line(facts));
 *   }
 * }
 * ```
 */
export interface RegionsFacts {
  /** The host under examination. */
  host: string;
  /** Its region; empty for another host. */
  region: string;
  /** Every host. */
  hosts: RegionFact[];
  /** The region that answers fastest. */
  nearest: string;
  /** The nearest region's time for TCP and TLS, in milliseconds. */
  nearestMs: number;
  /** The same of the region under examination; absent for another host. */
  hereMs?: number;
}

/**
 * Where an address is, by the registries.
 *
 * @example A network in one line
 * ```ts
 * import type { OriginFact } from "@tim/edge/doctor";
 *
 * const line = ({ address, asn, operator, country }: OriginFact) =>
 *   `${address}: ${operator || asn || "an unknown network"}${country && `, ${country}`}`;
 * const machine: OriginFact = {
 *   ...{ address: "203.0.113.9", asn: "AS64496", operator: "Example Network", country: "SG" },
 * };
 * console.log(line(machine)); // 203.0.113.9: Example Network, SG
 * ```
 */
export interface OriginFact {
  /** The address. */
  address: string;
  /** The network it belongs to, `AS64496`; empty when nobody says. */
  asn: string;
  /** The network's name; empty when nobody says. */
  operator: string;
  /** Country in which it is registered; empty when nobody says. */
  country: string;
}

/**
 * The machine's own address beside that from which its DNS servers ask.
 *
 * @example DNS servers that ask from another country
 * ```ts
 * import type { EgressFacts, Finding } from "@tim/edge/doctor";
 *
 * const abroad = ({ machine, resolvers }: EgressFacts) =>
 *   resolvers.filter(({ country }) => country !== machine.country);
 *
 * // For `onFinding` of runDoctor, with `egressServices`.
 * export function tell({ id, facts }: Finding): void {
 *   if (id !== "egress.other-country") return;
 *   for (const { address, country } of abroad(facts)) {
 *     console.log(`${address} asks from ${country}`);
 *   }
 * }
 * ```
 */
export interface EgressFacts {
  /** This machine. */
  machine: OriginFact;
  /** The DNS servers, as the world sees them. */
  resolvers: OriginFact[];
  /** The part of the machine's address that the resolver passes on; empty when it passes nothing. */
  clientSubnet: string;
}

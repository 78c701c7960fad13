/**
 * What several findings' values have in common.
 *
 * @module
 */

/**
 * How a connection attempt to one address ended.
 *
 * @example Which of a host's addresses is dead
 * ```ts
 * import { type AddressFact, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const line = ({ address, fault, tookMs }: AddressFact) =>
 *   `${address} ${fault ?? `${tookMs} ms`}`;
 * const { findings } = await runDoctor({
 *   platform: hostPlatform(),
 *   host: "chat.example.com:1",
 *   resolve: ["127.0.0.1"], // where nothing listens at port 1
 *   only: ["tcp"],
 * });
 * const tcp = findings.find((one) => one.id === "tcp.refused");
 * console.log(tcp?.facts.addresses.map(line)[0]); // 127.0.0.1 refused
 * ```
 */
export interface AddressFact {
  /** The address. */
  address: string;
  /** Time until connected, in milliseconds, the middle one of three; absent when it was not. */
  tookMs?: number;
  /** The longest of the three: some 1000 ms more than the others means a lost packet. */
  worstMs?: number;
  /** How it failed: `refused`, `timeout`, `unreachable`, `reset` or another kind. */
  fault?: string;
}

/**
 * A trap of the runtime that matters here.
 *
 * @example Advice in one's own words
 * ```ts
 * import { runDoctor, type RuntimeNote } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const advice: Record<RuntimeNote, string> = {
 *   "node-attempt-limit": "update Node, which gives each address 250 ms",
 *   "deno-repeats-posts": "give each message its MsgRandom",
 * };
 * const platform = { ...hostPlatform(), env: {}, runtime: { name: "Node", version: "22.1.0" } };
 * const { findings } = await runDoctor({ platform, region: "sgp", only: ["runtime"] });
 * const noted = findings.find((one) => one.id === "runtime.noted");
 * for (const note of noted?.facts.notes ?? []) {
 *   console.log(advice[note]); // update Node, which gives each address 250 ms
 * }
 * ```
 */
export type RuntimeNote = "node-attempt-limit" | "deno-repeats-posts";

/**
 * A proxy variable.
 *
 * @example Which variable sends calls to a proxy that is gone
 * ```ts
 * import { type ProxyFacts, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const line = ({ variable, proxy }: ProxyFacts) => `unset ${variable}, nothing is at ${proxy}`;
 * const platform = { ...hostPlatform(), env: { HTTPS_PROXY: "http://user:secret@127.0.0.1:1" } };
 * const { verdict } = await runDoctor({ platform, host: "chat.example.com", only: ["proxy"] });
 * const { finding } = verdict;
 * if (finding?.id === "proxy.dead") {
 *   console.log(line(finding.facts)); // unset HTTPS_PROXY, nothing is at http://127.0.0.1:1
 * }
 * ```
 */
export interface ProxyFacts {
  /** Its name. */
  variable: string;
  /** Its value, without user and password. */
  proxy: string;
  /** The runtime. */
  name: string;
}

/**
 * A DNS server.
 *
 * @example Whose DNS servers these are
 * ```ts
 * import { type ResolverFact, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const line = ({ address, about }: ResolverFact) => `${address} (${about})`;
 * const platform = { ...hostPlatform(), resolvers: () => ["223.5.5.5"] };
 * const { findings } = await runDoctor({ platform, region: "sgp", only: ["resolvers"] });
 * const listed = findings.find((one) => one.id === "resolvers.listed");
 * console.log(listed?.facts.servers.map(line).join()); // 223.5.5.5 (AliDNS, China)
 * ```
 */
export interface ResolverFact {
  /** Its address. */
  address: string;
  /** What is known of it, a kind of address or an operator; empty for an unknown public one. */
  about: string;
}

/**
 * What one DNS server says of the host.
 *
 * @example Which DNS server does not answer
 * ```ts
 * import { type NameserverFact, ProbeError, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const line = ({ server, rcode, fault }: NameserverFact) => `${server} ${rcode ?? fault}`;
 * const askUdp = () => Promise.reject(new ProbeError("timeout", "no answer")); // for this example
 * const platform = { ...hostPlatform(), resolvers: () => ["192.0.2.53"], askUdp };
 * const only = ["nameservers"];
 * const { findings } = await runDoctor({ platform, host: "chat.example.com", only });
 * const asked = findings.find((one) => one.id === "nameservers.unseen");
 * console.log(asked?.facts.servers.map(line)[0]); // 192.0.2.53 timeout
 * ```
 */
export interface NameserverFact {
  /** Its address or host. */
  server: string;
  /** Time for both questions, in milliseconds; absent without an answer. */
  tookMs?: number;
  /** `NOERROR`, `NXDOMAIN` and so on; absent without an answer. */
  rcode?: string;
  /** Why there is no answer, or none to one of the two questions: `timeout` and so on. */
  fault?: string;
  /** The question that got no answer, if the other one got one. */
  unanswered?: "A" | "AAAA";
  /** Names that the host leads on to. */
  cnames: string[];
  /** IPv4 and IPv6 addresses. */
  addresses: string[];
  /** Time to live, in seconds. */
  ttl?: number;
}

/**
 * An address and its kind.
 *
 * @example Addresses that a proxy program made up
 * ```ts
 * import { type KindFact, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const line = ({ address, kind }: KindFact) => `${address} is ${kind}`;
 * const lookup = () => Promise.resolve([{ address: "198.18.0.5", family: 4 as const }]);
 * const platform = { ...hostPlatform(), lookup };
 * const { findings } = await runDoctor({ platform, host: "chat.example.com", only: ["answers"] });
 * const answers = findings.find((one) => one.id === "answers.fake-ip");
 * console.log(answers?.facts.addresses.map(line)[0]); // 198.18.0.5 is fake-IP
 * ```
 */
export interface KindFact {
  /** The address. */
  address: string;
  /** `public`, `loopback`, `private` and so on. */
  kind: string;
}

/**
 * A failure nobody has a better word for.
 *
 * @example What Deno was not allowed to do
 * ```ts
 * import { type DetailFact, type Finding, ProbeError, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const missing: DetailFact[] = [];
 * const onFinding = ({ id, facts }: Finding) => {
 *   if (id === "check.not-permitted") missing.push(facts);
 * };
 * const denied = new ProbeError("not-permitted", 'Requires net access to "chat.example.com"');
 * const platform = { ...hostPlatform(), lookup: () => Promise.reject(denied) };
 * await runDoctor({ platform, host: "chat.example.com", only: ["dns"], onFinding });
 * console.log(missing[0]?.detail); // Requires net access to "chat.example.com"
 * ```
 */
export interface DetailFact {
  /** The runtime's own sentence. */
  detail: string;
}

/**
 * A TLS handshake that came about.
 *
 * @example A word in time before a certificate ends
 * ```ts
 * import { type HandshakeFacts, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const warning = ({ chain: [name], daysLeft }: HandshakeFacts) =>
 *   daysLeft < 30 && `The certificate of ${name} ends in ${daysLeft} days`;
 * const { findings } = await runDoctor({ platform: hostPlatform(), region: "sgp", only: ["tls"] });
 * for (const { id, facts } of findings) {
 *   if (id === "tls.trusted") console.log(warning(facts) || "No hurry");
 * }
 * ```
 */
export interface HandshakeFacts {
  /** TLS version. */
  protocol: string;
  /** What ALPN chose; empty when nothing. */
  alpn: string;
  /** Cipher suite. */
  cipher: string;
  /** The certificate's issuer. */
  issuer: string;
  /** Common names from the leaf upwards. */
  chain: string[];
  /** Whole days until the certificate ends. */
  daysLeft: number;
  /** Time of TCP and TLS together, in milliseconds. */
  tookMs: number;
  /** The longest it might have taken, in milliseconds. */
  limitMs: number;
}

/**
 * Two handshakes, one after the other.
 *
 * @example What a second connection saves
 * ```ts
 * import { type ResumptionFacts, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const savedMs = ({ firstMs, tookMs }: ResumptionFacts) => Math.round(firstMs - tookMs);
 * await runDoctor({
 *   platform: hostPlatform(),
 *   region: "sgp",
 *   only: ["resumption"],
 *   onFinding({ id, facts }) {
 *     if (id === "resumption.works") console.log(`A resumed handshake saves ${savedMs(facts)} ms`);
 *   },
 * });
 * ```
 */
export interface ResumptionFacts {
  /** TLS version. */
  protocol: string;
  /** Time of TCP and TLS together the first time, in milliseconds. */
  firstMs: number;
  /** The same the second time. */
  tookMs: number;
  /** The longest it might have taken, in milliseconds. */
  limitMs: number;
}

/**
 * A certificate's dates beside our clock, all ISO.
 *
 * @example The certificate's fault, or this machine's clock's?
 * ```ts
 * import type { DateFacts } from "@tim/edge/doctor";
 *
 * // Facts of `tls.expired` and `tls.not-yet-valid`.
 * const line = ({ validTo, now, days }: DateFacts) =>
 *   days > 365 ? `Is it really ${now.slice(0, 10)} here?` : `It ended on ${validTo.slice(0, 10)}`;
 * const dates = { issuer: "Example CA", validFrom: "2026-01-01T00:00:00Z", days: 3 };
 * const [validTo, now] = ["2026-04-01T00:00:00Z", "2026-04-04T09:30:00Z"];
 * console.log(line({ ...dates, validTo, now })); // It ended on 2026-04-01
 * ```
 */
export interface DateFacts {
  /** The certificate's issuer. */
  issuer: string;
  /** First moment of validity. */
  validFrom: string;
  /** Last moment of validity. */
  validTo: string;
  /** Our own clock. */
  now: string;
  /** Whole days past the end, or before the beginning. */
  days: number;
}

/**
 * A time and its limit, in milliseconds.
 *
 * @example How near an answer came to its limit
 * ```ts
 * import { runDoctor, type TimingFacts } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const share = ({ tookMs, limitMs }: TimingFacts) => tookMs / limitMs;
 * const { findings } = await runDoctor({
 *   platform: hostPlatform(),
 *   region: "sgp",
 *   only: ["head"],
 * });
 * const head = findings.find((one) => one.id === "head.ok");
 * console.log(head !== undefined && share(head.facts) < 1); // true
 * ```
 */
export interface TimingFacts {
  /** What it took. */
  tookMs: number;
  /** What it may take. */
  limitMs: number;
}

/**
 * Several calls; times in milliseconds, without the handshake.
 *
 * @example A client that is as patient as the way is long
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { runDoctor, type SampleFacts } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const clientFor = ({ clientTimeoutMs }: SampleFacts) =>
 *   new TimClient({ sdkAppId: 1400000000, secretKey: "a key", timeoutMs: clientTimeoutMs });
 * const { findings } = await runDoctor({
 *   platform: hostPlatform(),
 *   region: "sgp",
 *   only: ["post"],
 * });
 * const post = findings.find((one) => one.id === "post.ok");
 * console.log(post !== undefined && clientFor(post.facts).timeoutMs > 3000); // true
 * ```
 */
export interface SampleFacts {
  /** How many were made. */
  samples: number;
  /** How many were answered. */
  answered: number;
  /** How many of those took longer than the limit. */
  overLimit: number;
  /** Half of them were at least as fast. */
  p50Ms: number;
  /** Nine in ten were at least as fast. */
  p90Ms: number;
  /** 99 in 100 were at least as fast; the worst, when there are fewer. */
  p99Ms: number;
  /** The longest. */
  worstMs: number;
  /** Every answered call, in milliseconds, in rising order. */
  timesMs: number[];
  /** Half of the calls on a new connection were at least as fast, TCP and TLS included. */
  coldMs: number;
  /** Half of the calls on an open connection were at least as fast; 0 when there were none. */
  warmMs: number;
  /** The backend's documented limit. */
  limitMs: number;
  /** The timeout that a client should have, handshake included. */
  clientTimeoutMs: number;
}

/**
 * A call with credentials that the backend refused.
 *
 * @example What is wrong with a key
 * ```ts
 * import { type RefusalFacts, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const line = ({ sdkAppId, code, keyLooksRight }: RefusalFacts) =>
 *   `${sdkAppId}: ${code}, ${keyLooksRight ? "another app's key" : "no key of the console"}`;
 * const credentials = { sdkAppId: 1400000000, secretKey: "f3a1", identifier: "administrator" };
 * const only = ["credentials"];
 * const report = await runDoctor({ platform: hostPlatform(), region: "sgp", only, credentials });
 * const refused = report.findings.find((one) => one.id === "credentials.wrong-key");
 * console.log(refused && line(refused.facts)); // 1400000000: 70009, no key of the console
 * ```
 */
export interface RefusalFacts {
  /** The host that refused. */
  host: string;
  /** Its region; empty for another host. */
  region: string;
  /** The app. */
  sdkAppId: number;
  /** The account that called. */
  identifier: string;
  /** The backend's `ErrorCode`. */
  code: number;
  /** The backend's `ErrorInfo`. */
  info: string;
  /** The backend's `RequestId`; empty when it gave none. */
  requestId: string;
  /** Whether the key has the form of those in the console: 64 hexadecimal digits. */
  keyLooksRight: boolean;
  /** The address from which the call came; empty when it is not known. */
  egress: string;
}

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

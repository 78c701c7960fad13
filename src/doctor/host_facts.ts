/**
 * Values of findings about the way to one host: addresses, TLS, clock, answers.
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

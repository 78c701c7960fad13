/**
 * Values of findings about this machine and the names that it looks up.
 *
 * @module
 */

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

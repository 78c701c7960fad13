/**
 * Public DNS names that answer with the address of whoever asks, and with the network of an address.
 *
 * Nothing is sent to them but the question. Sources: the whoami names of Akamai, PowerDNS and Google, OpenDNS'
 * `myip`, and Team Cymru's IP-to-ASN mapping.
 *
 * @module
 */

import type { QuestionType } from "./dns/dns_message.ts";

/**
 * A question whose answer holds an address.
 *
 * @example One more name to ask for
 * ```ts
 * import { publicEgressServices, type WhoamiName } from "@tim/edge/doctor";
 *
 * const own: WhoamiName = { name: "whoami.corp.example", type: "TXT" };
 * // For `egressServices` of runDoctor; the first good answer counts.
 * const egressServices = {
 *   ...publicEgressServices,
 *   resolver: [own, ...publicEgressServices.resolver],
 * };
 * console.log(egressServices.resolver[0]?.name); // whoami.corp.example
 * ```
 */
export interface WhoamiName {
  /** The name to ask for. */
  name: string;
  /** The type of record. */
  type: QuestionType;
}

/**
 * Whom the doctor asks where this machine and its DNS servers come from.
 *
 * @example Only servers inside the company
 * ```ts
 * import { type EgressServices, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const egressServices: EgressServices = {
 *   resolver: [{ name: "whoami.corp.example", type: "TXT" }],
 *   machine: [{ server: "10.0.0.53", name: "myip.corp.example", type: "A" }],
 *   origin4: "origin.corp.example",
 *   origin6: "origin6.corp.example",
 *   networks: "asn.corp.example",
 * };
 * const platform = hostPlatform();
 * const report = await runDoctor({ platform, region: "sgp", only: ["egress"], egressServices });
 * console.log(report.findings.at(-1)?.check); // egress
 * ```
 */
export interface EgressServices {
  /** Names that tell the address of the DNS server that asks for them. */
  resolver: readonly WhoamiName[];
  /** Servers, by address, that tell the address of the machine that asks them. */
  machine: readonly (WhoamiName & { server: string })[];
  /** Zone of IPv4 networks: the address is put before it, backwards. */
  origin4: string;
  /** Zone of IPv6 networks. */
  origin6: string;
  /** Zone of networks' names: `AS64496` is put before it. */
  networks: string;
}

/**
 * The public ones.
 *
 * @example Those that this company may ask
 * ```ts
 * import { publicEgressServices } from "@tim/edge/doctor";
 *
 * // For `egressServices` of runDoctor: its own resolvers are asked, and no foreign machine.
 * const egressServices = { ...publicEgressServices, machine: [] };
 * console.log(egressServices.machine.length); // 0
 * ```
 */
export const publicEgressServices: EgressServices = {
  resolver: [
    { name: "whoami.ds.akahelp.net", type: "TXT" },
    { name: "whoami.v4.powerdns.org", type: "A" },
    { name: "o-o.myaddr.l.google.com", type: "TXT" },
  ],
  machine: [
    { server: "208.67.222.222", name: "myip.opendns.com", type: "A" },
    { server: "216.239.32.10", name: "o-o.myaddr.l.google.com", type: "TXT" },
  ],
  origin4: "origin.asn.cymru.com",
  origin6: "origin6.asn.cymru.com",
  networks: "asn.cymru.com",
};

/** What a whoami answer says. */
export interface Whoami {
  /** The address of who asked. */
  address: string;
  /** The part of the client's address that the resolver passed on; empty when it passed nothing. */
  clientSubnet: string;
}

/**
 * Reads a whoami answer, loosely: pairs of texts (`ns`, `ecs`), one text with the address in it, or a record
 * of the address itself.
 */
export function readWhoami(
  { addresses, texts }: { addresses: readonly string[]; texts: readonly string[] },
): Whoami | undefined {
  const after = (key: string) => {
    const at = texts.indexOf(key);
    return at < 0 ? undefined : texts[at + 1];
  };
  const subnet = after("ecs") ?? texts.find((text) => /client.subnet/i.test(text)) ?? "";
  const own = after("ns") ?? texts.find((text) => !/client.subnet/i.test(text)) ?? addresses[0];
  const address = findAddress(own ?? "");
  return address === undefined ? undefined : { address, clientSubnet: findAddress(subnet) ?? "" };
}

/** The first address in a text. */
function findAddress(text: string): string | undefined {
  return text.split(/[\s"',/]+/).find((word) =>
    /^\d{1,3}(\.\d{1,3}){3}$/.test(word) ||
    (word.includes(":") && URL.canParse(`http://[${word}]`))
  );
}

/** The name under which the network of an address is asked for. */
export function originName(
  address: string,
  { origin4, origin6 }: Pick<EgressServices, "origin4" | "origin6">,
): string {
  if (!address.includes(":")) return `${address.split(".").reverse().join(".")}.${origin4}`;
  const [left = "", right] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const head = left ? left.split(":") : [];
  const tail = right ? right.split(":") : [];
  const groups = [...head, ...Array<string>(8 - head.length - tail.length).fill("0"), ...tail];
  const nibbles = groups.map((group) => group.padStart(4, "0")).join("");
  return `${[...nibbles].reverse().join(".")}.${origin6}`;
}

/** Reads `64496 | 203.0.113.0/24 | DE | ripencc | 2010-07-01`; the longest prefix of several counts. */
export function readOrigin(texts: readonly string[]): { asn: string; country: string } | undefined {
  const rows = texts.map((text) => text.split("|").map((field) => field.trim()))
    .filter(([asn]) => /^\d+/.test(asn ?? ""))
    .sort((a, b) => Number(b[1]?.split("/")[1] ?? 0) - Number(a[1]?.split("/")[1] ?? 0));
  const [first] = rows;
  return first && { asn: `AS${first[0]!.split(" ")[0]}`, country: first[2] ?? "" };
}

/** Reads `64496 | DE | ripencc | 2010-07-01 | EXAMPLE-AS Example Network GmbH, DE`. */
export function readNetworkName(texts: readonly string[]): string {
  return texts[0]?.split("|").slice(4).join("|").trim() ?? "";
}

/** Operators that use several networks: words in their names. */
const OPERATORS: [operator: string, words: RegExp][] = [
  ["China Telecom", /CHINANET|CHINATELECOM|CHINA TELECOM/i],
  ["China Unicom", /CHINA169|UNICOM|CNCGROUP/i],
  ["China Mobile", /CMNET|CHINAMOBILE|CHINA MOBILE/i],
  ["Tencent Cloud", /TENCENT/i],
  ["Alibaba Cloud", /ALIBABA|TAOBAO/i],
  ["Huawei Cloud", /HUAWEI|HWCLOUD/i],
  ["Google", /GOOGLE/i],
  ["Amazon", /AMAZON/i],
  ["Microsoft", /MICROSOFT/i],
];

/** Whether two networks are one operator's. */
export function sameOperator(
  a: { asn: string; operator: string },
  b: { asn: string; operator: string },
): boolean {
  if (a.asn !== "" && a.asn === b.asn) return true;
  const group = (name: string) => OPERATORS.find(([, words]) => words.test(name))?.[0];
  return group(a.operator) !== undefined && group(a.operator) === group(b.operator);
}

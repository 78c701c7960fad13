/**
 * Values as people of one language read them.
 *
 * @module
 */

import type { AddressFact, NameserverFact, OriginFact, RegionFact, SampleFacts } from "../facts.ts";
import { duration, time } from "../format.ts";

/** What a language has words of its own for. */
export interface FormatWords {
  /** A time beside its limit. */
  limit: (time: string, limit: string) => string;
  /** The first of several, and how many more there are. */
  more: (shown: string, count: number) => string;
  /** Stands between a title and what it is the title of. */
  colon: string;
  /** Stands between the members of a list. */
  comma: string;
  /** The unit of days. */
  days: string;
  /** An address and the time it took. */
  took: (address: string, time: string) => string;
  /** Ways in which an attempt fails. */
  faults: Record<string, string>;
  /** Kinds of addresses. */
  kinds: Record<string, string>;
  /** Before the time to live. */
  noAddress: string;
  /** How many calls were made and answered. */
  calls: (answered: number, samples: number) => string;
  /** How many of them took longer than the limit. */
  over: (count: number, limit: string) => string;
  /** The worst of several. */
  worst: string;
  /** Where an address is registered. */
  registered: (country: string) => string;
}

/** The formats of a language. */
export interface Formats {
  time: (ms: number) => string;
  timeOf: (ms: number, limitMs: number) => string;
  long: (ms: number) => string;
  firstOf: (items: readonly string[], shown?: number) => string;
  fault: (kind: string | undefined) => string;
  kind: (kind: string) => string;
  attempts: (addresses: readonly AddressFact[]) => string;
  nameserver: (fact: NameserverFact) => string;
  spread: (facts: SampleFacts) => string;
  origin: (fact: OriginFact) => string;
  region: (fact: RegionFact) => string;
}

/** Makes the formats of a language. */
export function formatsOf(words: FormatWords): Formats {
  const fault = (kind: string | undefined) => words.faults[kind ?? ""] ?? kind ?? "";
  const timeOf = (ms: number, limitMs: number) => words.limit(time(ms), time(limitMs));
  const firstOf = (items: readonly string[], shown = 2) => {
    const first = items.slice(0, shown).join(words.comma);
    return items.length > shown ? words.more(first, items.length - shown) : first;
  };
  return {
    time: (ms) => time(ms).replace("days", words.days),
    timeOf,
    long: (ms) => duration(ms).replace("days", words.days),
    firstOf,
    fault,
    kind: (kind) => words.kinds[kind] ?? kind,
    attempts: (addresses) =>
      addresses.map(({ address, tookMs, fault: kind }) =>
        tookMs === undefined ? `${address} ${fault(kind)}` : words.took(address, time(tookMs))
      ).join(words.comma),
    nameserver: ({ server, tookMs, rcode, fault: kind, unanswered, cnames, addresses, ttl }) => {
      if (rcode === undefined) return `${server}: ${fault(kind)}`;
      const what = addresses.length
        ? firstOf(addresses)
        : rcode === "NOERROR"
        ? words.noAddress
        : rcode;
      const valid = ttl === undefined ? "" : `, TTL ${ttl} s`;
      const via = cnames.length ? ` (CNAME ${cnames.at(-1)})` : "";
      const half = unanswered ? `${words.comma}${unanswered} ${fault(kind)}` : "";
      return `${server}: ${what}${via} (${time(tookMs ?? 0)}${valid})${half}`;
    },
    spread: ({ samples, answered, overLimit, p50Ms, p90Ms, p99Ms, worstMs, limitMs }) =>
      `${words.calls(answered, samples)}${
        overLimit ? `${words.comma}${words.over(overLimit, time(limitMs))}` : ""
      }${words.colon}${
        [
          `p50 ${time(p50Ms)}`,
          `p90 ${time(p90Ms)}`,
          `p99 ${time(p99Ms)}`,
          `${words.worst} ${timeOf(worstMs, limitMs)}`,
        ].join(words.comma)
      }`,
    origin: ({ address, asn, operator, country }) => {
      const known = [asn, operator, country && words.registered(country)].filter(Boolean);
      return `${address} (${known.join(", ")})`;
    },
    region: ({ id, host, tcpMs, tlsMs, fault: kind }) =>
      kind || tcpMs === undefined || tlsMs === undefined
        ? `${id} ${host}: ${fault(kind)}`
        : `${id} ${host}: TCP ${time(tcpMs)} + TLS ${time(tlsMs)}`,
  };
}

/** Whether a server sent its certificate without the one that issued it, which may be all that is wrong. */
export function isAlone(code: string, chain: readonly string[]): boolean {
  return chain.length === 1 && !/SELF_SIGNED/.test(code);
}

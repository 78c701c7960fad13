/**
 * What does each DNS server by itself say of the host, and what do public ones?
 *
 * @module
 */

import { addressKind } from "../address_kinds.ts";
import { type Check, conclude, type Conclusion, type Examination, tenths } from "../check.ts";
import { askDns, DNS_LIMIT_MS as LIMIT_MS } from "../dns/ask_dns.ts";
import { askDoh } from "../dns/ask_doh.ts";
import type { DnsAnswer, QuestionType } from "../dns/dns_message.ts";
import type { NameserverFact } from "../facts.ts";
import { ProbeError } from "../platform.ts";
import { isAddress } from "./dns.ts";

/** Asks every configured server directly, and DNS-over-HTTPS servers when there are any to ask. */
export const nameserversCheck: Check = {
  id: "nameservers",
  needs: ["proxy"],
  async examine(examination: Examination): Promise<Conclusion> {
    const { platform, target: { host }, resolve, evidence, dohServers = [] } = examination;
    if (evidence.proxy) return conclude("info", "dns.by-proxy", { host });
    if (resolve) return conclude("info", "dns.given", { host, addresses: resolve });
    if (isAddress(host) || !host.includes(".")) return conclude("info", "dns.literal", { host });
    const [local, doh] = await Promise.all([
      Promise.all(platform.resolvers().map((server) => askServer(examination, server))),
      Promise.all(dohServers.map((url) => askPublic(examination, url))),
    ]);
    return judge(host, local, doh);
  },
};

function judge(host: string, local: NameserverFact[], doh: NameserverFact[]): Conclusion {
  const servers = [...local, ...doh];
  const facts = { host, servers, limitMs: LIMIT_MS };
  const answers = ({ addresses }: NameserverFact) => addresses.length > 0;
  if (!servers.some(({ rcode }) => rcode)) return conclude("unknown", "nameservers.unseen", facts);
  // A public server knows the name, and no local one admits it.
  if (doh.some(answers) && local.length && local.every(({ rcode }) => rcode === "NXDOMAIN")) {
    return conclude("warning", "nameservers.hidden", facts);
  }
  const here = local.flatMap(({ addresses }) => addresses);
  const elsewhere = doh.flatMap(({ addresses }) => addresses);
  if (here.length && elsewhere.length && !here.some((address) => elsewhere.includes(address))) {
    const kinds = new Set(elsewhere.map(addressKind));
    const split = !here.some((address) => kinds.has(addressKind(address)));
    return conclude(
      split ? "warning" : "info",
      split ? "nameservers.split" : "nameservers.differ",
      {
        host,
        servers,
        here,
        public: elsewhere,
      },
    );
  }
  const dead = local.filter((server) => !answers(server) && server.rcode !== "NXDOMAIN");
  if (dead.length && dead.length < local.length) {
    return conclude("warning", "nameservers.partly-dead", {
      ...facts,
      dead: dead.map(({ server }) => server),
    });
  }
  const half = local.filter((server) => server.unanswered && answers(server));
  if (half.length) {
    return conclude("warning", "nameservers.half-silent", {
      ...facts,
      dead: half.map(({ server }) => server),
      unanswered: half[0]!.unanswered!,
    });
  }
  return conclude(local.some(answers) ? "ok" : "info", "nameservers.asked", facts);
}

/** Asks one server for both kinds of addresses. */
async function askServer(examination: Examination, server: string): Promise<NameserverFact> {
  return await askBoth(
    examination,
    server,
    (name, type) => askDns(examination.platform, server, name, type),
  );
}

/** Asks one DNS-over-HTTPS server. */
async function askPublic(examination: Examination, url: string): Promise<NameserverFact> {
  const { fetch } = examination.platform;
  return await askBoth(
    examination,
    new URL(url).host,
    (name, type) => askDoh(fetch, url, name, type, LIMIT_MS),
  );
}

async function askBoth(
  { platform, target: { host } }: Examination,
  server: string,
  ask: (name: string, type: QuestionType) => Promise<DnsAnswer>,
): Promise<NameserverFact> {
  const started = platform.elapsed();
  const asked = async (type: QuestionType) => {
    try {
      const answer = await ask(host, type);
      return { answer, tookMs: tenths(platform.elapsed() - started) };
    } catch (error) {
      return { fault: error instanceof ProbeError ? error.kind : "failed" };
    }
  };
  const [four, six] = await Promise.all([asked("A"), asked("AAAA")]);
  const fault = four.fault ?? six.fault;
  const answers = [four, six].flatMap(({ answer }) => answer ?? []);
  const [first] = answers;
  if (!first) return { server, fault, cnames: [], addresses: [] };
  const { rcode, cnames, ttl } = first;
  return {
    server,
    tookMs: Math.max(four.tookMs ?? 0, six.tookMs ?? 0),
    rcode,
    ...(fault !== undefined && { fault, unanswered: four.fault === undefined ? "AAAA" : "A" }),
    cnames,
    addresses: answers.flatMap(({ addresses }) => addresses),
    ...(ttl !== undefined && { ttl }),
  };
}

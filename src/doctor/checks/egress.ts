/**
 * Do the DNS servers go out where this machine does? The host's answers are made for where the DNS server is.
 *
 * @module
 */

import { addressKind } from "../address_kinds.ts";
import { askDns } from "../dns/ask_dns.ts";
import { type Check, conclude, type Conclusion, type Examination } from "../check.ts";
import type { DnsAnswer } from "../dns/dns_message.ts";
import {
  originName,
  readNetworkName,
  readOrigin,
  readWhoami,
  sameOperator,
  type Whoami,
} from "../egress_services.ts";
import type { OriginFact } from "../facts.ts";
import { knownResolver } from "../dns/known_resolvers.ts";
import { ProbeError } from "../platform.ts";
import { splitServer } from "../server_address.ts";
import { isAddress } from "./dns.ts";

/** Asks public services by DNS; only when the caller names them. */
export const egressCheck: Check = {
  id: "egress",
  needs: ["proxy"],
  async examine(examination: Examination): Promise<Conclusion> {
    const { platform, egressServices: services, evidence, resolve } = examination;
    const { host } = examination.target;
    // Where no DNS server is asked for the host, it does not matter where they are.
    if (evidence.proxy) return conclude("info", "dns.by-proxy", { host });
    if (resolve) return conclude("info", "dns.given", { host, addresses: resolve });
    if (isAddress(host) || !host.includes(".")) return conclude("info", "dns.literal", { host });
    const servers = platform.resolvers();
    const [machine, ...seen] = await Promise.all([
      firstAnswer(services!.machine.map((each) => () => ask(examination, each.server, each))),
      ...servers.map((server) =>
        firstAnswer(services!.resolver.map((each) => () => ask(examination, server, each)))
      ),
    ]);
    if (machine) evidence.egress = machine.address;
    const resolvers = seen.filter((one) => one !== undefined);
    if (!machine || resolvers.length === 0) {
      const missing = machine ? "resolvers" : "machine";
      return conclude("unknown", "egress.unknown", { missing });
    }
    const addresses = [machine, ...resolvers].map(({ address }) => address);
    const origins = await Promise.all(
      [...new Set(addresses)].map((address) => findOrigin(examination, servers, address)),
    );
    const of = (address: string) => origins.find((origin) => origin.address === address)!;
    return judge(of(machine.address), resolvers.map(({ address }) => of(address)), {
      clientSubnet: resolvers.find(({ clientSubnet }) => clientSubnet)?.clientSubnet ?? "",
      wellKnown: servers.every((server) => isWellKnown(splitServer(server).address)),
    });
  },
};

function judge(
  machine: OriginFact,
  resolvers: OriginFact[],
  { clientSubnet, wellKnown }: { clientSubnet: string; wellKnown: boolean },
): Conclusion {
  const facts = { machine, resolvers, clientSubnet };
  const known = resolvers.filter(({ asn }) => asn);
  if (!machine.asn || known.length === 0) {
    return conclude("unknown", "egress.unknown", {
      missing: machine.asn ? "resolvers" : "machine",
    });
  }
  if (known.some((resolver) => sameOperator(machine, resolver))) {
    return conclude("ok", "egress.matches", facts);
  }
  // The registries' country of a server that is everywhere says nothing of where it was asked.
  if (clientSubnet) return conclude("info", "egress.passed-on", facts);
  const country = known.some((resolver) => resolver.country === machine.country);
  if (!country) return conclude("warning", "egress.other-country", facts);
  // Operators in China keep their networks apart, and CDNs answer by operator there.
  const status = machine.country === "CN" && !wellKnown ? "warning" : "info";
  return conclude(status, "egress.other-operator", facts);
}

function isWellKnown(address: string): boolean {
  return knownResolver(address) !== undefined && addressKind(address) === "public";
}

async function ask(
  { platform }: Examination,
  server: string,
  { name, type }: { name: string; type: "A" | "AAAA" | "TXT" },
): Promise<Whoami | undefined> {
  return readWhoami(await askDns(platform, server, name, type));
}

/** The first good answer wins; the questions are asked at once, so that a silent service costs no time. */
async function firstAnswer<T>(questions: (() => Promise<T | undefined>)[]): Promise<T | undefined> {
  const answers = questions.map(async (question) => {
    const answer = await question().catch(silent);
    if (answer === undefined) throw new ProbeError("other", "no answer");
    return answer;
  });
  return await Promise.any(answers).catch((error) => {
    if (error instanceof AggregateError) {
      const forbidden = error.errors.find(({ kind }) => kind === "not-permitted");
      if (!forbidden) return undefined;
      throw forbidden;
    }
    throw error;
  });
}

/** A third party that says nothing is no fault of the path. */
function silent(error: unknown): undefined {
  if (error instanceof ProbeError && error.kind !== "not-permitted") return undefined;
  throw error;
}

async function findOrigin(
  { platform, egressServices: services }: Examination,
  servers: readonly string[],
  address: string,
): Promise<OriginFact> {
  const texts = async (name: string) => {
    const found = await firstAnswer(servers.map((server) => async () => {
      const { texts }: DnsAnswer = await askDns(platform, server, name, "TXT");
      return texts.length ? texts : undefined;
    }));
    return found ?? [];
  };
  const origin = readOrigin(await texts(originName(address, services!)));
  if (!origin) return { address, asn: "", operator: "", country: "" };
  return {
    address,
    ...origin,
    operator: readNetworkName(await texts(`${origin.asn}.${services!.networks}`)),
  };
}

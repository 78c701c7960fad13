/**
 * Illnesses of DNS servers: real ones on loopback, that say what they should not.
 */

import { type DoctorOptions, ProbeError } from "../../../src/doctor/mod.ts";
import { hostPlatform } from "../../../src/runtime/doctor_host.ts";
import { startDns, startDoh, type Zone } from "../../support/dns_server.ts";
import { startBackend } from "../../support/tls_backend.ts";
import { type Examined, examineServer, type Fault, quietPlatform } from "./examine.ts";

const here: Zone = { a: ["127.0.0.1"] };
const MACHINE = "198.51.100.77";
const RESOLVER = "203.0.113.9";
type Network = [asn: string, country: string, name: string];

/** Looks at a plain backend whose name these servers answer for; the first one speaks for the system. */
async function resolving(
  local: Zone[],
  doh: Zone[],
  options: Partial<DoctorOptions> = {},
): Promise<Examined> {
  const servers = await Promise.all(local.map(startDns));
  const publics = await Promise.all(doh.map(startDoh));
  const address = local.find(({ a }) => a)?.a?.[0] ?? (local[0]?.names ? "127.0.0.1" : undefined);
  const backend = await startBackend();
  const examined = await examineServer({ root: { pem: "" } } as never, backend, {
    host: undefined,
    baseUrl: `http://api.localhost:${backend.port}`,
    resolve: undefined,
    extraCa: undefined,
    dohServers: publics.map(({ url }) => url),
    platform: quietPlatform({
      resolvers: () => servers.map(({ server }) => server),
      lookup: () =>
        address
          ? Promise.resolve([{ address, family: 4 }])
          : Promise.reject(new ProbeError("no-name", "ENOTFOUND")),
    }),
    ...options,
  });
  for (const server of servers) server.close();
  for (const server of publics) await server.close();
  return examined;
}

/** A machine and a DNS server in two networks, and the services that know it. */
async function apart(machine: Network, resolver: Network): Promise<Examined> {
  const zone = (address: string, [asn, country, name]: Network) => ({
    [`${address.split(".").reverse().join(".")}.origin.test`]: {
      txt: [`${asn} | ${address}/24 | ${country} | apnic | 2010-07-01`],
    },
    [`AS${asn}.asn.test`]: { txt: [`${asn} | ${country} | apnic | 2010-07-01 | ${name}`] },
  });
  const mirror = await startDns({ names: { "myip.test": { a: [MACHINE] } } });
  const names = {
    "api.localhost": here,
    "whoami.test": { txt: ["ns", RESOLVER] },
    ...zone(MACHINE, machine),
    ...zone(RESOLVER, resolver),
  };
  const examined = await resolving([{ names }], [], {
    egressServices: {
      resolver: [{ name: "whoami.test", type: "TXT" }],
      machine: [{ server: mirror.server, name: "myip.test", type: "A" }],
      origin4: "origin.test",
      origin6: "origin6.test",
      networks: "asn.test",
    },
  });
  mirror.close();
  return examined;
}

/** Illnesses of DNS servers. */
export const dnsFaults: readonly Fault[] = [
  {
    name: "a DNS server that is silent beside one that answers",
    slow: true,
    cause: "resolver-partly-dead",
    status: "warning",
    sentence: "The DNS server 127.0.0.1:",
    lines: [/gives no address for api\.localhost within 1\.5 s; another one hides that\./],
    examine: () => resolving([here, { silent: true }], []),
  },
  {
    name: "a DNS server that never answers for IPv6",
    slow: true,
    cause: "resolver-half-silent",
    status: "error",
    sentence: "The DNS server 127.0.0.1:",
    lines: [
      /knows api\.localhost, but does not answer the question for AAAA records within 1\.5 s/,
      /! DNS servers +127\.0\.0\.1:\d+: 127\.0\.0\.1 \(\S+ ms, TTL 60 s\), AAAA timeout/,
      /✗ DNS +no answer/,
    ],
    examine: async () => {
      const dns = await startDns({ a: ["127.0.0.1"], silentFor6: true });
      const examined = await resolving([], [], {
        platform: quietPlatform({
          resolvers: () => [dns.server],
          lookup: () => Promise.reject(new ProbeError("resolver-silent", "EAI_AGAIN")),
        }),
      });
      dns.close();
      return examined;
    },
  },
  {
    name: "a DNS server that answers with a failure, which the system calls no answer",
    cause: "resolver-failed",
    status: "error",
    sentence: "The DNS server refuses or fails to resolve api.localhost.",
    lines: [/✗ DNS +api\.localhost could not be resolved: 127\.0\.0\.1:\d+ answers SERVFAIL/],
    examine: async () => {
      const dns = await startDns({ rcode: 2 });
      const examined = await resolving([], [], {
        platform: quietPlatform({
          resolvers: () => [dns.server],
          lookup: () => Promise.reject(new ProbeError("resolver-silent", "EAI_AGAIN")),
        }),
      });
      dns.close();
      return examined;
    },
  },
  {
    name: "a network that hides a name which public DNS knows",
    cause: "name-hidden",
    status: "error",
    sentence:
      "This network's DNS denies that api.localhost exists, while public DNS servers know it.",
    examine: () => resolving([{ rcode: 3 }], [here]),
  },
  {
    name: "a network that sends the host elsewhere than public DNS",
    cause: "answers-split",
    status: "warning",
    sentence: "This network's DNS sends api.localhost to 127.0.0.1, public DNS to 8.8.8.8.",
    examine: () => resolving([here], [{ a: ["8.8.8.8"] }]),
  },
  {
    name: "a resolver that answers a private address",
    cause: "private-address",
    status: "warning",
    sentence: "console.tim.qq.com resolves to a private address here: 10.20.30.40.",
    lines: [/! Answers +10\.20\.30\.40 is private/, /✓ TCP +connected to 10\.20\.30\.40/],
    examine: async (roots) => {
      const dns = await startDns({ a: ["10.20.30.40"] });
      const identity = await roots.root.issue({ names: ["console.tim.qq.com"] });
      const backend = await startBackend(identity);
      const examined = await examineServer(roots, backend, {
        host: `console.tim.qq.com:${backend.port}`,
        resolve: undefined,
        platform: quietPlatform({
          resolvers: () => [dns.server],
          lookup: () => Promise.resolve([{ address: "10.20.30.40", family: 4 }]),
          // A private line to the backend cannot be had on every machine.
          connect: (_, port, limitMs) => hostPlatform().connect("127.0.0.1", port, limitMs),
        }),
      });
      dns.close();
      return examined;
    },
  },
  {
    name: "DNS servers that go out in another country",
    cause: "dns-egress-abroad",
    status: "warning",
    sentence:
      "The DNS servers go out at 203.0.113.9 (AS64497, B-AS, registered in US), this machine " +
      "at 198.51.100.77 (AS64496, A-AS, registered in SG)",
    examine: () => apart(["64496", "SG", "A-AS"], ["64497", "US", "B-AS"]),
  },
  {
    name: "DNS servers that go out at another operator",
    cause: "dns-egress-elsewhere",
    status: "warning",
    sentence: "The DNS servers go out at 203.0.113.9 (AS4812, CHINANET-SH-AP, registered in CN)",
    examine: () => apart(["4837", "CN", "CHINA169-Backbone"], ["4812", "CN", "CHINANET-SH-AP"]),
  },
];

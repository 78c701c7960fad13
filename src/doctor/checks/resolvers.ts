/**
 * Which DNS servers does the system ask, and whose are they?
 *
 * @module
 */

import { addressKind } from "../address_kinds.ts";
import { type Check, conclude, type Conclusion, type Examination } from "../check.ts";
import type { ResolverFact } from "../facts.ts";
import { knownResolver } from "../dns/known_resolvers.ts";
import type { DoctorPlatform } from "../platform.ts";
import { splitServer } from "../server_address.ts";

/** Where programs that answer on a loopback address keep the servers behind them. */
const BEHIND = [
  "/run/systemd/resolve/resolv.conf",
  "/run/NetworkManager/no-stub-resolv.conf",
  "/var/run/dnsmasq/resolv.conf",
  "/tmp/resolv.conf.d/resolv.conf.auto",
];

/** Lists the servers; a local one is followed to those behind it. */
export const resolversCheck: Check = {
  id: "resolvers",
  needs: [],
  async examine({ platform }: Examination): Promise<Conclusion> {
    const configured = platform.resolvers().map((server) => splitServer(server).address);
    const behind = configured.some((address) => addressKind(address) === "loopback")
      ? await serversBehind(platform)
      : [];
    const servers = [...new Set([...configured, ...behind])].map(describe);
    return servers.length
      ? conclude("info", "resolvers.listed", { servers })
      : conclude("unknown", "resolvers.unknown", {});
  },
};

async function serversBehind({ readText }: DoctorPlatform): Promise<string[]> {
  for (const path of BEHIND) {
    const servers = [...(await readText(path) ?? "").matchAll(/^\s*nameserver\s+(\S+)/gm)]
      .map(([, address]) => address!);
    if (servers.length) return servers;
  }
  return [];
}

function describe(address: string): ResolverFact {
  const kind = addressKind(address);
  return { address, about: knownResolver(address) ?? (kind === "public" ? "public" : kind) };
}

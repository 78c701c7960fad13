/**
 * Does the host's name resolve?
 *
 * @module
 */

import { attempt, type Check, conclude, type Conclusion, type Examination } from "../check.ts";
import { askDns } from "../dns/ask_dns.ts";
import type { Address, ProbeError } from "../platform.ts";

/** A look-up slower than this is worth a word, in milliseconds: calls wait for it. */
const SLOW_MS = 1000;

/** Asks the system's resolver, as the runtime's `fetch` does. */
export const dnsCheck: Check = {
  id: "dns",
  needs: ["proxy"],
  async examine(examination: Examination): Promise<Conclusion> {
    const { target: { host }, platform, timeoutMs, resolve, evidence } = examination;
    // Names are then resolved by the proxy, and nobody here needs to.
    if (evidence.proxy) return conclude("info", "dns.by-proxy", { host });
    if (resolve) {
      evidence.addresses = resolve.map(toAddress);
      return conclude("info", "dns.given", { host, addresses: resolve });
    }
    if (isAddress(host)) {
      evidence.addresses = [toAddress(host)];
      return conclude("info", "dns.literal", { host });
    }
    const outcome = await attempt(platform, () => platform.lookup(host, timeoutMs));
    if ("error" in outcome) {
      evidence.accused = true;
      return await failed(examination, outcome.error);
    }
    evidence.addresses = outcome.value;
    const addresses = outcome.value.map(({ address }) => address);
    const facts = { host, addresses, tookMs: outcome.tookMs, limitMs: SLOW_MS };
    return outcome.tookMs > SLOW_MS
      ? conclude("warning", "dns.slow", facts)
      : conclude("ok", "dns.resolved", facts);
  },
};

async function failed(
  examination: Examination,
  { kind, message }: ProbeError,
): Promise<Conclusion> {
  const { target: { host, region }, timeoutMs: limitMs } = examination;
  if (kind === "no-name") {
    return conclude("error", "dns.unknown-name", { host, documented: region !== undefined });
  }
  const refusal = kind === "resolver-silent" ? await askWhy(examination) : message;
  return refusal === undefined
    ? conclude("error", "dns.silent", { host, limitMs })
    : conclude("error", "dns.failed", { host, detail: refusal });
}

/** The C library has one word, EAI_AGAIN, for a server that is silent and for one that answers with a failure. */
async function askWhy(
  { platform, target: { host } }: Examination,
): Promise<string | undefined> {
  const answers = await Promise.all(
    platform.resolvers().map(async (server) => {
      try {
        const { rcode } = await askDns(platform, server, host, "A");
        return /^(NOERROR|NXDOMAIN)$/.test(rcode) ? undefined : `${server} answers ${rcode}`;
      } catch {
        return undefined;
      }
    }),
  );
  return answers.find((answer) => answer !== undefined);
}

/** Tells an address from a name. */
export function isAddress(host: string): boolean {
  return host.includes(":") || /^\d+\.\d+\.\d+\.\d+$/.test(host);
}

function toAddress(address: string): Address {
  return { address, family: address.includes(":") ? 6 : 4 };
}

/**
 * Does the port answer, on every address of the host?
 *
 * @module
 */

import { attempt, type Check, conclude, type Conclusion, type Examination } from "../check.ts";
import type { AddressFact } from "../facts.ts";
import type { Address, ProbeError } from "../platform.ts";

/** More addresses than this are not tried: hosts have a handful. */
const MOST_ADDRESSES = 8;

/** Samples of each address that connects. */
const SAMPLES = 3;

interface Tried extends AddressFact {
  family: 4 | 6;
  error?: ProbeError;
  attempts: number;
}

/** Opens and closes a TCP connection to each address. */
export const tcpCheck: Check = {
  id: "tcp",
  needs: ["dns"],
  async examine(examination: Examination): Promise<Conclusion> {
    const { target, timeoutMs: limitMs, evidence } = examination;
    const { host, port } = target;
    if (evidence.proxy) return conclude("info", "tcp.by-proxy", { host, port });
    const wanted = evidence.addresses!.slice(0, MOST_ADDRESSES);
    const tried = await Promise.all(wanted.map((address) => tryOne(examination, address)));
    const addresses = tried.map(toFact);
    const failed = tried.filter(({ error }) => error);
    const good = tried.find(({ error }) => !error);
    if (good) {
      evidence.reachable = good.address;
      evidence.allReachable = tried.filter(({ error }) => !error).map(({ address }) => address);
      if (failed.length === 0) {
        return conclude("ok", "tcp.connected", { port, addresses, limitMs });
      }
      return conclude(failed.every(isHarmless) ? "info" : "warning", "tcp.partly", {
        port,
        addresses,
        limitMs,
      });
    }
    evidence.accused = true;
    // An IPv6 address that has no route says nothing when IPv4 fails in another way.
    const telling = failed.filter((one) => !isHarmless(one));
    const kinds = new Set((telling.length ? telling : failed).map(({ error }) => error!.kind));
    const attempts = Math.max(...failed.map((one) => one.attempts));
    if (kinds.size === 1) {
      const facts = { host, port, addresses, attempts };
      if (kinds.has("refused")) return conclude("error", "tcp.refused", facts);
      if (kinds.has("unreachable")) return conclude("error", "tcp.unreachable", facts);
      if (kinds.has("timeout")) {
        return conclude("error", "tcp.silent", { host, port, addresses, limitMs });
      }
    }
    const detail = failed.map(({ address, error }) => `${address}: ${error!.message}`).join("; ");
    return conclude("error", "tcp.failed", { host, port, addresses, detail });
  },
};

async function tryOne(examination: Examination, { address, family }: Address): Promise<Tried> {
  const { platform, target, timeoutMs } = examination;
  const outcome = await attempt(
    platform,
    () => platform.connect(address, target.port, timeoutMs),
  );
  if ("error" in outcome) {
    const { error, attempts } = outcome;
    return { address, family, error, attempts, fault: error.kind };
  }
  outcome.value.close();
  const times = [outcome.tookMs];
  while (times.length < SAMPLES) {
    const again = await attempt(
      platform,
      () => platform.connect(address, target.port, timeoutMs),
      1,
    );
    // What connects only now and then counts as a long time; the calls themselves show it better.
    if ("error" in again) times.push(timeoutMs);
    else {
      again.value.close();
      times.push(again.tookMs);
    }
  }
  times.sort((a, b) => a - b);
  return { address, family, attempts: 1, tookMs: times[1]!, worstMs: times.at(-1)! };
}

/** No route for IPv6 at all is how most machines are; every runtime then takes IPv4. */
function isHarmless({ address, family, error }: Tried): boolean {
  return family === 6 && (error?.kind === "unreachable" || address === "::1");
}

function toFact({ address, tookMs, worstMs, fault }: Tried): AddressFact {
  return { address, ...(tookMs !== undefined && { tookMs, worstMs }), ...(fault && { fault }) };
}

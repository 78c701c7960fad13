/**
 * How far is it to each region's host, and is the one in use far slower than another?
 *
 * @module
 */

import { inLanes } from "../lanes.ts";
import { type Check, conclude, type Conclusion, type Examination, tenths } from "../check.ts";
import { openToLook } from "../connections.ts";
import type { RegionFact } from "../facts.ts";
import { ProbeError } from "../platform.ts";
import { at, type RegionHosts } from "../region_hosts.ts";

/** Times the nearest one's time, and milliseconds more than it: both, or it is not far. */
const FAR = 3;
const FAR_MS = 150;
const SAMPLES = 3;

/** Measures every host; only when it is asked for. */
export const regionsCheck: Check = {
  id: "regions",
  needs: ["proxy"],
  // Measured apart from the others, so that neither spoils the other's times.
  after: ["post", "large", "reuse"],
  async examine(examination: Examination): Promise<Conclusion> {
    const { target: { host, region = "" }, regionHosts = [], platform } = examination;
    const hosts = await inLanes(
      regionHosts.flatMap((each) => [{ each, backup: false }, { each, backup: true }]),
      platform.atOnce,
      ({ each, backup }) => measure(examination, each, backup),
    );
    const [nearest] = hosts.filter(({ tlsMs }) => tlsMs !== undefined)
      .sort((a, b) => total(a) - total(b));
    if (!nearest) return conclude("info", "regions.silent", { hosts });
    const here = hosts.filter((each) => each.id === region && each.tlsMs !== undefined).map(total);
    const hereMs = here.length ? Math.min(...here) : undefined;
    const nearestMs = total(nearest);
    const facts = { host, region, hosts, nearest: nearest.id, nearestMs, hereMs };
    const far = hereMs !== undefined && hereMs > nearestMs * FAR && hereMs > nearestMs + FAR_MS;
    return far
      ? conclude("warning", "regions.far", facts)
      : conclude("info", "regions.measured", facts);
  },
};

const total = ({ tcpMs = 0, tlsMs = 0 }: RegionFact) => tenths(tcpMs + tlsMs);

async function measure(
  examination: Examination,
  { id, label, host, backupHost }: RegionHosts,
  backup: boolean,
): Promise<RegionFact> {
  const fact = { id, label, host: backup ? backupHost : host, backup };
  const { platform, timeoutMs } = examination;
  try {
    // Whom to trust does not matter for the time, and reading more roots would spoil it.
    const there = { ...await at(examination, fact.host), extraCa: undefined };
    const handshakeMs: number[] = [];
    const tcpMs: number[] = [];
    for (let sample = 0; sample < SAMPLES; sample++) {
      const started = platform.elapsed();
      if (there.evidence.reachable) {
        const connection = await platform.connect(
          there.evidence.reachable,
          there.target.port,
          timeoutMs,
        );
        connection.close();
        tcpMs.push(platform.elapsed() - started);
      }
      const opened = await openToLook(there);
      opened.connection.close();
      handshakeMs.push(opened.handshakeMs);
    }
    const tcp = tcpMs.length ? tenths(Math.min(...tcpMs)) : 0;
    return { ...fact, tcpMs: tcp, tlsMs: tenths(Math.max(0, Math.min(...handshakeMs) - tcp)) };
  } catch (error) {
    if (!(error instanceof ProbeError) || error.kind === "not-permitted") throw error;
    return { ...fact, fault: error.kind };
  }
}

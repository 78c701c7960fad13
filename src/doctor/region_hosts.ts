/**
 * The other hosts of the backend: those of the regions.
 *
 * @module
 */

import type { Examination } from "./check.ts";
import { addressOf } from "./connections.ts";
import { findTarget } from "./target.ts";

/**
 * A region, as far as the doctor looks at it.
 *
 * @example The regions that a company uses
 * ```ts
 * import { regions } from "@tim/edge";
 * import type { DoctorOptions, RegionHosts } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const own: RegionHosts[] = regions.filter(({ id }) => ["sgp", "jpn", "kr"].includes(id));
 * // For runDoctor, which measures the way to each.
 * const options: DoctorOptions = { platform: hostPlatform(), region: "sgp", regionHosts: own };
 * console.log(options.regionHosts?.map(({ label }) => label).join(" ")); // Singapore Seoul Tokyo
 * ```
 */
export interface RegionHosts {
  /** Its short id, for instance `sgp`. */
  id: string;
  /** Its name, for people. */
  label: string;
  /** Its host. */
  host: string;
  /** The second name of that host. */
  backupHost: string;
}

/** The regions to look at without the one under examination. */
export function otherRegions({ regionHosts = [], target }: Examination): readonly RegionHosts[] {
  return regionHosts.filter(({ id }) => id !== target.region);
}

/**
 * The same examination of another host: its own address, the same proxy.
 *
 * @throws {ProbeError} When the name has no address.
 */
export async function at(examination: Examination, host: string): Promise<Examination> {
  const { proxy } = examination.evidence;
  const target = findTarget({ host });
  if (proxy) return { ...examination, target, evidence: { proxy } };
  const reachable = await addressOf(examination, target.host, target.port);
  return { ...examination, target, evidence: { reachable } };
}

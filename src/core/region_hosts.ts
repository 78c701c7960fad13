/**
 * The REST hosts by region: what a client needs to know of them. `regions.ts` has the rest.
 *
 * @module
 */

/** Every region's id, and its other names. */
export const regionNames = {
  cn: "china mainland",
  sgp: "singapore",
  kr: "seoul korea",
  jpn: "tokyo japan",
  ger: "frankfurt germany",
  ind: "mumbai india",
  usa: "silicon-valley united-states",
  idn: "jakarta indonesia",
  ksa: "riyadh saudi saudi-arabia",
} as const;

/** A region's id. */
export type RegionId = keyof typeof regionNames;

/** A region's REST host. */
export function hostOf(id: string): string {
  return id === "cn" ? "console.tim.qq.com" : `adminapi${id}.im.qcloud.com`;
}

/** The documented second name of that host. */
export function backupHostOf(id: string): string {
  return `adminapi${id === "cn" ? "" : id}.my-imcloud.com`;
}

/** Finds a region's id by any of its names or hosts, in any case. */
export function regionId(name: string): RegionId | undefined {
  const wanted = name.trim().toLowerCase().replaceAll(" ", "-");
  return (Object.keys(regionNames) as RegionId[]).find((id) =>
    [id, hostOf(id), backupHostOf(id), ...regionNames[id].split(" ")].includes(wanted)
  );
}

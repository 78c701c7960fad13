/**
 * The REST hosts of the backend, by the region in which an app was created.
 *
 * @module
 */

import { backupHostOf, hostOf, type RegionId, regionId, regionNames } from "./region_hosts.ts";

/**
 * A product that shares the server REST API.
 *
 * @example Where everything that an app uses is to be had
 * ```ts
 * import { type Product, regions } from "@tim/edge";
 *
 * const needed: Product[] = ["chat", "room"];
 * const fitting = regions.filter(({ products }) => needed.every((one) => products.includes(one)));
 * console.log(fitting.map(({ label }) => label).join()); // China,Singapore
 * ```
 */
export type Product = "chat" | "room" | "live";

/**
 * One region of the backend.
 *
 * @example A choice of regions in a form
 * ```ts
 * import { type Region, regions } from "@tim/edge";
 *
 * const option = ({ id, label }: Region) => `<option value="${id}">${label}</option>`;
 * const options = regions.filter(({ status }) => status === "documented").map(option);
 * console.log(options[1]); // <option value="sgp">Singapore</option>
 * ```
 */
export interface Region {
  /** Short id, for instance `sgp`. */
  id: string;
  /** Its name, for people. */
  label: string;
  /** Other names that {@linkcode findRegion} takes. */
  aliases: readonly string[];
  /** The REST host. */
  host: string;
  /** The documented second name of that host, for when the first does not resolve or connect. */
  backupHost: string;
  /** The products whose pages list this region. */
  products: readonly Product[];
  /** `retired`: gone from the newer pages. `unconfirmed`: seen in public code only. */
  status: "documented" | "retired" | "unconfirmed";
}

const rows: Record<RegionId, [label: string, products: string, status?: Region["status"]]> = {
  cn: ["China", "chat room live"],
  sgp: ["Singapore", "chat room live"],
  kr: ["Seoul", "chat"],
  jpn: ["Tokyo", "chat"],
  ger: ["Frankfurt", "chat"],
  ind: ["Mumbai", "chat", "retired"],
  usa: ["Silicon Valley", "chat live"],
  idn: ["Jakarta", "chat live"],
  ksa: ["Saudi Arabia", "", "unconfirmed"],
};

/**
 * Every region: where an app was created decides which one answers for it.
 *
 * Source: "RESTful API Overview" of Chat, Room and Live; India left those pages in 2024, and Saudi Arabia
 * stands in public source code only.
 *
 * @example Where Live is to be had
 * ```ts
 * import { regions } from "@tim/edge";
 *
 * const live = regions.filter(({ products }) => products.includes("live"));
 * console.log(live.map(({ id }) => id).join(" ")); // cn sgp usa idn
 * ```
 */
// Pure: a bundler leaves the table out of programs that only call.
export const regions: readonly Region[] = /* @__PURE__ */ (Object.keys(rows) as RegionId[]).map(
  (id) => {
    const [label, products, status = "documented"] = rows[id];
    return {
      id,
      label,
      aliases: regionNames[id].split(" "),
      host: hostOf(id),
      backupHost: backupHostOf(id),
      products: products.split(" ").filter(Boolean) as Product[],
      status,
    };
  },
);

/**
 * Finds a region by its id, an alias, its label or its host.
 *
 * @example The host of Singapore
 * ```ts
 * import { findRegion } from "@tim/edge";
 *
 * console.log(findRegion("singapore")?.host); // adminapisgp.im.qcloud.com
 * ```
 *
 * @param name Any of its names, in any case.
 * @returns The region, or `undefined`.
 */
export function findRegion(name: string): Region | undefined {
  const id = regionId(name);
  return regions.find((region) => region.id === id);
}

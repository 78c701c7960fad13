/**
 * The REST hosts of the backend, by the region in which an app was created.
 *
 * @module
 */

/** A product that shares the server REST API. */
export type Product = "chat" | "room" | "live";

/** One region of the backend. */
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
export const regions: readonly Region[] = [
  row("cn", "China", "", "chat room live", "china mainland"),
  row("sgp", "Singapore", "sgp", "chat room live", "singapore"),
  row("kr", "Seoul", "kr", "chat", "seoul korea"),
  row("jpn", "Tokyo", "jpn", "chat", "tokyo japan"),
  row("ger", "Frankfurt", "ger", "chat", "frankfurt germany"),
  row("ind", "Mumbai", "ind", "chat", "mumbai india", "retired"),
  row("usa", "Silicon Valley", "usa", "chat live", "silicon-valley united-states"),
  row("idn", "Jakarta", "idn", "chat live", "jakarta indonesia"),
  row("ksa", "Saudi Arabia", "ksa", "", "riyadh saudi", "unconfirmed"),
];

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
  const wanted = name.trim().toLowerCase();
  return regions.find((region) =>
    [region.id, region.label.toLowerCase(), region.host, region.backupHost, ...region.aliases]
      .includes(wanted)
  );
}

function row(
  id: string,
  label: string,
  suffix: string,
  products: string,
  aliases: string,
  status: Region["status"] = "documented",
): Region {
  return {
    id,
    label,
    aliases: aliases.split(" "),
    host: suffix ? `adminapi${suffix}.im.qcloud.com` : "console.tim.qq.com",
    backupHost: `adminapi${suffix}.my-imcloud.com`,
    products: products.split(" ").filter(Boolean) as Product[],
    status,
  };
}

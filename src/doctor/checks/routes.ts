/**
 * Has this machine a way out, by IPv4 and by IPv6? As Linux tells it.
 *
 * @module
 */

import { type Check, conclude, type Conclusion, type Examination } from "../check.ts";

/** Reads the kernel's tables. */
export const routesCheck: Check = {
  id: "routes",
  needs: [],
  async examine({ platform: { readText } }: Examination): Promise<Conclusion> {
    const [four, six] = await Promise.all([
      readText("/proc/net/route"),
      readText("/proc/net/ipv6_route"),
    ]);
    if (four === undefined) return conclude("info", "routes.unknown", {});
    const facts = { four: defaultOf4(four), six: defaultOf6(six ?? "") };
    return conclude("info", facts.four || facts.six ? "routes.found" : "routes.none", facts);
  },
};

/** The interface whose destination and mask are zero; empty when there is none. */
function defaultOf4(table: string): string {
  const row = table.split("\n").map((line) => line.trim().split(/\s+/))
    .find(([, destination, , , , , , mask]) => destination === "00000000" && mask === "00000000");
  return row?.[0] ?? "";
}

/** The same for IPv6, without the routes that only say no: those are of the loopback interface. */
function defaultOf6(table: string): string {
  const row = table.split("\n").map((line) => line.trim().split(/\s+/))
    .find((fields) => /^0{32}$/.test(fields[0]!) && fields[1] === "00" && fields.at(-1) !== "lo");
  return row?.at(-1) ?? "";
}

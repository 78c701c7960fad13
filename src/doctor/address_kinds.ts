/**
 * Kinds of addresses: what an address says about who gave it out.
 *
 * @module
 */

/** A kind of address. */
export type AddressKind =
  | "public"
  | "loopback"
  | "unspecified"
  | "private"
  | "carrier NAT"
  | "link-local"
  | "fake-IP"
  | "documentation"
  | "Teredo"
  | "reserved";

/** The first range that fits decides. `64:ff9b::/96` is missing on purpose: NAT64 is a public way. */
const ranges: [range: string, kind: AddressKind][] = [
  ["0.0.0.0/8", "unspecified"],
  ["127.0.0.0/8", "loopback"],
  ["10.0.0.0/8", "private"],
  ["172.16.0.0/12", "private"],
  ["192.168.0.0/16", "private"],
  ["100.64.0.0/10", "carrier NAT"],
  ["169.254.0.0/16", "link-local"],
  ["198.18.0.0/15", "fake-IP"],
  ["192.0.2.0/24", "documentation"],
  ["198.51.100.0/24", "documentation"],
  ["203.0.113.0/24", "documentation"],
  ["224.0.0.0/3", "reserved"],
  ["::/128", "unspecified"],
  ["::1/128", "loopback"],
  // sing-box's pool lies inside the private range.
  ["fc00::/18", "fake-IP"],
  ["fc00::/7", "private"],
  ["fe80::/10", "link-local"],
  ["2001:db8::/32", "documentation"],
  ["2001::/32", "Teredo"],
  ["ff00::/8", "reserved"],
];

const table = ranges.map(([range, kind]) => {
  const [address, length] = range.split("/") as [string, string];
  return { bits: toBits(address)!.slice(0, Number(length)), four: !address.includes(":"), kind };
});

/** Finds the kind of an IPv4 or IPv6 address. */
export function addressKind(address: string): AddressKind {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address.replace(/%.*$/, "");
  const bits = toBits(plain);
  const four = !plain.includes(":");
  if (bits === undefined) return "reserved";
  return table.find((row) => row.four === four && bits.startsWith(row.bits))?.kind ?? "public";
}

/** The address as a text of 32 or 128 zeros and ones. */
function toBits(address: string): string | undefined {
  if (!address.includes(":")) {
    const parts = address.split(".").map(Number);
    if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined;
    return parts.map((part) => part.toString(2).padStart(8, "0")).join("");
  }
  const url = `http://[${address}]`;
  if (!URL.canParse(url)) return undefined;
  const [left, right] = new URL(url).hostname.slice(1, -1).split("::") as [string, string?];
  const head = left ? left.split(":") : [];
  const tail = right ? right.split(":") : [];
  const middle = Array<string>(8 - head.length - tail.length).fill("0");
  return [...head, ...middle, ...tail].map((group) =>
    parseInt(group, 16).toString(2).padStart(16, "0")
  )
    .join("");
}

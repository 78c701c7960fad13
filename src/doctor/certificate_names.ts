/**
 * Whether a certificate is for a host.
 *
 * @module
 */

/**
 * Compares as RFC 9525 says: a wildcard stands for exactly one leftmost label.
 *
 * @param host Name or address, without brackets.
 * @param names Entries like `DNS:*.example.com` and `IP Address:192.0.2.1`.
 * @param subject The subject's common name, which counts only when there are no entries.
 */
export function certificateNames(host: string, names: string[], subject: string): boolean {
  const wanted = host.toLowerCase().replace(/\.$/, "");
  const entries = names.length ? names : [`DNS:${subject}`];
  return entries.some((entry) => {
    const colon = entry.indexOf(":");
    const kind = entry.slice(0, colon);
    const value = entry.slice(colon + 1).toLowerCase().replace(/\.$/, "");
    if (kind === "IP Address") return sameAddress(value, wanted);
    if (kind !== "DNS") return false;
    if (!value.startsWith("*.")) return value === wanted;
    const dot = wanted.indexOf(".");
    return dot > 0 && wanted.slice(dot) === value.slice(1);
  });
}

/** The runtimes write IPv6 addresses of a certificate in different lengths: `::1` and `0:0:0:0:0:0:0:1`. */
function sameAddress(one: string, other: string): boolean {
  return one.trim() === other || one.includes(":") && normal(one.trim()) === normal(other);
}

function normal(address: string): string {
  const url = `http://[${address}]`;
  return URL.canParse(url) ? new URL(url).hostname : address;
}

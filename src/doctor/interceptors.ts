/**
 * Products that decrypt TLS on the way, by the names in the certificates they make.
 *
 * @module
 */

const NAMES = [
  "Zscaler|Netskope|Fortinet|FortiGate|Palo Alto Networks|Blue ?Coat|Cisco Umbrella|Sophos|Check ?Point",
  "Forcepoint|Websense|McAfee|Skyhigh|Trend ?Micro|Barracuda|WatchGuard|Kaspersky|ESET|Avast|AdGuard",
  "Charles Proxy|mitmproxy|Fiddler|PortSwigger|Burp|Proxyman",
  "Sangfor|深信服|Qi-?AnXin|奇安信|360|Topsec",
];

const pattern = new RegExp(`(^|[^\\p{L}\\p{N}])(${NAMES.join("|")})($|[^\\p{L}\\p{N}])`, "iu");

/** Tells whether a certificate's name is that of such a product; a private root may have any name. */
export function isInterceptor(name: string): boolean {
  return pattern.test(name);
}

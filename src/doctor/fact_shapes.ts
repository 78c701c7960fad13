/**
 * What several findings' values have in common.
 *
 * @module
 */

/** How a connection attempt to one address ended. */
export interface AddressFact {
  /** The address. */
  address: string;
  /** Time until connected, in milliseconds, the middle one of three; absent when it was not. */
  tookMs?: number;
  /** The longest of the three: some 1000 ms more than the others means a lost packet. */
  worstMs?: number;
  /** How it failed: `refused`, `timeout`, `unreachable`, `reset` or another kind. */
  fault?: string;
}

/** A trap of the runtime that matters here. */
export type RuntimeNote = "node-attempt-limit" | "node-ignores-proxy" | "deno-repeats-posts";

/** A proxy variable. */
export interface ProxyFacts {
  /** Its name. */
  variable: string;
  /** Its value, without user and password. */
  proxy: string;
  /** The runtime. */
  name: string;
}

/** A DNS server. */
export interface ResolverFact {
  /** Its address. */
  address: string;
  /** What is known of it, a kind of address or an operator; empty for an unknown public one. */
  about: string;
}

/** What one DNS server says of the host. */
export interface NameserverFact {
  /** Its address or host. */
  server: string;
  /** Time for both questions, in milliseconds; absent without an answer. */
  tookMs?: number;
  /** `NOERROR`, `NXDOMAIN` and so on; absent without an answer. */
  rcode?: string;
  /** Why there is no answer: `timeout` and so on. */
  fault?: string;
  /** Names that the host leads on to. */
  cnames: string[];
  /** IPv4 and IPv6 addresses. */
  addresses: string[];
  /** Time to live, in seconds. */
  ttl?: number;
}

/** An address and its kind. */
export interface KindFact {
  /** The address. */
  address: string;
  /** `public`, `loopback`, `private` and so on. */
  kind: string;
}

/** A failure nobody has a better word for. */
export interface DetailFact {
  /** The runtime's own sentence. */
  detail: string;
}

/** A TLS handshake that came about. */
export interface HandshakeFacts {
  /** TLS version. */
  protocol: string;
  /** What ALPN chose; empty when nothing. */
  alpn: string;
  /** Cipher suite. */
  cipher: string;
  /** The certificate's issuer. */
  issuer: string;
  /** Common names from the leaf upwards. */
  chain: string[];
  /** Whole days until the certificate ends. */
  daysLeft: number;
  /** Time of TCP and TLS together, in milliseconds. */
  tookMs: number;
  /** The longest it might have taken, in milliseconds. */
  limitMs: number;
}

/** Two handshakes, one after the other. */
export interface ResumptionFacts {
  /** TLS version. */
  protocol: string;
  /** Time of TCP and TLS together the first time, in milliseconds. */
  firstMs: number;
  /** The same the second time. */
  tookMs: number;
  /** The longest it might have taken, in milliseconds. */
  limitMs: number;
}

/** A certificate's dates beside our clock, all ISO. */
export interface DateFacts {
  /** The certificate's issuer. */
  issuer: string;
  /** First moment of validity. */
  validFrom: string;
  /** Last moment of validity. */
  validTo: string;
  /** Our own clock. */
  now: string;
  /** Whole days past the end, or before the beginning. */
  days: number;
}

/** A time and its limit, in milliseconds. */
export interface TimingFacts {
  /** What it took. */
  tookMs: number;
  /** What it may take. */
  limitMs: number;
}

/** Several calls; times in milliseconds, without the handshake. */
export interface SampleFacts {
  /** How many were made. */
  samples: number;
  /** How many were answered. */
  answered: number;
  /** How many of those took longer than the limit. */
  overLimit: number;
  /** Half of them were at least as fast. */
  p50Ms: number;
  /** Nine in ten were at least as fast. */
  p90Ms: number;
  /** 99 in 100 were at least as fast; the worst, when there are fewer. */
  p99Ms: number;
  /** The longest. */
  worstMs: number;
  /** Every answered call, in milliseconds, in rising order. */
  timesMs: number[];
  /** Half of the calls on a new connection were at least as fast, TCP and TLS included. */
  coldMs: number;
  /** Half of the calls on an open connection were at least as fast; 0 when there were none. */
  warmMs: number;
  /** The backend's documented limit. */
  limitMs: number;
  /** The timeout that a client should have, handshake included. */
  clientTimeoutMs: number;
}

/** A call with credentials that the backend refused. */
export interface RefusalFacts {
  /** The host that refused. */
  host: string;
  /** Its region; empty for another host. */
  region: string;
  /** The app. */
  sdkAppId: number;
  /** The account that called. */
  identifier: string;
  /** The backend's `ErrorCode`. */
  code: number;
  /** The backend's `ErrorInfo`. */
  info: string;
  /** The backend's `RequestId`; empty when it gave none. */
  requestId: string;
  /** Whether the key has the form of those in the console: 64 hexadecimal digits. */
  keyLooksRight: boolean;
  /** The address from which the call came; empty when it is not known. */
  egress: string;
}

/** How an unrelated host answers. */
export interface ControlFact {
  /** The host. */
  host: string;
  /** Its address. */
  address: string;
  /** Time for TCP and TLS, in milliseconds; absent without an answer. */
  tookMs?: number;
  /** Who issued its certificate; absent without an answer. */
  issuer?: string;
  /** Why there is no answer: `timeout` and so on. */
  fault?: string;
}

/** How one of the regions' hosts answers. */
export interface RegionFact {
  /** The region. */
  id: string;
  /** Its name. */
  label: string;
  /** The host. */
  host: string;
  /** Whether it is the region's backup host. */
  backup: boolean;
  /** Time of the TCP connection, in milliseconds: the best of three. */
  tcpMs?: number;
  /** Time of the TLS handshake after it, in milliseconds. */
  tlsMs?: number;
  /** Why there is no time: `timeout` and so on. */
  fault?: string;
}

/** The regions' hosts beside each other. */
export interface RegionsFacts {
  /** The host under examination. */
  host: string;
  /** Its region; empty for another host. */
  region: string;
  /** Every host. */
  hosts: RegionFact[];
  /** The region that answers fastest. */
  nearest: string;
  /** The nearest region's time for TCP and TLS, in milliseconds. */
  nearestMs: number;
  /** The same of the region under examination; absent for another host. */
  hereMs?: number;
}

/** Where an address is, by the registries. */
export interface OriginFact {
  /** The address. */
  address: string;
  /** The network it belongs to, `AS64496`; empty when nobody says. */
  asn: string;
  /** The network's name; empty when nobody says. */
  operator: string;
  /** Country in which it is registered; empty when nobody says. */
  country: string;
}

/** The machine's own address beside that from which its DNS servers ask. */
export interface EgressFacts {
  /** This machine. */
  machine: OriginFact;
  /** The DNS servers, as the world sees them. */
  resolvers: OriginFact[];
  /** The part of the machine's address that the resolver passes on; empty when it passes nothing. */
  clientSubnet: string;
}

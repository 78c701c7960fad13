/**
 * What the doctor needs of the machine it runs on: names, sockets, TLS and clocks. `src/runtime` has the
 * implementation for Deno, Bun and Node.
 *
 * @module
 */

/** What went wrong on the wire, whatever the runtime calls it. */
export type ProbeErrorKind =
  | "no-name"
  | "resolver-silent"
  | "resolver-failed"
  | "refused"
  | "unreachable"
  | "timeout"
  | "reset"
  | "closed"
  | "not-tls"
  | "tls-version"
  | "untrusted"
  | "not-http"
  | "not-permitted"
  | "exhausted"
  | "other";

/**
 * A probe that failed: the one error a {@linkcode DoctorPlatform} throws.
 *
 * @example What a platform of one's own throws
 * ```ts
 * import { ProbeError } from "@tim/edge/doctor";
 *
 * const error = new ProbeError("refused", "connect ECONNREFUSED 127.0.0.1:443", "ECONNREFUSED");
 * console.log(error.kind, error.code); // refused ECONNREFUSED
 * ```
 */
export class ProbeError extends Error {
  /** What went wrong. */
  readonly kind: ProbeErrorKind;
  /** The runtime's own word for it, `ECONNREFUSED` for instance; empty when it gave none. */
  readonly code: string;

  /**
   * Makes the error.
   *
   * @param kind What went wrong.
   * @param message The runtime's own sentence.
   * @param code The runtime's own word.
   */
  constructor(kind: ProbeErrorKind, message: string, code = "") {
    super(message);
    this.name = "ProbeError";
    this.kind = kind;
    this.code = code;
  }
}

/** One address of a host. */
export interface Address {
  /** The address, without brackets. */
  address: string;
  /** 4 or 6. */
  family: 4 | 6;
}

/** An open connection. */
export interface Connection {
  /** Sends bytes. */
  write(bytes: Uint8Array): void;
  /**
   * Waits for bytes.
   *
   * @param limitMs The longest wait, in milliseconds.
   * @returns What came, or `undefined` when the other side has closed.
   * @throws {ProbeError} On a reset, or when the time is over.
   */
  read(limitMs: number): Promise<Uint8Array | undefined>;
  /** Lets go of it. Safe to repeat. */
  close(): void;
}

/** The certificate a server showed. */
export interface PeerCertificate {
  /** The subject's common name. */
  subject: string;
  /** The issuer's common name, or its organisation. */
  issuer: string;
  /** Entries of the subject alternative name, `DNS:…` and `IP Address:…`. */
  names: string[];
  /** First moment of validity, in milliseconds since 1970. */
  validFrom: number;
  /** Last moment of validity, in milliseconds since 1970. */
  validTo: number;
  /** Common names from the leaf upwards, as far as the runtime tells. */
  chain: string[];
}

/** What a server gave for a later handshake to be a short one. */
export interface TlsSession {
  /** A ticket that the client keeps, or an id that the server remembers. */
  by: "ticket" | "id";
  /** Whether it was seen to come: Deno has a session in any case. */
  seen: boolean;
  /** What the runtime wants back. */
  state: unknown;
}

/** A connection after its TLS handshake. */
export interface SecureConnection extends Connection {
  /** `TLSv1.3` for instance. */
  protocol: string;
  /** The cipher suite. */
  cipher: string;
  /** The protocol agreed on by ALPN; empty when the server chose none. */
  alpn: string;
  /** Why this runtime does not trust the certificate; empty when it does. */
  distrust: string;
  /** What the server showed; absent where the platform does not tell, and after a resumed handshake. */
  certificate?: PeerCertificate;
  /** Whether the handshake resumed the session it was given. */
  resumed?: boolean;
  /**
   * Waits for what a later handshake may resume; absent where the platform cannot see that. Nothing is sent.
   *
   * @param limitMs The longest wait, in milliseconds.
   * @returns The session, or `undefined` when the server gave none.
   */
  session?(limitMs: number): Promise<TlsSession | undefined>;
}

/** How to begin TLS. */
export interface SecureOptions {
  /** The name to ask for and to check. */
  serverName: string;
  /** Protocols to offer by ALPN. */
  protocols: string[];
  /** A further root to trust, as PEM. */
  extraCa?: string;
  /** A session to resume. */
  session?: TlsSession;
  /**
   * Whether an untrusted certificate ends the handshake. `false` is for looking at a certificate only:
   * nothing may be written to such a connection.
   */
  verify: boolean;
}

/** The runtime that the doctor runs on. */
export interface RuntimeFact {
  /** Its name. */
  name: string;
  /** Its version; empty where it tells none. */
  version: string;
  /** The data centre, on platforms that have many. */
  place?: string;
}

/** The machine, as far as the doctor looks at it. */
export interface DoctorPlatform {
  /** The runtime this is. */
  runtime: RuntimeFact;
  /** How many connections may be open at once; any number when absent. */
  atOnce?: number;
  /** Checks that cannot be made on this platform. */
  lacks?: readonly string[];
  /** Environment variables: proxies and trust are looked up in it, nothing else. */
  env: Record<string, string | undefined>;
  /** The system's hosts file. */
  hostsFile: string;
  /** Reads a file of the system's configuration; `undefined` when there is none or it may not be read. */
  readText(path: string): Promise<string | undefined>;
  /** Addresses of the DNS servers that the system is configured with, as far as the runtime tells. */
  resolvers(): string[];
  /** The wall clock, in milliseconds since 1970. */
  now(): number;
  /** A clock that only runs forward, in milliseconds. */
  elapsed(): number;
  /**
   * Resolves a name the way the runtime's own `fetch` does.
   *
   * @throws {ProbeError} When there is no answer within the time, in milliseconds.
   */
  lookup(host: string, limitMs: number): Promise<Address[]>;
  /**
   * Sends a packet by UDP and waits for the first answer that is accepted.
   *
   * @throws {ProbeError} When there is none within the time, in milliseconds.
   */
  askUdp(
    address: string,
    port: number,
    question: Uint8Array,
    accept: (answer: Uint8Array) => boolean,
    limitMs: number,
  ): Promise<Uint8Array>;
  /** The runtime's own `fetch`, for DNS over HTTPS. */
  fetch(url: string, init: RequestInit): Promise<Response>;
  /**
   * Opens a TCP connection.
   *
   * @throws {ProbeError} When there is none within the time, in milliseconds.
   */
  connect(address: string, port: number, limitMs: number): Promise<Connection>;
  /**
   * Begins TLS on an open connection, which belongs to the result from then on.
   *
   * @throws {ProbeError} When the handshake does not end well within the time, in milliseconds.
   */
  secure(
    connection: Connection,
    options: SecureOptions,
    limitMs: number,
  ): Promise<SecureConnection>;
}

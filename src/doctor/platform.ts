/**
 * What the doctor needs of the machine it runs on: names, sockets, TLS and clocks. `src/runtime` has the
 * implementation for Deno, Bun and Node.
 *
 * @module
 */

/**
 * What went wrong on the wire, whatever the runtime calls it.
 *
 * @example What a runtime's own codes mean
 * ```ts
 * import { ProbeError, type ProbeErrorKind } from "@tim/edge/doctor";
 *
 * const kinds: Record<string, ProbeErrorKind> = {
 *   ECONNREFUSED: "refused",
 *   EHOSTUNREACH: "unreachable",
 *   ETIMEDOUT: "timeout",
 * };
 * // For a platform of one's own.
 * const probeError = ({ code, message }: { code: string; message: string }) =>
 *   new ProbeError(kinds[code] ?? "other", message, code);
 * console.log(probeError({ code: "ETIMEDOUT", message: "connect ETIMEDOUT" }).kind); // timeout
 * ```
 */
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

/**
 * One address of a host.
 *
 * @example Names that are looked up in a table
 * ```ts
 * import { type Address, ProbeError, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const table: Record<string, Address[]> = {
 *   "chat.example.com": [{ address: "203.0.113.7", family: 4 }],
 * };
 * const lookup = (host: string): Promise<Address[]> =>
 *   Promise.resolve(
 *     table[host] ?? Promise.reject(new ProbeError("no-name", `${host} is not here`)),
 *   );
 * const platform = { ...hostPlatform(), lookup };
 * const { verdict } = await runDoctor({ platform, host: "chat.example.org", only: ["dns"] });
 * console.log(verdict.cause); // name-unknown
 * ```
 */
export interface Address {
  /** The address, without brackets. */
  address: string;
  /** 4 or 6. */
  family: 4 | 6;
}

/**
 * An open connection.
 *
 * @example A host that always answers 503, for a test
 * ```ts
 * import { type Connection, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const answer = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n";
 * const connection: Connection = {
 *   write() {},
 *   read: () => Promise.resolve(new TextEncoder().encode(answer)),
 *   close() {},
 * };
 * const platform = { ...hostPlatform(), connect: () => Promise.resolve(connection) };
 * const options = { platform, baseUrl: "http://127.0.0.1:8788", only: ["head"] };
 * console.log((await runDoctor(options)).verdict.finding?.id); // head.status
 * ```
 */
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

/**
 * The certificate a server showed.
 *
 * @example How a report looks once a certificate has ended
 * ```ts
 * import { type PeerCertificate, renderJson, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const certificate: PeerCertificate = {
 *   ...{ subject: "chat.example.com", issuer: "Example CA", names: ["DNS:chat.example.com"] },
 *   ...{ validFrom: Date.UTC(2025, 0, 1), validTo: Date.UTC(2025, 3, 1), chain: [] },
 * };
 * const none = { write() {}, read: () => Promise.resolve(undefined), close() {} };
 * const tls = { ...none, protocol: "TLSv1.3", cipher: "", alpn: "h2", distrust: "", certificate };
 * const shaken = () => Promise.resolve(tls);
 * const platform = { ...hostPlatform(), connect: shaken, secure: shaken };
 * const options = { platform, host: "chat.example.com", resolve: ["203.0.113.7"], only: ["tls"] };
 * console.log(renderJson(await runDoctor(options)).verdict.cause); // certificate-expired
 * ```
 */
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

/**
 * What a server gave for a later handshake to be a short one.
 *
 * @example A second handshake that is a short one
 * ```ts
 * import { runDoctor, type SecureOptions, type TlsSession } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const ticket: TlsSession = { by: "ticket", seen: true, state: "what the server sent" };
 * const open = { write() {}, read: () => Promise.resolve(undefined), close() {} };
 * const tls = { ...open, protocol: "TLSv1.3", cipher: "", alpn: "", distrust: "" };
 * const secure = (_: unknown, { session }: SecureOptions) =>
 *   Promise.resolve({
 *     ...tls,
 *     session: () => Promise.resolve(ticket),
 *     resumed: session === ticket,
 *   });
 * const platform = { ...hostPlatform(), connect: () => Promise.resolve(open), secure };
 * const options = { platform, host: "chat.example.com", resolve: ["203.0.113.7"] };
 * const { findings } = await runDoctor({ ...options, only: ["resumption"] });
 * console.log(findings.at(-1)?.id); // resumption.works
 * ```
 */
export interface TlsSession {
  /** A ticket that the client keeps, or an id that the server remembers. */
  by: "ticket" | "id";
  /** Whether it was seen to come: Deno has a session in any case. */
  seen: boolean;
  /** What the runtime wants back. */
  state: unknown;
}

/**
 * A connection after its TLS handshake.
 *
 * @example A certificate of an issuer that nobody trusts
 * ```ts
 * import { runDoctor, type SecureConnection } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const connection: SecureConnection = {
 *   ...{ write() {}, read: () => Promise.resolve(undefined), close() {} },
 *   ...{ protocol: "TLSv1.3", cipher: "TLS_AES_128_GCM_SHA256", alpn: "h2" },
 *   distrust: "SELF_SIGNED_CERT_IN_CHAIN",
 *   certificate: {
 *     ...{ subject: "chat.example.com", issuer: "Corp Root", names: ["DNS:chat.example.com"] },
 *     ...{ validFrom: 0, validTo: Date.UTC(2099, 0, 1), chain: ["chat.example.com", "Corp Root"] },
 *   },
 * };
 * const secure = () => Promise.resolve(connection);
 * const platform = { ...hostPlatform(), connect: secure, secure };
 * const options = { platform, host: "chat.example.com", resolve: ["203.0.113.7"], only: ["tls"] };
 * console.log((await runDoctor(options)).verdict.finding?.id); // tls.untrusted
 * ```
 */
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

/**
 * How to begin TLS.
 *
 * @example A platform whose TLS is too old for a host
 * ```ts
 * import { type Connection, ProbeError, runDoctor, type SecureOptions } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const open: Connection = { write() {}, read: () => Promise.resolve(undefined), close() {} };
 * const platform = {
 *   ...hostPlatform(),
 *   connect: () => Promise.resolve(open),
 *   secure: (_: Connection, { serverName }: SecureOptions) =>
 *     Promise.reject(new ProbeError("tls-version", `${serverName} speaks TLS 1.0`)),
 * };
 * const options = { platform, host: "chat.example.com", resolve: ["203.0.113.7"], only: ["tls"] };
 * console.log((await runDoctor(options)).verdict.cause); // tls-too-old
 * ```
 */
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

/**
 * The runtime that the doctor runs on.
 *
 * @example A report that says where it was made
 * ```ts
 * import { renderText, runDoctor, type RuntimeFact } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const runtime: RuntimeFact = { name: "Electron", version: "38.1.0" };
 * const platform = { ...hostPlatform(), runtime };
 * const report = await runDoctor({ platform, region: "sgp", only: ["tcp"] });
 * console.log(renderText(report).includes("Electron 38.1.0")); // true
 * ```
 */
export interface RuntimeFact {
  /** Its name. */
  name: string;
  /** Its version; empty where it tells none. */
  version: string;
  /** The data centre, on platforms that have many. */
  place?: string;
}

/**
 * The machine, as far as the doctor looks at it.
 *
 * @example This machine, with a note of every connection
 * ```ts
 * import { type DoctorPlatform, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const opened: string[] = [];
 * const here = hostPlatform();
 * const platform: DoctorPlatform = {
 *   ...here,
 *   connect(address, port, limitMs) {
 *     opened.push(`${address}:${port}`);
 *     return here.connect(address, port, limitMs);
 *   },
 * };
 * await runDoctor({ platform, host: "chat.example.com:1", resolve: ["127.0.0.1"], only: ["tcp"] });
 * console.log(opened[0]); // 127.0.0.1:1
 * ```
 */
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

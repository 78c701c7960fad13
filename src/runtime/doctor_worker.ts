/**
 * The doctor's machine on Cloudflare Workers: sockets by `cloudflare:sockets`, names by DNS over HTTPS.
 *
 * @module
 */

import { askDoh } from "../doctor/dns/ask_doh.ts";
import {
  type Address,
  type Connection,
  type DoctorPlatform,
  ProbeError,
  type ProbeErrorKind,
  type SecureConnection,
} from "../doctor/platform.ts";

export type { Address, Connection, DoctorPlatform, ProbeErrorKind, SecureConnection };
export type { PeerCertificate, ProbeError, SecureOptions, TlsSession } from "../doctor/platform.ts";

/**
 * A socket of `cloudflare:sockets`, as far as it is used.
 *
 * @example A socket that never opens, for a test
 * ```ts
 * import { runDoctor } from "@tim/edge/doctor";
 * import { workerPlatform, type WorkerSocket } from "@tim/edge/doctor/worker";
 *
 * const socket = (): WorkerSocket => ({
 *   readable: new ReadableStream(),
 *   writable: new WritableStream(),
 *   opened: Promise.reject(new Error("proxy request failed, cannot connect: connection refused")),
 *   closed: Promise.resolve(),
 *   close: () => Promise.resolve(),
 *   startTls: () => socket(),
 * });
 * const platform = workerPlatform({ connect: socket });
 * const { verdict } = await runDoctor({ platform, host: "203.0.113.7", only: ["tcp"] });
 * console.log(verdict.cause); // port-refused
 * ```
 */
export interface WorkerSocket {
  /** What comes. */
  readable: ReadableStream<Uint8Array>;
  /** Where to write. */
  writable: WritableStream<Uint8Array>;
  /** Settled when the connection stands or has failed. */
  opened: Promise<unknown>;
  /** Settled when it has ended. */
  closed: Promise<unknown>;
  /** Ends it. */
  close(): Promise<void>;
  /** Begins TLS; the result stands in this socket's place. */
  startTls(options?: { expectedServerHostname?: string }): WorkerSocket;
}

/**
 * The `connect` of `cloudflare:sockets`.
 *
 * @example Only to hosts of the backend
 * ```ts
 * import { type WorkerConnect, workerPlatform } from "@tim/edge/doctor/worker";
 *
 * // `open` is the `connect` of cloudflare:sockets.
 * const only = (open: WorkerConnect): WorkerConnect => (address, options) => {
 *   if (!address.hostname.endsWith(".im.qcloud.com")) throw new Error(`not ${address.hostname}`);
 *   return open(address, options);
 * };
 * export const platformOf = (connect: WorkerConnect) => workerPlatform({ connect: only(connect) });
 * ```
 */
export type WorkerConnect = (
  address: { hostname: string; port: number },
  options: { secureTransport: "starttls"; allowHalfOpen: boolean },
) => WorkerSocket;

/**
 * What {@linkcode workerPlatform} takes.
 *
 * @example Names by a resolver of one's own choice
 * ```ts
 * import { workerPlatform, type WorkerPlatformOptions } from "@tim/edge/doctor/worker";
 *
 * // `connect` is that of cloudflare:sockets, `colo` is request.cf.colo.
 * const platformOf = ({ connect, colo }: WorkerPlatformOptions) =>
 *   workerPlatform({ connect, colo, dohServer: "https://dns.alidns.com/dns-query" });
 * const connect = () => Promise.reject(new Error("no sockets here")) as never;
 * console.log(platformOf({ connect, colo: "FRA" }).runtime.place); // FRA
 * ```
 */
export interface WorkerPlatformOptions {
  /** `import { connect } from "cloudflare:sockets"`. */
  connect: WorkerConnect;
  /** The data centre that the Worker runs in: `request.cf.colo`. */
  colo?: string;
  /** The DNS-over-HTTPS server to ask for names. @default {"https://cloudflare-dns.com/dns-query"} */
  dohServer?: string;
  /** The `fetch` for it. @default {globalThis.fetch} */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** Time for a failed handshake to end the connection, beside twice the time of TCP, in milliseconds. */
const HANDSHAKE_MS = 100;

/** Connections that one request of a Worker may have open; others wait until one of them ends. */
const SOCKETS = 6;

/** Checks that a Worker cannot make: it has no files, no DNS servers of its own, no UDP, no TLS sessions. */
const LACKS = ["hosts", "routes", "resolvers", "egress", "resumption"];

/**
 * The Worker this program runs in, for `runDoctor`. Certificates cannot be looked at from there: the platform
 * verifies them itself, against the roots that it trusts.
 *
 * @example A route of a Worker
 * ```ts ignore
 * import { connect } from "cloudflare:sockets";
 * import { renderJson, runDoctor } from "@tim/edge/doctor";
 * import { workerPlatform } from "@tim/edge/doctor/worker";
 *
 * export default {
 *   async fetch(request) {
 *     const platform = workerPlatform({ connect, colo: request.cf?.colo });
 *     return Response.json(renderJson(await runDoctor({ platform, region: "sgp" })));
 *   },
 * };
 * ```
 *
 * @param options The sockets, and where the Worker runs.
 */
export function workerPlatform(options: WorkerPlatformOptions): DoctorPlatform {
  const { colo, dohServer: doh = "https://cloudflare-dns.com/dns-query" } = options;
  // Called without an object before it: Workers refuse anything else.
  const { connect: open, fetch: ask = (url, init) => globalThis.fetch(url, init) } = options;
  // Workers verify a certificate for the name that was connected to, so that is done by name.
  const names = new Map<string, string>();
  return {
    runtime: { name: "Workers", version: "", ...(colo && { place: colo }) },
    env: {},
    hostsFile: "",
    atOnce: SOCKETS,
    lacks: LACKS,
    readText: () => Promise.resolve(undefined),
    resolvers: () => [],
    now: () => Date.now(),
    elapsed: () => performance.now(),
    lookup: async (host, limitMs) => {
      const [first] = await lookup(ask, doh, host, limitMs);
      names.set(first!.address, host);
      // The others could not be told apart.
      return [first!];
    },
    askUdp: () => Promise.reject(new ProbeError("not-permitted", "a Worker has no UDP")),
    fetch: ask,
    connect: async (address, port, limitMs) => {
      const hostname = names.get(address) ?? (address.includes(":") ? `[${address}]` : address);
      const began = performance.now();
      const socket = start(() =>
        open({ hostname, port }, { secureTransport: "starttls", allowHalfOpen: false })
      );
      const late = `no connection to ${address} within ${limitMs} ms`;
      const connection = await opened(socket, limitMs, late);
      connection.tookMs = performance.now() - began;
      return connection;
    },
    secure: async (connection, _, limitMs) => {
      if (!(connection instanceof WorkerConnection)) {
        throw new TypeError("Cannot begin TLS: the connection comes from another platform");
      }
      const bare = connection.release();
      const socket = start(() => bare.startTls());
      const secured = await opened(socket, limitMs, `no TLS handshake within ${limitMs} ms`);
      await outlive(socket, Math.min(limitMs, 2 * connection.tookMs + HANDSHAKE_MS));
      return asSecure(secured);
    },
  };
}

/** A socket is called open before its handshake; one that fails just closes a little later. */
async function outlive(socket: WorkerSocket, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const alive = new Promise<boolean>((resolve) => timer = setTimeout(() => resolve(true), ms));
  const ended = socket.closed.then(() => false, () => false);
  const lives = await Promise.race([alive, ended]);
  clearTimeout(timer);
  if (lives) return;
  throw new ProbeError(
    "other",
    "the connection ended within the TLS handshake; the platform does not say why, mostly it does " +
      "not trust the certificate",
  );
}

/** The platform tells nothing of the handshake but that it has verified the certificate. */
function asSecure(connection: Connection): SecureConnection {
  return {
    write: (bytes) => connection.write(bytes),
    read: (limitMs) => connection.read(limitMs),
    close: () => connection.close(),
    ...{ protocol: "", cipher: "", alpn: "", distrust: "" },
  };
}

async function lookup(
  ask: NonNullable<WorkerPlatformOptions["fetch"]>,
  doh: string,
  host: string,
  limitMs: number,
): Promise<Address[]> {
  const answers = await Promise.all((["A", "AAAA"] as const).map(async (type) => {
    try {
      return await askDoh(ask, doh, host, type, limitMs);
    } catch (error) {
      if (error instanceof ProbeError && error.kind === "timeout") {
        throw new ProbeError("resolver-silent", error.message);
      }
      throw new ProbeError("resolver-failed", `${doh}: ${(error as Error).message}`);
    }
  }));
  const found = answers.flatMap(({ addresses }) => addresses);
  if (found.length > 0) {
    return found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  }
  const { rcode } = answers[0]!;
  throw /^(NXDOMAIN|NOERROR)$/.test(rcode)
    ? new ProbeError("no-name", `${doh} knows no address of ${host}`, rcode)
    : new ProbeError("resolver-failed", `${doh} answers ${rcode} for ${host}`, rcode);
}

function start(begin: () => WorkerSocket): WorkerSocket {
  try {
    return begin();
  } catch (error) {
    throw socketError(error);
  }
}

async function opened(
  socket: WorkerSocket,
  limitMs: number,
  late: string,
): Promise<WorkerConnection> {
  socket.closed.catch(() => {});
  try {
    await within(socket.opened, limitMs, late);
    return new WorkerConnection(socket);
  } catch (error) {
    socket.close().catch(() => {});
    throw socketError(error);
  }
}

/** A socket as a {@linkcode Connection}; a read that came too late is kept for the next one. */
class WorkerConnection implements Connection {
  /** Time of the TCP connection, in milliseconds. */
  tookMs = 0;
  readonly #socket: WorkerSocket;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #writer: WritableStreamDefaultWriter<Uint8Array> | undefined;
  #pending: Promise<{ value?: Uint8Array }> | undefined;

  constructor(socket: WorkerSocket) {
    this.#socket = socket;
  }

  /** Hands the bare socket over, to TLS: nothing may hold its streams then. */
  release(): WorkerSocket {
    this.#reader?.releaseLock();
    this.#writer?.releaseLock();
    return this.#socket;
  }

  write(bytes: Uint8Array): void {
    this.#writer ??= this.#socket.writable.getWriter();
    // What fails here shows in the next read.
    this.#writer.write(bytes).catch(() => {});
  }

  async read(limitMs: number): Promise<Uint8Array | undefined> {
    this.#reader ??= this.#socket.readable.getReader();
    this.#pending ??= this.#reader.read() as Promise<{ value?: Uint8Array }>;
    this.#pending.catch(() => {});
    try {
      const { value } = await within(this.#pending, limitMs, `nothing came within ${limitMs} ms`);
      this.#pending = undefined;
      return value;
    } catch (error) {
      throw socketError(error);
    }
  }

  close(): void {
    this.#socket.close().catch(() => {});
  }
}

async function within<T>(promise: Promise<T>, limitMs: number, late: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ProbeError("timeout", late)), Math.max(1, limitMs));
  });
  try {
    return await Promise.race([promise, end]);
  } finally {
    clearTimeout(timer);
  }
}

/** What the platform's sentences mean; it has no codes. */
const KINDS: [pattern: RegExp, kind: ProbeErrorKind][] = [
  [/refused/i, "refused"],
  [/unreachable|no route/i, "unreachable"],
  [/timed? ?out/i, "timeout"],
  [/certificate|self.signed|issuer|verify/i, "untrusted"],
  [/connection lost|reset|disconnected|closed/i, "reset"],
];

function socketError(error: unknown): ProbeError {
  if (error instanceof ProbeError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ProbeError(KINDS.find(([pattern]) => pattern.test(message))?.[1] ?? "other", message);
}

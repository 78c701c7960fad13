/**
 * TCP and TLS with time limits, the same on Deno, Bun and Node.
 *
 * @module
 */

import net from "node:net";
import process from "node:process";
import tls from "node:tls";
import {
  type Connection,
  type PeerCertificate,
  ProbeError,
  type SecureConnection,
  type SecureOptions,
  type TlsSession,
} from "../doctor/platform.ts";
import { behindRefusal } from "./bun_routes.ts";
import { probeError } from "./socket_faults.ts";

/** Opens a TCP connection. */
export function connect(address: string, port: number, limitMs: number): Promise<SocketConnection> {
  return within(limitMs, `no connection to ${address} within ${limitMs} ms`, (done, fail) => {
    const socket = net.connect({ host: address, port, noDelay: true });
    socket.once("connect", () => done(new SocketConnection(socket)));
    socket.once("error", (error) => void behindRefusal(error, address, port).then(fail));
    return () => socket.destroy();
  });
}

/** Begins TLS on a connection that {@linkcode connect} made. */
export function secure(
  connection: Connection,
  { serverName, protocols, extraCa, verify, session }: SecureOptions,
  limitMs: number,
): Promise<SecureConnection> {
  if (!(connection instanceof SocketConnection)) {
    throw new TypeError("Cannot begin TLS: the connection comes from another platform");
  }
  const late = `no TLS handshake with ${serverName} within ${limitMs} ms`;
  return within(limitMs, late, (done, fail) => {
    const socket = tls.connect({
      socket: connection.release(),
      // An address is not allowed as server name; it is checked against the certificate all the same.
      ...(net.isIP(serverName) ? { host: serverName } : { servername: serverName }),
      ALPNProtocols: protocols,
      rejectUnauthorized: verify,
      ...(extraCa !== undefined && { secureContext: contextWith(extraCa) }),
      ...(session && { session: session.state as tls.ConnectionOptions["session"] }),
    });
    const offered = firstSession(socket);
    socket.once("secureConnect", () => {
      const resumed = socket.isSessionReused();
      // A resumed handshake shows no certificate: the first one has.
      if (!resumed && socket.getPeerCertificate()?.valid_to === undefined) {
        fail(new ProbeError("other", "the server showed no certificate"));
      } else done(describe(socket, resumed, offered));
    });
    socket.once("error", fail);
    // Some runtimes end a handshake that the other side closes without an error.
    socket.once("close", () => fail(new ProbeError("reset", "closed within the TLS handshake")));
    return () => socket.destroy();
  });
}

/** The first session that a server offers; with TLS 1.3 it comes after the handshake. */
function firstSession(socket: tls.TLSSocket): Promise<TlsSession> {
  return new Promise((resolve) => {
    socket.once("session", (state: Uint8Array) => {
      const ticket = socket.getProtocol() === "TLSv1.3" || Boolean(socket.getTLSTicket?.()?.length);
      resolve({ by: ticket ? "ticket" : "id", seen: true, state });
    });
  });
}

let context: { extraCa: string; context: tls.SecureContext } | undefined;

/**
 * Trusts one root more. Kept, since reading hundreds of roots takes 100 ms and would spoil the timing; Deno
 * reads them again all the same, which adds some 20 ms to each handshake.
 */
function contextWith(extraCa: string): tls.SecureContext {
  if (context?.extraCa !== extraCa) {
    // Node has it since 22.15; what NODE_EXTRA_CA_CERTS adds is missing before.
    const { getCACertificates = () => tls.rootCertificates } = tls as Partial<typeof tls>;
    const ca = [...getCACertificates("default"), extraCa];
    context = { extraCa, context: tls.createSecureContext({ ca }) };
  }
  return context.context;
}

/** A socket as a {@linkcode Connection}: what came is kept until it is read. */
class SocketConnection implements Connection {
  readonly #socket: net.Socket;
  readonly #came: Uint8Array[] = [];
  #ended = false;
  #error: unknown;
  #wake = () => {};
  #listening = false;

  constructor(socket: net.Socket) {
    this.#socket = socket;
    // An error that nobody waits for must not end the process.
    socket.on("error", (error) => {
      this.#error ??= error;
      this.#wake();
    });
  }

  /** Hands the bare socket over, to TLS. */
  release(): net.Socket {
    if (this.#listening) {
      this.#socket.removeAllListeners("data");
      this.#socket.pause();
    }
    return this.#socket;
  }

  write(bytes: Uint8Array): void {
    this.#listen();
    this.#socket.write(bytes);
  }

  async read(limitMs: number): Promise<Uint8Array | undefined> {
    this.#listen();
    const late = Date.now() + limitMs;
    for (;;) {
      const bytes = this.#came.shift();
      if (bytes) return bytes;
      if (this.#error !== undefined) throw probeError(this.#error);
      if (this.#ended) return undefined;
      const leftMs = late - Date.now();
      if (leftMs <= 0) throw new ProbeError("timeout", `nothing came within ${limitMs} ms`);
      await this.#change(leftMs);
    }
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Waits for something that comes with the bytes, as long as the connection lives. */
  during<T>(event: Promise<T>, limitMs: number): Promise<T | undefined> {
    this.#listen();
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), limitMs);
      const end = (value?: T) => {
        clearTimeout(timer);
        resolve(value);
      };
      event.then(end);
      this.#socket.once("close", () => end());
    });
  }

  /** Begins to read only when asked to: a socket that goes into TLS must still hold all its bytes. */
  #listen(): void {
    if (this.#listening) return;
    this.#listening = true;
    this.#socket.on("data", (bytes: Uint8Array) => {
      this.#came.push(bytes);
      this.#wake();
    });
    const end = () => {
      this.#ended = true;
      this.#wake();
    };
    this.#socket.on("end", end);
    this.#socket.on("close", end);
  }

  #change(limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function describe(
  socket: tls.TLSSocket,
  resumed: boolean,
  offered: Promise<TlsSession>,
): SecureConnection {
  const connection = new SocketConnection(socket);
  const protocol = socket.getProtocol() ?? "";
  const problem = socket.authorized ? undefined : socket.authorizationError as unknown;
  return {
    write: (bytes) => connection.write(bytes),
    read: (limitMs) => connection.read(limitMs),
    close: () => connection.close(),
    protocol,
    cipher: socket.getCipher()?.name ?? "",
    alpn: socket.alpnProtocol || "",
    distrust: socket.authorized ? "" : String((problem as { code?: string })?.code ?? problem),
    ...(!resumed && { certificate: readCertificate(socket) }),
    resumed,
    ...(!process.versions.deno
      ? { session: (limitMs: number) => connection.during(offered, limitMs) }
      // Deno resumes TLS 1.3 only, and does not say when the ticket comes: what it calls sessions are names.
      : protocol === "TLSv1.3" && {
        session: async (limitMs: number) => {
          await connection.during(new Promise(() => {}), limitMs);
          return { by: "ticket" as const, seen: false, state: socket.getSession() };
        },
      }),
  };
}

function readCertificate(socket: tls.TLSSocket): PeerCertificate {
  const leaf = socket.getPeerCertificate(true);
  const chain: string[] = [];
  let link: tls.DetailedPeerCertificate | undefined = leaf;
  while (link?.subject && chain.length < 8) {
    chain.push(nameOf(link.subject));
    link = link.issuerCertificate === link ? undefined : link.issuerCertificate;
  }
  return {
    subject: nameOf(leaf.subject),
    issuer: nameOf(leaf.issuer),
    names: (leaf.subjectaltname ?? "").split(", ").filter(Boolean),
    validFrom: Date.parse(leaf.valid_from),
    validTo: Date.parse(leaf.valid_to),
    chain,
  };
}

function nameOf(name: tls.Certificate | undefined): string {
  return String(name?.CN ?? name?.O ?? "(no name)");
}

/** Runs a step that has callbacks, with an end in time; what it left open is then closed. */
function within<T>(
  limitMs: number,
  late: string,
  begin: (done: (value: T) => void, fail: (error: unknown) => void) => () => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let cancel = () => {};
    let over = false;
    const end = (settle: () => void) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      settle();
    };
    const fail = (error: unknown) =>
      end(() => {
        cancel();
        reject(probeError(error));
      });
    const timer = setTimeout(() => fail(new ProbeError("timeout", late)), limitMs);
    try {
      cancel = begin((value) => end(() => resolve(value)), fail);
    } catch (error) {
      fail(error);
    }
  });
}

/**
 * The emulator's server: like `serve.ts`, but one that can break a connection off, which is half of what an
 * emulator's faults are about. Deno, Bun and Node all have `node:http`, and only that gives them the socket.
 *
 * @module
 */

import { EventEmitter } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { address, type Handler, type Listening, type ListenOptions, taken } from "./serve.ts";

/** Where to listen, and with which certificate. */
export interface EmulatorListenOptions extends ListenOptions {
  /** Makes it `https`; both as PEM. */
  tls?: { key: string; cert: string };
}

/**
 * Starts the server. When the handler throws, or an answer's body breaks off, so does the connection.
 *
 * @throws {Error} When the port is taken; the message says so.
 */
export async function serveEmulator(
  handler: Handler,
  { hostname, port, tls }: EmulatorListenOptions,
): Promise<Listening> {
  const scheme = tls ? "https" : "http";
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answer(handler, scheme, request, response).catch(() => response.socket?.destroy());
  };
  const server = tls
    ? (await import("node:https")).createServer(tls, listener)
    : createServer(listener);
  await listening(server as Server, hostname, port);
  return {
    url: address(hostname, (server.address() as AddressInfo).port, scheme),
    close: async () => {
      const closed = EventEmitter.once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listening(server: Server, hostname: string, port: number): Promise<void> {
  const ready = EventEmitter.once(server, "listening");
  server.listen(port, hostname);
  try {
    await ready;
  } catch (error) {
    throw taken(error, hostname, port);
  }
}

async function answer(
  handler: Handler,
  scheme: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => outgoing.writableFinished || gone.abort());
  const method = incoming.method!;
  const body = method === "GET" || method === "HEAD" ? undefined : await bodyOf(incoming);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, String(value));
  }
  const url = new URL(incoming.url!, `${scheme}://${incoming.headers.host ?? "localhost"}`);
  const request = new Request(url, { method, headers, body, signal: gone.signal });
  const response = await handler(request);
  outgoing.statusCode = response.status;
  response.headers.forEach((value, name) => outgoing.setHeader(name, value));
  if (!response.headers.has("content-length")) {
    outgoing.end(method === "HEAD" ? undefined : new Uint8Array(await response.arrayBuffer()));
    return;
  }
  await passOn(response, outgoing);
}

/** Sends an answer piece by piece, so that what was sent before a break arrives. */
async function passOn(response: Response, outgoing: ServerResponse): Promise<void> {
  const { socket } = outgoing;
  try {
    for await (const piece of response.body ?? []) {
      await new Promise<void>((resolve) => outgoing.write(piece, () => resolve()));
    }
    outgoing.end();
  } catch {
    // Ends it in order: a reset would take along what the other side has not read yet.
    socket?.end();
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of incoming) {
    pieces.push(piece);
    length += piece.length;
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    body.set(piece, at);
    at += piece.length;
  }
  return body;
}

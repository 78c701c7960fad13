/**
 * The emulator's server: like `serve.ts`, but one that can break a connection off, which is half of what an
 * emulator's faults are about. Deno, Bun and Node all have `node:http`, and only that gives them the socket.
 *
 * @module
 */

import { EventEmitter } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { textOf } from "../emulator/protocol/text_answer.ts";
import { IncomingRequest } from "./incoming_request.ts";
import { address, type Handler, type Listening, type ListenOptions, unheard } from "./serve.ts";

/** Where to listen, and with which certificate. */
export interface EmulatorListenOptions extends ListenOptions {
  /** Makes it `https`; both as PEM. */
  tls?: { key: string; cert: string };
}

/**
 * Starts the server. When the handler throws, or an answer's body breaks off, so does the connection.
 *
 * @throws {Error} When the port is taken, or the address is none of this machine; the message says so.
 */
export async function serveEmulator(
  handler: Handler,
  options: EmulatorListenOptions,
): Promise<Listening> {
  const { hostname, tls } = options;
  const scheme = tls ? "https" : "http";
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answer(handler, scheme, request, response).catch(() => response.socket?.destroy());
  };
  const server = tls
    ? (await import("node:https")).createServer(tls, listener)
    : createServer(listener);
  await listening(server as Server, options);
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

async function listening(server: Server, options: ListenOptions): Promise<void> {
  const ready = EventEmitter.once(server, "listening");
  server.listen(options.port, options.hostname);
  try {
    await ready;
  } catch (error) {
    throw unheard(error, options);
  }
}

async function answer(
  handler: Handler,
  scheme: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const request = new IncomingRequest(incoming, outgoing, scheme);
  const response = await handler(request as unknown as Request);
  // What was not read of a long body is let pass: many clients read no answer before all is sent.
  incoming.resume();
  outgoing.statusCode = response.status;
  response.headers.forEach((value, name) => outgoing.setHeader(name, value));
  if (response.headers.has("content-length")) return await passOn(response, outgoing);
  const text = textOf(response);
  if (incoming.method === "HEAD") {
    await response.body?.cancel();
    outgoing.end();
  } else outgoing.end(text ?? new Uint8Array(await response.arrayBuffer()));
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

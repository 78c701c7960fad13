/**
 * A small backend behind real TLS, and the ways in which it can go wrong.
 */

import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import net from "node:net";
import type { ServerIdentity } from "./certificates.ts";

/** A running server on 127.0.0.1. */
export interface Running {
  port: number;
  /** Requests that came, as `POST /path`. */
  requests: string[];
  /** Connections that were opened. */
  connections(): number;
  close(): Promise<void>;
}

/** What the backend answers to a call without credentials. */
const REFUSAL = {
  ActionStatus: "FAIL",
  ErrorInfo: "sdkappid is empty",
  ErrorCode: 60009,
};

/** Answers as the backend does. */
export const answerAsBackend: RequestListener = (request, response) => {
  request.resume();
  request.on("end", () => {
    if (request.method === "HEAD") return response.end();
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(REFUSAL));
  });
};

/** Starts a backend; plain HTTP when it gets no identity. */
export function startBackend(
  identity?: ServerIdentity,
  answer: RequestListener = answerAsBackend,
): Promise<Running> {
  const requests: string[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  };
  const server = identity
    ? createHttpsServer({ key: identity.key, cert: identity.cert }, listener)
    : createHttpServer(listener);
  server.on("tlsClientError", () => {});
  return listen(server, requests);
}

/** Starts a bare TCP server that does what it is told with each connection. */
export function startTcp(handle: (socket: net.Socket) => void): Promise<Running> {
  return listen(
    net.createServer((socket) => {
      socket.on("error", () => {});
      handle(socket);
    }),
    [],
  );
}

/**
 * Starts an HTTP proxy that answers CONNECT with a status, and at 200 connects to this port of the machine
 * whatever name it is asked for. Its requests are the heads that came.
 */
export async function startProxy(status: number, toPort: number): Promise<Running> {
  const heads: string[] = [];
  const proxy = await startTcp((socket) => {
    let head = "";
    const read = (bytes: Uint8Array) => {
      head += new TextDecoder().decode(bytes);
      if (!head.includes("\r\n\r\n")) return;
      socket.off("data", read);
      heads.push(head);
      if (status !== 200) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      const onward = net.connect(toPort, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        socket.pipe(onward).pipe(socket);
      });
      onward.on("error", () => socket.destroy());
      socket.on("close", () => onward.destroy());
    };
    socket.on("data", read);
  });
  return { ...proxy, requests: heads };
}

/** A port where nothing listens. */
export async function closedPort(): Promise<number> {
  const { port, close } = await startTcp(() => {});
  await close();
  return port;
}

/** Makes a server listen, and lets it be closed with all its connections. */
export function listen(server: net.Server | Server, requests: string[]): Promise<Running> {
  const sockets = new Set<net.Socket>();
  let connections = 0;
  server.on("connection", (socket: net.Socket) => {
    connections++;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () =>
      resolve({
        port: (server.address() as net.AddressInfo).port,
        requests,
        connections: () => connections,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            for (const socket of sockets) socket.destroy();
          }),
      }));
  });
}

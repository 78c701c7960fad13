/** The load of the gateway's bench: raw sockets, since it must cost less than what it measures. */

import { connect, type Socket } from "node:net";

/** What is asked. */
export interface Target {
  hostname: string;
  port: number;
  path: string;
  body: string;
  headers: Record<string, string>;
}

const CONNECTIONS = 32;

/** Asks over and over on 32 connections, for a time or a number of requests; every answer must be a 200. */
export async function load(
  target: Target,
  ms: number,
  most: number = Infinity,
): Promise<{ requests: number; ms: number }> {
  const { hostname, path, body, headers } = target;
  const lines = Object.entries({ host: hostname, "content-length": `${body.length}`, ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const request = `POST ${path} HTTP/1.1\r\n${lines}\r\n${body}`;
  const started = performance.now();
  const state = { begun: 0, done: 0 };
  const mayBegin = () => performance.now() - started < ms && state.begun < most;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, () => ask(target, request, state, mayBegin)),
  );
  return { requests: state.done, ms: performance.now() - started };
}

function ask(
  { hostname, port }: Target,
  request: string,
  state: { begun: number; done: number },
  mayBegin: () => boolean,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ host: hostname, port });
    let text = "";
    const next = () => {
      if (!mayBegin()) {
        socket.destroy();
        return resolve();
      }
      state.begun++;
      socket.write(request);
    };
    socket.setNoDelay(true);
    socket.setEncoding("latin1");
    socket.on("connect", next);
    socket.on("error", reject);
    socket.on("data", (chunk: string) => {
      text += chunk;
      if (!isWhole(text)) return;
      if (!text.startsWith("HTTP/1.1 200")) return reject(new Error(text));
      text = "";
      state.done++;
      next();
    });
  });
}

function isWhole(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const length = /\ncontent-length: (\d+)/i.exec(text.slice(0, end));
  if (length) return text.length >= end + 4 + Number(length[1]);
  return text.endsWith("0\r\n\r\n");
}

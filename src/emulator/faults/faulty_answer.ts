/**
 * The answers that go wrong. In a process they fail as `fetch` does; a server that finds them closes the
 * connection where they end (`src/runtime/serve_emulator.ts`).
 *
 * @module
 */

import { utf8 } from "../../core/utf8.ts";
import type { Fault } from "./fault.ts";

/** Thrown in place of an answer when the connection is to be closed without one. */
export class ConnectionClosed extends TypeError {
  constructor() {
    super("The emulator closed the connection, as a fault was asked for");
    this.name = "ConnectionClosed";
  }
}

const HTML =
  "<html><head><title>PAGE</title></head>\n<body><center><h1>PAGE</h1></center></body></html>\n";

/** Makes the answer that a fault leaves of a good one. */
export async function faultyAnswer(
  { kind, value }: Fault,
  good: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Response> {
  switch (kind) {
    case "hang":
      return await forever(signal);
    case "close":
      throw new ConnectionClosed();
    case "truncate":
      return truncated(good, headers);
    case "status":
      return page(`${value} ${STATUS_TEXTS[value!] ?? "Status"}`, value!);
    case "html":
      return page("Welcome", 200);
    case "json":
      return new Response(good.replaceAll('"', "'"), { headers });
  }
  return new Response(good, { headers });
}

/** Waits; ends early when the caller goes away. */
export async function delay(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}

const STATUS_TEXTS: Record<number, string> = {
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Time-out",
};

function forever(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function truncated(good: string, headers: Record<string, string>): Response {
  const bytes = utf8(good);
  let sent = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent) return controller.error(new ConnectionClosed());
      sent = true;
      controller.enqueue(bytes.subarray(0, bytes.length >> 1));
    },
  });
  return new Response(body, { headers: { ...headers, "content-length": String(bytes.length) } });
}

function page(title: string, status: number): Response {
  // Answers with these never have a body.
  const isEmpty = [204, 205, 304].includes(status);
  return new Response(isEmpty ? null : HTML.replaceAll("PAGE", title), {
    status,
    headers: { "content-type": "text/html" },
  });
}

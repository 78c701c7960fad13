/**
 * HTTP/1.1 by hand on a connection of ours: only so is it known in which phase the time went, and that
 * nothing was repeated or reused behind our back.
 *
 * @module
 */

import { utf8 } from "../core/utf8.ts";
import { type Connection, type DoctorPlatform, ProbeError } from "./platform.ts";

/** A body longer than this is cut off: the backend's answers are short. */
const MOST_BODY_BYTES = 65_536;
const MOST_HEAD_BYTES = 32_768;

/** What came back. */
export interface HttpAnswer {
  status: number;
  headers: Map<string, string>;
  /** The body as text. */
  body: string;
  /** From the first byte sent to the first byte received, in milliseconds. */
  firstByteMs: number;
  /** Our wall clock in the middle between sending and the first byte, in milliseconds since 1970. */
  midwayMs: number;
  /** Whether the server said that it closes the connection. */
  closing: boolean;
}

/** What to ask. */
export interface HttpRequest {
  method: "HEAD" | "POST" | "CONNECT";
  /** Path and query. */
  path: string;
  /** Value of the `Host` header. */
  host: string;
  /** JSON to send. */
  body?: string;
  /** Further lines of the head. */
  headers?: string[];
}

/**
 * Sends a request and reads its whole answer.
 *
 * @throws {ProbeError} `timeout`, `closed` before the answer was complete, `reset`, or `not-http`.
 */
export async function exchange(
  platform: DoctorPlatform,
  connection: Connection,
  request: HttpRequest,
  limitMs: number,
): Promise<HttpAnswer> {
  const sentAt = platform.elapsed();
  const wallClock = platform.now();
  const input = new Input(connection, () => limitMs - (platform.elapsed() - sentAt));
  connection.write(encode(request));
  await input.some();
  const firstByteMs = platform.elapsed() - sentAt;
  for (;;) {
    const { status, headers } = parseHead(await input.head());
    // 1xx answers come before the real one.
    if (status < 200) continue;
    const closing = /\bclose\b/i.test(headers.get("connection") ?? "");
    const body = request.method !== "POST" || status === 204 || status === 304
      ? ""
      : await readBody(input, headers);
    const midwayMs = wallClock + firstByteMs / 2;
    return { status, headers, body, firstByteMs, midwayMs, closing };
  }
}

function encode({ method, path, host, body, headers = [] }: HttpRequest): Uint8Array {
  const bytes = utf8(body ?? "");
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${host}`,
    "User-Agent: tim-edge-doctor",
    "Accept: */*",
    ...headers,
    ...(body === undefined
      ? []
      : ["Content-Type: application/json", `Content-Length: ${bytes.length}`]),
  ];
  const head = utf8(lines.join("\r\n") + "\r\n\r\n");
  return concat(head, bytes);
}

function parseHead(text: string): { status: number; headers: Map<string, string> } {
  const [first = "", ...lines] = text.split("\r\n");
  const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(first)?.[1];
  if (!status) {
    throw new ProbeError("not-http", `answer begins with ${JSON.stringify(first.slice(0, 60))}`);
  }
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { status: Number(status), headers };
}

async function readBody(input: Input, headers: Map<string, string>): Promise<string> {
  const length = headers.get("content-length");
  let bytes: Uint8Array;
  if (/\bchunked\b/i.test(headers.get("transfer-encoding") ?? "")) bytes = await input.chunks();
  else if (length !== undefined) bytes = await input.exactly(Math.min(+length, MOST_BODY_BYTES));
  else bytes = await input.rest();
  return new TextDecoder().decode(bytes);
}

/** Bytes of one connection, in the pieces that HTTP wants. */
class Input {
  #bytes = new Uint8Array();
  readonly #connection: Connection;
  readonly #leftMs: () => number;

  constructor(connection: Connection, leftMs: () => number) {
    this.#connection = connection;
    this.#leftMs = leftMs;
  }

  /** Waits for at least one byte. */
  async some(): Promise<void> {
    if (this.#bytes.length === 0 && !await this.#more()) {
      throw new ProbeError("closed", "the connection was closed before any answer");
    }
  }

  /** Everything before the next empty line. */
  async head(): Promise<string> {
    for (;;) {
      const text = latin1(this.#bytes);
      const end = text.indexOf("\r\n\r\n");
      if (end >= 0) {
        this.#bytes = this.#bytes.subarray(end + 4);
        return text.slice(0, end);
      }
      // What is not HTTP need not have an empty line: judge by the beginning.
      if (!"HTTP/1.".startsWith(text.slice(0, 7)) || text.length > MOST_HEAD_BYTES) return text;
      if (!await this.#more()) {
        throw new ProbeError("closed", "the connection was closed within the answer's head");
      }
    }
  }

  async exactly(count: number): Promise<Uint8Array> {
    while (this.#bytes.length < count) {
      if (!await this.#more()) {
        throw new ProbeError("closed", "the connection was closed within the answer's body");
      }
    }
    const taken = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.subarray(count);
    return taken;
  }

  async chunks(): Promise<Uint8Array> {
    let body: Uint8Array = new Uint8Array();
    for (;;) {
      const size = parseInt(await this.#line(), 16);
      if (Number.isNaN(size)) throw new ProbeError("not-http", "a chunk has no size");
      if (size === 0 || body.length > MOST_BODY_BYTES) {
        while (size === 0 && await this.#line() !== "");
        return body;
      }
      body = concat(body, await this.exactly(size));
      await this.exactly(2);
    }
  }

  async rest(): Promise<Uint8Array> {
    while (this.#bytes.length < MOST_BODY_BYTES && await this.#more());
    return this.#bytes;
  }

  async #line(): Promise<string> {
    for (;;) {
      const end = latin1(this.#bytes).indexOf("\r\n");
      if (end >= 0) return latin1((await this.exactly(end + 2)).subarray(0, end));
      if (!await this.#more()) {
        throw new ProbeError("closed", "the connection was closed within a chunk");
      }
    }
  }

  async #more(): Promise<boolean> {
    const leftMs = this.#leftMs();
    if (leftMs <= 0) throw new ProbeError("timeout", "the answer did not end in time");
    const bytes = await this.#connection.read(leftMs);
    if (bytes) this.#bytes = concat(this.#bytes, bytes);
    return bytes !== undefined;
  }
}

/** One character a byte, so that positions in the text are positions in the bytes. */
function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

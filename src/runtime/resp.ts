/**
 * Redis' protocol (RESP2), as far as commands and answers go.
 *
 * @module
 */

import { Buffer } from "node:buffer";

/** An error that Redis answered with. */
export class RedisError extends Error {
  override name = "RedisError";
}

/** A value of an answer; errors are values too, since they may stand in a list. */
export type RespValue = string | number | null | RedisError | RespValue[];

/** Writes a command. */
export function encodeCommand(words: readonly string[]): string {
  const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return `*${words.length}\r\n${parts.join("")}`;
}

/** Reads answers out of the bytes as they come. */
export class RespReader {
  #bytes: Buffer = Buffer.alloc(0);

  /**
   * Takes bytes, and gives the answers that are complete now.
   *
   * @throws {Error} When the bytes are no such protocol.
   */
  push(bytes: Uint8Array): RespValue[] {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    const values: RespValue[] = [];
    let at = 0;
    for (;;) {
      const found = readValue(this.#bytes, at);
      if (found === undefined) break;
      values.push(found.value);
      at = found.end;
    }
    this.#bytes = this.#bytes.subarray(at);
    return values;
  }
}

interface Found {
  value: RespValue;
  end: number;
}

function readValue(bytes: Buffer, start: number): Found | undefined {
  const lineEnd = bytes.indexOf("\r\n", start);
  if (lineEnd < 0) return undefined;
  const line = bytes.toString("utf8", start + 1, lineEnd);
  const next = lineEnd + 2;
  switch (String.fromCharCode(bytes[start]!)) {
    case "+":
      return { value: line, end: next };
    case "-":
      return { value: new RedisError(line), end: next };
    case ":":
      return { value: Number(line), end: next };
    case "$":
      return readText(bytes, next, Number(line));
    case "*":
      return readList(bytes, next, Number(line));
  }
  throw new Error("What answers is no Redis");
}

function readText(bytes: Buffer, start: number, length: number): Found | undefined {
  if (length < 0) return { value: null, end: start };
  const end = start + length;
  if (bytes.length < end + 2) return undefined;
  return { value: bytes.toString("utf8", start, end), end: end + 2 };
}

function readList(bytes: Buffer, start: number, length: number): Found | undefined {
  if (length < 0) return { value: null, end: start };
  const list: RespValue[] = [];
  let end = start;
  for (let i = 0; i < length; i++) {
    const found = readValue(bytes, end);
    if (found === undefined) return undefined;
    list.push(found.value);
    end = found.end;
  }
  return { value: list, end };
}

/**
 * DNS messages (RFC 1035, EDNS of RFC 6891): one question, and the addresses in its answer.
 *
 * @module
 */

import { utf8 } from "../../core/utf8.ts";

/** Types of records. */
const TYPES = { A: 1, CNAME: 5, TXT: 16, AAAA: 28 } as const;
const RCODES = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"];

/**
 * What is asked for.
 *
 * @example What a company's own name server is asked
 * ```ts
 * import { publicEgressServices, type QuestionType } from "@tim/edge/doctor";
 *
 * const whoami = (name: string, type: QuestionType) => ({ name, type });
 * // For `egressServices` of runDoctor.
 * const egressServices = {
 *   ...publicEgressServices,
 *   resolver: [whoami("whoami.corp.example", "TXT"), whoami("myip.corp.example", "A")],
 * };
 * console.log(egressServices.resolver.length); // 2
 * ```
 */
export type QuestionType = "A" | "AAAA" | "TXT";

/** An answer, as far as the doctor looks at it. */
export interface DnsAnswer {
  /** `NOERROR`, `NXDOMAIN`, `SERVFAIL`, `REFUSED` or another code. */
  rcode: string;
  /** Whether the answer did not fit and is to be asked for over TCP. */
  truncated: boolean;
  /** Names that the question was led on to. */
  cnames: string[];
  /** Addresses of the asked type. */
  addresses: string[];
  /** Texts of TXT records, their parts one after the other. */
  texts: string[];
  /** The shortest time to live, in seconds; absent without records. */
  ttl?: number;
}

/**
 * Writes a question.
 *
 * @param id 16 bits that the answer repeats.
 * @param name The name to ask for.
 * @param type What to ask for.
 * @throws {RangeError} When the name cannot stand in a DNS message.
 */
export function encodeQuestion(id: number, name: string, type: QuestionType): Uint8Array {
  const labels = name.replace(/\.$/, "").split(".").map(utf8);
  if (labels.some(({ length }) => length < 1 || length > 63) || name.length > 253) {
    throw new RangeError(`"${name}" cannot be asked for: labels have 1 to 63 bytes, names 253`);
  }
  return Uint8Array.from([
    ...[id >> 8, id & 255],
    // Recursion desired; one question, no answers, one additional record.
    ...[1, 0, 0, 1, 0, 0, 0, 0, 0, 1],
    ...labels.flatMap((label) => [label.length, ...label]),
    ...[0, 0, TYPES[type], 0, 1],
    // OPT: the root's name, type 41, answers of up to 1232 bytes.
    ...[0, 0, 41, 1232 >> 8, 1232 & 255, 0, 0, 0, 0, 0, 0],
  ]);
}

/**
 * Reads an answer.
 *
 * @param bytes The message.
 * @param id The question's 16 bits.
 * @returns Nothing when it is no answer to that question, or malformed.
 */
export function decodeAnswer(bytes: Uint8Array, id: number): DnsAnswer | undefined {
  try {
    return read(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), id);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function read(view: DataView, id: number): DnsAnswer | undefined {
  const flags = view.getUint16(2);
  if (view.getUint16(0) !== id || !(flags & 0x8000)) return undefined;
  const answer: DnsAnswer = {
    rcode: RCODES[flags & 15] ?? `RCODE${flags & 15}`,
    truncated: Boolean(flags & 0x0200),
    cnames: [],
    addresses: [],
    texts: [],
  };
  let at = 12;
  for (let questions = view.getUint16(4); questions > 0; questions--) {
    at = readName(view, at).next + 4;
  }
  for (let records = view.getUint16(6); records > 0; records--) {
    at = readName(view, at).next;
    const type = view.getUint16(at);
    const ttl = view.getUint32(at + 4);
    const length = view.getUint16(at + 8);
    at += 10;
    if (at + length > view.byteLength) throw new RangeError("a record ends after the message");
    answer.ttl = Math.min(answer.ttl ?? ttl, ttl);
    if (type === TYPES.A && length === 4) answer.addresses.push(readV4(view, at));
    else if (type === TYPES.AAAA && length === 16) answer.addresses.push(readV6(view, at));
    else if (type === TYPES.CNAME) answer.cnames.push(readName(view, at).name);
    else if (type === TYPES.TXT) answer.texts.push(...readTexts(view, at, length));
    at += length;
  }
  return answer;
}

/** Reads a name, following pointers, but not in a circle. */
function readName(view: DataView, start: number): { name: string; next: number } {
  const labels: string[] = [];
  let at = start;
  let next: number | undefined;
  for (let steps = 0; steps < 128; steps++) {
    const length = view.getUint8(at);
    if (length === 0) return { name: labels.join("."), next: next ?? at + 1 };
    if (length >= 0xc0) {
      next ??= at + 2;
      at = view.getUint16(at) & 0x3fff;
    } else {
      labels.push(text(view, at + 1, length));
      at += 1 + length;
    }
  }
  throw new RangeError("a name does not end");
}

function readTexts(view: DataView, start: number, length: number): string[] {
  const texts: string[] = [];
  for (let at = start; at < start + length;) {
    const size = view.getUint8(at);
    texts.push(text(view, at + 1, size));
    at += 1 + size;
  }
  return texts;
}

function readV4(view: DataView, at: number): string {
  return [0, 1, 2, 3].map((byte) => view.getUint8(at + byte)).join(".");
}

function readV6(view: DataView, at: number): string {
  const groups = [0, 2, 4, 6, 8, 10, 12, 14].map((byte) => view.getUint16(at + byte).toString(16));
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}

function text(view: DataView, at: number, length: number): string {
  if (at + length > view.byteLength) throw new RangeError("a text ends after the message");
  return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at, length));
}

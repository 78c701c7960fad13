/**
 * One question to one DNS server.
 *
 * @module
 */

import { decodeAnswer, type DnsAnswer, encodeQuestion, type QuestionType } from "./dns_message.ts";
import type { DoctorPlatform } from "../platform.ts";
import { splitServer } from "../server_address.ts";

/** The longest wait for one server, in milliseconds; a slower one is as good as none. */
export const DNS_LIMIT_MS = 1500;

/**
 * Asks by UDP, and over TCP when the answer does not fit into a packet.
 *
 * @throws {ProbeError} When no answer comes in time.
 */
export async function askDns(
  platform: DoctorPlatform,
  server: string,
  name: string,
  type: QuestionType,
): Promise<DnsAnswer & { overTcp: boolean }> {
  const { address, port } = splitServer(server);
  const id = Math.floor(Math.random() * 0x10000);
  const question = encodeQuestion(id, name, type);
  const accept = (bytes: Uint8Array) => decodeAnswer(bytes, id) !== undefined;
  const bytes = await platform.askUdp(address, port, question, accept, DNS_LIMIT_MS);
  const answer = decodeAnswer(bytes, id)!;
  if (!answer.truncated) return { ...answer, overTcp: false };
  const whole = await askTcp(platform, address, port, question, id);
  return { ...(whole ?? answer), overTcp: whole !== undefined };
}

/** The same question over TCP: a length of two bytes stands before each message. */
async function askTcp(
  platform: DoctorPlatform,
  address: string,
  port: number,
  question: Uint8Array,
  id: number,
): Promise<DnsAnswer | undefined> {
  const until = platform.elapsed() + DNS_LIMIT_MS;
  const connection = await platform.connect(address, port, DNS_LIMIT_MS);
  try {
    connection.write(Uint8Array.of(question.length >> 8, question.length & 255, ...question));
    let came: number[] = [];
    while (came.length < 2 || came.length < 2 + (came[0]! << 8 | came[1]!)) {
      const bytes = await connection.read(Math.max(1, until - platform.elapsed()));
      if (bytes === undefined) return undefined;
      came = [...came, ...bytes];
    }
    return decodeAnswer(Uint8Array.from(came.slice(2)), id);
  } finally {
    connection.close();
  }
}

/**
 * One question to one DNS-over-HTTPS server, in the wire format of RFC 8484.
 *
 * @module
 */

import { decodeAnswer, type DnsAnswer, encodeQuestion, type QuestionType } from "./dns_message.ts";
import { type DoctorPlatform, ProbeError } from "../platform.ts";

/**
 * Asks by POST: only that form carries the response code, the flags and every type.
 *
 * @param fetch The platform's.
 * @param limitMs The longest wait for the whole answer, in milliseconds.
 * @throws {ProbeError} When no answer comes in time, or what comes is no DNS message; `fetch` throws its own
 * errors.
 */
export async function askDoh(
  fetch: DoctorPlatform["fetch"],
  url: string,
  name: string,
  type: QuestionType,
  limitMs: number,
): Promise<DnsAnswer> {
  // Not AbortSignal.timeout(): Node ends while nothing but its timer is left to wait for.
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), limitMs);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/dns-message", accept: "application/dns-message" },
      body: new Blob([encodeQuestion(0, name, type) as Uint8Array<ArrayBuffer>]),
      signal: late.signal,
    });
    const answer = decodeAnswer(new Uint8Array(await response.arrayBuffer()), 0);
    if (answer) return answer;
    throw new ProbeError("other", `HTTP ${response.status} without a DNS message`);
  } catch (error) {
    if (!late.signal.aborted) throw error;
    throw new ProbeError("timeout", `${url} does not answer within ${limitMs} ms`);
  } finally {
    clearTimeout(timer);
  }
}

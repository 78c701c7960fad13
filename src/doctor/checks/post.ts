/**
 * Does a call come back, in the documented form and within the backend's own time limit?
 *
 * @module
 */

import {
  type Check,
  conclude,
  type Conclusion,
  type Examination,
  noteDate,
  tenths,
} from "../check.ts";
import { askPost, openToAsk } from "../connections.ts";
import type { HttpAnswer } from "../http.ts";
import { ProbeError } from "../platform.ts";

/** The backend's documented time for one call, in milliseconds. */
export const BACKEND_LIMIT_MS = 3000;
/** A median beyond this leaves little for a bad day, in milliseconds. */
const NEAR_LIMIT_MS = 2000;
const SAMPLES = 3;

type Sample = { answer: HttpAnswer; tookMs: number } | { error: ProbeError };

/** Makes three calls at once, each on its own connection, without any credential. */
export const postCheck: Check = {
  id: "post",
  needs: ["tls"],
  async examine(examination: Examination): Promise<Conclusion> {
    // Whoever waits no longer than the backend itself cannot tell slow from silent.
    const timeoutMs = Math.max(examination.timeoutMs, BACKEND_LIMIT_MS + 1000);
    const samples = await Promise.all(
      Array.from({ length: SAMPLES }, () => callOnce(examination, timeoutMs)),
    );
    const { host } = examination.target;
    const answered = samples.filter((sample) => "answer" in sample);
    const errors = samples.flatMap((sample) => "error" in sample ? [sample.error] : []);
    for (const { answer } of answered) noteDate(examination, answer);
    const other = errors.find(({ kind }) => kind !== "timeout");
    if (answered.length === 0 && other) {
      return conclude("error", "post.failed", { host, fault: other.kind, detail: other.message });
    }
    const times = answered.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
    const facts = {
      samples: SAMPLES,
      answered: answered.length,
      medianMs: times[times.length >> 1] ?? 0,
      worstMs: times.at(-1) ?? 0,
      limitMs: BACKEND_LIMIT_MS,
    };
    if (answered.length === 0) {
      return conclude("error", "post.silent", { ...facts, host, timeoutMs });
    }
    const wrong = answered.map(({ answer }) => wrongAnswer(host, answer)).find(Boolean);
    if (wrong) return wrong;
    if (errors.length) {
      return conclude("error", "post.partly-silent", { ...facts, host, timeoutMs });
    }
    if (facts.medianMs > BACKEND_LIMIT_MS) {
      return conclude("error", "post.slow", { ...facts, host });
    }
    if (facts.medianMs > NEAR_LIMIT_MS || facts.worstMs > BACKEND_LIMIT_MS) {
      return conclude("warning", "post.near-limit", { ...facts, host });
    }
    return conclude("ok", "post.ok", { ...facts, errorCode: errorCodeOf(answered[0]!.answer)! });
  },
};

async function callOnce(examination: Examination, limitMs: number): Promise<Sample> {
  const { platform } = examination;
  try {
    const { connection } = await openToAsk(examination);
    try {
      const started = platform.elapsed();
      const answer = await askPost(examination, connection, limitMs);
      return { answer, tookMs: tenths(platform.elapsed() - started) };
    } finally {
      connection.close();
    }
  } catch (error) {
    if (error instanceof ProbeError && error.kind !== "not-permitted") return { error };
    throw error;
  }
}

/** What is wrong with an answer; nothing when it is the backend's. */
function wrongAnswer(host: string, answer: HttpAnswer): Conclusion | undefined {
  const { status, headers, body } = answer;
  if (status !== 200) {
    const server = headers.get("server") ?? "";
    return conclude("error", "post.status", { host, status, server });
  }
  const beginning = body.replace(/\s+/g, " ").trim().slice(0, 60);
  try {
    JSON.parse(body);
  } catch {
    const contentType = headers.get("content-type") ?? "";
    return conclude("error", "post.not-json", { host, contentType, beginning });
  }
  return errorCodeOf(answer) === undefined
    ? conclude("error", "post.not-envelope", { host, beginning })
    : undefined;
}

function errorCodeOf({ body }: HttpAnswer): number | undefined {
  const envelope = JSON.parse(body) as { ActionStatus?: unknown; ErrorCode?: unknown } | null;
  const { ActionStatus, ErrorCode } = envelope ?? {};
  const known = ActionStatus === "OK" || ActionStatus === "FAIL";
  return known && Number.isInteger(ErrorCode) ? ErrorCode as number : undefined;
}

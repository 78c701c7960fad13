/**
 * Do calls come back, in the documented form and within the backend's own time limit?
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
import { askPost, BACKEND_LIMIT_MS, callLimitMs, openToAsk } from "../connections.ts";
import type { SampleFacts } from "../facts.ts";
import type { HttpAnswer } from "../http.ts";
import { type Connection, ProbeError } from "../platform.ts";

/** A median beyond this leaves little for a bad day, in milliseconds. */
const NEAR_LIMIT_MS = 2000;
/** The smallest timeout that a client should have, in milliseconds: the backend's own and the way. */
const LEAST_CLIENT_TIMEOUT_MS = 5000;
const LANES = 3;
const CALLS_PER_LANE = 7;
/** After this no further call is made, in milliseconds: the doctor answers within seconds. */
const ENOUGH_MS = 6000;

type Sample = { answer: HttpAnswer; tookMs: number; handshakeMs: number; cold: boolean } | {
  error: ProbeError;
};

/** Makes calls on three connections at once, one after the other on each, without any credential. */
export const postCheck: Check = {
  id: "post",
  needs: ["tls"],
  async examine(examination: Examination): Promise<Conclusion> {
    const lanes = Array.from({ length: LANES }, () => callInLane(examination));
    const samples = (await Promise.all(lanes)).flat();
    for (const sample of samples) if ("answer" in sample) noteDate(examination, sample.answer);
    return judge(examination, samples);
  },
};

function judge(examination: Examination, samples: readonly Sample[]): Conclusion {
  const { host } = examination.target;
  const timeoutMs = callLimitMs(examination);
  const answered = samples.filter((sample) => "answer" in sample);
  const errors = samples.flatMap((sample) => "error" in sample ? [sample.error] : []);
  const other = errors.find(({ kind }) => kind !== "timeout");
  if (answered.length === 0 && other) {
    return conclude("error", "post.failed", { host, fault: other.kind, detail: other.message });
  }
  const facts = summarise(samples, answered);
  if (answered.length === 0) {
    return conclude("error", "post.silent", { ...facts, host, timeoutMs });
  }
  const wrong = answered.map(({ answer }) => wrongAnswer(host, answer)).find(Boolean);
  if (wrong) return wrong;
  if (errors.length) return conclude("error", "post.partly-silent", { ...facts, host, timeoutMs });
  if (facts.p50Ms > BACKEND_LIMIT_MS) return conclude("error", "post.slow", { ...facts, host });
  if (facts.p50Ms > NEAR_LIMIT_MS || facts.overLimit > 0) {
    return conclude("warning", "post.near-limit", { ...facts, host });
  }
  return conclude("ok", "post.ok", { ...facts, errorCode: errorCodeOf(answered[0]!.answer)! });
}

function summarise(
  samples: readonly Sample[],
  answered: readonly { tookMs: number; handshakeMs: number; cold: boolean }[],
): SampleFacts {
  const times = answered.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  const handshakes = answered.map(({ handshakeMs }) => handshakeMs);
  const percentile = (share: number) => times[Math.ceil(times.length * share) - 1] ?? 0;
  const worstMs = times.at(-1) ?? 0;
  // A cold call at its worst: the handshake twice over, the backend's own time, and the way.
  const needMs = 2 * Math.max(0, ...handshakes) + Math.max(BACKEND_LIMIT_MS, worstMs) +
    percentile(0.5);
  return {
    samples: samples.length,
    answered: times.length,
    overLimit: times.filter((tookMs) => tookMs > BACKEND_LIMIT_MS).length,
    p50Ms: percentile(0.5),
    p90Ms: percentile(0.9),
    p99Ms: percentile(0.99),
    worstMs,
    timesMs: times,
    coldMs: middle(
      answered.filter(({ cold }) => cold).map(({ tookMs, handshakeMs }) => tookMs + handshakeMs),
    ),
    warmMs: middle(answered.filter(({ cold }) => !cold).map(({ tookMs }) => tookMs)),
    limitMs: BACKEND_LIMIT_MS,
    clientTimeoutMs: Math.max(LEAST_CLIENT_TIMEOUT_MS, Math.ceil(needMs / 1000) * 1000),
  };
}

function middle(times: number[]): number {
  times.sort((a, b) => a - b);
  return tenths(times[Math.ceil(times.length / 2) - 1] ?? 0);
}

/** The first call decides whether it is worth while to go on. */
async function callInLane(examination: Examination): Promise<Sample[]> {
  const { platform } = examination;
  const started = platform.elapsed();
  const samples: Sample[] = [];
  let open: { connection: Connection; handshakeMs: number; calls?: number } | undefined;
  try {
    while (samples.length < CALLS_PER_LANE && platform.elapsed() - started < ENOUGH_MS) {
      try {
        open ??= await openToAsk(examination);
        const begun = platform.elapsed();
        const answer = await askPost(examination, open.connection);
        const tookMs = tenths(platform.elapsed() - begun);
        const cold = open.calls === undefined;
        samples.push({ answer, tookMs, handshakeMs: open.handshakeMs, cold });
        open.calls = (open.calls ?? 0) + 1;
        if (answer.status !== 200) return samples;
        if (!answer.closing) continue;
      } catch (error) {
        if (!(error instanceof ProbeError) || error.kind === "not-permitted") throw error;
        // A connection that ended between two calls is the reuse check's concern.
        const idle = open?.calls !== undefined && /^(closed|reset)$/.test(error.kind);
        if (!idle) {
          samples.push({ error });
          if (samples.length === 1) return samples;
        }
      }
      open?.connection.close();
      open = undefined;
    }
    return samples;
  } finally {
    open?.connection.close();
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

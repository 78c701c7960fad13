/**
 * What is kept of one Idempotency-Key, and what it says to the next request that brings it.
 *
 * @module
 */

import type { BeginOptions, Begun, StoredAnswer } from "./store.ts";

/** One key's record. */
export interface OnceRecord {
  fingerprint: string;
  state: "running" | "doubt" | "done";
  /** When it began, in milliseconds since 1970. */
  from: number;
  /** When it is forgotten. */
  until: number;
  answer?: StoredAnswer;
}

/** Reads a record for a request; a record comes back when it is to be kept. */
export function beginRecord(
  found: OnceRecord | undefined,
  options: BeginOptions,
  now: number,
): { begun: Begun; record?: OnceRecord } {
  if (found === undefined || now >= found.until) {
    const { fingerprint, keepMs } = options;
    return {
      begun: { state: "new" },
      record: { fingerprint, state: "running", from: now, until: now + keepMs },
    };
  }
  if (found.fingerprint !== options.fingerprint) return { begun: { state: "other" } };
  if (found.state === "done") return { begun: { state: "done", answer: found.answer! } };
  const broken = found.state === "running" && now - found.from > options.doubtAfterMs;
  return { begun: { state: broken ? "doubt" : found.state } };
}

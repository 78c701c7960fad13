/**
 * Are large bodies answered as small ones are? Where the path has a hole for large packets, they never are.
 *
 * @module
 */

import { type Check, conclude, type Conclusion, type Examination, tenths } from "../check.ts";
import { askPost, BACKEND_LIMIT_MS, callLimitMs, openToAsk } from "../connections.ts";
import { ProbeError } from "../platform.ts";

/** Several packets long on any network, and far below what the backend takes. */
const BYTES = 8192;
const SAMPLES = 3;
const body = JSON.stringify({ Filler: "x".repeat(BYTES - 13) });

/** Makes three calls with a large body at once, without any credential. */
export const largeCheck: Check = {
  id: "large",
  needs: ["post"],
  async examine(examination: Examination): Promise<Conclusion> {
    const { host } = examination.target;
    const calls = await Promise.all(
      Array.from({ length: SAMPLES }, () => callOnce(examination)),
    );
    const times = calls.flatMap((call) => "tookMs" in call ? [call.tookMs] : []);
    const answered = calls.find((call) => "tookMs" in call);
    if (answered) {
      const { status, server } = answered;
      return status === 200
        ? conclude("ok", "large.ok", {
          bytes: BYTES,
          worstMs: Math.max(...times),
          limitMs: BACKEND_LIMIT_MS,
        })
        : conclude("error", "large.status", { host, bytes: BYTES, status, server });
    }
    const errors = calls.flatMap((call) => "error" in call ? [call.error] : []);
    const other = errors.find(({ kind }) => kind !== "timeout");
    return other
      ? conclude("error", "large.failed", {
        host,
        bytes: BYTES,
        fault: other.kind,
        detail: other.message,
      })
      : conclude("error", "large.silent", {
        host,
        bytes: BYTES,
        samples: SAMPLES,
        timeoutMs: callLimitMs(examination),
      });
  },
};

type Call = { tookMs: number; status: number; server: string } | { error: ProbeError };

async function callOnce(examination: Examination): Promise<Call> {
  try {
    const { connection } = await openToAsk(examination);
    try {
      const { status, headers, firstByteMs } = await askPost(examination, connection, body);
      return { tookMs: tenths(firstByteMs), status, server: headers.get("server") ?? "" };
    } finally {
      connection.close();
    }
  } catch (error) {
    if (error instanceof ProbeError && error.kind !== "not-permitted") return { error };
    throw error;
  }
}

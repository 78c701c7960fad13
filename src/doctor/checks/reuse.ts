/**
 * Is a connection kept open, so that the next call saves the handshake?
 *
 * @module
 */

import {
  attempt,
  type Check,
  conclude,
  type Conclusion,
  type Examination,
  tenths,
} from "../check.ts";
import { askPost, openToAsk } from "../connections.ts";
import { type Connection, ProbeError } from "../platform.ts";

/** Time for a server to close after its answer, in milliseconds. */
const PAUSE_MS = 100;

interface Seen {
  handshakeMs: number;
  firstMs: number;
  /** Absent when the connection was closed after the first answer. */
  secondMs?: number;
  announced: boolean;
}

/** Makes two calls over one connection. */
export const reuseCheck: Check = {
  id: "reuse",
  needs: ["post"],
  async examine(examination: Examination): Promise<Conclusion> {
    const { host } = examination.target;
    const outcome = await attempt(examination.platform, async () => {
      const seen = await callTwice(examination);
      // Once may be chance, unless the server says that it closes.
      return seen.secondMs === undefined && !seen.announced ? await callTwice(examination) : seen;
    });
    if ("error" in outcome) {
      return conclude("unknown", "reuse.failed", { detail: outcome.error.message });
    }
    const { handshakeMs, firstMs, secondMs, announced } = outcome.value;
    return secondMs === undefined
      ? conclude("warning", "reuse.closed", { host, announced, handshakeMs })
      : conclude("ok", "reuse.kept", { firstMs, secondMs, handshakeMs });
  },
};

async function callTwice(examination: Examination): Promise<Seen> {
  const { connection, handshakeMs } = await openToAsk(examination);
  try {
    const first = await askPost(examination, connection);
    const seen = { handshakeMs, firstMs: tenths(first.firstByteMs), announced: first.closing };
    if (first.closing || await hasEnded(connection)) return seen;
    const second = await askPost(examination, connection).catch(ended);
    return second === undefined ? seen : { ...seen, secondMs: tenths(second.firstByteMs) };
  } finally {
    connection.close();
  }
}

/** Waits a moment for the end of the connection: it may come a little after the answer. */
async function hasEnded(connection: Connection): Promise<boolean> {
  try {
    return await connection.read(PAUSE_MS) === undefined;
  } catch (error) {
    if (error instanceof ProbeError && error.kind === "timeout") return false;
    return ended(error) === undefined;
  }
}

/** Nothing, when the connection was closed or reset; any other failure is thrown on. */
function ended(error: unknown): undefined {
  if (error instanceof ProbeError && /^(closed|reset)$/.test(error.kind)) return undefined;
  throw error;
}

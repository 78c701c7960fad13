/**
 * How long does an idle connection live?
 *
 * @module
 */

import { type Check, conclude, type Conclusion, type Examination, tenths } from "../check.ts";
import { askPost, openToAsk } from "../connections.ts";
import { type Connection, ProbeError } from "../platform.ts";

/** Makes a call, leaves the connection alone, and makes another one; only when it is asked for. */
export const idleCheck: Check = {
  id: "idle",
  needs: ["post"],
  async examine(examination: Examination): Promise<Conclusion> {
    const { platform, target: { host } } = examination;
    const idleMs = examination.idleMs!;
    const connection = await openAndCall(examination);
    if (connection instanceof ProbeError) {
      return conclude("unknown", "idle.failed", { detail: connection.message });
    }
    try {
      const started = platform.elapsed();
      if (await endsWithin(connection, idleMs)) {
        const afterMs = tenths(platform.elapsed() - started);
        return conclude("info", "idle.closed", { afterMs, idleMs });
      }
      await askPost(examination, connection);
      return conclude("ok", "idle.kept", { idleMs });
    } catch (error) {
      if (!(error instanceof ProbeError) || error.kind === "not-permitted") throw error;
      return conclude("warning", "idle.lost", { host, idleMs, fault: error.kind });
    } finally {
      connection.close();
    }
  },
};

async function openAndCall(examination: Examination): Promise<Connection | ProbeError> {
  try {
    const { connection } = await openToAsk(examination);
    try {
      await askPost(examination, connection);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof ProbeError && error.kind !== "not-permitted") return error;
    throw error;
  }
}

async function endsWithin(connection: Connection, limitMs: number): Promise<boolean> {
  try {
    // What a server says by itself, 408 for instance, is its last word.
    await connection.read(limitMs);
    return true;
  } catch (error) {
    if (error instanceof ProbeError && error.kind === "timeout") return false;
    if (error instanceof ProbeError && error.kind === "reset") return true;
    throw error;
  }
}

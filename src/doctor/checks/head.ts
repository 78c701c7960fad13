/**
 * Does `HEAD /` give 200, as the documentation's `curl -I` test wants?
 *
 * @module
 */

import {
  attempt,
  type Check,
  conclude,
  type Conclusion,
  type Examination,
  noteDate,
} from "../check.ts";
import { askHead, openToAsk } from "../connections.ts";

/** Sends `HEAD /` on a connection of its own. */
export const headCheck: Check = {
  id: "head",
  needs: ["tls"],
  async examine(examination: Examination): Promise<Conclusion> {
    const { platform, target: { host }, timeoutMs: limitMs } = examination;
    const outcome = await attempt(platform, async () => {
      const { connection } = await openToAsk(examination);
      try {
        return await askHead(examination, connection);
      } finally {
        connection.close();
      }
    });
    if ("error" in outcome) {
      const { kind, message } = outcome.error;
      return kind === "timeout"
        ? conclude("error", "head.silent", { host, limitMs })
        : conclude("error", "head.failed", { host, fault: kind, detail: message });
    }
    const { status, headers, firstByteMs } = outcome.value;
    noteDate(examination, outcome.value);
    const server = headers.get("server") ?? "";
    if (status === 200) {
      const tookMs = Math.round(firstByteMs * 10) / 10;
      return conclude("ok", "head.ok", { status, server, tookMs, limitMs });
    }
    const location = headers.get("location");
    return status >= 300 && status < 400 && location
      ? conclude("error", "head.redirect", { host, status, location })
      : conclude("error", "head.status", { host, status, server });
  },
};

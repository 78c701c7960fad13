/**
 * Is a second TLS handshake a short one? It says what new connections cost, and accuses nobody.
 *
 * @module
 */

import { type Check, conclude, type Conclusion, type Examination } from "../check.ts";
import { openToLook } from "../connections.ts";
import { ProbeError } from "../platform.ts";

/** Time for a ticket to come after the handshake, beside that of the handshake itself, in milliseconds. */
const TICKET_MS = 150;

/** Shakes hands twice, the second time with what the server gave the first time. Nothing is sent. */
export const resumptionCheck: Check = {
  id: "resumption",
  needs: ["tls"],
  async examine(given: Examination): Promise<Conclusion> {
    // Whom to trust does not matter here, and Deno resumes only where nobody is added.
    const examination = { ...given, extraCa: undefined };
    const { target, platform, timeoutMs: limitMs } = examination;
    if (!target.secure) return conclude("info", "tls.none", { url: target.baseUrl });
    try {
      const first = await openToLook(examination);
      const { protocol } = first.connection;
      if (!first.connection.session) {
        first.connection.close();
        return conclude("info", "resumption.unseen", { name: platform.runtime.name, protocol });
      }
      const session = await first.connection.session(first.handshakeMs + TICKET_MS);
      first.connection.close();
      const second = await openToLook(examination, session);
      second.connection.close();
      const times = { firstMs: first.handshakeMs, tookMs: second.handshakeMs, limitMs };
      return session && second.connection.resumed
        ? conclude("ok", "resumption.works", { protocol, ...times, by: session.by })
        : conclude("info", "resumption.absent", {
          ...{ protocol, ...times },
          ...(session?.seen !== false && { offered: session !== undefined }),
        });
    } catch (error) {
      if (!(error instanceof ProbeError) || error.kind === "not-permitted") throw error;
      return conclude("unknown", "resumption.failed", { detail: error.message });
    }
  },
};

/**
 * Is this machine's clock right? A UserSig carries its time of signing.
 *
 * @module
 */

import {
  type Check,
  conclude,
  type Conclusion,
  type Evidence,
  type Examination,
} from "../check.ts";

/** From here on worth a word, in milliseconds. */
const OFF_MS = 30_000;
/** From here on signatures fail, in milliseconds. */
const WRONG_MS = 300_000;

/** Compares our clock with the `Date` of an answer that an earlier check got. */
export const clockCheck: Check = {
  id: "clock",
  needs: ["tls"],
  after: ["head", "post"],
  with: ["head"],
  examine({ evidence: { dated } }: Examination): Promise<Conclusion> {
    return Promise.resolve(compare(dated));
  },
};

function compare(dated: Evidence["dated"]): Conclusion {
  if (!dated) return conclude("unknown", "clock.unknown", {});
  const { serverMs, hereMs } = dated;
  // The header has whole seconds: its middle is the best guess.
  const skewMs = Math.round(hereMs - (serverMs + 500));
  const facts = {
    skewMs,
    limitMs: OFF_MS,
    server: new Date(serverMs).toISOString(),
    here: new Date(hereMs).toISOString(),
  };
  if (Math.abs(skewMs) >= WRONG_MS) {
    return conclude("error", "clock.wrong", { ...facts, limitMs: WRONG_MS });
  }
  if (Math.abs(skewMs) >= OFF_MS) return conclude("warning", "clock.off", facts);
  return conclude("ok", "clock.right", { skewMs, limitMs: OFF_MS });
}

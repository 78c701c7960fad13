/**
 * Which runtime is this, and what must one know of it?
 *
 * @module
 */

import { type Check, conclude, type Conclusion, type Examination } from "../check.ts";
import type { RuntimeNote } from "../facts.ts";

/** Looks at the runtime's version and at the variables that change its trust. */
export const runtimeCheck: Check = {
  id: "runtime",
  needs: [],
  examine({ platform: { runtime: { name, version }, env } }: Examination): Promise<Conclusion> {
    if (env.NODE_TLS_REJECT_UNAUTHORIZED === "0") {
      const variable = "NODE_TLS_REJECT_UNAUTHORIZED=0";
      return Promise.resolve(conclude("warning", "runtime.trusts-anybody", { variable }));
    }
    const notes: RuntimeNote[] = [];
    // 500 ms since Node 25.2.
    if (name === "Node" && parseFloat(version) < 25.2) notes.push("node-attempt-limit");
    if (name === "Deno") notes.push("deno-repeats-posts");
    const extraCa = env.NODE_EXTRA_CA_CERTS || (name === "Deno" && env.DENO_CERT) || "";
    return Promise.resolve(conclude("info", "runtime.noted", { name, version, notes, extraCa }));
  },
};

/**
 * Are the host's addresses such as it can have?
 *
 * @module
 */

import { addressKind } from "../address_kinds.ts";
import { type Check, conclude, type Conclusion, type Examination } from "../check.ts";

const PRIVATE = new Set(["private", "carrier NAT", "link-local"]);

/** Looks at the kind of each address; only a documented host must have public ones. */
export const answersCheck: Check = {
  id: "answers",
  needs: ["dns"],
  examine({ target: { host, region }, evidence, resolve }: Examination): Promise<Conclusion> {
    if (evidence.proxy) return Promise.resolve(conclude("info", "dns.by-proxy", { host }));
    const addresses = (evidence.addresses ?? []).map(({ address }) => ({
      address,
      kind: addressKind(address),
    }));
    const of = (test: (kind: string) => boolean) => addresses.filter(({ kind }) => test(kind));
    const say = (
      ...[status, id, some]: ["ok" | "info" | "warning" | "error", Id, typeof addresses]
    ) => Promise.resolve(conclude(status, id, { host, addresses: some }));
    const fake = of((kind) => kind === "fake-IP");
    if (fake.length) return say("info", "answers.fake-ip", fake);
    // A host of one's own may be anywhere, and --resolve is meant as it is said.
    if (region === undefined || resolve) return say("ok", "answers.public", addresses);
    const nowhere = of((kind) => kind !== "public" && !PRIVATE.has(kind));
    if (nowhere.length) return say("error", "answers.nowhere", nowhere);
    const inside = of((kind) => PRIVATE.has(kind));
    if (inside.length) return say("warning", "answers.private", inside);
    return say("ok", "answers.public", addresses);
  },
};

type Id = "answers.public" | "answers.private" | "answers.fake-ip" | "answers.nowhere";

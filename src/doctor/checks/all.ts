/**
 * Every check, in the order of the report.
 *
 * @module
 */

import type { Check, Examination } from "../check.ts";
import { answersCheck } from "./answers.ts";
import { clockCheck } from "./clock.ts";
import { controlCheck } from "./control.ts";
import { credentialsCheck } from "./credentials.ts";
import { dnsCheck } from "./dns.ts";
import { egressCheck } from "./egress.ts";
import { headCheck } from "./head.ts";
import { hostsCheck } from "./hosts.ts";
import { idleCheck } from "./idle.ts";
import { largeCheck } from "./large.ts";
import { nameserversCheck } from "./nameservers.ts";
import { postCheck } from "./post.ts";
import { proxyCheck } from "./proxy.ts";
import { regionsCheck } from "./regions.ts";
import { resolversCheck } from "./resolvers.ts";
import { resumptionCheck } from "./resumption.ts";
import { reuseCheck } from "./reuse.ts";
import { routesCheck } from "./routes.ts";
import { runtimeCheck } from "./runtime.ts";
import { tcpCheck } from "./tcp.ts";
import { tlsCheck } from "./tls.ts";

/** The checks to make: some only when what they need is given, or when they are asked for. */
export function planChecks(wanted: Wanted): readonly Check[] {
  const given = new Map<Check, unknown>([
    [idleCheck, wanted.idleMs],
    [credentialsCheck, wanted.credentials],
    // An empty list is nobody to ask, not somebody who does not answer.
    [controlCheck, wanted.controlHosts?.[0]],
    [regionsCheck, wanted.regionHosts?.[0]],
    [egressCheck, wanted.egressServices],
  ]);
  return allChecks.filter((check) => !given.has(check) || given.get(check) !== undefined);
}

type Wanted = Partial<
  Pick<Examination, "idleMs" | "credentials" | "controlHosts" | "regionHosts" | "egressServices">
>;

/** Every check. */
export const allChecks: readonly Check[] = [
  runtimeCheck,
  proxyCheck,
  hostsCheck,
  routesCheck,
  resolversCheck,
  dnsCheck,
  nameserversCheck,
  egressCheck,
  answersCheck,
  tcpCheck,
  tlsCheck,
  resumptionCheck,
  controlCheck,
  headCheck,
  postCheck,
  largeCheck,
  reuseCheck,
  idleCheck,
  clockCheck,
  credentialsCheck,
  regionsCheck,
];

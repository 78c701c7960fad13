/**
 * Every check, in the order of the report.
 *
 * @module
 */

import type { Check } from "../check.ts";
import { answersCheck } from "./answers.ts";
import { clockCheck } from "./clock.ts";
import { dnsCheck } from "./dns.ts";
import { headCheck } from "./head.ts";
import { hostsCheck } from "./hosts.ts";
import { idleCheck } from "./idle.ts";
import { largeCheck } from "./large.ts";
import { nameserversCheck } from "./nameservers.ts";
import { postCheck } from "./post.ts";
import { proxyCheck } from "./proxy.ts";
import { resolversCheck } from "./resolvers.ts";
import { reuseCheck } from "./reuse.ts";
import { runtimeCheck } from "./runtime.ts";
import { tcpCheck } from "./tcp.ts";
import { tlsCheck } from "./tls.ts";

/** The checks to make. */
export function planChecks({ idleMs }: { idleMs?: number }): readonly Check[] {
  return checks.filter((check) => check !== idleCheck || idleMs !== undefined);
}

const checks: readonly Check[] = [
  runtimeCheck,
  proxyCheck,
  hostsCheck,
  resolversCheck,
  dnsCheck,
  nameserversCheck,
  answersCheck,
  tcpCheck,
  tlsCheck,
  headCheck,
  postCheck,
  largeCheck,
  reuseCheck,
  idleCheck,
  clockCheck,
];

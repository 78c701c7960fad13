/**
 * Every check, in the order of the report.
 *
 * @module
 */

import type { Check } from "../check.ts";
import { clockCheck } from "./clock.ts";
import { dnsCheck } from "./dns.ts";
import { headCheck } from "./head.ts";
import { largeCheck } from "./large.ts";
import { postCheck } from "./post.ts";
import { reuseCheck } from "./reuse.ts";
import { tcpCheck } from "./tcp.ts";
import { tlsCheck } from "./tls.ts";

/** Every check. */
export const checks: readonly Check[] = [
  dnsCheck,
  tcpCheck,
  tlsCheck,
  headCheck,
  postCheck,
  largeCheck,
  reuseCheck,
  clockCheck,
];

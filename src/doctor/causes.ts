/**
 * From findings to the one cause: the first row that fits is the headline.
 *
 * @module
 */

import type { Finding, FindingId, Status } from "./facts.ts";

/** Id of a cause; stable. */
export type CauseId =
  | "healthy"
  | "name-unknown"
  | "resolver-silent"
  | "resolver-failed"
  | "port-refused"
  | "port-silent"
  | "no-route"
  | "no-connection"
  | "tls-silent"
  | "not-tls"
  | "tls-reset"
  | "tls-too-old"
  | "wrong-host-name"
  | "certificate-expired"
  | "certificate-not-yet-valid"
  | "issuer-untrusted"
  | "tls-failed"
  | "redirected"
  | "not-the-backend"
  | "http-silent"
  | "post-silent"
  | "post-refused"
  | "post-failed"
  | "post-sometimes-silent"
  | "post-slow"
  | "large-bodies-lost"
  | "large-bodies-refused"
  | "head-refused"
  | "head-silent"
  | "head-failed"
  | "clock-wrong"
  | "certificate-expiring"
  | "address-dead"
  | "post-near-limit"
  | "connections-closed"
  | "clock-off"
  | "dns-slow"
  | "not-permitted"
  | "check-broken"
  | "unexplained";

/** The rows, in the order of judgement: what breaks the path earlier stands earlier. */
const rows: readonly (readonly [CauseId, FindingId, ...FindingId[]])[] = [
  // Names.
  ["name-unknown", "dns.unknown-name"],
  ["resolver-silent", "dns.silent"],
  ["resolver-failed", "dns.failed"],
  // Connections.
  ["port-refused", "tcp.refused"],
  ["port-silent", "tcp.silent"],
  ["no-route", "tcp.unreachable"],
  ["no-connection", "tcp.failed"],
  // TLS.
  ["tls-silent", "tls.silent"],
  ["not-tls", "tls.not-tls"],
  ["tls-reset", "tls.reset"],
  ["tls-too-old", "tls.old-version"],
  ["wrong-host-name", "tls.wrong-name"],
  ["certificate-expired", "tls.expired"],
  ["certificate-not-yet-valid", "tls.not-yet-valid"],
  ["issuer-untrusted", "tls.untrusted"],
  ["tls-failed", "tls.failed"],
  // HTTP: an answer that is not the backend's explains a bad HEAD, not the other way round.
  ["redirected", "head.redirect"],
  ["not-the-backend", "post.not-json"],
  ["not-the-backend", "post.not-envelope"],
  ["http-silent", "post.silent", "head.silent"],
  ["post-silent", "post.silent"],
  ["post-refused", "post.status"],
  ["post-failed", "post.failed"],
  ["post-sometimes-silent", "post.partly-silent"],
  ["post-slow", "post.slow"],
  ["large-bodies-lost", "large.silent"],
  ["large-bodies-refused", "large.status"],
  ["large-bodies-lost", "large.failed"],
  ["head-refused", "head.status"],
  ["head-silent", "head.silent"],
  ["head-failed", "head.failed"],
  // The path is whole, but calls will fail or cost too much.
  ["clock-wrong", "clock.wrong"],
  ["certificate-expiring", "tls.expiring"],
  ["address-dead", "tcp.partly"],
  ["post-near-limit", "post.near-limit"],
  ["connections-closed", "reuse.closed"],
  ["clock-off", "clock.off"],
  ["dns-slow", "dns.slow"],
  // Nothing was found, but not everything was seen.
  ["not-permitted", "check.not-permitted"],
  ["check-broken", "check.broken"],
];

/** What the doctor concludes. */
export interface Verdict {
  /** `error`: calls fail. `warning`: they work, with something to mend. `unknown`: could not look. */
  status: Exclude<Status, "info" | "skipped">;
  /** The cause. */
  cause: CauseId;
  /** The finding that names it; absent when all is well. */
  finding?: Finding;
}

/** A row in the reading of people and tests: all its findings must be there, the first one is quoted. */
export const causes: readonly { cause: CauseId; findings: readonly FindingId[] }[] = rows.map(
  ([cause, ...findings]) => ({ cause, findings }),
);

/**
 * Judges.
 *
 * @param findings What the checks found, in their order.
 */
export function judge(findings: readonly Finding[]): Verdict {
  // A warning never hides an error.
  for (const status of ["error", "warning", "unknown"] as const) {
    const found = findings.filter((finding) => finding.status === status);
    if (found.length === 0) continue;
    const has = (id: FindingId) => found.find((finding) => finding.id === id);
    const row = causes.find((candidate) => candidate.findings.every(has));
    const finding = row ? has(row.findings[0]!) : found[0];
    // What stays open beside a healthy path, a missing Date header for instance, is no verdict.
    if (status === "unknown" && !row) continue;
    return { status, cause: row?.cause ?? "unexplained", finding };
  }
  return { status: "ok", cause: "healthy" };
}

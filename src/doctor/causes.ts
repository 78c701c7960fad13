/**
 * From findings to the one cause: the first row that fits is the headline.
 *
 * @module
 */

import type { Finding, FindingId, Status } from "./facts.ts";

/**
 * Id of a cause; stable.
 *
 * @example Whom to call
 * ```ts
 * import { type CauseId, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const who: Partial<Record<CauseId, string>> = {
 *   "proxy-dead": "the network team",
 *   "port-refused": "the network team",
 *   "wrong-key": "whoever keeps the keys",
 * };
 * // Nothing listens at port 1.
 * const { verdict } = await runDoctor({ platform: hostPlatform(), host: "127.0.0.1:1" });
 * console.log(who[verdict.cause] ?? "the team on duty"); // the network team
 * ```
 */
export type CauseId =
  | "healthy"
  | "proxy-dead"
  | "proxy-refuses"
  | "hosts-file"
  | "name-hidden"
  | "name-unknown"
  | "resolver-half-silent"
  | "resolver-silent"
  | "resolver-failed"
  | "answers-split"
  | "answers-forged"
  | "wrong-address"
  | "offline"
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
  | "intercepted"
  | "issuer-untrusted"
  | "tls-failed"
  | "tls-partly"
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
  | "credentials-unusable"
  | "wrong-region"
  | "app-unknown"
  | "wrong-key"
  | "user-sig-expired"
  | "not-an-administrator"
  | "address-not-allowed"
  | "credentials-refused"
  | "rate-limited"
  | "dns-egress-abroad"
  | "dns-egress-elsewhere"
  | "region-far"
  | "trust-switched-off"
  | "certificate-expiring"
  | "resolver-partly-dead"
  | "private-address"
  | "address-dead"
  | "post-near-limit"
  | "connections-closed"
  | "idle-connections-lost"
  | "clock-off"
  | "dns-slow"
  | "proxy-unsupported"
  | "not-permitted"
  | "check-broken"
  | "stopped"
  | "unexplained";

/** The rows, in the order of judgement: what breaks the path earlier stands earlier. */
const rows: readonly (readonly [CauseId, FindingId, ...FindingId[]])[] = [
  // A proxy that the runtime obeys comes before everything else.
  ["proxy-dead", "proxy.dead"],
  ["proxy-refuses", "proxy.refuses"],
  // A wrong line in the hosts file explains a wrong address, and all that follows from it.
  ["hosts-file", "hosts.override", "answers.nowhere"],
  ["hosts-file", "hosts.override", "tcp.refused"],
  ["hosts-file", "hosts.override", "tcp.silent"],
  ["hosts-file", "hosts.override", "tcp.unreachable"],
  ["hosts-file", "hosts.override", "tls.wrong-name"],
  ["hosts-file", "hosts.override", "tls.not-tls"],
  ["hosts-file", "hosts.override", "tls.untrusted"],
  // A machine that reaches nobody has a fault of its own; that a name does not exist is one of the name.
  ["offline", "control.nobody", "dns.silent"],
  ["offline", "control.nobody", "dns.failed"],
  // Names.
  ["name-hidden", "nameservers.hidden", "dns.unknown-name"],
  ["name-unknown", "dns.unknown-name"],
  ["resolver-half-silent", "nameservers.half-silent", "dns.silent"],
  ["resolver-silent", "dns.silent"],
  ["resolver-failed", "dns.failed"],
  // Answers that nobody else gives explain why nothing good answers there.
  ["answers-split", "nameservers.split", "answers.nowhere"],
  ["answers-split", "nameservers.split", "tcp.refused"],
  ["answers-split", "nameservers.split", "tcp.silent"],
  ["answers-split", "nameservers.split", "tcp.unreachable"],
  ["answers-split", "nameservers.split", "tls.wrong-name"],
  ["answers-split", "nameservers.split", "tls.untrusted"],
  ["answers-forged", "nameservers.differ", "tls.wrong-name"],
  ["wrong-address", "answers.nowhere"],
  // Connections.
  ["offline", "control.nobody", "tcp.refused"],
  ["offline", "control.nobody", "tcp.silent"],
  ["offline", "control.nobody", "tcp.unreachable"],
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
  ["intercepted", "tls.intercepted"],
  ["intercepted", "control.same-issuer", "tls.untrusted"],
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
  ["credentials-unusable", "credentials.unusable"],
  ["wrong-region", "credentials.wrong-region"],
  ["app-unknown", "credentials.unknown-app"],
  ["wrong-key", "credentials.wrong-key"],
  ["user-sig-expired", "credentials.expired"],
  ["not-an-administrator", "credentials.not-admin"],
  ["address-not-allowed", "credentials.address-refused"],
  ["credentials-refused", "credentials.refused"],
  ["rate-limited", "credentials.rate-limited"],
  ["trust-switched-off", "runtime.trusts-anybody"],
  ["certificate-expiring", "tls.expiring"],
  ["hosts-file", "hosts.override"],
  ["name-hidden", "nameservers.hidden"],
  ["answers-split", "nameservers.split"],
  ["resolver-partly-dead", "nameservers.partly-dead"],
  ["resolver-half-silent", "nameservers.half-silent"],
  ["private-address", "answers.private"],
  ["address-dead", "tcp.partly"],
  ["tls-partly", "tls.partly"],
  ["post-near-limit", "post.near-limit"],
  ["connections-closed", "reuse.closed"],
  ["idle-connections-lost", "idle.lost"],
  ["clock-off", "clock.off"],
  ["dns-slow", "dns.slow"],
  ["dns-egress-abroad", "egress.other-country"],
  ["region-far", "regions.far"],
  ["dns-egress-elsewhere", "egress.other-operator"],
  // Nothing was found, but not everything was seen.
  ["proxy-unsupported", "proxy.unsupported"],
  ["not-permitted", "check.not-permitted"],
  ["check-broken", "check.broken"],
  ["stopped", "check.stopped"],
];

/**
 * What the doctor concludes.
 *
 * @example One line for a chat room
 * ```ts
 * import { runDoctor, type Verdict } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const line = ({ status, cause, finding }: Verdict) =>
 *   `${status}: ${cause}${finding ? `, by the check ${finding.check}` : ""}`;
 * const platform = hostPlatform();
 * const healthy = await runDoctor({ platform, region: "sgp", only: ["tcp"] });
 * console.log(line(healthy.verdict)); // ok: healthy
 * // Nothing listens at port 1.
 * const sick = await runDoctor({ platform, host: "127.0.0.1:1", only: ["tcp"] });
 * console.log(line(sick.verdict)); // error: port-refused, by the check tcp
 * ```
 */
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
  const has = (id: FindingId) => findings.find((finding) => finding.id === id);
  // A warning never hides an error.
  for (const status of ["error", "warning", "unknown"] as const) {
    const grave = findings.filter((finding) => finding.status === status);
    if (grave.length === 0) continue;
    const row = causes.find((candidate) =>
      candidate.findings.every(has) && candidate.findings.some((id) => grave.includes(has(id)!))
    );
    // What stays open beside a healthy path, a missing Date header for instance, is no verdict.
    if (status === "unknown" && !row) continue;
    const finding = row ? has(row.findings[0]!) : grave[0];
    return { status, cause: row?.cause ?? "unexplained", finding };
  }
  return { status: "ok", cause: "healthy" };
}

/**
 * The doctor: why calls to the backend fail, or that they should not.
 *
 * @example
 * ```ts
 * import { renderText, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const report = await runDoctor({ platform: hostPlatform(), region: "sgp" });
 * console.log(renderText(report));
 * ```
 *
 * @module
 */

export type { AcceptedFinding } from "./accepted.ts";
export type { CauseId, Verdict } from "./causes.ts";
export type { CheckId } from "./check.ts";
export { type ControlHost, publicControlHosts } from "./checks/control.ts";
export type { DoctorCredentials } from "./checks/credentials.ts";
export type { QuestionType } from "./dns/dns_message.ts";
export { type EgressServices, publicEgressServices, type WhoamiName } from "./egress_services.ts";
export {
  type DifferentFinding,
  diffReports,
  parseReport,
  type ReportDifference,
} from "./report/diff_reports.ts";
export { type Examined, examiner } from "./examiner.ts";
export { exitCode } from "./exit_code.ts";
export type {
  AddressFact,
  ControlFact,
  DateFacts,
  DetailFact,
  EgressFacts,
  Finding,
  FindingFacts,
  FindingId,
  HandshakeFacts,
  KindFact,
  NameserverFact,
  OriginFact,
  ProxyFacts,
  RefusalFacts,
  RegionFact,
  RegionsFacts,
  ResolverFact,
  ResumptionFacts,
  RuntimeNote,
  SampleFacts,
  Status,
  TimingFacts,
} from "./facts.ts";
export type { CurlPhases } from "./report/phases.ts";
export type { CheckChoice } from "./plan.ts";
export {
  type Address,
  type Connection,
  type DoctorPlatform,
  type PeerCertificate,
  ProbeError,
  type ProbeErrorKind,
  type RuntimeFact,
  type SecureConnection,
  type SecureOptions,
  type TlsSession,
} from "./platform.ts";
export { redactReport, type Secrets } from "./report/redact_report.ts";
export { renderHtml } from "./report/render_html.ts";
export { type JsonFinding, type JsonReport, renderJson } from "./report/render_json.ts";
export type { RegionHosts } from "./region_hosts.ts";
export { reportSchema } from "./report/report_schema.ts";
export { renderText, type TextOptions } from "./report/render_text.ts";
export { type DoctorOptions, type DoctorReport, runDoctor } from "./run.ts";
export type { Given } from "./report/shell_commands.ts";
export type { Target, TargetChoice } from "./target.ts";
export type { Language } from "./texts/all.ts";

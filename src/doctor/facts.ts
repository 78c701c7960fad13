/**
 * Every finding the doctor can make, with the values that belong to it. Texts are written from these.
 *
 * @module
 */

import type { CheckId } from "./check.ts";
import type {
  AddressFact,
  DateFacts,
  DetailFact,
  HandshakeFacts,
  RefusalFacts,
  ResumptionFacts,
  SampleFacts,
  TimingFacts,
} from "./host_facts.ts";
import type {
  KindFact,
  NameserverFact,
  ProxyFacts,
  ResolverFact,
  RuntimeNote,
} from "./machine_facts.ts";
import type { ControlFact, EgressFacts, RegionFact, RegionsFacts } from "./place_facts.ts";

export type * from "./host_facts.ts";
export type * from "./machine_facts.ts";
export type * from "./place_facts.ts";

/**
 * The values of each finding, by its id; ids are stable.
 *
 * @example The values of one finding
 * ```ts
 * import { type FindingFacts, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const line = ({ host, port, attempts }: FindingFacts["tcp.refused"]) =>
 *   `${host}:${port} refuses, ${attempts} times`;
 * // Nothing listens at port 1.
 * const options = { platform: hostPlatform(), host: "127.0.0.1:1", only: ["tcp"] };
 * for (const { id, facts } of (await runDoctor(options)).findings) {
 *   if (id === "tcp.refused") {
 *     console.log(line(facts)); // 127.0.0.1:1 refuses, 3 times
 *   }
 * }
 * ```
 */
export interface FindingFacts {
  /** The runtime, and what to know of it. */
  "runtime.noted": { name: string; version: string; notes: RuntimeNote[]; extraCa: string };
  /** Certificate checks are switched off. */
  "runtime.trusts-anybody": { variable: string };

  /** No proxy variable applies. */
  "proxy.none": Record<never, never>;
  /** A proxy variable is set that this runtime does not honour. */
  "proxy.ignored": ProxyFacts;
  /** The host is exempt from the proxy. */
  "proxy.exempt": ProxyFacts & { host: string };
  /** The proxy lets connections to the host through. */
  "proxy.works": ProxyFacts & { tookMs: number };
  /** The proxy does not answer. */
  "proxy.dead": ProxyFacts & { fault: string };
  /** The proxy does not let connections to the host through. */
  "proxy.refuses": ProxyFacts & { host: string; status: number };
  /** A proxy that is not spoken to by HTTP. */
  "proxy.unsupported": ProxyFacts;

  /** The hosts file says nothing of the host. */
  "hosts.clear": { path: string };
  /** There is no hosts file, or it may not be read. */
  "hosts.unread": { path: string };
  /** The hosts file says where the host is. */
  "hosts.override": { path: string; line: string; host: string };

  /** Interfaces of the default routes; empty when there is none. */
  "routes.found": { four: string; six: string };
  /** No default route at all. */
  "routes.none": { four: string; six: string };
  /** The system does not tell its routes. */
  "routes.unknown": Record<never, never>;

  /** The DNS servers that the system asks. */
  "resolvers.listed": { servers: ResolverFact[] };
  /** The system does not say which DNS servers it asks. */
  "resolvers.unknown": Record<never, never>;

  /** The host is an address. */
  "dns.literal": { host: string };
  /** The caller said which addresses to use. */
  "dns.given": { host: string; addresses: string[] };
  /** The proxy resolves the name. */
  "dns.by-proxy": { host: string };
  /** The name resolves. */
  "dns.resolved": { host: string; addresses: string[] } & TimingFacts;
  /** The name resolves, slowly. */
  "dns.slow": { host: string; addresses: string[] } & TimingFacts;
  /** The resolver says there is no such name; that of a documented host is spelt right. */
  "dns.unknown-name": { host: string; documented: boolean };
  /** The resolver does not answer. */
  "dns.silent": { host: string; limitMs: number };
  /** The resolver answers with a failure. */
  "dns.failed": { host: string } & DetailFact;

  /** What the servers say. */
  "nameservers.asked": { host: string; servers: NameserverFact[]; limitMs: number };
  /** Some configured servers do not answer, or answer with a failure. */
  "nameservers.partly-dead": {
    host: string;
    servers: NameserverFact[];
    limitMs: number;
    dead: string[];
  };
  /** Some configured servers answer for one family of addresses, and are silent for the other. */
  "nameservers.half-silent": {
    host: string;
    servers: NameserverFact[];
    limitMs: number;
    dead: string[];
    unanswered: "A" | "AAAA";
  };
  /** The configured servers deny a name that public ones know. */
  "nameservers.hidden": { host: string; servers: NameserverFact[]; limitMs: number };
  /** The configured servers and public ones give different addresses, as CDNs do. */
  "nameservers.differ": {
    host: string;
    servers: NameserverFact[];
    here: string[];
    public: string[];
  };
  /** The configured servers give addresses of another kind than public ones. */
  "nameservers.split": {
    host: string;
    servers: NameserverFact[];
    here: string[];
    public: string[];
  };
  /** No server could be asked directly. */
  "nameservers.unseen": { host: string; servers: NameserverFact[]; limitMs: number };

  /** The host's addresses are where they should be. */
  "answers.public": { host: string; addresses: KindFact[] };
  /** A host of the backend has private addresses here. */
  "answers.private": { host: string; addresses: KindFact[] };
  /** A proxy program invented the addresses. */
  "answers.fake-ip": { host: string; addresses: KindFact[] };
  /** The addresses are such as no host of the backend can have. */
  "answers.nowhere": { host: string; addresses: KindFact[] };

  /** The proxy connects. */
  "tcp.by-proxy": { host: string; port: number };
  /** Every address connects. */
  "tcp.connected": { port: number; addresses: AddressFact[]; limitMs: number };
  /** Some addresses connect, some do not. */
  "tcp.partly": { port: number; addresses: AddressFact[]; limitMs: number };
  /** Every address refuses. */
  "tcp.refused": { host: string; port: number; addresses: AddressFact[]; attempts: number };
  /** No address answers. */
  "tcp.silent": { host: string; port: number; addresses: AddressFact[]; limitMs: number };
  /** There is no route to any address. */
  "tcp.unreachable": { host: string; port: number; addresses: AddressFact[]; attempts: number };
  /** No address connects, for several reasons or a rare one. */
  "tcp.failed": { host: string; port: number; addresses: AddressFact[] } & DetailFact;

  /** The target is plain HTTP. */
  "tls.none": { url: string };
  /** The handshake ends well, and the certificate is right. */
  "tls.trusted": HandshakeFacts;
  /** The handshake ends well; the platform verifies the certificate, and does not show it. */
  "tls.verified": { host: string };
  /** The certificate ends soon. */
  "tls.expiring": HandshakeFacts & { host: string; validTo: string };
  /** The certificate has ended. */
  "tls.expired": DateFacts & { host: string };
  /** The certificate has not begun. */
  "tls.not-yet-valid": DateFacts & { host: string };
  /** The certificate is for another host. */
  "tls.wrong-name": { host: string; names: string[]; issuer: string };
  /** The certificate's issuer is not trusted. */
  "tls.untrusted": { host: string; issuer: string; code: string; chain: string[] };
  /** The issuer is known for reading along. */
  "tls.intercepted": { host: string; issuer: string; chain: string[]; trusted: boolean };
  /** The server has no TLS version that is safe. */
  "tls.old-version": { host: string };
  /** The port speaks something else. */
  "tls.not-tls": { host: string; port: number };
  /** The connection is cut within the handshake. */
  "tls.reset": { host: string; attempts: number };
  /** The handshake does not come. */
  "tls.silent": { host: string; limitMs: number };
  /** The handshake fails in another way. */
  "tls.failed": { host: string } & DetailFact;

  /** TLS is right on one address of the host, but not on all. */
  "tls.partly": { host: string; addresses: AddressFact[]; limitMs: number };

  /** A second handshake resumes the first, and is a short one. */
  "resumption.works": ResumptionFacts & { by: "ticket" | "id" };
  /** A second handshake is as long as the first; `offered` is absent where the runtime does not tell. */
  "resumption.absent": ResumptionFacts & { offered?: boolean };
  /** The runtime does not let us look, with this version of TLS. */
  "resumption.unseen": { name: string; protocol: string };
  /** The second handshake did not come about. */
  "resumption.failed": DetailFact;

  /** The host answers: nobody else had to be asked. */
  "control.spared": Record<never, never>;
  /** Unrelated hosts answer. */
  "control.answers": { hosts: ControlFact[] };
  /** No unrelated host answers either. */
  "control.nobody": { hosts: ControlFact[] };
  /** Unrelated hosts show certificates of the same issuer that nobody trusts. */
  "control.same-issuer": { hosts: ControlFact[]; issuer: string };

  /** `HEAD /` gives 200. */
  "head.ok": { status: number; server: string } & TimingFacts;
  /** `HEAD /` is sent elsewhere. */
  "head.redirect": { host: string; status: number; location: string };
  /** `HEAD /` gives another status. */
  "head.status": { host: string; status: number; server: string };
  /** `HEAD /` gets no answer. */
  "head.silent": { host: string; limitMs: number };
  /** `HEAD /` gets no proper answer. */
  "head.failed": { host: string; fault: string } & DetailFact;

  /** Calls are answered in time, in the documented form. */
  "post.ok": SampleFacts & { errorCode: number };
  /** Calls come near the backend's limit. */
  "post.near-limit": SampleFacts & { host: string };
  /** Calls take longer than the backend's limit. */
  "post.slow": SampleFacts & { host: string };
  /** No call is answered. */
  "post.silent": SampleFacts & { host: string; timeoutMs: number };
  /** Some calls are not answered. */
  "post.partly-silent": SampleFacts & { host: string; timeoutMs: number };
  /** Calls get an HTTP status other than 200. */
  "post.status": { host: string; status: number; server: string };
  /** The answer is no JSON. */
  "post.not-json": { host: string; contentType: string; beginning: string };
  /** The answer is JSON, but not the backend's. */
  "post.not-envelope": { host: string; beginning: string };
  /** Calls get no proper answer. */
  "post.failed": { host: string; fault: string } & DetailFact;

  /** Large bodies are answered like small ones. */
  "large.ok": { bytes: number; worstMs: number; limitMs: number };
  /** Small bodies are answered, large ones never. */
  "large.silent": { host: string; bytes: number; samples: number; timeoutMs: number };
  /** Large bodies are refused on the way. */
  "large.status": { host: string; bytes: number; status: number; server: string };
  /** Large bodies get no proper answer. */
  "large.failed": { host: string; bytes: number; fault: string } & DetailFact;

  /** The connection is kept for the next call. */
  "reuse.kept": { firstMs: number; secondMs: number; handshakeMs: number };
  /** The server closes after each answer. */
  "reuse.closed": { host: string; announced: boolean; handshakeMs: number };
  /** It could not be seen whether the connection is kept. */
  "reuse.failed": DetailFact;

  /** An idle connection still works after this time. */
  "idle.kept": { idleMs: number };
  /** The server closes an idle connection after this time. */
  "idle.closed": { afterMs: number; idleMs: number };
  /** An idle connection looks open, but calls over it fail. */
  "idle.lost": { host: string; idleMs: number; fault: string };
  /** The first call over the connection failed. */
  "idle.failed": DetailFact;

  /** The clock is right. */
  "clock.right": { skewMs: number; limitMs: number };
  /** The clock is off, but signatures still hold. */
  "clock.off": { skewMs: number; limitMs: number; server: string; here: string };
  /** The clock is so wrong that signatures fail. */
  "clock.wrong": { skewMs: number; limitMs: number; server: string; here: string };
  /** No answer carried a date. */
  "clock.unknown": Record<never, never>;

  /** The backend accepts them. */
  "credentials.accepted": { sdkAppId: number; identifier: string; tookMs: number };
  /** They cannot be right, for their form alone. */
  "credentials.unusable": DetailFact;
  /** The host does not know the app. */
  "credentials.unknown-app": RefusalFacts;
  /** The app belongs to another region's host. */
  "credentials.wrong-region": RefusalFacts & { right: { id: string; host: string } };
  /** The signature was not made with the app's key. */
  "credentials.wrong-key": RefusalFacts;
  /** A UserSig that is fresh by our clock is over by the backend's. */
  "credentials.expired": RefusalFacts;
  /** The account is no administrator. */
  "credentials.not-admin": RefusalFacts;
  /** The app may not be called from this address. */
  "credentials.address-refused": RefusalFacts;
  /** There were too many calls. */
  "credentials.rate-limited": RefusalFacts;
  /** The backend refuses for another reason. */
  "credentials.refused": RefusalFacts;
  /** The call did not come through. */
  "credentials.failed": DetailFact;

  /** How far it is to every region. */
  "regions.measured": RegionsFacts;
  /** Another region is far nearer. */
  "regions.far": RegionsFacts;
  /** No region's host answers. */
  "regions.silent": { hosts: RegionFact[] };

  /** Machine and DNS servers go out through the same network. */
  "egress.matches": EgressFacts;
  /** The DNS servers are known everywhere and pass on where the question comes from. */
  "egress.passed-on": EgressFacts;
  /** The DNS servers go out at another operator. */
  "egress.other-operator": EgressFacts;
  /** The DNS servers go out in another country. */
  "egress.other-country": EgressFacts;
  /** It could not be found out. */
  "egress.unknown": { missing: "machine" | "resolvers" };

  /** The check's premise failed, so it was not made. */
  "check.skipped": { because: CheckId };
  /** The platform has no means for this check. */
  "check.not-here": { name: string };
  /** The examination was ended before this check was done. */
  "check.stopped": Record<never, never>;
  /** The platform does not let us look. */
  "check.not-permitted": DetailFact;
  /** The check itself failed: a defect of ours. */
  "check.broken": DetailFact;
}

/**
 * Id of a finding.
 *
 * @example Findings that wake somebody up
 * ```ts
 * import { type FindingId, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const urgent: FindingId[] = ["post.silent", "post.slow", "tcp.refused"];
 * // Nothing listens at port 1.
 * const options = { platform: hostPlatform(), host: "127.0.0.1:1", only: ["tcp"] };
 * const { findings } = await runDoctor(options);
 * console.log(findings.some(({ id }) => urgent.includes(id))); // true
 * ```
 */
export type FindingId = keyof FindingFacts;

/**
 * What a finding means for the path: `skipped` was not looked at since its premise failed, `unknown` could
 * not be looked at.
 *
 * @example Which lines a report shows
 * ```ts
 * import { runDoctor, type Status } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const shown: Record<Status, boolean> = {
 *   ...{ error: true, warning: true, unknown: true },
 *   ...{ ok: false, info: false, skipped: false },
 * };
 * // Nothing listens at port 1.
 * const options = { platform: hostPlatform(), host: "127.0.0.1:1", only: ["post"] };
 * const { findings } = await runDoctor(options);
 * const lines = findings.filter(({ status }) => shown[status]);
 * console.log(lines.map(({ id }) => id).join()); // tcp.refused
 * ```
 */
export type Status = "ok" | "info" | "warning" | "error" | "skipped" | "unknown";

/**
 * One thing the doctor found.
 *
 * @example As they come, and one of them by its id
 * ```ts
 * import { type Finding, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const isClock = (one: Finding): one is Finding<"clock.right"> => one.id === "clock.right";
 * const { findings } = await runDoctor({
 *   platform: hostPlatform(),
 *   region: "sgp",
 *   only: ["clock"],
 *   onFinding: ({ check, status }: Finding) => console.log(check, status),
 * });
 * const skewMs = findings.find(isClock)?.facts.skewMs ?? NaN;
 * console.log(Math.abs(skewMs) < 30_000); // true
 * ```
 */
export type Finding<Id extends FindingId = FindingId> = {
  [Each in Id]: {
    /** The check that found it. */
    check: CheckId;
    /** Which finding it is. */
    id: Each;
    /** What it means for the path. */
    status: Status;
    /** Its values; times in milliseconds. */
    facts: FindingFacts[Each];
    /** Why it is accepted, if somebody has decided so: its status is then `info`. */
    accepted?: string;
  };
}[Id];

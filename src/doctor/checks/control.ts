/**
 * Do unrelated hosts answer? Asked only after the host itself failed: it tells "here" from "everywhere".
 *
 * @module
 */

import { type Check, conclude, type Conclusion, type Examination } from "../check.ts";
import { certificateNames } from "../certificate_names.ts";
import { openToLook } from "../connections.ts";
import type { ControlFact } from "../facts.ts";
import { ProbeError } from "../platform.ts";

/**
 * A host that has nothing to do with the backend.
 *
 * @example Is it this host, or everything outside?
 * ```ts
 * import { type ControlHost, ProbeError, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const controlHosts: ControlHost[] = [{ host: "www.example.com", address: "203.0.113.80" }];
 * const unplugged = () => Promise.reject(new ProbeError("unreachable", "no route"));
 * const { verdict } = await runDoctor({
 *   platform: { ...hostPlatform(), connect: unplugged },
 *   host: "chat.example.com",
 *   resolve: ["203.0.113.7"],
 *   controlHosts,
 * });
 * console.log(verdict.cause); // offline
 * ```
 */
export interface ControlHost {
  /** Its name, which its certificate is for. */
  host: string;
  /** Its address, so that no name has to be resolved. */
  address: string;
  /** Its port. @default {443} */
  port?: number;
}

/**
 * One in China and one everywhere.
 *
 * @example Is it here, or everywhere?
 * ```ts
 * import { publicControlHosts, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const report = await runDoctor({
 *   platform: hostPlatform(),
 *   region: "sgp",
 *   controlHosts: publicControlHosts, // asked only once the host itself has failed
 * });
 * console.log(report.verdict.status); // ok
 * ```
 */
export const publicControlHosts: readonly ControlHost[] = [
  { host: "dns.alidns.com", address: "223.5.5.5" },
  { host: "one.one.one.one", address: "1.1.1.1" },
];

/** Shakes hands with them, and looks at who issued their certificates. */
export const controlCheck: Check = {
  id: "control",
  needs: ["proxy"],
  after: ["dns", "tcp", "tls"],
  with: ["tls"],
  async examine(examination: Examination): Promise<Conclusion> {
    const { controlHosts = [], evidence } = examination;
    if (evidence.accused === undefined) return conclude("ok", "control.spared", {});
    const hosts = await Promise.all(controlHosts.map((each) => look(examination, each)));
    const issuer = evidence.distrusted;
    if (issuer !== undefined && hosts.some((each) => each.issuer === issuer)) {
      return conclude("info", "control.same-issuer", { hosts, issuer });
    }
    return hosts.every(({ fault }) => fault)
      ? conclude("info", "control.nobody", { hosts })
      : conclude("info", "control.answers", { hosts });
  },
};

async function look(
  examination: Examination,
  { host, address, port = 443 }: ControlHost,
): Promise<ControlFact> {
  const { target, evidence: { proxy } } = examination;
  try {
    const { connection, handshakeMs } = await openToLook({
      ...examination,
      target: { ...target, host, port, secure: true },
      evidence: { proxy, reachable: address },
    });
    connection.close();
    const { certificate } = connection;
    // Some networks answer for everybody: who cannot show the host's own name is no witness.
    if (certificate && !certificateNames(host, certificate.names, certificate.subject)) {
      return { host, address, fault: "wrong-name" };
    }
    return { host, address, tookMs: handshakeMs, issuer: certificate?.issuer };
  } catch (error) {
    if (!(error instanceof ProbeError)) throw error;
    return { host, address, fault: error.kind };
  }
}

/**
 * Does TLS come about, and is the certificate the host's own, in date and trusted?
 *
 * @module
 */

import { attempt, type Check, conclude, type Conclusion, type Examination } from "../check.ts";
import { certificateNames } from "../certificate_names.ts";
import { openToLook } from "../connections.ts";
import { isInterceptor } from "../interceptors.ts";
import type { AddressFact } from "../facts.ts";
import type { ProbeError, SecureConnection } from "../platform.ts";

const DAY_MS = 86_400_000;
/** Certificates are renewed weeks ahead; one with less left, in days, was forgotten. */
const FEW_DAYS = 14;

/** Shakes hands once without trust, to see the certificate whatever is wrong with it. */
export const tlsCheck: Check = {
  id: "tls",
  needs: ["tcp"],
  async examine(examination: Examination): Promise<Conclusion> {
    const { platform, target } = examination;
    if (!target.secure) return conclude("info", "tls.none", { url: target.baseUrl });
    const outcome = await attempt(platform, () => openToLook(examination));
    if ("error" in outcome) {
      examination.evidence.accused = true;
      return noHandshake(examination, outcome.error, outcome.attempts);
    }
    const { connection, handshakeMs } = outcome.value;
    connection.close();
    const conclusion = judge(examination, connection, handshakeMs);
    if (conclusion.status === "error") {
      examination.evidence.accused = true;
      if (connection.distrust) examination.evidence.distrusted = connection.certificate?.issuer;
    }
    return conclusion.status === "ok"
      ? await lookEverywhere(examination, handshakeMs) ?? conclusion
      : conclusion;
  },
};

/** What is right on one address must be so on all; nothing when it is. */
async function lookEverywhere(
  examination: Examination,
  firstMs: number,
): Promise<Conclusion | undefined> {
  const { platform, target: { host }, evidence, timeoutMs: limitMs } = examination;
  const { reachable, allReachable = [] } = evidence;
  const others = allReachable.filter((address) => address !== reachable);
  const looked = await Promise.all(others.map(async (address): Promise<AddressFact> => {
    const there = { ...examination, evidence: { ...evidence, reachable: address } };
    const outcome = await attempt(platform, () => openToLook(there));
    if ("error" in outcome) return { address, fault: outcome.error.kind };
    const { connection, handshakeMs } = outcome.value;
    connection.close();
    const { id, status } = judge(there, connection, handshakeMs);
    return status === "error"
      ? { address, fault: id.replace("tls.", "") }
      : { address, tookMs: handshakeMs };
  }));
  if (!looked.some(({ fault }) => fault)) return undefined;
  const addresses = [{ address: reachable!, tookMs: firstMs }, ...looked];
  return conclude("warning", "tls.partly", { host, addresses, limitMs });
}

function noHandshake(
  { target: { host, port }, timeoutMs: limitMs }: Examination,
  { kind, message }: ProbeError,
  attempts: number,
): Conclusion {
  if (kind === "timeout") return conclude("error", "tls.silent", { host, limitMs });
  if (kind === "not-tls") return conclude("error", "tls.not-tls", { host, port });
  if (kind === "tls-version") return conclude("error", "tls.old-version", { host });
  if (kind === "reset" || kind === "closed") {
    return conclude("error", "tls.reset", { host, attempts });
  }
  return conclude("error", "tls.failed", { host, detail: message });
}

/**
 * The order matters: a certificate for another name is another server's, and its dates are nobody's
 * concern. The dates are ours to judge, since Deno calls an expired certificate one of unknown origin.
 */
function judge(
  { platform, target: { host }, timeoutMs: limitMs }: Examination,
  { certificate, protocol, alpn, cipher, distrust }: SecureConnection,
  tookMs: number,
): Conclusion {
  if (!certificate) return conclude("ok", "tls.verified", { host });
  const { issuer, names, subject, chain, validFrom, validTo } = certificate;
  if (!certificateNames(host, names, subject)) {
    return conclude("error", "tls.wrong-name", {
      host,
      names: names.length ? names : [subject],
      issuer,
    });
  }
  const now = platform.now();
  const dates = { host, issuer, validFrom: iso(validFrom), validTo: iso(validTo), now: iso(now) };
  if (now > validTo) {
    const days = Math.floor((now - validTo) / DAY_MS);
    return conclude("error", "tls.expired", { ...dates, days });
  }
  if (now < validFrom) {
    const days = Math.floor((validFrom - now) / DAY_MS);
    return conclude("error", "tls.not-yet-valid", { ...dates, days });
  }
  if ([issuer, ...chain.slice(1)].some(isInterceptor)) {
    const facts = { host, issuer, chain, trusted: !distrust };
    return conclude(distrust ? "error" : "warning", "tls.intercepted", facts);
  }
  if (distrust) {
    return conclude("error", "tls.untrusted", { host, issuer, code: distrust, chain });
  }
  const daysLeft = Math.floor((validTo - now) / DAY_MS);
  const handshake = { protocol, alpn, cipher, issuer, chain, daysLeft, tookMs, limitMs };
  return daysLeft < FEW_DAYS
    ? conclude("warning", "tls.expiring", { ...handshake, host, validTo: iso(validTo) })
    : conclude("ok", "tls.trusted", handshake);
}

function iso(ms: number): string {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : "unreadable";
}

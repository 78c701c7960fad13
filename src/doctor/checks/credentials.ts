/**
 * Does the backend accept the app's credentials? One signed call that only reads.
 *
 * @module
 */

import { checkEmulatorKey } from "../../core/base_url.ts";
import { ApiError, ConfigError, TimError } from "../../core/errors.ts";
import { redact } from "../../core/redact.ts";
import { queryOf, readEnvelope, requestUrl } from "../../core/request.ts";
import { signUserSig } from "../../core/user_sig.ts";
import { verifyUserSig } from "../../core/user_sig_verify.ts";
import { type Check, conclude, type Conclusion, type Examination } from "../check.ts";
import { askPath, COMMAND, openToAsk } from "../connections.ts";
import type { RefusalFacts } from "../facts.ts";
import { inLanes } from "../lanes.ts";
import { ProbeError } from "../platform.ts";
import { at, otherRegions } from "../region_hosts.ts";

/**
 * What the app has from its console.
 *
 * @example Does the backend take the app's key?
 * ```ts
 * import { type DoctorCredentials, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const credentials: DoctorCredentials = {
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   identifier: "administrator",
 * };
 * const only = ["credentials"];
 * const report = await runDoctor({ platform: hostPlatform(), region: "sgp", only, credentials });
 * console.log(report.findings.at(-1)?.id); // credentials.accepted
 * ```
 */
export interface DoctorCredentials {
  /** The app's id. */
  sdkAppId: number;
  /** Its secret key; it signs here, and goes nowhere. */
  secretKey: string;
  /** The administrator who calls. */
  identifier: string;
}

/** Lifetime of the UserSig that is sent, in seconds: short, since it is for one call. */
const LIFETIME_SECONDS = 600;

/** Codes by what is wrong; every other code is explained as the error table has it. */
const MEANINGS: [id: RefusalId, codes: number[]][] = [
  ["credentials.unknown-app", [60006, 60012, 70014, 70015, 70016, 70020]],
  ["credentials.wrong-key", [70003, 70004, 70005, 70006, 70007, 70008, 70009, 70010, 70346]],
  ["credentials.expired", [70001, 70052, 70347]],
  ["credentials.not-admin", [10007, 60004, 60005, 60010, 70013, 70403]],
  ["credentials.address-refused", [60021]],
  ["credentials.rate-limited", [60007, 60011, 60018, 60019, 70050]],
];

type RefusalId =
  | "credentials.unknown-app"
  | "credentials.wrong-key"
  | "credentials.expired"
  | "credentials.not-admin"
  | "credentials.address-refused"
  | "credentials.rate-limited"
  | "credentials.refused";

/** Signs, checks the signature here, and asks for the list of groups. */
export const credentialsCheck: Check = {
  id: "credentials",
  needs: ["post"],
  after: ["clock"],
  async examine(examination: Examination): Promise<Conclusion> {
    const { target, platform } = examination;
    const { sdkAppId, secretKey, identifier } = examination.credentials!;
    const currentDate = new Date(platform.now());
    let userSig: string;
    try {
      checkEmulatorKey(secretKey, target.baseUrl, false);
      const app = { sdkAppId, secretKey, identifier, currentDate };
      userSig = await signUserSig({ ...app, expireSeconds: LIFETIME_SECONDS });
      const verdict = await verifyUserSig(userSig, app);
      if (!verdict.valid) throw new ConfigError(`the signature made here is ${verdict.reason}`);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return conclude("error", "credentials.unusable", { detail: redact(error.message) });
    }
    try {
      const started = platform.elapsed();
      const refusal = await callSigned(examination, userSig);
      const tookMs = Math.round(platform.elapsed() - started);
      return refusal
        ? await explain(examination, refusal, userSig)
        : conclude("ok", "credentials.accepted", { sdkAppId, identifier, tookMs });
    } catch (error) {
      const told = error instanceof TimError || error instanceof ProbeError;
      if (!told || (error instanceof ProbeError && error.kind === "not-permitted")) throw error;
      return conclude("unknown", "credentials.failed", { detail: redact(error.message) });
    }
  },
};

/** The backend's refusal; nothing when it accepts. */
async function callSigned(
  examination: Examination,
  userSig: string,
): Promise<ApiError | undefined> {
  const { baseUrl } = examination.target;
  const { sdkAppId, identifier } = examination.credentials!;
  const random = crypto.getRandomValues(new Uint32Array(1))[0]!;
  const url = requestUrl(baseUrl, COMMAND, queryOf(sdkAppId, identifier), userSig, random);
  // Only over a verified certificate: the URL is a credential.
  const { connection } = await openToAsk(examination);
  try {
    const { status, body } = await askPath(
      examination,
      connection,
      url.slice(new URL(url).origin.length),
    );
    if (status !== 200) throw new ProbeError("other", `HTTP ${status} instead of 200`);
    readEnvelope(COMMAND, body);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  } finally {
    connection.close();
  }
}

async function explain(
  examination: Examination,
  { errorCode: code, errorInfo, requestId = "" }: ApiError,
  userSig: string,
): Promise<Conclusion> {
  const { target: { host, region = "" }, credentials, evidence } = examination;
  const { sdkAppId, identifier, secretKey } = credentials!;
  const facts: RefusalFacts = {
    ...{ host, region, sdkAppId, identifier, code, requestId },
    info: redact(errorInfo).replaceAll(secretKey, "***").slice(0, 200),
    keyLooksRight: /^[0-9a-f]{64}$/.test(secretKey),
    egress: evidence.egress ?? "",
  };
  const id = MEANINGS.find(([, codes]) => codes.includes(code))?.[0] ?? "credentials.refused";
  if (id === "credentials.unknown-app" || id === "credentials.wrong-key") {
    const right = await regionThatAccepts(examination, userSig);
    if (right) return conclude("error", "credentials.wrong-region", { ...facts, right });
  }
  return conclude(id === "credentials.rate-limited" ? "warning" : "error", id, facts);
}

/** Asks the other regions' hosts, if the caller wants them looked at: one that accepts is the app's own. */
async function regionThatAccepts(
  examination: Examination,
  userSig: string,
): Promise<{ id: string; host: string } | undefined> {
  const { atOnce } = examination.platform;
  const tried = await inLanes(otherRegions(examination), atOnce, async ({ id, host }) => {
    try {
      const there = await at(examination, host);
      return await callSigned(there, userSig) === undefined ? { id, host } : undefined;
    } catch (error) {
      if (error instanceof TimError || error instanceof ProbeError) return undefined;
      throw error;
    }
  });
  return tried.find((found) => found !== undefined);
}

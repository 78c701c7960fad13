/**
 * Illnesses of the app's credentials: an emulator behind TLS, or a backend that refuses with one code.
 */

import type { DoctorOptions } from "../../../src/doctor/mod.ts";
import { createEmulator, type EmulatorOptions } from "../../../src/emulator/mod.ts";
import { answerByEmulator } from "../../support/emulator_backend.ts";
import { answerAsBackend, type Running, startBackend } from "../../support/tls_backend.ts";
import {
  type Examined,
  examineServer,
  type Fault,
  HOST,
  only,
  quietPlatform,
  type Roots,
} from "./examine.ts";

/** The app that the emulators know. */
export const app = {
  sdkAppId: 1400000001,
  secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
};
/** Its credentials. */
const credentials = { ...app, identifier: "administrator" };

/** An emulator behind TLS. */
export async function startEmulator(
  { root }: Roots,
  options: EmulatorOptions = {},
): Promise<Running> {
  const emulator = createEmulator({ apps: [app], ...options });
  return await startBackend(await root.issue({ names: [HOST] }), answerByEmulator(emulator));
}

/** A backend that refuses signed calls with one code. */
export async function startRefusing({ root }: Roots, code: number, info: string): Promise<Running> {
  const answer = only("POST", (request, response) => {
    if (!request.url!.includes("usersig")) return answerAsBackend(request, response);
    request.resume();
    response.end(
      JSON.stringify({ ActionStatus: "FAIL", ErrorCode: code, ErrorInfo: info, RequestId: "r-1" }),
    );
  });
  return await startBackend(await root.issue({ names: [HOST] }), answer);
}

function asking(
  changes: Partial<typeof credentials>,
  options?: EmulatorOptions,
): (roots: Roots) => Promise<Examined> {
  return async (roots) =>
    await examineServer(roots, await startEmulator(roots, options), {
      credentials: { ...credentials, ...changes },
    });
}

function refusing(code: number, info: string): (roots: Roots) => Promise<Examined> {
  return async (roots) =>
    await examineServer(roots, await startRefusing(roots, code, info), { credentials });
}

/** Illnesses of the app's credentials. */
export const appFaults: readonly Fault[] = [
  {
    name: "a wrong secret key",
    cause: "wrong-key",
    status: "error",
    sentence: "The secret key is not that of the app 1400000001 (error 700",
    lines: [/✗ Credentials +error 700\d\d: .*; the signature is sound by itself/],
    examine: asking({ secretKey: "0".repeat(64) }),
  },
  {
    name: "an SDKAppID that the host does not know",
    cause: "app-unknown",
    status: "error",
    sentence: "api.test does not know the app 1400000099 (error ",
    lines: [/run with --regions, which finds it/],
    examine: asking({ sdkAppId: 1400000099 }),
  },
  {
    name: "an app of another region",
    cause: "wrong-region",
    status: "error",
    sentence: "The app 1400000001 does not belong to api.test: api.test:",
    lines: [/accepts the same credentials/, /Set TIM_REGION=sgp\./],
    examine: async (roots) => {
      const there = await startEmulator(roots);
      const elsewhere = await startEmulator(roots, { apps: [{ ...app, sdkAppId: 1400000055 }] });
      const regionHosts = [there, elsewhere].map(({ port }, at) => ({
        id: at ? "kr" : "sgp",
        label: "",
        host: `${HOST}:${port}`,
        backupHost: `${HOST}:${port}`,
      }));
      const options: Partial<DoctorOptions> = {
        credentials,
        regionHosts,
        platform: quietPlatform({
          lookup: () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]),
        }),
      };
      const here = await startEmulator(roots, { apps: [{ ...app, sdkAppId: 1400000077 }] });
      const examined = await examineServer(roots, here, options);
      await Promise.all([there.close(), elsewhere.close()]);
      return examined;
    },
  },
  {
    name: "an account that is no administrator",
    cause: "not-an-administrator",
    status: "error",
    sentence: '"mira" is not an administrator of the app 1400000001 (error 60010).',
    examine: asking({ identifier: "mira" }),
  },
  {
    name: "a UserSig that is over at the backend",
    cause: "user-sig-expired",
    status: "error",
    sentence: "A UserSig signed just now counts as expired at api.test (error 70001).",
    examine: asking({}, { now: () => Date.now() + 86_400_000 }),
  },
  {
    name: "an address that the app may not be called from",
    cause: "address-not-allowed",
    status: "error",
    sentence: "The app 1400000001 may not be called from this machine's address (error 60021).",
    examine: refusing(60021, "The IP is not in the list"),
  },
  {
    name: "too many calls",
    cause: "rate-limited",
    status: "warning",
    sentence: "The app 1400000001 is called too often (error 60018).",
    examine: refusing(60018, "Too many requests"),
  },
];

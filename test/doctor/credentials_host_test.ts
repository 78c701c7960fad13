import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type DoctorOptions,
  type DoctorReport,
  exitCode,
  renderText,
} from "../../src/doctor/mod.ts";
import { createEmulator } from "../../src/emulator/mod.ts";
import { createAuthority } from "../support/certificates.ts";
import { answerByEmulator } from "../support/emulator_backend.ts";
import { type Running, startBackend } from "../support/tls_backend.ts";
import { app, startEmulator, startRefusing } from "./faults/app_faults.ts";
import { examineServer, HOST, quietPlatform, type Roots } from "./faults/examine.ts";

const test = suite("doctor: credentials");
const CANARY = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
const root = await createAuthority();
const roots: Roots = { root, stranger: root };
const mine = { ...app, identifier: "administrator" };

async function examine(server: Running, options: Partial<DoctorOptions>): Promise<DoctorReport> {
  const { report } = await examineServer(roots, server, {
    credentials: mine,
    only: ["clock", "credentials"],
    ...options,
  });
  const everything = JSON.stringify(report) + renderText(report);
  assert.not.match(everything, CANARY);
  assert.not.match(everything, /eJ[w-z][\w*-]{40}/);
  return report;
}

/** Asserts the verdict and the beginning of the headline. */
function says(report: DoctorReport, cause: string, sentence: string | RegExp): void {
  assert.is(report.verdict.cause, cause, JSON.stringify(report.findings, null, 1));
  assert.match(renderText(report, { columns: 1000 }).split("\n")[0]!, sentence);
}

test("accepts credentials that the emulator accepts, over TLS", async () => {
  const report = await examine(await startEmulator(roots), {});
  says(report, "healthy", "is healthy from here");
  assert.match(
    renderText(report, { columns: 1000 }),
    /✓ Credentials +SDKAppID 1400000001, key and administrator administrator are accepted/,
  );
});

test("makes no signed call without credentials", async () => {
  const { report, requests } = await examineServer(roots, await startEmulator(roots));
  assert.not.ok(report.findings.some(({ check }) => check === "credentials"));
  assert.not.match(requests.join(), "usersig");
});

test("names a key that does not look like one", async () => {
  const credentials = { ...mine, secretKey: "0".repeat(63) };
  const report = await examine(await startEmulator(roots), { credentials });
  says(report, "wrong-key", /The secret key is not that of the app 1400000001 \(error 700\d\d\)/);
  assert.match(renderText(report, { columns: 1000 }), "64 hexadecimal digits");
  assert.is(exitCode(report), 1);
});

test("puts a wrong clock before the expired UserSig that comes of it", async () => {
  const now = () => Date.now() - 86_400_000;
  // The leaf's day of issue lies before that clock's day.
  const identity = await root.issue({ names: [HOST], fromDays: -5 });
  const emulator = answerByEmulator(createEmulator({ apps: [app] }));
  const report = await examine(await startBackend(identity, emulator), {
    platform: quietPlatform({ now }),
  });
  says(report, "clock-wrong", "behind the server's");
  assert.ok(report.findings.some(({ id }) => id === "credentials.expired"));
});

for (
  const [code, cause, sentence, status] of [
    [70050, "rate-limited", "is called too often (error 70050)", "warning"],
    [60020, "credentials-refused", "The paid plan has run out", "error"],
    [10004, "credentials-refused", "error 10004: A parameter is invalid.", "error"],
    [99999, "credentials-refused", "error 99999", "error"],
  ] as const
) {
  test(`explains code ${code}`, async () => {
    const report = await examine(await startRefusing(roots, code, `because of ${CANARY}`), {});
    says(report, cause, sentence);
    assert.is(report.verdict.status, status);
    assert.match(
      renderText(report, { columns: 1000 }),
      `error ${code}: because of *** (RequestId r-1)`,
    );
  });
}

for (
  const [what, secretKey] of [
    ["a PEM key", "-----BEGIN PRIVATE KEY-----\nMIG"],
    ["white space", `${CANARY}\n`],
    ["the emulator's key", "0123456789abcdef".repeat(4)],
  ] as const
) {
  test(`sends nothing signed with ${what}`, async () => {
    const { report, requests } = await examineServer(roots, await startEmulator(roots), {
      credentials: { ...mine, secretKey },
    });
    says(report, "credentials-unusable", "The credentials cannot work (");
    assert.not.match(requests.join(), "usersig");
    assert.not.match(JSON.stringify(report), CANARY);
  });
}

test("sends nothing signed when the certificate is not trusted", async () => {
  const stranger = await createAuthority("Corporate Proxy");
  const server = await startBackend(await stranger.issue({ names: [HOST] }));
  const { report, requests } = await examineServer(roots, server, { credentials: mine });
  assert.is(report.verdict.cause, "issuer-untrusted");
  assert.equal(requests, []);
});

test.run();

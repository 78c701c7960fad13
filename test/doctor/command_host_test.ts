import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { runDoctorCommand } from "../../src/cli/doctor/doctor.ts";
import { type DoctorPlatform, type JsonReport, ProbeError } from "../../src/doctor/mod.ts";
import { hostPlatform } from "../../src/runtime/doctor_host.ts";
import { createEmulator } from "../../src/emulator/mod.ts";
import { createAuthority } from "../support/certificates.ts";
import { answerByEmulator } from "../support/emulator_backend.ts";
import { runCli } from "../support/tim_process.ts";
import { answerAsBackend, type Running, startBackend, startTcp } from "../support/tls_backend.ts";

const test = suite("tim doctor");
const CANARY = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
const secrets = {
  TIM_SDK_APP_ID: "1400000000",
  TIM_SECRET_KEY: CANARY,
  TIM_IDENTIFIER: "administrator",
};

let folder: string;
let ca: string;
let good: Running;
let closing: Running;
let plain: Running;
let app: Running;
let silent: Running;

test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), "tim-doctor-"));
  ca = join(folder, "root.pem");
  const root = await createAuthority();
  await writeFile(ca, root.pem);
  const identity = await root.issue({ names: ["api.test"] });
  good = await startBackend(identity);
  closing = await startBackend(identity, (request, response) => {
    response.setHeader("connection", "close");
    answerAsBackend(request, response);
  });
  plain = await startBackend();
  app = await startBackend(
    identity,
    answerByEmulator(createEmulator({ apps: [{ sdkAppId: 1400000000, secretKey: CANARY }] })),
  );
  silent = await startTcp(() => {});
});

test.after(async () => {
  for (const server of [good, closing, plain, app, silent]) await server.close();
  await rm(folder, { recursive: true });
});

const at = ({ port }: Running) => [
  "doctor",
  "--host",
  `api.test:${port}`,
  "--resolve",
  "api.test:127.0.0.1",
  "--ca",
  ca,
];

test("ends with 0 and the verdict first and last for a healthy host", async () => {
  const { code, stdout, stderr } = await runCli(at(good));
  assert.is(code, 0, stdout + stderr);
  assert.is(stderr, "");
  const lines = stdout.trimEnd().split("\n");
  const sentence = `api.test:${good.port} is healthy from here: ` +
    "names, port, certificate, calls and clock are fine.";
  assert.is(lines.slice(0, 2).join(" ").replace(/ +/g, " ").trim(), `✓ ${sentence}`);
  assert.is(lines.at(-1), `Healthy: ${sentence}`);
  assert.not.match(stdout, "\x1b");
  for (const line of lines.slice(0, -1)) assert.ok(line.length <= 80, line);
});

test("ends with 1 for an unhealthy host, within seconds", async () => {
  const started = performance.now();
  const { code, stdout } = await runCli([...at(silent), "--timeout", "0.5"]);
  assert.is(code, 1);
  assert.match(
    stdout,
    /Unhealthy: api\.test accepts the connection, but its TLS handshake .*500 ms/,
  );
  assert.ok(performance.now() - started < 15_000);
});

test("ends with 3 under --strict when there are warnings, otherwise with 0", async () => {
  const [strict, easy] = await Promise.all([
    runCli([...at(closing), "--strict"]),
    runCli(at(closing)),
  ]);
  assert.is(strict.code, 3);
  assert.is(easy.code, 0);
  assert.match(easy.stdout, /\nWorks, but: api\.test closes the connection after every answer/);
});

test("writes nothing but JSON with --json", async () => {
  const { code, stdout, stderr } = await runCli([...at(good), "--json"]);
  assert.is(code, 0);
  assert.is(stderr, "");
  const report = JSON.parse(stdout) as JsonReport;
  assert.equal(Object.keys(report), [
    "version",
    "target",
    "runtime",
    "startedAt",
    "tookMs",
    "verdict",
    "phases",
    "findings",
  ]);
  assert.equal(report.verdict, {
    healthy: true,
    status: "ok",
    cause: "healthy",
    sentence:
      `api.test:${good.port} is healthy from here: names, port, certificate, calls and clock are fine.`,
    exitCode: 0,
  });
  assert.equal(report.target, {
    baseUrl: `https://api.test:${good.port}`,
    host: "api.test",
    port: good.port,
    secure: true,
    prefix: "",
  });
  const machine = ["runtime", "proxy", "hosts", "routes", "resolvers"];
  assert.equal(report.findings.slice(0, 5).map(({ check }) => check), machine);
  assert.equal(report.findings.slice(5).map(({ id }) => id), [
    "dns.given",
    "dns.given",
    "dns.given",
    "answers.public",
    "tcp.connected",
    "tls.trusted",
    // A server of Bun resumes no session.
    report.runtime.name === "Bun" ? "resumption.absent" : "resumption.works",
    "head.ok",
    "post.ok",
    "large.ok",
    "reuse.kept",
    "clock.right",
  ]);
  for (const { saw, facts } of report.findings) {
    assert.type(saw, "string");
    assert.type(facts, "object");
  }
});

test("says in JSON what is wrong and what to do, with the same exit code", async () => {
  const { code, stdout } = await runCli([...at(silent), "--timeout", "0.5", "--json"]);
  const { verdict, findings } = JSON.parse(stdout) as JsonReport;
  assert.is(code, 1);
  assert.is(verdict.exitCode, 1);
  assert.is(verdict.healthy, false);
  assert.is(verdict.cause, "tls-silent");
  assert.ok(verdict.remedy);
  const tls = findings.find(({ check }) => check === "tls")!;
  assert.is(tls.means, verdict.sentence);
  assert.equal(tls.facts, { host: "api.test", limitMs: 500 });
});

for (
  const [args, env, complaint] of [
    [["--hots", "x"], {}, /'--hots'/],
    [
      ["--host", "https://x.test"],
      {},
      /wanted host or host:port.*for a whole address set TIM_BASE_URL/,
    ],
    [["--host", "2001:db8::1"], {}, /wanted host or host:port/],
    [["--host", "sgp"], {}, /for a region use --region/],
    [["--host", "x.test", "--region", "sgp"], {}, /Give host or region, not both/],
    [["--region", "mars"], {}, /region is "mars", wanted one of: cn, sgp/],
    [["--timeout", "soon"], {}, /--timeout is "soon", wanted seconds from 0.1 to 60/],
    [["--ca", "/nowhere/root.pem"], {}, /--ca \/nowhere\/root\.pem cannot be read/],
    [["--ca", "deno.json"], {}, /--ca deno\.json holds no certificate/],
    [["--resolve", "192.0.2.1"], {}, /wanted HOST:IP/],
    [["--resolve", "x.test:192.0.2.1"], {}, /but the host to look at is console\.tim\.qq\.com/],
    [[], { TIM_REGION: "sgp", TIM_BASE_URL: "https://x.test" }, /both set, wanted one/],
    [[], { TIM_BASE_URL: "http://x.test" }, /wanted https: the UserSig/],
    [[], { TIM_SECRET_KEY: CANARY }, /TIM_SECRET_KEY is set, but TIM_SDK_APP_ID is not: set both/],
    [[], { TIM_SECRET_KEY: CANARY, TIM_SDK_APP_ID: "my app" }, /TIM_SDK_APP_ID is "my app"/],
  ] as [string[], Record<string, string>, RegExp][]
) {
  test(`is used wrongly with ${[...args, ...Object.keys(env)].join(" ")}: ${complaint}`, async () => {
    const { code, stdout, stderr } = await runHere(args, env);
    assert.is(code, 2);
    assert.is(stdout, "");
    assert.match(stderr, complaint);
    assert.match(stderr, "Try: tim doctor --help\n");
  });
}

test("ends the process with 2 when it is used wrongly", async () => {
  assert.is((await runCli(["doctor", "--timeout", "0"])).code, 2);
});

test("prints help with examples, regions and exit codes", async () => {
  const { code, stdout } = await runCli(["doctor", "--help"]);
  assert.is(code, 0);
  for (const part of ["Examples:", "--region sgp", "adminapisgp.im.qcloud.com", "2 used wrongly"]) {
    assert.match(stdout, part);
  }
  for (const line of stdout.split("\n")) assert.ok(line.length <= 80, line);
});

test("looks where TIM_BASE_URL says, also at plain HTTP on this machine", async () => {
  const { code, stdout } = await runCli(["doctor", "--json"], {
    TIM_BASE_URL: `http://127.0.0.1:${plain.port}/prefix`,
  });
  assert.is(code, 0, stdout);
  const { target, findings } = JSON.parse(stdout) as JsonReport;
  assert.is(target.prefix, "/prefix");
  assert.is(findings.find(({ check }) => check === "tls")!.id, "tls.none");
  assert.ok(plain.requests.some((line) => line.startsWith("POST /prefix/v4/")));
});

test("trusts what NODE_EXTRA_CA_CERTS holds", async () => {
  const args = at(good).filter((word) => word !== "--ca" && word !== ca);
  const [without, with_] = await Promise.all([
    runCli(args),
    runCli(args, { NODE_EXTRA_CA_CERTS: ca }),
  ]);
  assert.is(without.code, 1);
  assert.match(without.stdout, /which this runtime does not trust/);
  assert.is(with_.code, 0, with_.stdout);
});

test("writes ASCII where the locale has no UTF-8", async () => {
  const { stdout } = await runCli([...at(silent), "--timeout", "0.3"], { LANG: "C" });
  // deno-lint-ignore no-control-regex
  assert.match(stdout, /^[\x00-\x7f]+$/);
  assert.match(stdout, /^x {2}api\.test accepts/);
  assert.match(stdout, /\n {2}ok TCP +connected/);
  assert.match(stdout, /\n {2}- {2}HEAD \/ +skipped because TLS failed\n/);
});

test("colours and shows progress on a terminal, but not under NO_COLOR or --json", async () => {
  const args = at(good).slice(1);
  const color = await runHere(args, {}, { isTTY: true });
  assert.match(color.stdout, "\x1b[32m");
  assert.match(
    color.stderr,
    // deno-lint-ignore no-control-regex
    /i Runtime: .*\n(?:.*\n)*.*✓ TCP: connected to 127\.0\.0\.1 .*\n(?:.*\n)*\x1b\[\d+A\x1b\[J$/,
  );
  const bare = await runHere(args, { NO_COLOR: "1" }, { isTTY: true });
  assert.not.match(bare.stdout, "\x1b");
  const json = await runHere([...args, "--json"], {}, { isTTY: true });
  assert.is(json.stderr, "");
  assert.not.match(json.stdout, "\x1b");
});

test("ends with 4 when it may not look", async () => {
  const forbid = () =>
    Promise.reject(new ProbeError("not-permitted", "Requires net access to 127.0.0.1"));
  const platform: DoctorPlatform = { ...hostPlatform(), connect: forbid, lookup: forbid };
  const { code, stdout } = await runHere(at(good).slice(1), {}, { platform });
  assert.is(code, 4);
  assert.match(stdout, /Could not look: The doctor may not look: this process is not permitted/);
  assert.match(stdout, /\? TCP +not permitted: Requires net access/);
});

const denials: Record<string, string[]> = {
  deno: ["--allow-env", "--allow-read", "--allow-sys"],
  node: ["--permission", "--allow-fs-read=*"],
};
const denied =
  denials["deno" in process.versions ? "deno" : "bun" in process.versions ? "" : "node"];
// Bun has no permissions to take away.
(denied ? test : test.skip)("ends with 4 when the runtime forbids the network", async () => {
  const { code, stdout, stderr } = await runCli(at(good), {}, denied);
  assert.is(code, 4, stdout + stderr);
  assert.match(stdout, /Could not look: /);
});

test("makes a signed call with the credentials of the environment, and never shows the key", async () => {
  const args = [
    at(app),
    at(good),
    at(silent).concat("--timeout", "0.3"),
    at(closing).concat("--no-credentials"),
    ["doctor", "--help"],
  ];
  const runs = await Promise.all(
    args.flatMap((each) => [runCli(each, secrets), runCli([...each, "--json"], secrets)]),
  );
  for (const { stdout, stderr } of runs) {
    assert.ok(stdout.length > 0);
    assert.not.match(stdout + stderr, CANARY);
    assert.not.match(stdout + stderr, /usersig=/);
  }
  assert.is(runs[0]!.code, 0, runs[0]!.stdout);
  assert.match(runs[0]!.stdout, /✓ Credentials +SDKAppID 1400000000, key and administrator/);
  assert.match(app.requests.join(), /usersig=/);
  assert.match(runs[2]!.stdout, "Unhealthy: The backend refuses a signed call with error 60009");
  assert.not.match(closing.requests.join(), /usersig|sdkappid/);
});

/** Runs the command in this process. */
async function runHere(
  args: string[],
  env: Record<string, string>,
  { isTTY = false, platform }: { isTTY?: boolean; platform?: DoctorPlatform } = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  let stdout = "";
  let stderr = "";
  const code = await runDoctorCommand(args, {
    out: (text) => void (stdout += text),
    err: (text) => void (stderr += text),
    stdin: () => Promise.resolve(""),
    env: { LANG: "C.UTF-8", ...env },
    isTTY,
    errIsTTY: isTTY,
  }, platform);
  return { code, stdout, stderr };
}

test.run();

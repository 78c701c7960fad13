import { Validator } from "@cfworker/json-schema";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { runDoctorCommand } from "../../src/cli/doctor/doctor.ts";
import { readCommand } from "../../src/cli/doctor/options.ts";
import {
  diffReports,
  type DoctorReport,
  type JsonReport,
  redactReport,
  renderHtml,
  renderJson,
  reportSchema,
} from "../../src/doctor/mod.ts";
import { createAuthority } from "../support/certificates.ts";
import { run as runHere } from "../support/run_main.ts";
import { runCli } from "../support/tim_process.ts";
import { tim } from "../support/tim_process.ts";
import { answerAsBackend, type Running, startBackend, startTcp } from "../support/tls_backend.ts";
import { faults } from "./faults/all.ts";
import { examineHealthy, type Roots } from "./faults/examine.ts";

const test = suite("doctor: faces");
const CANARY = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
const roots: Roots = { root: await createAuthority(), stranger: await createAuthority("Other") };
/** One or two of each area. */
const SHOWN = [
  "a name that does not exist",
  "a proxy variable that leads to a dead proxy",
  "a machine that reaches nobody",
  "a network that hides a name which public DNS knows",
  "DNS servers that go out in another country",
  "an expired certificate",
  "one address of two that shows another host's certificate",
  "HEAD answered 403",
  "a connection that announces its end after each answer",
  "a wrong secret key",
];
const reports = new Map<string, DoctorReport>();
let folder: string;
let closing: Running;
let hanging: Running;
let base: string[];

test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), "tim-doctor-"));
  const ca = join(folder, "root.pem");
  await writeFile(ca, roots.root.pem);
  const identity = await roots.root.issue({ names: ["api.test"] });
  closing = await startBackend(identity, (request, response) => {
    response.setHeader("connection", "close");
    answerAsBackend(request, response);
  });
  hanging = await startTcp(() => {});
  base = ["--host", `api.test:${closing.port}`, "--resolve", "api.test:127.0.0.1", "--ca", ca];
  reports.set("healthy", (await examineHealthy(roots)).report);
  for (const fault of faults) {
    if (SHOWN.includes(fault.name)) reports.set(fault.name, (await fault.examine(roots)).report);
  }
  assert.is(reports.size, SHOWN.length + 1);
});
test.after(async () => {
  await closing.close();
  await hanging.close();
  await rm(folder, { recursive: true });
});

async function run(
  args: string[],
  options: { env?: Record<string, string>; interruptAfterMs?: number } = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  let stdout = "";
  let stderr = "";
  const code = await runDoctorCommand(args, {
    out: (text) => void (stdout += text),
    err: (text) => void (stderr += text),
    stdin: () => Promise.resolve(""),
    env: { LANG: "C.UTF-8", ...options.env },
    isTTY: false,
    onInterrupt: (handler) => {
      const { interruptAfterMs } = options;
      const timer = interruptAfterMs && setTimeout(handler, interruptAfterMs);
      return () => clearTimeout(timer || undefined);
    },
  });
  return { code, stdout, stderr };
}

test("every report is as its JSON Schema says, in JSON", () => {
  const validator = new Validator(reportSchema, "2020-12", false);
  for (const [name, report] of reports) {
    const json = JSON.parse(JSON.stringify(renderJson(report)));
    const { valid, errors } = validator.validate(json);
    assert.ok(valid, `${name}: ${JSON.stringify(errors)}`);
  }
  const broken = { ...renderJson(reports.get("healthy")!), version: 2 };
  assert.not.ok(validator.validate(JSON.parse(JSON.stringify(broken))).valid);
});

test("--schema prints the schema", async () => {
  const { code, stdout } = await run(["--schema"]);
  assert.is(code, 0);
  assert.equal(JSON.parse(stdout), reportSchema);
});

test("JSON counts the phases as curl does, and has a command beside each finding", () => {
  const { phases, findings } = renderJson(reports.get("healthy")!);
  const { time_connect, time_appconnect, time_starttransfer } = phases;
  assert.ok(time_connect! > 0 && time_connect! < time_appconnect!, JSON.stringify(phases));
  assert.ok(time_appconnect! < time_starttransfer! && time_starttransfer! < 5);
  const of = (check: string) => findings.find((finding) => finding.check === check)!.command!;
  assert.match(
    of("tls"),
    /^openssl s_client -connect 127\.0\.0\.1:\d+ -servername api\.test -verify_hostname api\.test /,
  );
  assert.match(
    of("post"),
    /^curl -sS --resolve api\.test:\d+:127\.0\.0\.1 .*-w '.*%\{time_starttransfer\}.*https:\/\/api\.test:\d+\/v4\/group_open/,
  );
});

test("the HTML page lets in nothing but its own style and script", async () => {
  for (const report of reports.values()) {
    const page = await renderHtml(report);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)![1]!
      .replaceAll("&#39;", "'");
    assert.match(policy, /^default-src 'none'; /);
    for (const tag of ["style", "script"]) {
      const text = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page)![1]!;
      const hash = createHash("sha256").update(text).digest("base64");
      assert.match(policy, `${tag}-src 'sha256-${hash}'`);
    }
    assert.not.match(page, / (?:style|on[a-z]+)=/);
    assert.not.match(page, /<(?:link|img|iframe|object)|@import|url\(/);
    assert.is(page.split("<script").length, 2);
    assert.match(page, '<html lang="en">');
  }
});

test("the HTML page tells the verdict first, opens what is wrong and folds what is not", async () => {
  const page = await renderHtml(
    reports.get("a connection that announces its end after each answer")!,
  );
  const places = [
    /<h1>api\.test closes the connection after every answer/,
    /<b>What to do:<\/b>/,
    /<code>curl /,
    /<details open/,
    /checks without an error or a warning/,
    /id="waterfall"/,
    /<th scope="col">Host<\/th>/,
    /id="histogram"/,
    /<pre tabindex="0"[^>]*>\{/,
  ].map((pattern) => page.search(pattern));
  assert.ok(places.every((place) => place > 0), places.join());
  assert.equal([...places].sort((a, b) => a - b), places);
  assert.is(page.split("<details open").length, 2);
});

test("the HTML page escapes what a server sent", async () => {
  const report = structuredClone(reports.get("HEAD answered 403")!);
  const head = report.findings.find(({ id }) => id === "head.status")!;
  (head.facts as { server: string }).server = `</script><img src=x onerror="alert(1)">'&\x07`;
  report.verdict.finding = head;
  const page = await renderHtml(report);
  assert.not.match(page, "<img");
  assert.match(page, "&#60;img src=x onerror=&#34;alert(1)&#34;&#62;&#39;&#38;�");
});

test("--html and --report write files, the second one without names and keys", async () => {
  const [html, json] = [join(folder, "r.html"), join(folder, "r.json")];
  const hosts = { USER: "mira", HOME: "/home/mira", TIM_SECRET_KEY: CANARY, TIM_SDK_APP_ID: "1" };
  const { code, stderr } = await run([...base, "--html", html, "--report", json], { env: hosts });
  assert.is(code, 1);
  assert.match(stderr, html);
  assert.match(await readFile(html, "utf8"), /^<!doctype html>/);
  const report = JSON.parse(await readFile(json, "utf8")) as JsonReport;
  assert.is(report.version, 1);
  for (const file of [html, json]) assert.not.match(await readFile(file, "utf8"), CANARY);
});

test("a file that cannot be written is a wrong use, and costs nobody the report", async () => {
  for (const flag of ["--html", "--report"]) {
    const path = join(folder, "no", "such", "folder");
    const { code, stdout, stderr } = await run([...base, "--only", "tcp", flag, path]);
    assert.is(code, 2);
    assert.match(stderr, `tim doctor: ${flag} ${path} cannot be written: `);
    assert.match(stdout, /✓ TCP/);
    const json = await run([...base, "--only", "tcp", "--json", flag, path]);
    assert.is(JSON.parse(json.stdout).version, 1, "one document, and the complaint beside it");
    assert.match(json.stderr, "cannot be written: ");
  }
});

test("regions are measured for documented hosts, and for others when asked", async () => {
  const measured = async (...args: string[]) =>
    (await readCommand(args, {})).run.regionHosts?.length ?? 0;
  assert.ok(await measured("--region", "sgp") > 4);
  assert.ok(await measured() > 4);
  assert.ok(await measured("--host", "api.test", "--regions") > 4);
  assert.is(await measured("--host", "api.test"), 0);
  assert.is(await measured("--region", "sgp", "--no-regions"), 0);
  assert.is(
    await measured("--region", "sgp", "--resolve", "adminapisgp.im.qcloud.com:127.0.0.1"),
    0,
  );
});

test("redactReport takes out keys, UserSigs, passwords and the user's name", () => {
  const report = renderJson(reports.get("healthy")!);
  report.findings[0]!.saw = `/home/mira/root.pem C:\\Users\\mira\\x http://u:p@proxy:1 by mira, ` +
    `not admirable; ${CANARY}; usersig=eJwtzE0LgjAcgPHvsnPI&x`;
  const safe = redactReport(report, { keys: [CANARY], users: ["mira"] });
  assert.is(
    safe.findings[0]!.saw,
    "/home/***/root.pem C:\\Users\\***\\x http://***@proxy:1 by ***, not admirable; ***; usersig=***&x",
  );
  assert.equal(safe.findings.slice(1), report.findings.slice(1));
});

test("--only makes these checks and those they need", async () => {
  const { stdout } = await run([...base, "--only", "head, hosts", "--json"]);
  const { findings } = JSON.parse(stdout) as JsonReport;
  assert.equal(findings.map(({ check }) => check), ["proxy", "hosts", "dns", "tcp", "tls", "head"]);
  // A clock has nothing to go by without an answer.
  const clock = JSON.parse(
    (await run([...base, "--only", "clock", "--json"])).stdout,
  ) as JsonReport;
  assert.equal(clock.findings.slice(-2).map(({ id }) => id), ["head.ok", "clock.right"]);
  const wrong = await run([...base, "--only", "teeth"]);
  assert.is(wrong.code, 2);
  assert.match(wrong.stderr, /only names the check "teeth", wanted of: runtime, proxy, /);
  assert.match((await run([...base, "--only", "idle"])).stderr, "--idle SECONDS");
});

test("the project file switches checks off and accepts findings until a day", async () => {
  const path = join(folder, "project.json");
  const entry = { id: "reuse.closed", reason: "our proxy; ticket 12" };
  const withFile = async (settings: unknown) => {
    await writeFile(path, typeof settings === "string" ? settings : JSON.stringify(settings));
    return await run([...base, "--config", path, "--strict"]);
  };
  const accepted = await withFile({ off: ["large"], accept: [{ ...entry, until: "2999-01-01" }] });
  assert.is(accepted.code, 0, accepted.stdout);
  assert.match(accepted.stdout.replace(/\s+/g, " "), "(accepted: our proxy; ticket 12)");
  assert.not.match(accepted.stdout, /8 KB/);
  const over = await withFile({ accept: [{ ...entry, until: "2020-01-01" }] });
  assert.is(over.code, 3, over.stdout);
  for (
    const [settings, complaint] of [
      ["{", /is not JSON/],
      [{ of: [] }, /has "of", wanted "off" and "accept" only/],
      [{ off: "large" }, /"off" of .* is no list of checks/],
      [{ off: ["tls"] }, /tls cannot be left out: resumption needs it/],
      [{ accept: [{ id: "reuse.closed" }] }, /accept of reuse\.closed has no reason/],
      [{ accept: [{ id: "reuse" }] }, /accept has the id "reuse", wanted one like/],
      [{ accept: [{ id: "reuse.close" }] }, /wanted one like reuse\.closed/],
      [{ accept: [{ ...entry, until: "soon" }] }, /ends "soon", wanted a day/],
    ] as const
  ) {
    const { code, stderr } = await withFile(settings);
    assert.is(code, 2, JSON.stringify(settings));
    assert.match(stderr, complaint);
  }
});

test("diff says what differs between two reports, and nothing else", async () => {
  const write = async (name: string, report: DoctorReport) => {
    const path = join(folder, name);
    await writeFile(path, JSON.stringify(renderJson(report)));
    return path;
  };
  const good = await write("good.json", reports.get("healthy")!);
  const bad = await write("bad.json", reports.get("an expired certificate")!);
  const same = await run(["diff", good, good]);
  assert.is(same.code, 0);
  assert.match(same.stdout, /\nNo difference\.\n$/);
  // Times that any two runs have, and one that no two runs of a healthy machine have.
  const later = JSON.parse(
    await readFile(good, "utf8"),
    (key, value) =>
      typeof value === "number" && /Ms$/.test(key) && !/limit/.test(key) ? value + 50 : value,
  ) as JsonReport;
  assert.equal(diffReports(renderJson(reports.get("healthy")!), later), []);
  const tcp = later.findings.find(({ check }) => check === "tcp")!;
  (tcp.facts as { addresses: { tookMs: number }[] }).addresses[0]!.tookMs += 3000;
  assert.equal(
    diffReports(renderJson(reports.get("healthy")!), later).map(({ check }) => check),
    ["tcp"],
  );
  const differ = await run(["diff", good, bad]);
  assert.is(differ.code, 1);
  assert.match(differ.stdout, /^A .*good\.json: api\.test:\d+ is healthy from here/);
  assert.match(differ.stdout, /\n\nTLS\n {2}A ok: TLSv1\.3, .*\n {2}B error: the certificate/);
  assert.ok(differ.stdout.indexOf("\nTLS\n") < differ.stdout.indexOf("\nHEAD /\n"));
  const korean = await run(["diff", good, bad, "--lang", "ko"]);
  assert.match(korean.stdout, /\n\nTLS\n {2}A 정상: TLSv1\.3, .*발급자 .*\n {2}B 오류: 인증서/);
  assert.match((await run(["diff", good])).stderr, "diff got 1 files, wanted two reports");
  assert.match(
    (await run(["diff", good, join(folder, "root.pem")])).stderr,
    "no report of the doctor",
  );
});

test("--watch looks again and again, and says more only when the verdict changes", async () => {
  const { code, stdout } = await run([...base, "--only", "tcp", "--watch", "0.1"], {
    interruptAfterMs: 2000,
  });
  assert.is(code, 0);
  assert.match(stdout, /^✓ .*(?:\n.*)*\n\d{4}-\d\d-\d\dT.* Healthy: .*\n\d{4}-\d\d-\d\dT/);
  assert.is(stdout.match(/^✓/gm)!.length, 1);
});

test("an interruption prints what is known", async () => {
  const host = ["--host", `api.test:${hanging.port}`, "--resolve", "api.test:127.0.0.1"];
  const started = performance.now();
  const { code, stdout } = await run([...host, "--timeout", "30"], { interruptAfterMs: 1000 });
  assert.is(code, 4);
  assert.ok(performance.now() - started < 15_000);
  assert.match(stdout, /✓ TCP +connected to 127\.0\.0\.1/);
  assert.match(stdout, /\? TLS +not done: the examination was ended before/);
  assert.match(stdout, /\nCould not look: The examination was ended before it was done/);
});

test("Ctrl-C prints what is known, as a process", async () => {
  const host = ["--host", `api.test:${hanging.port}`, "--resolve", "api.test:127.0.0.1"];
  const before = hanging.connections();
  const running = tim(["doctor", ...host, "--timeout", "30"], { LANG: "C.UTF-8" });
  while (hanging.connections() - before < 4) await new Promise((done) => setTimeout(done, 20));
  // Not child.kill: Deno takes its own wish for the end that came.
  process.kill(running.child.pid!, "SIGINT");
  assert.is(await running.ended, 4, running.out() + running.err());
  assert.match(running.out(), "Could not look: The examination was ended before it was done");
});

test("speaks the locale's language, or the one that is asked for", async () => {
  const only = [...base, "--only", "tcp"];
  const first = async (args: string[], env: Record<string, string> = {}) =>
    (await run([...only, ...args], { env: { LANG: "", ...env } })).stdout.split("\n").at(-2)!;
  assert.match(
    await first([], { LANG: "ja_JP.UTF-8" }),
    /^正常：api\.test:\d+ について行った検査に問題はありません：/,
  );
  assert.match(
    await first([], { LC_ALL: "zh_CN.UTF-8", LANG: "ko_KR.UTF-8" }),
    "的已做检查没有发现问题：代理、",
  );
  assert.match(
    await first([], { LANG: "ko_KR.EUC-KR" }),
    /^Healthy: Nothing is wrong with api\.test:\d+ in what was looked at: Proxy, .*TCP\.$/,
  );
  assert.match(
    await first(["--lang", "ko"], { LANG: "C.UTF-8" }),
    "에 대해 수행한 검사에는 문제가 없습니다: ",
  );
  assert.match(
    await first(["--lang", "ko"], { LANG: "C" }),
    "에 대해 수행한 검사에는",
    "asked for where the locale cannot show it",
  );
  assert.match((await run([...only, "--lang", "fr"])).stderr, "wanted one of: en, zh, ja, ko");
});

test("the HTML page is in that language too", async () => {
  const page = await renderHtml(reports.get("an expired certificate")!, { language: "zh" });
  assert.match(page, '<html lang="zh">');
  assert.match(page, /<h1>api\.test 的证书已于 .* 过期/);
  assert.match(page, "处理办法");
});

test("the laboratory lists its faults, and shows the report for one", async () => {
  const lab = async (...args: string[]) => {
    const runtime = "Deno" in globalThis ? ["run", "--quiet", "-A", "--no-check"] : [];
    const child = spawn(process.execPath, [...runtime, "test/doctor/lab.ts", ...args]);
    let out = "";
    child.stdout.on("data", (chunk) => out += chunk);
    const code = await new Promise((resolve) => child.on("close", resolve));
    return { code, out };
  };
  const list = await lab();
  assert.is(list.code, 0);
  assert.match(list.out, /^ {2}1 {2}a name that does not exist\n/);
  assert.is(list.out.match(/^ *\d+ {2}/gm)!.length, faults.length);
  const one = await lab("an", "expired", "certificate", "--lang", "ko");
  assert.is(one.code, 0);
  assert.match(one.out, /\n✗ api\.test의 인증서가 /);
  assert.is((await lab("no", "such", "illness")).code, 2);
  const misused = await lab("--help");
  assert.equal([misused.code, misused.out], [2, ""]);
});

test("a narrow terminal gets narrow lines", async () => {
  const terminal = { isTTY: true, columns: 44 };
  const env = { NO_COLOR: "1" };
  const { out } = await runHere(["doctor", ...base, "--only", "tcp"], env, "", terminal);
  // The last line stays whole: it is what a log is searched for.
  const wide = out.trim().split("\n").slice(0, -1).filter((line) => line.length > 44);
  assert.equal(wide.filter((line) => !/\S{26}/.test(line)), []);
  assert.ok(out.split("\n").some((line) => line.length > 34));
});

test("a terminal without UTF-8 gets ASCII", async () => {
  const { stdout } = await runCli(["doctor", ...base, "--only", "tcp"], { LANG: "C" });
  // deno-lint-ignore no-control-regex
  assert.match(stdout, /^[\x00-\x7f]+$/);
});

test.run();

import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type DoctorReport, exitCode, renderText } from "../../src/doctor/mod.ts";
import { createAuthority } from "../support/certificates.ts";
import { type Examined, examineHealthy, faults } from "../support/doctor_faults.ts";

const test = suite("doctor");
const roots = { root: await createAuthority(), stranger: await createAuthority("Corporate Proxy") };
const wide = (report: DoctorReport) => renderText(report, { columns: 1000 });

// Those that wait for seconds do so together, and while nothing else is measured.
const slow = new Map<string, Promise<Examined>>();
test.before(async () => {
  for (const fault of faults) if (fault.slow) slow.set(fault.name, fault.examine(roots));
  await Promise.all(slow.values());
});

for (const { name, cause, status, sentence, lines = [], examine } of faults) {
  test(`runDoctor names ${name}`, async () => {
    const { report, port, tookMs } = await (slow.get(name) ?? examine(roots));
    assert.is(report.verdict.cause, cause, JSON.stringify(report.findings, null, 1));
    assert.is(report.verdict.status, status);
    const headline = sentence.replaceAll("PORT", String(port));
    const [first, todo, ...rest] = wide(report).trimEnd().split("\n");
    assert.ok(first!.startsWith(`${status === "error" ? "✗" : "!"} ${headline}`), first);
    assert.match(todo!, /^ {2}What to do: \S/);
    // People scroll up from the end, so the verdict stands there again.
    assert.is(
      rest.at(-1),
      `${status === "error" ? "Unhealthy" : "Works, but"}: ${first!.slice(2)}`,
    );
    for (const line of lines) assert.match(wide(report), line);
    assert.is(exitCode(report), status === "error" ? 1 : 0);
    assert.is(exitCode(report, true), status === "error" ? 1 : 3);
    assert.ok(tookMs < 15_000, `took ${tookMs} ms`);
  });
}

test("runDoctor calls a healthy host healthy, without a warning and without a credential", async () => {
  const { report, port, requests } = await examineHealthy(roots);
  assert.equal(
    report.findings.map(({ check, status }) => `${check} ${status}`),
    ["dns info", "tcp ok", "tls ok", "head ok", "post ok", "large ok", "reuse ok", "clock ok"],
    JSON.stringify(report, null, 1),
  );
  assert.is(exitCode(report, true), 0);
  const lines = wide(report).trimEnd().split("\n");
  const sentence = `api.test:${port} is healthy from here: ` +
    "names, port, certificate, calls and clock are fine.";
  assert.is(lines[0], `✓ ${sentence}`);
  assert.is(lines.at(-1), `Healthy: ${sentence}`);
  assert.match(wide(report), /✓ POST +21 calls: p50 .* of 3 s; a client should wait 5 s/);
  assert.equal([...new Set(requests)].sort(), [
    "HEAD /",
    "POST /v4/group_open_http_svc/get_appid_group_list?contenttype=json",
  ]);
});

test.run();

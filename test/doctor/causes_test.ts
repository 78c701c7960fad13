import { suite } from "uvu";
import * as assert from "uvu/assert";
import { causes, judge } from "../../src/doctor/causes.ts";
import { certificateNames } from "../../src/doctor/certificate_names.ts";
import type { Finding, FindingId, Status } from "../../src/doctor/facts.ts";
import { en } from "../../src/doctor/texts/en.ts";

const test = suite("judge");
const finding = (id: FindingId, status: Status) =>
  ({ check: id.split(".")[0], id, status, facts: {} }) as Finding;

for (const [at, { cause, findings }] of causes.entries()) {
  test(`finds ${cause} in ${findings.join(" and ")}`, () => {
    const verdict = judge([
      finding("dns.resolved", "ok"),
      ...findings.map((id) => finding(id, "error")),
    ]);
    assert.is(verdict.cause, cause);
    assert.is(verdict.finding?.id, findings[0]);
  });

  test(`has words for ${findings.join(" and ")}`, () => {
    // Facts of any form: only their presence in the table is asked for here.
    const anything: unknown = new Proxy(Object.assign(() => "", []), {
      get: (_, key) => key === Symbol.toPrimitive ? () => 1 : anything,
      apply: () => anything,
    });
    const text =
      (en.findings[findings[0]!] as (facts: unknown) => { means?: string; remedy?: string })(
        anything,
      );
    assert.ok(
      text.means?.endsWith(".") && text.remedy?.match(/[.\d]|servername/),
      JSON.stringify(text),
    );
  });

  // What stands earlier in the table causes what stands later.
  const next = causes[at + 1];
  if (!next || next.cause === cause) continue;
  test(`puts ${cause} before ${next.cause}`, () => {
    const both = [...next.findings, ...findings].map((id) => finding(id, "error"));
    assert.is(judge(both).cause, cause);
  });
}

test("puts an error before a warning, and a warning before the unknown", () => {
  const slow = finding("dns.slow", "warning");
  assert.is(judge([slow, finding("clock.wrong", "error")]).cause, "clock-wrong");
  assert.is(judge([finding("check.broken", "unknown"), slow]).cause, "dns-slow");
});

test("calls healthy what has nothing but ok, info and a clock nobody can compare", () => {
  const verdict = judge([
    finding("dns.literal", "info"),
    finding("tcp.connected", "ok"),
    finding("clock.unknown", "unknown"),
  ]);
  assert.equal(verdict, { status: "ok", cause: "healthy" });
});

test("certificateNames compares names and addresses as RFC 9525 says", () => {
  const rows: [host: string, names: string[], subject: string, matches: boolean][] = [
    ["a.test", ["DNS:a.test"], "", true],
    ["A.Test", ["DNS:a.TEST"], "", true],
    ["a.test.", ["DNS:a.test"], "", true],
    ["a.test", ["DNS:b.test", "DNS:a.test"], "", true],
    ["x.a.test", ["DNS:*.a.test"], "", true],
    ["a.test", ["DNS:*.a.test"], "", false],
    ["y.x.a.test", ["DNS:*.a.test"], "", false],
    ["a.test", ["DNS:b.test"], "a.test", false],
    ["a.test", [], "a.test", true],
    ["192.0.2.1", ["IP Address:192.0.2.1"], "", true],
    ["192.0.2.1", ["DNS:192.0.2.1"], "", true],
    ["192.0.2.1", ["IP Address:192.0.2.11"], "", false],
    ["2001:db8::1", ["IP Address:2001:DB8:0:0:0:0:0:1"], "", true],
    ["2001:db8::1", ["IP Address:2001:db8::2"], "", false],
    ["a.test", ["URI:https://a.test"], "a.test", false],
  ];
  for (const [host, names, subject, matches] of rows) {
    assert.is(certificateNames(host, names, subject), matches, `${host} ${names} ${subject}`);
  }
});

test.run();

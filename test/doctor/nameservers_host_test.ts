import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type DoctorReport, ProbeError, renderText, runDoctor } from "../../src/doctor/mod.ts";
import { startDns, startDoh, type Zone } from "../support/dns_server.ts";
import { quietPlatform } from "./faults/examine.ts";
import { type Running, startBackend } from "../support/tls_backend.ts";

const test = suite("nameservers");
const here: Zone = { a: ["127.0.0.1"] };
const nowhere: Zone = { rcode: 3 };
let backend: Running;

test.before(async () => {
  backend = await startBackend();
});
test.after(() => backend.close());

/** Looks at a name that these servers answer for; the first one's answer is what the system says. */
async function examine(local: Zone[], doh: Zone[] = []): Promise<DoctorReport> {
  const servers = await Promise.all(local.map(startDns));
  const publics = await Promise.all(doh.map(startDoh));
  const known = local.some(({ a }) => a);
  const report = await runDoctor({
    baseUrl: `http://api.localhost:${backend.port}`,
    dohServers: publics.map(({ url }) => url),
    platform: quietPlatform({
      resolvers: () => servers.map(({ server }) => server),
      lookup: () =>
        known
          ? Promise.resolve([{ address: local.find(({ a }) => a)!.a![0]!, family: 4 }])
          : Promise.reject(new ProbeError("no-name", "ENOTFOUND")),
    }),
  });
  for (const server of servers) server.close();
  for (const server of publics) await server.close();
  return report;
}

const found = ({ findings }: DoctorReport) =>
  findings.find(({ check }) => check === "nameservers")!;

test("asks every server by UDP and HTTPS, and tells addresses, names and time to live", async () => {
  const report = await examine(
    [{ a: ["127.0.0.1"], aaaa: ["20010db8000000000000000000000001"], cname: "edge.test" }],
    [here],
  );
  const finding = found(report);
  assert.is(finding.id, "nameservers.asked", JSON.stringify(finding));
  if (finding.id !== "nameservers.asked") return;
  const [first, second] = finding.facts.servers;
  assert.equal(first!.addresses, ["127.0.0.1", "2001:db8::1"]);
  assert.equal(first!.cnames, ["edge.test"]);
  assert.is(first!.ttl, 60);
  assert.equal(second!.addresses, ["127.0.0.1"]);
  assert.is(report.verdict.cause, "healthy");
});

test("asks again over TCP when the answer does not fit into a packet", async () => {
  const report = await examine([{ a: ["127.0.0.1"], truncated: true }]);
  const finding = found(report);
  assert.is(finding.id, "nameservers.asked", JSON.stringify(finding));
  if (finding.id !== "nameservers.asked") return;
  assert.equal(finding.facts.servers[0]!.addresses, ["127.0.0.1"]);
});

test("names a server that is silent beside one that answers", async () => {
  const report = await examine([here, { silent: true }]);
  assert.is(report.verdict.cause, "resolver-partly-dead", JSON.stringify(found(report)));
  assert.is(report.verdict.status, "warning");
  assert.match(
    renderText(report, { columns: 1000 }),
    /^! The DNS server 127\.0\.0\.1:\d+ gives no address for api\.localhost within 1\.5 s; another one/,
  );
});

for (const [rcode, name] of [[2, "SERVFAIL"], [5, "REFUSED"]] as const) {
  test(`names a server that answers ${name} beside one that answers`, async () => {
    const report = await examine([{ rcode }, here]);
    assert.is(report.verdict.cause, "resolver-partly-dead");
    assert.match(renderText(report, { columns: 1000 }), new RegExp(`127.0.0.1:\\d+: ${name} \\(`));
  });
}

test("names a network that hides a name which public servers know", async () => {
  const report = await examine([nowhere, nowhere], [here, nowhere]);
  assert.is(report.verdict.cause, "name-hidden", JSON.stringify(found(report)));
  assert.is(report.verdict.status, "error");
  assert.match(
    renderText(report, { columns: 1000 }),
    /^✗ This network's DNS denies that api\.localhost exists, while public DNS servers know it\./,
  );
});

test("names a network that sends the host elsewhere than public servers do", async () => {
  const works = await examine([here], [{ a: ["8.8.8.8"] }]);
  assert.is(works.verdict.cause, "answers-split");
  assert.is(works.verdict.status, "warning");
  assert.match(
    renderText(works, { columns: 1000 }),
    /^! This network's DNS sends api\.localhost to 127\.0\.0\.1, public DNS to 8\.8\.8\.8\./,
  );
  const dead = await examine([{ a: ["127.0.0.2"] }], [{ a: ["8.8.8.8"] }]);
  assert.is(dead.verdict.cause, "answers-split", JSON.stringify(dead.findings, null, 1));
  assert.is(dead.verdict.status, "error");
});

test("does not mind other addresses of the same kind, as CDNs give them", async () => {
  const report = await examine([here], [{ a: ["127.0.0.9"] }]);
  assert.is(found(report).id, "nameservers.differ");
  assert.is(report.verdict.cause, "healthy");
});

test("leaves it at an unknown name when nobody knows it", async () => {
  const report = await examine([nowhere], [nowhere]);
  assert.is(report.verdict.cause, "name-unknown");
  assert.is(found(report).status, "info");
});

test("says that no server could be asked, without making it the verdict", async () => {
  const report = await examine([{ ...here, silent: true }]);
  assert.is(found(report).status, "unknown");
  assert.match(
    renderText(report, { columns: 1000 }),
    /\? DNS servers +none can be asked directly: .*: timeout/,
  );
  assert.is(report.verdict.cause, "healthy");
});

test.run();

import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { JsonReport } from "../../src/doctor/mod.ts";
import { createAuthority } from "../support/certificates.ts";
import { type Running, startBackend } from "../support/tls_backend.ts";
import { type StartedWorker, startWorker } from "../support/start_worker.ts";

const test = suite("doctor: workerd");

const WORKER = `
  import { connect } from "cloudflare:sockets";
  import { renderJson, runDoctor } from "./src/doctor/mod.ts";
  import { workerPlatform } from "./src/runtime/doctor_worker.ts";
  export default {
    async fetch(request) {
      const platform = workerPlatform({ connect, colo: "LAB" });
      const baseUrl = new URL(request.url).searchParams.get("of");
      return Response.json(renderJson(await runDoctor({ platform, baseUrl, timeoutMs: 2000 })));
    },
  };
`;

let miniflare: StartedWorker;

test.before(async () => {
  miniflare = await startWorker(WORKER);
});
test.after(() => miniflare?.dispose());

async function examine(server: Running, scheme: string): Promise<JsonReport> {
  const baseUrl = `${scheme}://127.0.0.1:${server.port}`;
  const url = `http://localhost/?of=${encodeURIComponent(baseUrl)}`;
  const answer = await miniflare.dispatchFetch(url);
  await server.close();
  return await answer.json();
}

test("a Worker with real sockets examines a host", async () => {
  const report = await examine(await startBackend(), "http");
  assert.is(report.verdict.cause, "healthy", JSON.stringify(report, null, 1));
  assert.equal(report.runtime, { name: "Workers", version: "", place: "LAB" });
  const of = (check: string) => report.findings.find((finding) => finding.check === check)!;
  assert.is(of("tcp").id, "tcp.connected");
  assert.is(of("post").id, "post.ok");
  assert.is(of("reuse").id, "reuse.kept");
  assert.is(of("clock").id, "clock.right");
  assert.is(of("routes").id, "check.not-here");
});

test("a Worker with real sockets sends nothing to a host whose certificate it does not trust", async () => {
  const identity = await (await createAuthority()).issue();
  const server = await startBackend(identity);
  const report = await examine(server, "https");
  assert.is(report.verdict.status, "error", JSON.stringify(report, null, 1));
  assert.is(report.findings.find(({ check }) => check === "tls")!.status, "error");
  assert.equal(server.requests, []);
});

test("a Worker with real sockets names a closed port", async () => {
  const server = await startBackend();
  await server.close();
  const report = await examine(server, "http");
  assert.match(
    report.verdict.cause,
    /^(port-refused|no-connection)$/,
    JSON.stringify(report, null, 1),
  );
});

test.run();

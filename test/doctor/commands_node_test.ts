/** The commands that stand beside findings: pasted into a shell, they run and show the same. */

import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { renderJson, runDoctor } from "../../src/doctor/mod.ts";
import { createAuthority } from "../support/certificates.ts";
import { type Running, startBackend } from "../support/tls_backend.ts";
import { HOST, quietPlatform } from "./faults/examine.ts";

const test = suite("doctor: commands to paste");
const has = (program: string) => spawnSync("which", [program]).status === 0;
const missing = ["bash", "curl", "openssl", "nc"].filter((program) => !has(program));
const root = await createAuthority();
const stranger = await createAuthority("Other");
let folder: string;
let caFile: string;

test.before(async () => {
  // A blank and a quote must survive the shell.
  folder = await mkdtemp(join(tmpdir(), "tim's doctor "));
  caFile = join(folder, "root.pem");
  await writeFile(caFile, root.pem);
});
test.after(async () => await rm(folder, { recursive: true }));

/** Commands of the report on a server, by check. */
async function commandsFor(server: Running, idleMs?: number): Promise<Record<string, string>> {
  const report = await runDoctor({
    platform: quietPlatform(),
    host: `${HOST}:${server.port}`,
    resolve: ["127.0.0.1"],
    extraCa: root.pem,
    caFile,
    idleMs,
  });
  return Object.fromEntries(
    renderJson(report).findings.flatMap(({ check, command }) => command ? [[check, command]] : []),
  );
}

/** The servers live in this process, which must not wait while a shell runs. */
async function paste(command: string): Promise<string> {
  const shell = spawn("bash", ["-c", command], { timeout: 30_000 });
  let out = "";
  for (const stream of [shell.stdout, shell.stderr]) stream.on("data", (text) => out += text);
  await new Promise((resolve) => shell.on("close", resolve));
  return out;
}

const shown: Record<string, RegExp> = {
  tcp: /succeeded|open/i,
  tls: /Verification: OK/,
  resumption: /^Reused, TLSv1\.3/m,
  head: /^HTTP\/1\.1 200/m,
  post: /"ErrorCode":60009\}\s+dns [\d.]+ tcp [\d.]+ tls [\d.]+ first byte [\d.]+ total [\d.]+/,
  large: /"ErrorCode":60009/,
  reuse: /Re-using existing (?:connection|https)/i,
  idle: /^HTTP\/1\.1 200[^]*^HTTP\/1\.1 200/m,
  clock: /^Date: .*GMT\s+\w{3} /m,
};

if (missing.length > 0) console.error(`SKIPPED: pasted commands, without ${missing.join(", ")}`);
else {
  test("each one shows what its check saw, with --resolve and --ca", async () => {
    const server = await startBackend(await root.issue({ names: [HOST] }));
    const commands = await commandsFor(server, 1000);
    await Promise.all(
      Object.entries(shown).map(async ([check, pattern]) => {
        assert.match(await paste(commands[check]!), pattern, `${check}: ${commands[check]}`);
      }),
    );
    await server.close();
  });

  for (
    const [illness, make, pattern] of [
      [
        "an expired certificate",
        () => root.issue({ names: [HOST], fromDays: -30, toDays: -2 }),
        /certificate has expired/,
      ],
      [
        "another host's certificate",
        () => root.issue({ names: ["other.test"] }),
        /[Hh]ostname mismatch/,
      ],
      [
        "an unknown issuer",
        () => stranger.issue({ names: [HOST] }),
        /unable to (?:get|verify)/,
      ],
    ] as const
  ) {
    test(`the one beside TLS shows ${illness}`, async () => {
      const server = await startBackend(await make());
      assert.match(await paste((await commandsFor(server)).tls!), pattern);
      await server.close();
    });
  }
}

test.run();

/** Faults that need routes of their own: each in a network namespace, where the machine allows them. */

import { spawn, spawnSync } from "node:child_process";
import process from "node:process";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { JsonReport } from "../../src/doctor/mod.ts";

const test = suite("doctor: network namespaces");

/** A cable whose other end leads nowhere: the system sends, and nobody answers. */
const NOWHERE = `ip link add nowhere type veth peer name end
ip addr add 10.9.9.1/24 dev nowhere
ip -6 addr add fd00:9::1/64 dev nowhere nodad
ip link set nowhere up
ip link set end up
mac=$(cat /sys/class/net/end/address 2>/dev/null || echo 02:00:00:00:00:09)
ip neigh add 10.9.9.2 lladdr $mac dev nowhere nud permanent
ip -6 neigh add fd00:9::2 lladdr $mac dev nowhere nud permanent`;

function inNamespace(setup: string, command: string[]): { program: string; args: string[] } {
  const script = `set -e\nip link set lo up\n${setup}\nexec "$@"`;
  return { program: "unshare", args: ["-rn", "sh", "-c", script, "sh", ...command] };
}

function allowed(): boolean {
  const { program, args } = inNamespace(NOWHERE, ["true"]);
  return process.platform === "linux" && spawnSync(program, args).status === 0;
}

async function examine(setup: string, options: Record<string, unknown>): Promise<JsonReport> {
  const runtime = "Deno" in globalThis ? ["run", "--quiet", "-A", "--no-check"] : [];
  const script = "test/support/doctor_in_namespace.ts";
  const { program, args } = inNamespace(setup, [
    ...[process.execPath, ...runtime, script, JSON.stringify(options)],
  ]);
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.on("data", (text) => out += text);
  child.stderr.on("data", (text) => err += text);
  await new Promise((resolve) => child.on("close", resolve));
  assert.ok(out.startsWith("{"), out + err);
  return JSON.parse(out);
}

const rows: [name: string, setup: string, options: Record<string, unknown>, expected: {
  cause: string;
  sentence: string;
  findings: string[];
}][] = [
  [
    "a machine without a route",
    "",
    { host: "192.0.2.1" },
    {
      cause: "no-route",
      sentence: "There is no route from this machine to 192.0.2.1.",
      findings: ["routes.none", "tcp.unreachable"],
    },
  ],
  [
    "a network that swallows every packet",
    NOWHERE,
    { host: "10.9.9.2", timeoutMs: 1500 },
    {
      cause: "port-silent",
      sentence: "Port 443 of 10.9.9.2 does not answer: no connection within 1.5 s.",
      findings: ["tcp.silent"],
    },
  ],
  [
    "IPv6 that leads nowhere beside IPv4 that works",
    NOWHERE,
    { host: "api.test:PORT", resolve: ["fd00:9::2", "127.0.0.1"], timeoutMs: 2500 },
    {
      cause: "address-dead",
      sentence: "answers on some addresses of the host, but not on fd00:9::2.",
      findings: ["tcp.partly", "tls.trusted", "post.ok"],
    },
  ],
  [
    "IPv6 without a route beside IPv4 that works, as most machines have it",
    "",
    { host: "api.test:PORT", resolve: ["2001:db8::7", "127.0.0.1"] },
    {
      cause: "healthy",
      sentence: "is healthy from here",
      findings: ["tcp.partly", "post.ok"],
    },
  ],
];

if (!allowed()) console.error("SKIPPED: faults in network namespaces, which this machine refuses");
else {
  const reports = new Map<string, Promise<JsonReport>>();
  test.before(async () => {
    for (const [name, setup, options] of rows) reports.set(name, examine(setup, options));
    await Promise.allSettled(reports.values());
  });
  for (const [name, , , { cause, sentence, findings }] of rows) {
    test(`runDoctor names ${name}`, async () => {
      const { verdict, findings: found } = await reports.get(name)!;
      assert.is(verdict.cause, cause, JSON.stringify(found, null, 1));
      assert.match(verdict.sentence, sentence);
      for (const id of findings) assert.ok(found.some((finding) => finding.id === id), id);
      // That IPv6 has no route is no warning.
      if (cause === "healthy") assert.ok(found.every(({ status }) => status !== "warning"));
    });
  }
}

test.run();

import process from "node:process";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type DoctorReport,
  exitCode,
  ProbeError,
  renderText,
  runDoctor,
} from "../../src/doctor/mod.ts";
import { createAuthority } from "../support/certificates.ts";
import { faults } from "./faults/all.ts";
import {
  type Examined,
  examineHealthy,
  examineServer,
  type Fault,
  proxyEnv,
  quietPlatform,
} from "./faults/examine.ts";
import { answerAsBackend, startBackend, startProxy, startTcp } from "../support/tls_backend.ts";

const test = suite("doctor");
const roots = { root: await createAuthority(), stranger: await createAuthority("Corporate Proxy") };
const wide = (report: DoctorReport) => renderText(report, { columns: 1000 });

/** How many at once, of those that only compute: enough to use each other's pauses. */
const LANES = 4;
const examined = new Map<string, Examined | Error>();
const examine = async ({ name, examine }: Fault) =>
  void examined.set(name, await examine(roots).catch((error: Error) => error));

// Those that wait for seconds do so together, and while nothing else is measured.
test.before(async () => {
  await Promise.all(faults.filter(({ slow }) => slow).map(examine));
  const quick = faults.filter(({ slow }) => !slow).values();
  const lane = async () => {
    for (const fault of quick) await examine(fault);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
});

for (const { name, cause, status, sentence, lines = [], slow } of faults) {
  test(`runDoctor names ${name}`, () => {
    const outcome = examined.get(name)!;
    if (outcome instanceof Error) throw outcome;
    const { report, port, tookMs } = outcome;
    assert.is(report.verdict.cause, cause, JSON.stringify(report.findings, null, 1));
    assert.is(report.verdict.status, status);
    const headline = sentence.replaceAll("PORT", String(port))
      .replace("RUNTIME", report.runtime.name);
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
    // The longest one waits 13 s by itself; a busy machine may take as long again.
    assert.ok(tookMs < (slow ? 30_000 : 15_000), `took ${tookMs} ms`);
  });
}

test("runDoctor calls a healthy host healthy, without a warning and without a credential", async () => {
  const { report, port, requests } = await examineHealthy(roots);
  assert.equal(
    report.findings.map(({ check, status }) => `${check} ${status}`),
    [
      "runtime info",
      "proxy ok",
      "hosts info",
      "routes info",
      "resolvers unknown",
      "dns info",
      "nameservers info",
      "answers ok",
      "tcp ok",
      "tls ok",
      // A server of Bun resumes no session.
      `resumption ${report.runtime.name === "Bun" ? "info" : "ok"}`,
      "head ok",
      "post ok",
      "large ok",
      "reuse ok",
      "clock ok",
    ],
    JSON.stringify(report, null, 1),
  );
  assert.is(exitCode(report, true), 0);
  const lines = wide(report).trimEnd().split("\n");
  const sentence = `api.test:${port} is healthy from here: ` +
    "names, port, certificate, calls and clock are fine.";
  assert.is(lines[0], `✓ ${sentence}`);
  assert.is(lines.at(-1), `Healthy: ${sentence}`);
  assert.match(
    wide(report),
    /✓ POST +21 calls: p50 .* of 3 s; on a new connection .* ms, on an open one .* ms; a client should wait 5 s/,
  );
  assert.equal([...new Set(requests)].sort(), [
    "HEAD /",
    "POST /v4/group_open_http_svc/get_appid_group_list?contenttype=json",
  ]);
});

test("runDoctor looks through a proxy that works, with its credentials, which it never shows", async () => {
  const server = await startBackend(await roots.root.issue({ names: ["api.test"] }));
  const proxy = await startProxy(200, server.port);
  const { report } = await examineServer(roots, server, {
    resolve: undefined,
    platform: quietPlatform({ env: proxyEnv(proxy.port) }),
  });
  await proxy.close();
  assert.is(report.verdict.cause, "healthy", JSON.stringify(report.findings, null, 1));
  assert.match(wide(report), /i Proxy +HTTPS_PROXY=http:\/\/127\.0\.0\.1:\d+ lets calls through/);
  assert.match(wide(report), /i TCP +the proxy connects to api\.test/);
  assert.ok(proxy.requests.length > 5);
  for (const head of proxy.requests) {
    assert.match(head, `CONNECT api.test:${server.port} HTTP/1.1`);
    assert.match(head, `Proxy-Authorization: Basic ${btoa("user:secret")}`);
    assert.not.match(head, "/v4/");
  }
  assert.not.match(JSON.stringify(report) + wide(report), /secret/);
});

for (
  const [name, env, id] of [
    ["none is set", {}, "proxy.none"],
    ["NO_PROXY names the host", { NO_PROXY: "a.test, api.test" }, "proxy.exempt"],
    ["NO_PROXY names its domain", { no_proxy: ".test" }, "proxy.exempt"],
    ["NO_PROXY names everything", { NO_PROXY: "*" }, "proxy.exempt"],
  ] as const
) {
  test(`runDoctor goes without a proxy when ${name}`, async () => {
    const given = name === "none is set" ? {} : { ...proxyEnv(1), ...env };
    const server = await startBackend(await roots.root.issue({ names: ["api.test"] }));
    const { report } = await examineServer(roots, server, {
      platform: quietPlatform({ env: given }),
    });
    assert.is(report.findings[1]!.id, id);
    assert.is(report.verdict.cause, "healthy");
  });
}

test("runDoctor says that Node ignores proxy variables", async () => {
  const { NODE_USE_ENV_PROXY: _, ...env } = proxyEnv(1);
  const runtime = { name: "Node", version: "24.0.0" };
  const server = await startBackend(await roots.root.issue({ names: ["api.test"] }));
  const { report } = await examineServer(roots, server, {
    platform: quietPlatform({ env, runtime }),
  });
  assert.match(
    wide(report),
    /i Proxy +HTTPS_PROXY=http:\/\/127\.0\.0\.1:1 is set, but Node ignores it/,
  );
  assert.match(wide(report), /i Runtime +Node 24\.0\.0; Node gives each address only 250 ms/);
  assert.is(report.verdict.cause, "healthy");
});

test("runDoctor watches an idle connection until the server closes it", async () => {
  const identity = await roots.root.issue({ names: ["api.test"] });
  const closing = await startBackend(identity, (request, response) => {
    answerAsBackend(request, response);
    response.on("finish", () => setTimeout(() => request.socket.destroy(), 600));
  });
  const [closed, kept] = await Promise.all([
    examineServer(roots, closing, { idleMs: 3000 }),
    examineServer(roots, await startBackend(identity), { idleMs: 300 }),
  ]);
  const idle = closed.report.findings.find(({ id }) => id === "idle.closed");
  assert.ok(idle?.id === "idle.closed", JSON.stringify(closed.report.findings, null, 1));
  assert.ok(idle.facts.afterMs > 500 && idle.facts.afterMs < 2500, String(idle.facts.afterMs));
  assert.match(wide(closed.report), /i Idle +the server closes an idle connection after /);
  assert.match(wide(kept.report), /✓ Idle +an idle connection still works after 300 ms/);
});

test("runDoctor takes the words of a server before it closes for its end", async () => {
  const identity = await roots.root.issue({ names: ["api.test"] });
  const closing = await startBackend(identity, (request, response) => {
    answerAsBackend(request, response);
    const { socket } = request;
    const say = () => socket.end("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n");
    response.on("finish", () => setTimeout(say, 600));
  });
  const { report } = await examineServer(roots, closing, { idleMs: 3000 });
  const idle = report.findings.find(({ check }) => check === "idle")!;
  assert.is(idle.id, "idle.closed", JSON.stringify(idle));
});

test("runDoctor goes on calling where each call needs a connection of its own", async () => {
  const identity = await roots.root.issue({ names: ["api.test"] });
  const silently = await startBackend(identity, (request, response) => {
    response.on("finish", () => request.socket.end());
    answerAsBackend(request, response);
  });
  const { report } = await examineServer(roots, silently, { only: ["post"] });
  const { facts } = report.findings.find(({ check }) => check === "post")!;
  // More than one for each of the three connections that are open at once.
  assert.ok((facts as { samples: number }).samples > 3, JSON.stringify(facts));
  const announced = await startBackend(identity, (request, response) => {
    response.setHeader("connection", "close");
    answerAsBackend(request, response);
  });
  const { report: other } = await examineServer(roots, announced, { only: ["post"] });
  assert.match(wide(other), /✓ POST +21 calls: .*; on a new connection [^,]+; a client should/);
});

test("runDoctor reads the server's clock in each form of HTTP, and behind a cache", async () => {
  const at = (ms: number) => new Date(Date.now() + ms);
  const [, month, day, year, time] = /^\w+ (\w+) (\d+) (\d+) ([\d:]+)/.exec(
    at(0).toUTCString().replace(/,? (\d+) (\w+)/, " $2 $1"),
  )!;
  const weekday = at(0).toLocaleDateString("en", { weekday: "long", timeZone: "UTC" });
  const answers: Record<string, string>[] = [
    { date: at(0).toUTCString() },
    { date: `${weekday}, ${day!.padStart(2, "0")}-${month}-${year!.slice(2)} ${time} GMT` },
    { date: `${weekday.slice(0, 3)} ${month} ${day!.padStart(2)} ${time} ${year}` },
    { date: at(-3600_000).toUTCString(), age: "3600" },
  ];
  const before = process.env.TZ;
  for (const headers of answers) {
    process.env.TZ = "Asia/Tokyo";
    const identity = await roots.root.issue({ names: ["api.test"] });
    const server = await startBackend(identity, (request, response) => {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      answerAsBackend(request, response);
    });
    const { report } = await examineServer(roots, server, { only: ["clock"] });
    const clock = report.findings.find(({ check }) => check === "clock")!;
    assert.is(clock.id, "clock.right", JSON.stringify([headers, clock]));
  }
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
});

test("runDoctor calls no machine offline that had nobody to ask", async () => {
  const { report } = await examineServer(roots, await startTcp((socket) => socket.destroy()), {
    ...{ controlHosts: [], regionHosts: [] },
    resolve: ["127.0.0.2"],
  });
  assert.is(report.verdict.cause, "port-refused");
  assert.not.ok(report.findings.some(({ check }) => /control|regions/.test(check)));
});

test("runDoctor repeats what fails at once, but not what failed after a long wait", async () => {
  const count = async (waitMs: number) => {
    let calls = 0;
    const lookup = async () => {
      calls++;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      throw new ProbeError("resolver-silent", "EAI_AGAIN");
    };
    await runDoctor({ host: "api.test", platform: quietPlatform({ lookup }) });
    return calls;
  };
  assert.equal(await Promise.all([count(0), count(1100)]), [3, 1]);
});

test("runDoctor reads the default routes that Linux shows", async () => {
  const four = "Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT\n" +
    "eth0\t0011A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n" +
    "wlan0\t00000000\t0111A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n";
  const zero = "0".repeat(32);
  const six = (name: string) =>
    `${zero} 00 ${zero} 00 ${zero} ffffffff 00000001 00000000 00200200 ${name}\n`;
  const rows: [tables: Record<string, string>, id: string, line: RegExp][] = [
    [{ route: four, ipv6_route: six("eth1") }, "routes.found", /IPv4: wlan0, for IPv6: eth1/],
    [{ route: four, ipv6_route: six("lo") }, "routes.found", /IPv4: wlan0, for IPv6: none/],
    [{ route: four.split("wlan0")[0]! }, "routes.none", /there is no default route, neither/],
    [{}, "routes.unknown", /the system does not tell its routes/],
  ];
  for (const [tables, id, line] of rows) {
    const { report } = await examineServer(roots, await startTcp((socket) => socket.destroy()), {
      platform: quietPlatform({
        readText: (path) => Promise.resolve(tables[path.replace("/proc/net/", "")]),
      }),
    });
    assert.is(report.findings.find(({ check }) => check === "routes")!.id, id);
    assert.match(wide(report), line);
  }
});

test("runDoctor asks unrelated hosts only after the host itself has failed", async () => {
  const bystander = await startBackend(await roots.root.issue({ names: ["other.test"] }));
  const controlHosts = [{ host: "other.test", address: "127.0.0.1", port: bystander.port }];
  const well = await examineServer(
    roots,
    await startBackend(await roots.root.issue({ names: ["api.test"] })),
    { controlHosts },
  );
  assert.is(bystander.connections(), 0);
  assert.is(well.report.findings.find(({ check }) => check === "control")!.id, "control.spared");
  const ill = await examineServer(roots, await startTcp((socket) => socket.destroy()), {
    controlHosts,
  });
  await bystander.close();
  assert.is(bystander.connections(), 1);
  assert.is(ill.report.verdict.cause, "tls-reset");
  assert.match(
    wide(ill.report),
    /i Others +unrelated hosts answer, so it is not the whole network/,
  );
});

test("runDoctor survives a check that breaks, and says so", async () => {
  const resolvers = () => {
    throw new Error("no such thing; usersig=eJxNjVELgjAUhf");
  };
  const server = await startBackend(await roots.root.issue({ names: ["api.test"] }));
  const { report } = await examineServer(roots, server, { platform: quietPlatform({ resolvers }) });
  assert.is(report.verdict.cause, "check-broken");
  assert.is(exitCode(report), 4);
  assert.match(
    wide(report),
    /\? Resolvers +the check itself failed: no such thing; usersig=\*\*\*/,
  );
});

test("runDoctor names the DNS servers, and those behind a local one", async () => {
  const server = await startBackend(await roots.root.issue({ names: ["api.test"] }));
  const { report } = await examineServer(roots, server, {
    platform: quietPlatform({
      resolvers: () => ["127.0.0.53", "[2001:4860:4860::8888]:53", "10.0.0.2:5353"],
      readText: (path) =>
        Promise.resolve(
          path.includes("systemd")
            ? "# made by systemd\nnameserver 223.5.5.5\nnameserver 198.18.0.2\nsearch x.test\n"
            : undefined,
        ),
    }),
  });
  assert.equal(report.findings.find(({ id }) => id === "resolvers.listed")!.facts, {
    servers: [
      { address: "127.0.0.53", about: "systemd-resolved" },
      { address: "2001:4860:4860::8888", about: "Google, worldwide" },
      { address: "10.0.0.2", about: "private" },
      { address: "223.5.5.5", about: "AliDNS, China" },
      { address: "198.18.0.2", about: "fake-IP" },
    ],
  });
});

test.run();

import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type DoctorPlatform, exitCode, type Finding } from "../../src/doctor/mod.ts";
import { createAuthority } from "../support/certificates.ts";
import { closedPort, startBackend, startProxy, startTcp } from "../support/tls_backend.ts";
import { examineServer, HOST, overridden, proxyEnv, quietPlatform } from "./faults/examine.ts";

const test = suite("doctor: proxies");
const roots = { root: await createAuthority(), stranger: await createAuthority("Corporate Proxy") };

async function examine(changes: Partial<DoctorPlatform>, resolve?: string[]) {
  const server = await startBackend(await roots.root.issue({ names: [HOST] }));
  return (await examineServer(roots, server, { resolve, platform: quietPlatform(changes) })).report;
}

const foundBy = (findings: readonly Finding[], check: string) =>
  findings.find((finding) => finding.check === check)!;

/** What `fetch` of each runtime was seen to do with these variables; PROXY stands for a dead proxy. */
const rows: [env: Record<string, string>, deno: string, bun: string, node: string][] = [
  [{ HTTPS_PROXY: "PROXY" }, "dead", "dead", "dead"],
  [{ https_proxy: "PROXY" }, "dead", "dead", "dead"],
  [{ ALL_PROXY: "PROXY" }, "dead", "dead", "none"],
  [{ all_proxy: "PROXY" }, "dead", "dead", "none"],
  [{ HTTP_PROXY: "PROXY" }, "none", "none", "dead"],
  [{ http_proxy: "PROXY" }, "none", "none", "dead"],
  [{ HTTPS_PROXY: "PROXY", NO_PROXY: "test" }, "exempt", "exempt", "exempt"],
  [{ HTTPS_PROXY: "PROXY", NO_PROXY: ".test" }, "exempt", "exempt", "exempt"],
  [{ HTTPS_PROXY: "PROXY", NO_PROXY: "*" }, "exempt", "exempt", "exempt"],
  [{ HTTPS_PROXY: "PROXY", NO_PROXY: "*.test" }, "dead", "exempt", "exempt"],
  [{ HTTPS_PROXY: "PROXY", NO_PROXY: "API.test" }, "dead", "exempt", "exempt"],
  [{ HTTPS_PROXY: "PROXY", NO_PROXY: "api.test:PORT" }, "dead", "exempt", "exempt"],
  [{ HTTPS_PROXY: "PROXY", NO_PROXY: "api.test:1" }, "dead", "dead", "dead"],
  [{ HTTPS_PROXY: "PROXY", NO_PROXY: "test", no_proxy: "" }, "exempt", "exempt", "dead"],
];

test("the variables of proxies mean what they mean to each runtime", async () => {
  const proxy = `http://127.0.0.1:${await closedPort()}`;
  const server = await startBackend(await roots.root.issue({ names: [HOST] }));
  for (const [given, deno, bun, node] of rows) {
    const filled = Object.entries(given).map(([name, value]) => [
      name,
      value.replace("PROXY", proxy).replace("PORT", String(server.port)),
    ]);
    const env = { ...Object.fromEntries(filled), NODE_USE_ENV_PROXY: "1" };
    for (const [name, id] of Object.entries({ Deno: deno, Bun: bun, Node: node })) {
      const platform = quietPlatform({ env, runtime: { name, version: "24.0.0" } });
      const { report } = await examineServer(roots, { ...server, close: async () => {} }, {
        platform,
        only: ["proxy"],
      });
      const about = `${name} ${JSON.stringify(given)}`;
      assert.is(foundBy(report.findings, "proxy").id, `proxy.${id}`, about);
    }
  }
  await server.close();
});

test("Node obeys them when it is told to, and is new enough", async () => {
  const rows: [version: string, env: Record<string, string>, id: string][] = [
    ["24.0.0", {}, "proxy.ignored"],
    ["24.0.0", { NODE_USE_ENV_PROXY: "1" }, "proxy.dead"],
    ["22.21.0", { NODE_OPTIONS: "--no-warnings --use-env-proxy" }, "proxy.dead"],
    ["22.20.0", { NODE_USE_ENV_PROXY: "1" }, "proxy.ignored"],
    ["20.20.2", { NODE_USE_ENV_PROXY: "1" }, "proxy.ignored"],
  ];
  const HTTPS_PROXY = `http://127.0.0.1:${await closedPort()}`;
  for (const [version, env, id] of rows) {
    const runtime = { name: "Node", version };
    const report = await examine({ env: { HTTPS_PROXY, ...env }, runtime }, ["127.0.0.1"]);
    assert.is(foundBy(report.findings, "proxy").id, id, `${version} ${JSON.stringify(env)}`);
  }
});

test("a proxy may be written without its scheme, and with a password of any letters", async () => {
  const server = await startBackend(await roots.root.issue({ names: [HOST] }));
  const proxy = await startProxy(200, server.port);
  const written: [value: string, login: string | undefined][] = [
    [`localhost:${proxy.port}`, undefined],
    [`http://mira:50%25@127.0.0.1:${proxy.port}`, "bWlyYTo1MCU="],
    [`http://mira:50%@127.0.0.1:${proxy.port}`, "bWlyYTo1MCU="],
    [`http://mira:%E7%A7%98@127.0.0.1:${proxy.port}`, "bWlyYTrnp5g="],
  ];
  for (const [HTTPS_PROXY, login] of written) {
    proxy.requests.length = 0;
    const { report } = await examineServer(roots, { ...server, close: async () => {} }, {
      resolve: undefined,
      platform: quietPlatform({ env: { ...proxyEnv(1), HTTPS_PROXY } }),
      only: ["head"],
    });
    assert.is(foundBy(report.findings, "proxy").id, "proxy.works", JSON.stringify(report.findings));
    assert.is(foundBy(report.findings, "head").id, "head.ok");
    const [, sent] = /Proxy-Authorization: Basic (.*)\r/.exec(proxy.requests[0]!) ?? [];
    assert.is(sent, login, HTTPS_PROXY);
    assert.not.match(JSON.stringify(report), /mira|50%/);
  }
  await proxy.close();
  await server.close();
});

test("a proxy's name may have an address that does not answer before the one that does", async () => {
  const server = await startBackend(await roots.root.issue({ names: [HOST] }));
  const proxy = await startProxy(200, server.port);
  const { report } = await examineServer(roots, server, {
    resolve: undefined,
    platform: quietPlatform({
      env: { ...proxyEnv(1), HTTPS_PROXY: `http://proxy.test:${proxy.port}` },
      lookup: () =>
        Promise.resolve([{ address: "127.0.0.2", family: 4 }, { address: "127.0.0.1", family: 4 }]),
    }),
  });
  await proxy.close();
  assert.is(report.verdict.cause, "healthy", JSON.stringify(report.findings, null, 1));
});

for (
  const value of ["socks5://127.0.0.1:1080", "https://127.0.0.1:1080", "http://", "http://a b"]
) {
  test(`the doctor cannot look through ${value}, and does not call that healthy`, async () => {
    const report = await examine({ env: { ...proxyEnv(1), HTTPS_PROXY: value } }, ["127.0.0.1"]);
    assert.is(report.verdict.cause, "proxy-unsupported", JSON.stringify(report.findings, null, 1));
    assert.is(report.verdict.status, "unknown");
    assert.is(exitCode(report), 4);
    assert.is(foundBy(report.findings, "post").id, "check.skipped");
  });
}

test("a line in the hosts file is not to blame where nobody reads it", async () => {
  const hasty = () => startTcp((socket) => socket.destroy());
  const readText = (path: string) =>
    Promise.resolve(path === "/nowhere/hosts" ? `192.0.2.9 ${HOST}\n` : undefined);
  const given = await examine({ readText }, ["127.0.0.2"]);
  assert.is(given.verdict.cause, "port-refused", JSON.stringify(given.findings, null, 1));
  assert.is(foundBy(given.findings, "hosts").id, "dns.given");
  const behind = await hasty();
  const proxy = await startProxy(200, behind.port);
  const proxied = await examine({ readText, env: proxyEnv(proxy.port) });
  await proxy.close();
  await behind.close();
  assert.is(proxied.verdict.cause, "tls-reset", JSON.stringify(proxied.findings, null, 1));
  assert.is(foundBy(proxied.findings, "hosts").id, "dns.by-proxy");
  const { report } = await overridden(hasty)(roots);
  assert.is(report.verdict.cause, "tls-reset");
  assert.is(foundBy(report.findings, "hosts").id, "hosts.override");
});

test.run();

import { suite } from "uvu";
import * as assert from "uvu/assert";
import { renderText } from "../../src/doctor/mod.ts";
import { createAuthority } from "../support/certificates.ts";
import { closedPort, startBackend } from "../support/tls_backend.ts";
import { examineServer, HOST, quietPlatform, type Roots } from "./faults/examine.ts";

const test = suite("doctor: regions");
const root = await createAuthority();
const roots: Roots = { root, stranger: root };
const lookup = () => Promise.resolve([{ address: "127.0.0.1", family: 4 as const }]);

test("measures every region's host and its backup, and names the nearest", async () => {
  const near = await startBackend(await root.issue({ names: ["near.test"] }));
  const dead = await closedPort();
  const { report } = await examineServer(
    roots,
    await startBackend(await root.issue({ names: [HOST] })),
    {
      only: ["regions"],
      platform: quietPlatform({ lookup }),
      regionHosts: [
        { id: "one", label: "One", host: `near.test:${near.port}`, backupHost: `b.test:${dead}` },
        { id: "two", label: "Two", host: `c.test:${dead}`, backupHost: `d.test:${dead}` },
      ],
    },
  );
  await near.close();
  const finding = report.findings.find(({ check }) => check === "regions")!;
  assert.is(finding.id, "regions.measured", JSON.stringify(finding));
  if (finding.id !== "regions.measured") return;
  assert.is(finding.facts.nearest, "one");
  assert.equal(
    finding.facts.hosts.map(({ backup, fault }) => `${backup} ${fault}`),
    ["false undefined", "true refused", "false refused", "true refused"],
  );
  assert.ok(finding.facts.hosts[0]!.tcpMs! > 0 && finding.facts.hosts[0]!.tlsMs! >= 0);
  assert.match(
    renderText(report, { columns: 1000 }),
    /i Regions +nearest is one\. one near\.test:\d+: TCP .* ms \+ TLS \S+ ms; one b\.test:\d+: refused/,
  );
  assert.is(report.verdict.cause, "healthy");
  assert.not.match(near.requests.join(), /./);
});

test("measures a region at the address that connects, if not the first", async () => {
  const near = await startBackend(await root.issue({ names: ["near.test"] }));
  const { report } = await examineServer(
    roots,
    await startBackend(await root.issue({ names: [HOST] })),
    {
      only: ["regions"],
      platform: quietPlatform({
        lookup: async () => [{ address: "127.0.0.2", family: 4 }, ...await lookup()],
      }),
      regionHosts: [{
        ...{ id: "one", label: "One" },
        ...{ host: `near.test:${near.port}`, backupHost: `near.test:${near.port}` },
      }],
    },
  );
  await near.close();
  const finding = report.findings.find(({ check }) => check === "regions")!;
  assert.is(finding.id, "regions.measured", JSON.stringify(finding));
});

test("says that the region in use is far when another one is near", async () => {
  const near = await startBackend(await root.issue({ names: ["near.test"] }));
  const server = await startBackend(await root.issue({ names: ["console.tim.qq.com"] }));
  const platform = quietPlatform({ lookup });
  const { report } = await examineServer(roots, server, {
    only: ["regions"],
    host: `console.tim.qq.com:${server.port}`,
    platform: {
      ...platform,
      // The road to China's host, and only that, is long.
      connect: async (address, port, limitMs) => {
        if (port === server.port) await new Promise((resolve) => setTimeout(resolve, 900));
        return await platform.connect(address, port, limitMs);
      },
    },
    regionHosts: [
      {
        id: "cn",
        label: "China",
        host: `console.tim.qq.com:${server.port}`,
        backupHost: `console.tim.qq.com:${server.port}`,
      },
      {
        id: "sgp",
        label: "",
        host: `near.test:${near.port}`,
        backupHost: `near.test:${near.port}`,
      },
    ],
  });
  await near.close();
  assert.is(report.verdict.cause, "region-far", JSON.stringify(report.findings, null, 1));
  assert.match(
    renderText(report, { columns: 1000 }),
    /^! console\.tim\.qq\.com \(cn\) is far from here: a new connection takes .*, to sgp only /,
  );
});

test("has no more connections open at once than the platform bears", async () => {
  const region = await startBackend(await root.issue({ names: ["near.test"] }));
  const platform = quietPlatform({ lookup });
  let open = 0;
  let most = 0;
  const { report } = await examineServer(
    roots,
    await startBackend(await root.issue({ names: [HOST] })),
    {
      only: ["regions"],
      platform: {
        ...platform,
        atOnce: 5,
        connect: async (address, port, limitMs) => {
          if (port === region.port) most = Math.max(most, ++open);
          // Long enough for all of them to meet.
          await new Promise((resolve) => setTimeout(resolve, 20));
          const connection = await platform.connect(address, port, limitMs);
          if (port === region.port) open--;
          return connection;
        },
      },
      regionHosts: Array.from({ length: 6 }, (_, at) => ({
        id: `r${at}`,
        label: "",
        host: `near.test:${region.port}`,
        backupHost: `near.test:${region.port}`,
      })),
    },
  );
  await region.close();
  assert.is(most, 3);
  const finding = report.findings.find(({ check }) => check === "regions")!;
  assert.ok(finding.id === "regions.measured");
  assert.equal(
    finding.facts.hosts.map(({ id, fault }) => `${id} ${fault}`),
    Array.from({ length: 12 }, (_, at) => `r${Math.floor(at / 2)} undefined`),
  );
});

test("does not blame anybody when no region answers", async () => {
  const dead = await closedPort();
  const { report } = await examineServer(
    roots,
    await startBackend(await root.issue({ names: [HOST] })),
    {
      only: ["regions"],
      platform: quietPlatform({ lookup }),
      regionHosts: [{ id: "one", label: "", host: `a.test:${dead}`, backupHost: `b.test:${dead}` }],
    },
  );
  assert.is(report.findings.find(({ check }) => check === "regions")!.id, "regions.silent");
  assert.is(report.verdict.cause, "healthy");
});

test.run();

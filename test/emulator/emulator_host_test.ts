import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { BaseClient } from "../../mod.ts";
import { createEmulator, EMULATOR_APP } from "../../src/emulator/mod.ts";
import type { Listening } from "../../src/runtime/serve.ts";
import { serveEmulator } from "../../src/runtime/serve_emulator.ts";
import { tim } from "../support/tim_process.ts";
import { signedQuery } from "../support/signed_query.ts";

const IMPORT = "im_open_login_svc/account_import";

async function withServer(work: (server: Listening) => Promise<void>): Promise<void> {
  const emulator = createEmulator();
  const server = await serveEmulator((request) => emulator.fetch(request), {
    hostname: "127.0.0.1",
    port: 0,
  });
  try {
    await work(server);
  } finally {
    await server.close();
  }
}

/** Sends account_import over a socket of its own: the bytes that came, and how it ended. */
async function bytes(url: string, fault: string): Promise<[text: string, end: string]> {
  const query = await signedQuery();
  return await new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    let text = "";
    const timer = setTimeout(() => end("silence"), 1000);
    const end = (how: string) => {
      clearTimeout(timer);
      socket.destroy();
      resolve([text, how]);
    };
    socket.on("data", (chunk) => {
      text += chunk;
      if (/^content-length: (\d+)/im.test(text)) {
        const [head = "", body = ""] = text.split("\r\n\r\n");
        const length = Number(/^content-length: (\d+)/im.exec(head)![1]);
        if (body.length >= length) end("answered");
      }
    });
    socket.on("close", () => end("closed"));
    socket.on("error", () => end("closed"));
    const body = `{"UserID":"mira"}`;
    socket.write(
      `POST /v4/${IMPORT}?${query} HTTP/1.1\r\nHost: 127.0.0.1\r\nx-emulator-fault: ${fault}\r\n` +
        `Content-Length: ${body.length}\r\n\r\n${body}`,
    );
  });
}

for (
  const [fault, says, end, acted] of [
    ["close", /^$/, "closed", false],
    ["close; acted", /^$/, "closed", true],
    ["hang", /^$/, "silence", false],
    ["hang; acted", /^$/, "silence", true],
    [
      "truncate",
      /^HTTP\/1\.1 200 [^]*\{"ActionStatus":"OK"(?![^]*"RequestId":"[^"]*"\})/,
      "closed",
      true,
    ],
    ["status=502", /^HTTP\/1\.1 502 /, "answered", false],
    ["delay=20", /"ErrorCode":0/, "answered", true],
  ] as const
) {
  test(`over a socket, ${fault}: ${end}`, async () => {
    await withServer(async ({ url }) => {
      const [text, how] = await bytes(url, fault);
      assert.match(text, says);
      assert.is(how, end);
      const { apps } = await (await fetch(`${url}/_emulator/state`)).json();
      assert.is(apps[0].accounts.list.includes("mira"), acted);
      const { requests } = await (await fetch(`${url}/_emulator/log`)).json();
      assert.is(requests[0].fault, fault);
    });
  });
}

test("the emulator's server keeps a connection for the next call, and ends a HEAD without a body", async () => {
  await withServer(async ({ url }) => {
    const client = new BaseClient({ ...EMULATOR_APP, identifier: "administrator", baseUrl: url });
    for (let n = 0; n < 20; n++) await client.call(IMPORT, { UserID: `user${n}` });
    const head = await fetch(url, { method: "HEAD" });
    assert.is(head.status, 200);
    assert.is(await head.text(), "");
  });
});

async function started(args: string[]) {
  const process = tim(["emulator", "--port", "0", ...args]);
  const [, url] = await process.printed(/backend on (https?:\S+)/);
  return { process, url: url! };
}

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "tim-emulator-"));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("--seed fills the emulator, --any-app opens worlds, and a wrong seed is explained", async () => {
  await withFolder(async (folder) => {
    const seed = join(folder, "seed.json");
    const calls = [{ command: IMPORT, body: { UserID: "mira" } }];
    writeFileSync(seed, JSON.stringify({ version: 1, apps: [{ calls }] }));
    const { process, url } = await started(["--seed", seed, "--any-app"]);
    try {
      const client = new BaseClient({
        ...EMULATOR_APP,
        sdkAppId: 1400000001,
        identifier: "administrator",
        baseUrl: url,
      });
      const { ResultItem } = await client.call<string, { ResultItem: { AccountStatus: string }[] }>(
        "im_open_login_svc/account_check",
        { CheckItem: [{ UserID: "mira" }] },
      );
      assert.is(ResultItem[0]!.AccountStatus, "Imported");
    } finally {
      process.child.kill();
      await process.ended;
    }
    writeFileSync(seed, "{");
    const wrong = tim(["emulator", "--port", "0", "--seed", seed]);
    assert.is(await wrong.ended, 1);
    assert.match(wrong.err(), /seed .*seed\.json is not JSON/);
  });
});

test("--tls makes a certificate for the names that it is given, and says what to trust", async () => {
  await withFolder(async (folder) => {
    const ca = join(folder, "ca.pem");
    const names = "console.tim.qq.com,emulator.test";
    const { process, url } = await started(["--tls", names, "--tls-ca", ca]);
    try {
      assert.match(url, /^https:/);
      assert.match(process.out(), /Let clients trust .*ca\.pem/);
      const trusted = readFileSync(ca, "utf8");
      const { port } = new URL(url);
      for (const servername of ["console.tim.qq.com", "emulator.test", "localhost"]) {
        assert.match(await overTls(Number(port), servername, trusted), /^HTTP\/1\.1 200 OK/);
      }
      assert.match(
        await overTls(Number(port), "other.test", trusted),
        /altname|not valid|Invalid/i,
      );
      assert.match(
        await overTls(Number(port), "localhost", undefined),
        /self.signed|unable|issuer/i,
      );
    } finally {
      process.child.kill();
      await process.ended;
    }
    const wrong = tim(["emulator", "--port", "0", "--tls", "a b"]);
    assert.is(await wrong.ended, 2);
    assert.match(wrong.err(), /--tls is "a b", wanted host names/);
  });
});

/** Asks for `/` over TLS: the answer's beginning, or why there is none. */
function overTls(port: number, servername: string, ca: string | undefined): Promise<string> {
  return new Promise((resolve) => {
    const socket = connectTls({ port, host: "127.0.0.1", servername, ca }, () => {
      socket.write(`GET / HTTP/1.1\r\nHost: ${servername}\r\nConnection: close\r\n\r\n`);
    });
    socket.on("data", (chunk) => {
      resolve(String(chunk));
      socket.destroy();
    });
    socket.on("error", (error) => resolve(`${error.message} ${(error as { code?: string }).code}`));
  });
}

test.run();

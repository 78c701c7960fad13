import { connect, type Socket } from "node:net";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createEmulator } from "../../src/emulator/mod.ts";
import { serveEmulator } from "../../src/runtime/serve_emulator.ts";
import { signedQuery } from "../support/signed_query.ts";

const IMPORT = "/v4/im_open_login_svc/account_import";
const query = await signedQuery();
const target = `${IMPORT}?${query}`;

/** A server, and whoever it answered. */
async function served(work: (port: number, url: string, calls: string[]) => Promise<void>) {
  const calls: string[] = [];
  const emulator = createEmulator({
    onCall: ({ errorCode, path }) => calls.push(`${errorCode} ${path}`),
  });
  const server = await serveEmulator((request) => emulator.fetch(request), {
    hostname: "127.0.0.1",
    port: 0,
  });
  try {
    await work(Number(new URL(server.url).port), server.url, calls);
  } finally {
    await server.close();
  }
}

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket));
    socket.once("error", reject);
  });
}

/** Reads until what came holds so many answers, or the other side ends it. */
function answers(socket: Socket, count: number): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const look = () => {
      if ((text.match(/"RequestId"/g)?.length ?? 0) >= count) end();
    };
    const end = () => {
      socket.off("data", read);
      resolve(text);
    };
    const read = (chunk: Uint8Array) => {
      text += new TextDecoder().decode(chunk);
      look();
    };
    socket.on("data", read);
    socket.once("close", end);
    socket.on("error", end);
  });
}

function post(body: string, headers = ""): string {
  const length = new TextEncoder().encode(body).length;
  return `POST ${target} HTTP/1.1\r\nHost: a.test\r\n${headers}Content-Length: ${length}\r\n\r\n${body}`;
}

const codes = (text: string) =>
  [...text.matchAll(/"ErrorCode":(\d+)/g)].map(([, code]) => Number(code));

test("requests that follow one another without waiting are answered in their order", async () => {
  await served(async (port) => {
    const socket = await opened(port);
    const bodies = Array.from({ length: 50 }, (_, n) => n % 5 === 4 ? "{" : `{"UserID":"u${n}"}`);
    socket.write(bodies.map((body) => post(body)).join(""));
    const text = await answers(socket, bodies.length);
    assert.equal(codes(text), bodies.map((body) => body === "{" ? 60003 : 0));
    const numbers = [...text.matchAll(/O-Seq-(\d+)/g)].map(([, number]) => Number(number));
    assert.equal(numbers, bodies.map((_, n) => n + 1));
    socket.destroy();
  });
});

test("bodies of every length are answered, from nothing to more than anybody reads", async () => {
  await served(async (_, url) => {
    const send = async (body: BodyInit) => {
      const answer = await fetch(`${url}${target}`, { method: "POST", body });
      assert.is(answer.status, 200);
      return await answer.json();
    };
    assert.match((await send("")).ErrorInfo, /The body is empty/);
    for (const length of [1, 2, 100, 65_535, 65_536, 65_537, 1_000_000, 4 * 2 ** 20 - 40]) {
      const Padding = "x".repeat(Math.max(0, length - 30));
      assert.is(
        (await send(JSON.stringify({ UserID: "mira", Padding }))).ErrorCode,
        0,
        `${length}`,
      );
    }
    const long = await send(new Uint8Array(4 * 2 ** 20 + 1).fill(32));
    assert.is(long.ErrorCode, 60003);
    assert.match(long.ErrorInfo, /more than 4194304 bytes/);
    assert.is((await send(new Uint8Array([0xff, 0xfe]))).ErrorCode, 60003);
  });
});

test("a client that sends all of a body that is too long, before it reads, is answered on its connection", async () => {
  await served(async (port) => {
    const socket = await opened(port);
    const long = " ".repeat(16 * 2 ** 20);
    const head = `POST ${target} HTTP/1.1\r\nHost: a\r\nContent-Length: ${long.length}\r\n\r\n`;
    socket.pause();
    await new Promise<void>((resolve) => socket.write(head + long, () => resolve()));
    socket.resume();
    socket.write(post(`{"UserID":"mira"}`));
    assert.equal(codes(await answers(socket, 2)), [60003, 0]);
    socket.destroy();
  });
});

test("a body that is sent in pieces, with no length told, is read; one that is too long is not kept", async () => {
  await served(async (port, url) => {
    const socket = await opened(port);
    socket.write(`POST ${target} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`);
    for (const piece of ['{"Us', 'erID":"m', 'ira"}']) {
      socket.write(`${piece.length.toString(16)}\r\n${piece}\r\n`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    socket.write("0\r\n\r\n");
    assert.equal(codes(await answers(socket, 1)), [0]);
    socket.destroy();
    const { requests } = await (await fetch(`${url}/_emulator/log`)).json();
    assert.equal(requests[0].body, { UserID: "mira" });
  });
});

for (
  const [what, request, status, code] of [
    ["GET", { method: "GET" }, 200, 60002],
    ["PUT", { method: "PUT", body: "{}" }, 200, 60002],
    ["OPTIONS", { method: "OPTIONS" }, 200, 60002],
    ["DELETE", { method: "DELETE" }, 200, 60002],
    ["text/plain", { method: "POST", headers: { "content-type": "text/plain" } }, 200, 0],
    [
      "a form",
      {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
      },
      200,
      0,
    ],
    ["no type", { method: "POST" }, 200, 0],
  ] as [string, RequestInit, number, number][]
) {
  test(`over a socket, a command by ${what} answers ${code}`, async () => {
    await served(async (_, url) => {
      const body = request.method === "POST" ? `{"UserID":"mira"}` : request.body;
      const answer = await fetch(`${url}${target}`, { ...request, body });
      assert.is(answer.status, status);
      assert.is((await answer.json()).ErrorCode, code);
      const head = await fetch(`${url}${target}`, { method: "HEAD" });
      assert.equal([head.status, await head.text()], [200, ""]);
    });
  });
}

test("wrong paths are answered with codes, and whole addresses as paths are understood", async () => {
  await served(async (port, url) => {
    for (
      const path of ["/v4", "/v4/", "/v4/a", "/v4/a/b", "/v4//", "/v5/a/b", "//", "/%00", "/%zz"]
    ) {
      const answer = await fetch(`${url}${path}?${query}`, { method: "POST", body: "{}" });
      assert.is(answer.status, 200, path);
      assert.is((await answer.json()).ErrorCode, 60009, path);
    }
    const socket = await opened(port);
    socket.write(post(`{"UserID":"mira"}`).replace("POST /", "POST http://console.tim.qq.com/"));
    assert.equal(codes(await answers(socket, 1)), [0]);
    socket.destroy();
  });
});

test("who breaks off, trickles or speaks no HTTP disturbs nobody, and is not waited for", async () => {
  await served(async (port, url, calls) => {
    // Half a head, half a body, nonsense: some stay open, some go.
    const open: Socket[] = [];
    for (let n = 0; n < 60; n++) {
      const socket = await opened(port);
      socket.on("error", () => {});
      const whole = post(`{"UserID":"half${n}"}`);
      if (n % 3 === 0) socket.write(whole.slice(0, 30));
      else if (n % 3 === 1) socket.write(whole.slice(0, -5));
      else socket.write("HELO nobody\r\n\r\n");
      if (n % 2 === 0) socket.destroy();
      else open.push(socket);
    }
    const answer = await fetch(`${url}${target}`, { method: "POST", body: `{"UserID":"mira"}` });
    assert.is((await answer.json()).ErrorCode, 0);
    for (const socket of open) socket.destroy();
    const { apps } = await (await fetch(`${url}/_emulator/state`)).json();
    assert.equal(apps[0].accounts.list, ["administrator", "mira"]);
    assert.ok(calls.includes(`0 ${IMPORT}`));
  });
});

test("a thousand connections at once are all answered", async () => {
  await served(async (port, url) => {
    const sockets: Socket[] = [];
    for (let at = 0; at < 1000; at += 100) {
      sockets.push(...await Promise.all(Array.from({ length: 100 }, () => opened(port))));
    }
    const all = sockets.map((socket, n) => {
      const text = answers(socket, 1);
      socket.write(post(`{"UserID":"u${n}"}`));
      return text;
    });
    const texts = await Promise.all(all);
    for (const text of texts) assert.equal(codes(text), [0]);
    for (const socket of sockets) socket.destroy();
    const { apps } = await (await fetch(`${url}/_emulator/state`)).json();
    assert.is(apps[0].accounts.total, 1001);
  });
});

test("the log keeps no more of long bodies than it shows", async () => {
  const emulator = createEmulator();
  const body = JSON.stringify({ UserID: "mira", Padding: "x".repeat(200_000) });
  const address = `http://127.0.0.1${target}`;
  await emulator.request(address, { method: "POST", body });
  const { requests } = await (await emulator.request("/_emulator/log")).json();
  assert.match(requests[0].body, /^\{"UserID":"mira".*… \(2000\d\d characters\)$/);
  assert.ok(requests[0].body.length < 10_000);
  for (let n = 0; n < 900; n++) {
    const short = JSON.stringify({ UserID: "mira", Padding: "x".repeat(60_000) });
    await emulator.request(address, { method: "POST", body: short });
  }
  const answer = await (await emulator.request("/_emulator/log?limit=2000")).json();
  assert.ok(answer.requests.length < 800, `${answer.requests.length} are kept`);
  assert.is(answer.requests.at(-1).n, 901);
});

test.run();

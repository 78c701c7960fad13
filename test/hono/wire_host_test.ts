import { connect } from "node:net";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { TimClient } from "../../mod.ts";
import { createGateway, type GatewayOptions } from "../../src/hono/mod.ts";
import { serve } from "../../src/runtime/serve.ts";
import { app, jwt, LIST, token } from "../support/gateway.ts";
import { httpAnswer, type RawServer, rawServer } from "../support/raw_server.ts";

const OK = JSON.stringify({ ActionStatus: "OK", ErrorCode: 0 });

/** A gateway on a port, in front of an upstream whose bytes a test decides. */
async function wired(
  options: Partial<GatewayOptions>,
  upstream: Parameters<typeof rawServer>[0],
  use: (url: URL, upstream: RawServer) => Promise<void>,
): Promise<void> {
  const server = await rawServer(upstream);
  const gateway = createGateway({
    client: new TimClient({ ...app, baseUrl: server.url, timeoutMs: 3500, retry: false }),
    jwt,
    log: false,
    allow: ["*"],
    ...options,
  });
  const listening = await serve((request) => gateway.fetch(request), {
    hostname: "127.0.0.1",
    port: 0,
  });
  try {
    await use(new URL(listening.url), server);
  } finally {
    await listening.close();
    await server.close();
  }
}

/** Sends bytes piece by piece, and gives all that comes back until the connection ends. */
function exchange(url: URL, pieces: string[], pauseMs = 0, endMs = 8000): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname, port: Number(url.port) });
    let text = "";
    const timer = setTimeout(() => socket.destroy(), endMs);
    socket.on("data", (chunk) => text += chunk);
    socket.on("close", () => {
      clearTimeout(timer);
      resolve(text);
    });
    socket.on("error", (error) => text ? undefined : reject(error));
    socket.on("connect", async () => {
      for (const piece of pieces) {
        if (socket.destroyed) return;
        socket.write(piece);
        if (pauseMs) await new Promise((done) => setTimeout(done, pauseMs));
      }
    });
  });
}

async function head(more: string): Promise<string> {
  return `POST ${LIST} HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer ${await token()}\r\n` +
    `connection: close\r\n${more}\r\n`;
}

test("hop-by-hop headers, and those that Connection names, are dropped both ways", () =>
  wired({}, (socket) =>
    socket.write(
      httpAnswer(
        OK,
        "200 OK",
        "connection: x-upstream\r\nx-upstream: 1\r\nset-cookie: a=b\r\nserver: x\r\n",
      ),
    ), async (url, upstream) => {
    const request = (await head(
      "te: trailers\r\nproxy-authorization: x\r\nx-caller: 1\r\ncontent-length: 2\r\n",
    )).replace("connection: close", "connection: close, x-caller");
    const answer = await exchange(url, [`${request}{}`]);
    assert.match(answer, /^HTTP\/1.1 200/);
    for (const name of ["x-upstream", "set-cookie", "server:"]) {
      assert.not.match(answer.toLowerCase(), name);
    }
    const sent = upstream.requests[0]!.head.toLowerCase();
    for (const name of ["x-caller", "te:", "proxy-authorization", "authorization:"]) {
      assert.not.match(sent, `\n${name}`);
    }
  }));

test("a body that is too large is refused, whether its length is told or not", () =>
  wired(
    { limits: { bodyBytes: 1000 } },
    (socket) => socket.write(httpAnswer(OK)),
    async (url, upstream) => {
      const told = await exchange(
        url,
        [`${await head("content-length: 5000\r\n")}{"a":"`],
        0,
        3000,
      );
      assert.match(told, /^HTTP\/1.1 413/);
      const chunk = `3e8\r\n${"x".repeat(1000)}\r\n`;
      const untold = await exchange(
        url,
        [
          `${await head("transfer-encoding: chunked\r\n")}${chunk}${chunk}`,
          "0\r\n\r\n",
        ],
        0,
        3000,
      );
      assert.match(untold, /^HTTP\/1.1 413/);
      const small = await exchange(url, [
        `${await head("transfer-encoding: chunked\r\n")}2\r\n{}\r\n0\r\n\r\n`,
      ]);
      assert.match(small, /^HTTP\/1.1 200/);
      assert.is(upstream.requests.length, 1);
    },
  ));

test("a body that comes too slowly is given up, and holds no place", () =>
  wired(
    { limits: { deadlineMs: 4100, concurrency: 1 } },
    (socket) => socket.write(httpAnswer(OK)),
    async (url, upstream) => {
      const started = Date.now();
      const slow = await exchange(
        url,
        [`${await head("content-length: 100\r\n")}{`, ...Array(20).fill(" ")],
        200,
        6000,
      );
      assert.match(slow, /^HTTP\/1.1 408/);
      assert.ok(Date.now() - started < 7000);
      const next = await exchange(url, [`${await head("content-length: 2\r\n")}{}`]);
      assert.match(next, /^HTTP\/1.1 200/);
      assert.is(upstream.requests.length, 1);
    },
  ));

test("a request smuggled behind another is not taken for one of its caller's", () =>
  wired({}, (socket) => socket.write(httpAnswer(OK)), async (url, upstream) => {
    const inner = `POST /v4/im_open_login_svc/account_delete HTTP/1.1\r\nhost: x\r\n\r\n`;
    const both = await head(`content-length: ${inner.length}\r\ntransfer-encoding: chunked\r\n`);
    const answer = await exchange(url, [`${both}0\r\n\r\n${inner}`], 0, 3000);
    assert.not.match(answer, "account_delete");
    assert.not.ok(upstream.requests.some(({ head }) => head.includes("account_delete")));
  }));

test("an upstream that trickles its answer ends in 504 at the deadline", () =>
  wired({ limits: { deadlineMs: 4100 } }, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n{"ActionStatus":"OK",');
  }, async (url) => {
    const started = Date.now();
    const answer = await exchange(url, [`${await head("content-length: 2\r\n")}{}`]);
    assert.match(answer, /^HTTP\/1.1 504/);
    assert.match(answer, "may have acted");
    assert.ok(Date.now() - started < 6000);
  }));

test("a caller who hangs up does not stop the call, and its outcome is known afterwards", () => {
  let answerLate = () => {};
  const asked = new Promise<void>((resolve) => answerLate = resolve);
  const outcomes: string[] = [];
  return wired({ audit: ({ outcome }) => void outcomes.push(outcome) }, (socket) => {
    answerLate();
    setTimeout(() => socket.write(httpAnswer(OK)), 300);
  }, async (url) => {
    const request = `${await head("content-length: 2\r\nidempotency-key: k\r\n")}{}`;
    const gone = connect({ host: url.hostname, port: Number(url.port) });
    gone.on("error", () => {});
    gone.write(request);
    await asked;
    gone.destroy();
    for (let looks = 0; outcomes.length === 0 && looks < 200; looks++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.equal(outcomes, ["ok"]);
    const again = await exchange(url, [request]);
    assert.match(again, /idempotency-replayed: true/i);
  });
});

test.run();

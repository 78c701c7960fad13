import { suite } from "uvu";
import * as assert from "uvu/assert";
import { exchange, type HttpRequest } from "../../src/doctor/http.ts";
import { type Connection, type DoctorPlatform, ProbeError } from "../../src/doctor/platform.ts";
import { rejects } from "../support/rejects.ts";

const test = suite("exchange");
const clocks = { elapsed: () => performance.now(), now: () => Date.now() } as DoctorPlatform;
const bytes = (text: string) => new TextEncoder().encode(text);

/** A connection on which these pieces come, and then the end. */
function giving(pieces: string[]): Connection & { sent: string } {
  return {
    sent: "",
    write(bytes) {
      this.sent += new TextDecoder().decode(bytes);
    },
    read: () => Promise.resolve(pieces.length ? bytes(pieces.shift()!) : undefined),
    close() {},
  };
}

const ask = (pieces: string[], method: HttpRequest["method"] = "POST") =>
  exchange(clocks, giving(pieces), { method, path: "/", host: "a.test", body: "{}" }, 1000);

const pieces = (text: string) => text.split("");

for (
  const [name, text, body] of [
    ["with a length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello"],
    [
      "in chunks",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nhel\r\n2\r\nlo\r\n0\r\nX: y\r\n\r\n",
      "hello",
    ],
    ["up to the end", "HTTP/1.0 200 OK\r\n\r\nhello", "hello"],
    [
      "after a 100",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi",
      "hi",
    ],
    ["with no body", "HTTP/1.1 204 No Content\r\n\r\n", ""],
  ] as const
) {
  test(`reads an answer ${name}, whole and byte by byte`, async () => {
    assert.is((await ask([text])).body, body);
    assert.is((await ask(pieces(text))).body, body);
  });
}

test("reads a HEAD answer without waiting for its body", async () => {
  const answer = await ask([
    "HTTP/1.1 200 OK\r\nContent-Length: 500\r\nServer: x\r\nConnection: Close\r\n\r\n",
  ], "HEAD");
  assert.is(answer.status, 200);
  assert.is(answer.headers.get("server"), "x");
  assert.is(answer.closing, true);
});

test("sends a request that says its host, length and nothing secret", async () => {
  const connection = giving(["HTTP/1.1 200 OK\r\n\r\n"]);
  await exchange(clocks, connection, {
    method: "POST",
    path: "/v4",
    host: "a.test:8443",
    body: '"é"',
  }, 1000);
  assert.match(connection.sent, /^POST \/v4 HTTP\/1\.1\r\nHost: a\.test:8443\r\n/);
  assert.match(connection.sent, /Content-Length: 4\r\n\r\n"é"$/);
});

for (
  const [name, text, kind] of [
    ["nothing", "", "closed"],
    ["half a head", "HTTP/1.1 200 OK\r\nContent-", "closed"],
    ["half a body", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhel", "closed"],
    ["half a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhel", "closed"],
    [
      "a chunk without a size",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      "not-http",
    ],
    ["another protocol", "SSH-2.0-OpenSSH_9.6\r\n", "not-http"],
  ] as const
) {
  test(`reports ${name} as ${kind}`, async () => {
    const error = await rejects(ask([text].filter(Boolean)));
    assert.ok(error instanceof ProbeError, String(error));
    assert.is(error.kind, kind);
  });
}

test.run();

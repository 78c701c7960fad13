import { test } from "uvu";
import * as assert from "uvu/assert";
import { TimClient } from "../../mod.ts";
import { httpAnswer, type RawServer, rawServer } from "../support/raw_server.ts";

const OK = httpAnswer(JSON.stringify({ ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0 }));

/** A client of a server that keeps connections open, and the number of connections it has seen. */
async function counted(
  use: (tim: TimClient, server: RawServer, connections: () => number) => Promise<void>,
): Promise<void> {
  const server = await rawServer((socket) => socket.write(OK));
  const tim = new TimClient({
    sdkAppId: 1400000000,
    secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
    baseUrl: server.url,
  });
  try {
    await use(tim, server, () => Math.max(...server.requests.map(({ connection }) => connection)));
  } finally {
    await server.close();
  }
}

test("200 calls in sequence share one connection, or two where the runtime overlaps them", () =>
  counted(async (tim, server, connections) => {
    for (let i = 0; i < 200; i++) await tim.call("some_svc/some_command");
    assert.is(server.requests.length, 200);
    assert.ok(connections() <= 2, `${connections()} connections`);
  }));

test("200 calls, 20 at a time, share 20 connections", () =>
  counted(async (tim, server, connections) => {
    let left = 200;
    await Promise.all(Array.from({ length: 20 }, async () => {
      while (left-- > 0) await tim.call("some_svc/some_command");
    }));
    assert.is(server.requests.length, 200);
    // Every runtime opens one for each call under way; a little more while answers are still read.
    assert.ok(connections() >= 2 && connections() <= 40, `${connections()} connections`);
  }));

test("TimClient.warm opens the connections that the next calls use", () =>
  counted(async (tim, server, connections) => {
    assert.is(await tim.warm(3), 3);
    assert.is(server.requests.length, 3);
    assert.ok(server.requests.every(({ head }) => head.startsWith("GET / ")));
    await Promise.all([1, 2, 3].map(() => tim.call("some_svc/some_command")));
    assert.is(connections(), 3);
  }));

test("TimClient.warm goes nowhere else when the host answers with another address", async () => {
  const elsewhere = await rawServer((socket) => socket.write(OK));
  const server = await rawServer((socket) =>
    socket.write(`HTTP/1.1 302 Found\r\nlocation: ${elsewhere.url}/\r\ncontent-length: 0\r\n\r\n`)
  );
  try {
    const tim = new TimClient({ sdkAppId: 1, secretKey: "k", baseUrl: server.url });
    assert.is(await tim.warm(), 1);
    assert.is(elsewhere.requests.length, 0);
  } finally {
    await server.close();
    await elsewhere.close();
  }
});

test("TimClient.warm counts what it could not open, and throws nothing", async () => {
  const server = await rawServer(() => {});
  await server.close();
  const tim = new TimClient({ sdkAppId: 1, secretKey: "k", baseUrl: server.url });
  assert.is(await tim.warm(2), 0);
});

test.run();

import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { isTimError, TimClient } from "../../mod.ts";
import { httpAnswer, rawServer } from "../support/raw_server.ts";

const BODY = JSON.stringify({ ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0 });
const OK = httpAnswer(BODY);
const ZIPPED = gzipSync(BODY);
const ZIPPED_HEAD =
  `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${ZIPPED.length}\r\n\r\n`;
const CHUNKS = `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${
  BODY.length.toString(16)
}\r\n${BODY}\r\n`;

/** Answers, and breaks the connection a moment later, perhaps under the next request. */
const thenBreaks = (end: "end" | "resetAndDestroy", ms: number) => (socket: Socket) => {
  socket.write(OK);
  setTimeout(() => socket[end](), ms);
};

/** What a network does to an answer. */
const FAULTS: ((socket: Socket) => unknown)[] = [
  (socket) => socket.resetAndDestroy(),
  (socket) => socket.end(),
  (socket) => socket.end(OK.slice(0, 25)),
  (socket) => socket.end(OK.slice(0, -9)),
  (socket) => socket.end(OK),
  thenBreaks("end", 0),
  thenBreaks("end", 2),
  thenBreaks("resetAndDestroy", 0),
  thenBreaks("resetAndDestroy", 2),
  (socket) => socket.end("SSH-2.0-OpenSSH_9.0\r\n"),
  (socket) => socket.end(OK.replace("1.1", "1.0")),
  (socket) => socket.end(`HTTP/1.1 200 OK\r\n\r\n${BODY}`),
  (socket) => socket.end(`HTTP/1.1 200 OK\r\n\r\n${BODY.slice(9)}`),
  (socket) => socket.end(httpAnswer(BODY, "200 OK", "connection: close\r\n")),
  (socket) => socket.write(httpAnswer(BODY, "200 OK", "connection: close\r\n")),
  (socket) => socket.write(`HTTP/1.1 100 Continue\r\n\r\n${OK}`),
  (socket) => socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </>\r\n\r\n${OK}`),
  (socket) => socket.end("HTTP/1.1 102 Processing\r\n\r\n"),
  (socket) => socket.write(`${CHUNKS}0\r\n\r\n`),
  (socket) => socket.end(CHUNKS),
  (socket) => socket.end(CHUNKS.slice(0, -20)),
  (socket) => socket.write(`${OK}more than was told`),
  (socket) => socket.write(OK + OK),
  (socket) => socket.write(ZIPPED_HEAD) && socket.write(ZIPPED),
  (socket) => socket.write(ZIPPED_HEAD) && socket.end(ZIPPED.subarray(0, 20)),
  ...[204, 302, 307, 401, 407, 408, 421, 425, 429, 502, 503].map((status) => (socket: Socket) =>
    socket.write(
      httpAnswer("", `${status} Whatever`, "location: /\r\nwww-authenticate: Basic\r\n"),
    )
  ),
  ...Array<(socket: Socket) => unknown>(12).fill((socket) => socket.write(OK)),
];

/** Numbers from 0 up to 1, the same ones each time. */
function seeded(seed: number): () => number {
  return () => (seed = seed * 48271 % 0x7fffffff) / 0x7fffffff;
}

test("what may happen once happens once, or surely did not, whatever becomes of 600 answers", async () => {
  const random = seeded(20_261_121);
  const arrived = new Map<number, number>();
  const server = await rawServer((socket, { body }) => {
    const { id, fault } = JSON.parse(body);
    arrived.set(id, (arrived.get(id) ?? 0) + 1);
    FAULTS[fault]!(socket);
  });
  const tim = new TimClient({ sdkAppId: 1400000000, secretKey: "k", baseUrl: server.url });
  const outcomes: { id: number; fault: number; told: string }[] = [];
  const call = async (id: number) => {
    const fault = Math.floor(random() * FAULTS.length);
    const gaveUp = new AbortController();
    const timer = random() < 0.05 ? setTimeout(() => gaveUp.abort(), random() * 10) : undefined;
    let told: string;
    try {
      const { signal } = gaveUp;
      const { attempts } = await tim.callInDetail("openim/sendmsg", { id, fault }, { signal });
      told = `done in ${attempts}`;
    } catch (error) {
      if (!isTimError(error)) throw error;
      told = error.outcomeUnknown ? "unknown" : "not done";
    }
    clearTimeout(timer);
    outcomes.push({ id, fault, told });
  };
  try {
    let next = 0;
    await Promise.all(Array.from({ length: 10 }, async () => {
      while (next < 600) await call(next++);
    }));
  } finally {
    await server.close();
  }
  const allowed: Record<string, number[]> = { "done in 1": [1], unknown: [0, 1], "not done": [0] };
  const wrong = outcomes
    .map((outcome) => ({ ...outcome, times: arrived.get(outcome.id) ?? 0 }))
    .filter(({ told, times }) => !allowed[told]?.includes(times));
  assert.equal(wrong.map((outcome) => ({ ...outcome, fault: String(FAULTS[outcome.fault]) })), []);
  const well = outcomes.filter(({ told }) => told === "done in 1").length;
  assert.ok(well > 150, `${well} went well`);
});

test.run();

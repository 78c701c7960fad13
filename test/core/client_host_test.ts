import { test } from "uvu";
import * as assert from "uvu/assert";
import { isTimError, TimClient, type TimError } from "../../mod.ts";
import { httpAnswer, type RawServer, rawServer } from "../support/raw_server.ts";
import { rejects } from "../support/rejects.ts";

const app = {
  sdkAppId: 1400000000,
  secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
};
const OK = JSON.stringify({ ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0 });

/** Runs one test against a server that answers as given, and closes it. */
async function against(
  answer: Parameters<typeof rawServer>[0],
  use: (tim: TimClient, server: RawServer) => Promise<void>,
): Promise<void> {
  const server = await rawServer(answer);
  try {
    await use(new TimClient({ ...app, baseUrl: server.url, timeoutMs: 3100 }), server);
  } finally {
    await server.close();
  }
}

async function failure(answer: Parameters<typeof rawServer>[0]): Promise<TimError> {
  let error: unknown;
  await against(answer, async (tim) => {
    error = await rejects(tim.call("a/b"));
  });
  return error as TimError;
}

test("TimClient.call sends length and type with the body, in UTF-8", () =>
  against((socket) => socket.write(httpAnswer(OK)), async (tim, { requests }) => {
    await tim.call("a/b", { Name: "腾讯" });
    const [{ head }] = requests as [typeof requests[0]];
    assert.match(head, /^POST \/v4\/a\/b\?sdkappid=1400000000&identifier=administrator&usersig=/);
    assert.match(head, /content-type: application\/json/i);
    assert.match(head, /content-length: 17/i);
    assert.not.match(head, /transfer-encoding/i);
  }));

test("TimClient.call keeps its connection for the next call", () =>
  against((socket) => socket.write(httpAnswer(OK)), async (tim, { requests }) => {
    for (let i = 0; i < 5; i++) await tim.call("a/b");
    // Node may open a second one before it knows that the first is free.
    assert.ok(requests.every(({ connection }) => connection <= 2));
    assert.is(requests.length, 5);
  }));

for (const end of ["destroy", "resetAndDestroy"] as const) {
  test(`TimClient.call sends nothing twice when a reused connection dies (${end})`, () =>
    against((socket, { turn }) => {
      // The first call keeps the connection; the second is received whole and then cut.
      if (turn === 1) socket.write(httpAnswer(OK));
      else socket[end]();
    }, async (tim, { requests }) => {
      await tim.call("a/b", { n: 1 });
      await tim.call("a/b", { n: 2 }).catch(() => {});
      assert.equal(requests.map(({ body }) => body), ['{"n":1}', '{"n":2}']);
    }));
}

for (const end of ["keep-alive", "close"]) {
  test(`TimClient.call sends nothing twice after a status 421 (${end})`, () =>
    against(
      (socket) => socket.write(httpAnswer("", "421 Misdirected Request", `connection: ${end}\r\n`)),
      async (tim, { requests }) => {
        const error = await rejects(tim.call("a/b", { Name: "腾讯" })) as TimError;
        assert.equal([error.code, error.status, error.outcomeUnknown], [
          "TIM_HTTP_STATUS",
          421,
          true,
        ]);
        assert.equal(requests.map(({ body }) => body), ['{"Name":"腾讯"}']);
      },
    ));
}

test("TimClient.call tells a closed port: surely not sent", async () => {
  const server = await rawServer(() => {});
  await server.close();
  const error = await rejects(
    new TimClient({ ...app, baseUrl: server.url }).call("a/b"),
  ) as TimError;
  assert.is(error.code, "TIM_CONNECTION");
  assert.is(error.outcomeUnknown, false);
  assert.is(error.retryable, true);
});

test("TimClient.call tells a connection that closes before the answer: outcome unknown", async () => {
  const error = await failure((socket) => socket.destroy());
  assert.is(error.code, "TIM_CONNECTION");
  assert.is(error.outcomeUnknown, true);
});

test("TimClient.call tells an answer that breaks off", async () => {
  const error = await failure((socket) => {
    socket.write(httpAnswer(OK).slice(0, -10));
    setTimeout(() => socket.destroy(), 50);
  });
  assert.is(error.code, "TIM_TRUNCATED");
  assert.is(error.kind, "network");
});

test("TimClient.call does not follow a redirect", async () => {
  let asked = 0;
  const error = await failure((socket) => {
    asked++;
    socket.write(httpAnswer("", "302 Found", "location: /login\r\n"));
  });
  assert.is(error.code, "TIM_HTTP_STATUS");
  assert.is(error.status, 302);
  assert.is(asked, 1);
});

test("TimClient.call ends after any number of pauses of its limiter", async () => {
  const signal = AbortSignal.timeout(200);
  const tim = new TimClient({
    sdkAppId: 1,
    secretKey: "k",
    limiter: {
      take: async (_, patience) => {
        await Promise.all(Array.from({ length: 30_000 }, () => patience.pause(4000)));
      },
      heed: () => {},
    },
  });
  const error = await rejects(tim.call("some_svc/some_command", {}, { signal })) as TimError;
  assert.ok(isTimError(error, "aborted"), String(error));
});

test("TimClient.call ends in time when no answer comes", async () => {
  const error = await failure(() => {});
  assert.is(error.code, "TIM_TIMEOUT");
  assert.is(error.outcomeUnknown, true);
});

test("TimClient.call ends in time when the answer stalls after its head", async () => {
  const error = await failure((socket) => socket.write(httpAnswer(OK).slice(0, -5)));
  assert.is(error.code, "TIM_TIMEOUT");
});

test.run();

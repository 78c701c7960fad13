import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  ApiError,
  isApiError,
  isTimError,
  RateLimiter,
  type RetryEvent,
  signUserSig,
  TimClient,
  type TimClientOptions,
  type TimError,
} from "../../mod.ts";
import { explainErrorCode } from "../../src/errors/mod.ts";
import { rejects } from "../support/rejects.ts";

const app = {
  sdkAppId: 1400000000,
  secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
  retry: { baseDelayMs: 1 },
};
const READ: string = "group_open_http_svc/get_group_info";
const WRITE: string = "group_open_http_svc/create_group";

type Answer = number | "lost" | "refused";

/** A client whose attempts are answered in turn: an error code, 0, or no answer at all. */
function clientWith(answers: Answer[], options: Partial<TimClientOptions> = {}) {
  const urls: URL[] = [];
  const bodies: string[] = [];
  const tim = new TimClient({
    ...app,
    fetch: async (input, init) => {
      urls.push(new URL(input));
      bodies.push(await new Response(init.body).text());
      const answer = answers.shift()!;
      if (answer === "lost") throw new TypeError("socket hang up");
      if (answer === "refused") throw Object.assign(new TypeError("no"), { code: "ECONNREFUSED" });
      return Response.json({ ActionStatus: answer === 0 ? "OK" : "FAIL", ErrorCode: answer });
    },
    ...options,
  } as TimClientOptions);
  return { tim, urls, bodies };
}

const sigsOf = (urls: URL[]) => new Set(urls.map((url) => url.searchParams.get("usersig"))).size;

test("TimClient.call repeats what is safe, with the same body and a fresh random", async () => {
  const { tim, urls, bodies } = clientWith(["lost", 10002, 0]);
  const outcome = await tim.callInDetail(READ, { GroupIdList: ["a"] });
  assert.is(outcome.attempts, 3);
  assert.is(new Set(bodies).size, 1);
  assert.is(new Set(urls.map((url) => url.searchParams.get("random"))).size, 3);
  assert.is(sigsOf(urls), 1);
});

test("TimClient.call never repeats a command that could happen twice", async () => {
  for (const answer of ["lost", 10002, 60008] as const) {
    const { tim, urls } = clientWith([answer, 0]);
    const error = await rejects(tim.call(WRITE, {})) as TimError;
    assert.is(error.outcomeUnknown, true);
    assert.is(error.attempts, 1);
    assert.is(urls.length, 1);
  }
});

test("TimClient.call repeats no command for a word in its own URL, or for TLS that breaks later", async () => {
  const texts = [
    (url: string) => new TypeError(`error sending request for url (${url}): connection closed`),
    (url: string) =>
      new TypeError("fetch failed", {
        cause: new Error(`error sending request for ${url} (SendRequest)`),
      }),
    () => Object.assign(new Error("The TLS handshake failed."), { code: "EPROTO" }),
  ];
  for (const failure of texts) {
    let asked = 0;
    const tim = new TimClient({
      ...app,
      identifier: "DNS-certificate",
      fetch: (url) => Promise.reject(failure(`${url}&asked=${++asked}`)),
    });
    const error = await rejects(tim.call(WRITE)) as TimError;
    assert.equal([asked, error.outcomeUnknown], [1, true], String(error.cause));
  }
});

test("TimClient.call repeats any command when it surely was not acted upon", async () => {
  for (const answer of ["refused", 60014] as const) {
    const { tim, urls } = clientWith([answer, 0]);
    await tim.call(WRITE, {});
    assert.is(urls.length, 2);
  }
});

test("TimClient.call takes unknown commands for unsafe, unless the caller knows better", async () => {
  const unsafe = clientWith(["lost", 0]);
  await rejects(unsafe.tim.call("some_svc/some_command"));
  assert.is(unsafe.urls.length, 1);
  const safe = clientWith(["lost", 0]);
  await safe.tim.call("some_svc/some_command", {}, { idempotent: true });
  assert.is(safe.urls.length, 2);
  const forbidden = clientWith(["lost", 0]);
  await rejects(forbidden.tim.call(READ, {}, { idempotent: false }));
  assert.is(forbidden.urls.length, 1);
});

test("TimClient.call stops after maxAttempts and tells how often it tried", async () => {
  const { tim, urls } = clientWith([10002, 10002, 10002, 10002], {
    retry: { maxAttempts: 2, baseDelayMs: 1 },
  });
  const error = await rejects(tim.call(READ)) as TimError;
  assert.ok(isApiError(error, 10002));
  assert.is(error.attempts, 2);
  assert.is(urls.length, 2);
  const off = clientWith([10002, 0], { retry: false });
  await rejects(off.tim.call(READ));
  assert.is(off.urls.length, 1);
});

test("TimClient.call does not forget that an earlier attempt may have been acted upon", async () => {
  const lost = clientWith(["lost", "refused", "refused"]);
  const refused = await rejects(lost.tim.call(READ)) as TimError;
  assert.is(refused.attempts, 3);
  assert.is(refused.outcomeUnknown, true, "the first one's answer got lost");

  const never = await rejects(clientWith(["refused", "refused", "refused"]).tim.call(READ));
  assert.is((never as TimError).outcomeUnknown, false);
});

test("TimClient.call tells the failure of its last attempt when there is no turn for another", async () => {
  const limiter = new RateLimiter({ rateOf: () => 0.1 });
  const { tim, urls } = clientWith(["lost"], { limiter });
  const lost = await rejects(tim.call(READ)) as TimError;
  assert.equal([lost.code, lost.attempts, lost.outcomeUnknown], ["TIM_CONNECTION", 1, true]);
  const held = await rejects(tim.call(READ)) as TimError;
  assert.equal([held.code, held.attempts, held.outcomeUnknown], ["TIM_RATE_LIMIT", 0, false]);
  assert.is(urls.length, 1);
});

test("TimClient tells of every retry beforehand", async () => {
  const events: RetryEvent[] = [];
  const { tim } = clientWith(["lost", 10002, 0], { onRetry: (event) => events.push(event) });
  await tim.call(READ);
  assert.equal(events.map(({ command, attempt }) => [command, attempt]), [[READ, 1], [READ, 2]]);
  assert.equal(events.map(({ error }) => error.kind), ["network", "server"]);
  assert.ok(events.every(({ delayMs }) => delayMs >= 0 && delayMs <= 2));
});

test("TimClient stops repeating when most calls fail", async () => {
  const { tim, urls } = clientWith(Array(100).fill(10002));
  for (let i = 0; i < 20; i++) await rejects(tim.call(READ));
  assert.is(urls.length, 30, "twenty calls and a budget of ten retries");
});

test("TimClient signs anew once when the backend refuses the UserSig, whatever the command", async () => {
  let now = Date.UTC(2026, 0, 1);
  for (const code of [70001, 60004, 70009]) {
    const { tim, urls } = clientWith([0, code, 0], { now: () => now });
    await tim.call(WRITE);
    now += 1000;
    await tim.call(WRITE);
    assert.is(urls.length, 3);
    assert.is(sigsOf(urls), 2, String(code));
  }
});

test("TimClient does not go on signing when a fresh UserSig is refused too", async () => {
  const { tim, urls } = clientWith([70009, 70009, 0]);
  const error = await rejects(tim.call(READ)) as TimError;
  assert.ok(isApiError(error, 70009));
  assert.match(error.advice!, /SDKAppID, secret key, identifier and region/);
  assert.is(urls.length, 2);
});

test("TimClient explains error codes when it is given the texts", async () => {
  const { tim } = clientWith([10010, 10010], { explain: explainErrorCode });
  const error = await rejects(tim.call(READ)) as TimError;
  assert.is(
    error.advice,
    "The group does not exist or was disbanded. " + explainErrorCode(10010)!.remedy,
  );
  const chinese = clientWith([10010], { explain: (code) => explainErrorCode(code, "zh") });
  assert.match((await rejects(chinese.tim.call(READ)) as TimError).advice!, /\p{Script=Han}/u);
  const bare = clientWith([10010]);
  assert.is(
    (await rejects(bare.tim.call(READ)) as TimError).advice,
    "Check the IDs; it may be gone",
  );
});

test("TimClient cannot replace a UserSig that it did not sign", async () => {
  const userSig = await signUserSig({ ...app, identifier: "administrator" });
  const { tim, urls } = clientWith([70001, 0], { secretKey: undefined, userSig });
  assert.ok(isApiError(await rejects(tim.call(READ)), 70001));
  assert.is(urls.length, 1);
});

test("TimClient goes to the region's backup host when the first cannot be reached, and stays there", async () => {
  let now = 0;
  const { tim, urls } = clientWith(["refused", 0, 0, 0], { region: "sgp", now: () => now });
  await tim.call(WRITE);
  await tim.call(WRITE);
  now += 300_001;
  await tim.call(WRITE);
  assert.equal(urls.map(({ host }) => host), [
    "adminapisgp.im.qcloud.com",
    "adminapisgp.my-imcloud.com",
    "adminapisgp.my-imcloud.com",
    "adminapisgp.im.qcloud.com",
  ]);
});

test("TimClient comes back from a backup host that cannot be reached either", async () => {
  const { tim, urls } = clientWith(["refused", "refused", 0]);
  await tim.call(READ);
  assert.equal(urls.map(({ host }) => host), [
    "console.tim.qq.com",
    "adminapi.my-imcloud.com",
    "console.tim.qq.com",
  ]);
});

test("TimClient leaves a host that does not answer for later calls, even if this one is not repeated", async () => {
  const refused = clientWith(["refused", 0], { region: "sgp", retry: false });
  await rejects(refused.tim.call(WRITE));
  await refused.tim.call(WRITE);
  assert.is(refused.urls[1]!.host, "adminapisgp.my-imcloud.com");
  const hosts: string[] = [];
  const tim = new TimClient({
    ...app,
    region: "sgp",
    timeoutMs: 3001,
    fetch: (url) => {
      hosts.push(new URL(url).host);
      const swallowed = hosts.length === 1;
      return swallowed
        ? new Promise(() => {})
        : Promise.resolve(Response.json({ ActionStatus: "OK", ErrorCode: 0 }));
    },
  });
  assert.ok(isTimError(await rejects(tim.call(WRITE)), "timeout"));
  await tim.call(WRITE);
  assert.equal(hosts, ["adminapisgp.im.qcloud.com", "adminapisgp.my-imcloud.com"]);
});

test("TimClient keeps to its host when told so, and when only an answer got lost of an unsafe call", async () => {
  const { tim, urls } = clientWith(["refused", 0], { backupBaseUrl: false });
  await tim.call(READ);
  assert.is(new Set(urls.map(({ host }) => host)).size, 1);
  const lost = clientWith(["lost", 0]);
  await rejects(lost.tim.call(WRITE));
  await lost.tim.call(WRITE);
  assert.is(new Set(lost.urls.map(({ host }) => host)).size, 1);
});

test("TimClient.call gives an attempt its own time, and the rest to the next one", async () => {
  let asked = 0;
  const tim = new TimClient({
    ...app,
    attemptTimeoutMs: 3001,
    timeoutMs: 10_000,
    fetch: () =>
      ++asked === 1
        ? new Promise(() => {})
        : Promise.resolve(Response.json({ ActionStatus: "OK", ErrorCode: 0 })),
  });
  assert.is((await tim.callInDetail(READ)).attempts, 2);
});

test("TimClient.call sends the caller's headers, but not in place of its own", async () => {
  let headers: Headers | undefined;
  const tim = new TimClient({
    ...app,
    fetch: (_, init) => {
      headers = new Headers(init.headers);
      return Promise.resolve(Response.json({ ActionStatus: "OK", ErrorCode: 0 }));
    },
  });
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  for (const name of ["content-type", "Content-Type"]) {
    await tim.call(READ, {}, { headers: { traceparent, [name]: "text/plain" } });
    assert.is(headers!.get("traceparent"), traceparent);
    assert.is(headers!.get("content-type"), "application/json");
  }
});

test("TimClient.call loses no header of a Headers object or of pairs", async () => {
  let sent: unknown;
  const tim = new TimClient({
    ...app,
    fetch: (_, init) => {
      sent = init.headers;
      return Promise.resolve(Response.json({ ActionStatus: "OK", ErrorCode: 0 }));
    },
  });
  const pairs = [["X-User", "alice"], ["x-shop", "7"]] as [string, string][];
  for (const headers of [new Headers(pairs), pairs, Object.fromEntries(pairs)]) {
    await tim.call(READ, {}, { headers: headers as unknown as Record<string, string> });
    assert.equal(sent, { "content-type": "application/json", "x-shop": "7", "x-user": "alice" });
  }
});

test("TimClient.call says which call has headers that cannot be sent, and not what is in them", async () => {
  const { tim, urls } = clientWith([]);
  const wrong: Record<string, string>[] = [{ "x-user": "a\nb" }, { "x user": "a" }];
  for (const headers of wrong) {
    const error = await rejects(tim.call(READ, {}, { headers })) as TimError;
    assert.ok(isTimError(error, "config"), String(error));
    assert.match(error.message, "Headers of group_open_http_svc/get_group_info");
    assert.not.match(error.message, "a\nb");
  }
  assert.is(urls.length, 0);
});

test("TimClient refuses retry options that make no sense", () => {
  assert.throws(() => new TimClient({ ...app, retry: { maxAttempts: 0 } }), /maxAttempts from 1/);
  assert.throws(
    () => new TimClient({ ...app, attemptTimeoutMs: 2000 }),
    /attemptTimeoutMs is 2000/,
  );
});

test("RateLimiter spreads a command's calls over its documented rate", async () => {
  let now = 0;
  const waits: number[] = [];
  const deadline = (remaining: number) =>
    ({
      remainingMs: () => remaining,
      pause: (ms: number) => {
        waits.push(ms);
        now += ms;
        return Promise.resolve();
      },
    }) as never;
  const limiter = new RateLimiter({ rateOf: () => 10, now: () => now });
  for (let i = 0; i < 5; i++) await limiter.take("a/b", deadline(5000));
  assert.equal(waits, [100, 100, 100, 100]);
  await limiter.take("c/d", deadline(5000));
  assert.is(waits.length, 4, "another command has its own count");
  now += 1000;
  await limiter.take("a/b", deadline(5000));
  assert.is(waits.length, 4);
  const error = await rejects(limiter.take("a/b", deadline(50))) as TimError;
  assert.ok(isTimError(error, "rate-limit"));
  assert.is(error.code, "TIM_RATE_LIMIT");
  assert.is(error.outcomeUnknown, false);
});

test("RateLimiter lets a tenth of a second's worth go at once", async () => {
  let waited = 0;
  const deadline = {
    remainingMs: () => 5000,
    pause: (ms: number) => Promise.resolve(waited += ms),
  };
  const limiter = new RateLimiter({ rateOf: () => 200, now: () => 0 });
  for (let i = 0; i < 20; i++) await limiter.take("a/b", deadline as never);
  assert.is(waited, 0);
  await limiter.take("a/b", deadline as never);
  assert.is(waited, 5);
});

test("RateLimiter lets calls go one after the other when the whole app has waited, and not all at once", async () => {
  const limiter = new RateLimiter({ rateOf: () => 20, now: () => 0 });
  limiter.heed("c/d", new ApiError({ ErrorCode: 60011 }, { kind: "rate-limit" }));
  const waits: number[] = [];
  const patience = {
    remainingMs: () => 5000,
    pause: (ms: number) => Promise.resolve(void waits.push(ms)),
  };
  for (let i = 0; i < 5; i++) await limiter.take("a/b", patience);
  // A tenth of a second's worth at once, as ever.
  assert.equal(waits, [1000, 1000, 1050, 1100, 1150]);
});

test("RateLimiter gives the turns of calls that ended while they waited to others", async () => {
  let now = 0;
  const limiter = new RateLimiter({ rateOf: () => 1, now: () => now });
  const left = { remainingMs: () => 10_000, pause: () => Promise.reject(new Error("left")) };
  const waits: number[] = [];
  const patience = {
    remainingMs: () => 10_000,
    pause: (ms: number) => Promise.resolve(void waits.push(ms)),
  };
  await limiter.take("a/b", patience);
  for (let i = 0; i < 4; i++) {
    assert.is(String(await rejects(limiter.take("a/b", left))), "Error: left");
  }
  const gone = [1, 2, 3].map(() => rejects(limiter.take("a/b", left)));
  await limiter.take("a/b", patience);
  await Promise.all(gone);
  assert.equal(waits, [4000], "three wait before it, and leave afterwards");
  for (let i = 0; i < 4; i++) await limiter.take("a/b", patience);
  assert.equal(waits, [4000, 1000, 2000, 3000, 5000]);
  await rejects(limiter.take("a/b", left));
  now = 20_000;
  await limiter.take("a/b", patience);
  await limiter.take("a/b", patience);
  assert.equal(waits.slice(5), [1000], "what is over is no turn");
  const late = rejects(limiter.take("a/b", left));
  limiter.heed("a/b", new ApiError({ ErrorCode: 60007 }, { kind: "rate-limit" }));
  await late;
  await limiter.take("a/b", patience);
  assert.is(waits.at(-1), 3000, "nor is one from before a refusal");
});

test("RateLimiter shares a rate among processes, and refuses shares that are none", async () => {
  let waited = 0;
  const deadline = {
    remainingMs: () => 5000,
    pause: (ms: number) => Promise.resolve(waited += ms),
  };
  const limiter = new RateLimiter({ rateOf: () => 1, share: 0.5, now: () => 0 });
  await limiter.take("a/b", deadline as never);
  await limiter.take("a/b", deadline as never);
  assert.is(waited, 2000);
  for (const share of [0, -1, 1.1, NaN]) {
    assert.throws(() => new RateLimiter({ rateOf: () => 1, share }), /share is/);
  }
});

test("TimClient.call ends at its deadline in a limiter that never answers, before or after its pause", async () => {
  const stuck = async (pauseMs: number) => {
    const { tim, urls } = clientWith([0], {
      timeoutMs: 3001,
      limiter: {
        take: async (_, patience) => {
          await patience.pause(pauseMs);
          await new Promise(() => {});
        },
        heed: () => {},
      },
    });
    const error = await rejects(tim.call(READ)) as TimError;
    assert.ok(isTimError(error, "timeout"));
    assert.is(error.outcomeUnknown, false, "nothing was sent");
    assert.is(urls.length, 0);
  };
  await Promise.all([stuck(1), stuck(10_000)]);
});

test("TimClient waits a second after a refusal for being too fast: the command, or the whole app", async () => {
  for (const [code, other] of [[60007, 0], [60011, 1], [60018, 1], [60019, 1]] as const) {
    const limiter = new RateLimiter({ rateOf: () => 200, now: () => 0 });
    const { tim } = clientWith([code, 0], { limiter, retry: false });
    await rejects(tim.call(WRITE));
    const waits: number[] = [];
    const deadline = {
      remainingMs: () => 5000,
      pause: (ms: number) => Promise.resolve(waits.push(ms)),
    };
    await limiter.take(WRITE, deadline as never);
    await limiter.take(READ, deadline as never);
    assert.equal(waits, other ? [1000, 1000] : [1000], String(code));
  }
});

test.run();

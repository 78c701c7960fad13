import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  ApiError,
  isApiError,
  isTimError,
  type Middleware,
  signUserSig,
  TimClient,
  type TimClientOptions,
  type TimError,
  verifyUserSig,
} from "../../mod.ts";
import { EMULATOR_SECRET_KEY } from "../../src/core/emulator_credentials.ts";
import { rejects } from "../support/rejects.ts";

const app = {
  sdkAppId: 1400000000,
  secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
};
const OK = { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0, RequestId: "Id-1" };

interface Sent {
  url: URL;
  init: RequestInit;
  body: string;
}

/** A client whose requests land in `sent`, each answered by `answer`. */
function clientWith(
  answer: (sent: Sent) => Response | Promise<Response>,
  options: Partial<TimClientOptions> = {},
): { tim: TimClient; sent: Sent[] } {
  const sent: Sent[] = [];
  const tim = new TimClient({
    ...app,
    fetch: async (input, init) => {
      const request = { url: new URL(input), init, body: await new Response(init.body).text() };
      sent.push(request);
      return await answer(request);
    },
    ...options,
  } as TimClientOptions);
  return { tim, sent };
}

async function failure(answer: () => Response): Promise<TimError> {
  const { tim } = clientWith(answer);
  const error = await rejects(tim.call("live_engine_http_srv/get_room_info", { RoomId: "r" }));
  assert.ok(isTimError(error));
  return error;
}

test("an answer's text keeps the integers that a number rounds, unless middleware may change them", async () => {
  const text =
    '{"ActionStatus":"OK","ErrorCode":0,"GroupCounter":[{"Key":"n","Value":9007199254740993}]}';
  const command = "group_open_http_svc/get_group_counter";
  const { tim } = clientWith(() => new Response(text));
  assert.is((await tim.callInDetail(command, { GroupId: "a" })).text, text);
  const masked = clientWith(() => new Response(text), {
    middleware: [async (request, next) => ({ ...await next(request), answer: OK as never })],
  });
  const outcome = await masked.tim.callInDetail(command, { GroupId: "a" });
  assert.equal([outcome.answer, outcome.text], [OK, undefined]);
});

test("TimClient.call sends the documented URL, method and body", async () => {
  const { tim, sent } = clientWith(() => Response.json(OK), { region: "sgp" });
  assert.equal(await tim.call("group_open_http_svc/get_appid_group_list", { Limit: 2 }), OK);
  const [{ url, init, body }] = sent as [Sent];
  assert.is(url.origin, "https://adminapisgp.im.qcloud.com");
  assert.is(url.pathname, "/v4/group_open_http_svc/get_appid_group_list");
  assert.equal([...url.searchParams.keys()], [
    "sdkappid",
    "identifier",
    "usersig",
    "random",
    "contenttype",
  ]);
  assert.is(url.searchParams.get("sdkappid"), "1400000000");
  assert.is(url.searchParams.get("identifier"), "administrator");
  assert.is(url.searchParams.get("contenttype"), "json");
  const verdict = await verifyUserSig(url.searchParams.get("usersig")!, {
    ...app,
    identifier: "administrator",
  });
  assert.is(verdict.valid, true);
  assert.is(init.method, "POST");
  assert.is(body, '{"Limit":2}');
});

test("TimClient.call sends {} when there is no body", async () => {
  const { tim, sent } = clientWith(() => Response.json(OK));
  await tim.call("some_svc/some_command");
  assert.is(sent[0]!.body, "{}");
});

test("TimClient.call draws a fresh unsigned 32-bit random for every call", async () => {
  const { tim, sent } = clientWith(() => Response.json(OK));
  for (let i = 0; i < 64; i++) await tim.call("a/b");
  const drawn = sent.map(({ url }) => Number(url.searchParams.get("random")));
  assert.ok(drawn.every((value) => Number.isInteger(value) && value >= 0 && value <= 0xffffffff));
  assert.ok(new Set(drawn).size > 60);
  // Half of them over 2^31 on average: none at all would be a signed or a shortened number.
  assert.ok(drawn.some((value) => value > 0x7fffffff) && drawn.some((value) => value < 0x80000000));
});

test("TimClient.call takes random and fetch from its options", async () => {
  const { tim, sent } = clientWith(() => Response.json(OK), { random: () => 4294967295 });
  await tim.call("a/b");
  assert.is(sent[0]!.url.searchParams.get("random"), "4294967295");
});

test("TimClient signs its admin once and anew when half the lifetime is over", async () => {
  let now = Date.UTC(2026, 0, 1);
  const { tim, sent } = clientWith(() => Response.json(OK), { now: () => now });
  const sigs = () => new Set(sent.map(({ url }) => url.searchParams.get("usersig"))).size;
  await tim.call("a/b");
  now += 43_199_000;
  await tim.call("a/b");
  assert.is(sigs(), 1);
  now += 1_000;
  await tim.call("a/b");
  assert.is(sigs(), 2);
  now -= 86_400_000;
  await tim.call("a/b");
  assert.is(sigs(), 3, "a clock that was set back makes a new signature");
});

test("TimClient.call takes answers without ErrorInfo and RequestId, as the overview shows", async () => {
  const { tim } = clientWith(() =>
    Response.json({ ActionStatus: "OK", ErrorCode: 0, TotalCount: 58530 })
  );
  const answer = await tim.call("group_open_http_svc/get_appid_group_list");
  assert.is(answer.TotalCount, 58530);
});

test("TimClient.call throws an ApiError for an error code, with what the table knows of it", async () => {
  const error = await failure(() =>
    Response.json({
      ActionStatus: "FAIL",
      ErrorInfo: "too fast",
      ErrorCode: 60007,
      RequestId: "Id-9",
    })
  );
  assert.ok(isApiError(error, 60007));
  assert.instance(error, ApiError);
  assert.is(error.kind, "rate-limit");
  assert.is(error.retryable, "after-delay");
  assert.is(error.outcomeUnknown, false);
  assert.is(error.requestId, "Id-9");
  assert.is(error.command, "live_engine_http_srv/get_room_info");
  assert.is(error.message, "live_engine_http_srv/get_room_info failed: 60007 too fast");
});

test("TimClient.call throws on FAIL even with code 0, and on a code even with OK", async () => {
  assert.ok(
    isApiError(await failure(() => Response.json({ ActionStatus: "FAIL", ErrorCode: 0 })), 0),
  );
  assert.ok(
    isApiError(await failure(() => Response.json({ ActionStatus: "OK", ErrorCode: 10010 }))),
  );
});

for (
  const [what, answer, code, kind] of [
    ["HTTP 502", () => new Response("bad gateway", { status: 502 }), "TIM_HTTP_STATUS", "network"],
    ["HTTP 403", () => new Response("no", { status: 403 }), "TIM_HTTP_STATUS", "protocol"],
    ["an HTML page", () => new Response("<html></html>"), "TIM_NOT_JSON", "protocol"],
    ["plain text", () => new Response("hello"), "TIM_NOT_JSON", "protocol"],
    ["an empty body", () => new Response(""), "TIM_NOT_JSON", "protocol"],
    ["JSON that ends early", () => new Response('{"ActionSta'), "TIM_TRUNCATED", "network"],
    ["JSON null", () => new Response("null"), "TIM_BAD_ENVELOPE", "protocol"],
    ["a JSON list", () => new Response("[1]"), "TIM_BAD_ENVELOPE", "protocol"],
    ["JSON without the envelope", () => new Response('{"a":1}'), "TIM_BAD_ENVELOPE", "protocol"],
    [
      "ErrorCode as text",
      () => new Response('{"ActionStatus":"OK","ErrorCode":"0"}'),
      "TIM_BAD_ENVELOPE",
      "protocol",
    ],
  ] as [string, () => Response, string, string][]
) {
  test(`TimClient.call tells ${what} by ${code}`, async () => {
    const error = await failure(answer);
    assert.is(error.code, code);
    assert.is(error.kind, kind);
    assert.is(error.outcomeUnknown, true);
    assert.is(error.retryable, false);
  });
}

test("TimClient refuses a timeout of 3 s or less and says why", async () => {
  assert.throws(
    () => new TimClient({ ...app, timeoutMs: 3000 }),
    /wanted more than 3000: the backend may take so long/,
  );
  const { tim } = clientWith(() => Response.json(OK));
  const error = await rejects(tim.call("a/b", {}, { timeoutMs: 2999 }));
  assert.ok(isTimError(error, "config"));
});

test("TimClient.call ends when the caller's signal does, and leaves no listener behind", async () => {
  const controller = new AbortController();
  let listeners = 0;
  const { signal } = controller;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...args: unknown[]) => {
    listeners++;
    return Reflect.apply(addEventListener, signal, args);
  };
  signal.removeEventListener = (...args: unknown[]) => {
    listeners--;
    return Reflect.apply(removeEventListener, signal, args);
  };
  const { tim, sent } = clientWith(() => Response.json(OK));
  await tim.call("a/b", {}, { signal });
  assert.is(listeners, 0);
  const { tim: stuck } = clientWith(() => new Promise<Response>(() => {}));
  const pending = rejects(stuck.call("a/b", {}, { signal }));
  controller.abort(new Error("changed my mind"));
  const error = await pending;
  assert.ok(isTimError(error, "aborted"));
  assert.is((error.cause as Error).message, "changed my mind");
  assert.is(listeners, 0);
  assert.ok(isTimError(await rejects(tim.call("a/b", {}, { signal })), "aborted"));
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.is(sent.length, 1, "nothing is sent when it is over from the start");
});

test("TimClient.call tells an abort as one, whatever the signal's reason is", async () => {
  const { tim } = clientWith(() => Response.json({ ActionStatus: "FAIL", ErrorCode: 10010 }));
  const failed = await rejects(tim.call("first/command")) as TimError;
  for (const options of [{}, { attemptTimeoutMs: 3001 }]) {
    const { tim } = clientWith(() => new Promise<Response>(() => {}), options);
    const others = new AbortController();
    const pending = rejects(tim.call("second/command", {}, { signal: others.signal }));
    await new Promise((resolve) => setTimeout(resolve, 10));
    others.abort(failed);
    const error = await pending;
    assert.ok(isTimError(error, "aborted"), String(error));
    assert.is(error.command, "second/command");
    assert.is(error.outcomeUnknown, true);
    assert.match((error.cause as Error).message, "first/command failed: 10010");
  }
  assert.equal([failed.command, failed.kind], ["first/command", "not-found"]);
});

test("TimClient calls the fetch that is there when it calls", async () => {
  const tim = new TimClient({ ...app, sdkAppId: 1400000000 });
  const platformFetch = globalThis.fetch;
  const asked: string[] = [];
  globalThis.fetch = ((url: string) => {
    asked.push(new URL(url).pathname);
    return Promise.resolve(Response.json(OK));
  }) as typeof fetch;
  try {
    await tim.call("a/b");
  } finally {
    globalThis.fetch = platformFetch;
  }
  assert.equal(asked, ["/v4/a/b"]);
});

test("TimClient refuses commands and bodies that cannot be right", async () => {
  const { tim, sent } = clientWith(() => Response.json(OK));
  for (const command of ["", "create_room", "v4/a/b", "a/b?x=1", "a/../b", "a/b/", 7]) {
    assert.ok(isTimError(await rejects(tim.call(command as string)), "config"), String(command));
  }
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  for (const body of [[], null, "{}", 1, circle, { n: 1n }]) {
    assert.ok(isTimError(await rejects(tim.call("a/b", body as object)), "config"));
  }
  assert.is(sent.length, 0);
});

test("TimClient sends the emulator's key to loopback only, unless told that an emulator answers", () => {
  const emulator = { sdkAppId: 88888888, secretKey: EMULATOR_SECRET_KEY };
  assert.throws(() => new TimClient(emulator), /the emulator.s, which everybody knows/);
  assert.throws(
    () => new TimClient({ ...emulator, baseUrl: "https://10.0.0.7" }),
    /which everybody knows/,
  );
  for (const baseUrl of ["http://127.0.0.1:8788", "http://localhost:1", "http://[::1]:1"]) {
    assert.is(new TimClient({ ...emulator, baseUrl }).baseUrl, baseUrl);
  }
  assert.is(
    new TimClient({ ...emulator, baseUrl: "http://emulator:8788/", emulator: true }).baseUrl,
    "http://emulator:8788",
  );
});

test("a baseUrl may end in /v4, as the documentation writes addresses", () => {
  const at = (baseUrl: string) => new TimClient({ ...app, baseUrl }).baseUrl;
  for (const end of ["", "/", "/v4", "/v4/", "/v4//"]) {
    assert.is(at(`https://console.tim.qq.com${end}`), "https://console.tim.qq.com");
    assert.is(at(`http://127.0.0.1:1/tim${end}`), "http://127.0.0.1:1/tim");
  }
  assert.is(at("http://127.0.0.1:1/v4/tim"), "http://127.0.0.1:1/v4/tim");
});

test("TimClient refuses addresses that would send the UserSig astray", () => {
  const at = (baseUrl: string) => () => new TimClient({ ...app, baseUrl });
  assert.throws(at("http://console.tim.qq.com"), /wanted https: the UserSig/);
  assert.throws(at("console.tim.qq.com"), /wanted http\(s\):/);
  assert.throws(
    at("ftp://console.tim.qq.com"),
    /wanted http\(s\):.* without user, query or fragment/,
  );
  assert.throws(
    at("https://user:pw@console.tim.qq.com"),
    /wanted http\(s\):.* without user, query or fragment/,
  );
  assert.throws(
    at("https://:pw@console.tim.qq.com"),
    /wanted http\(s\):.* without user, query or fragment/,
  );
  assert.throws(
    at("https://console.tim.qq.com/?a=1"),
    /wanted http\(s\):.* without user, query or fragment/,
  );
  assert.throws(() => new TimClient({ ...app, region: "mars" }), /wanted one of: cn, sgp/);
  assert.throws(() => new TimClient({ ...app, region: "sgp", baseUrl: "https://x" }), /not both/);
});

test("TimClient works with a ready UserSig, and then signs for nobody", async () => {
  const userSig = await signUserSig({ ...app, identifier: "administrator" });
  const { tim, sent } = clientWith(() => Response.json(OK), { secretKey: undefined, userSig });
  await tim.call("a/b");
  assert.is(sent[0]!.url.searchParams.get("usersig"), userSig);
  assert.ok(isTimError(await rejects(tim.signUserSig({ identifier: "alice" })), "config"));
});

test("TimClient says what is wrong with a ready UserSig, and sends nothing", async () => {
  const identifier = "administrator";
  const ready = await signUserSig({ ...app, identifier });
  const cases: [string, RegExp][] = [
    [
      await signUserSig({ ...app, identifier: "alice" }),
      /is for "alice" of app 1400000000, but the/,
    ],
    [await signUserSig({ ...app, sdkAppId: 7, identifier }), /of app 7, but the client is/],
    [await signUserSig({ ...app, identifier, currentDate: new Date(0) }), /has expired/],
    ["eJ-garbage", /cannot be read: cut short, altered/],
    [ready.slice(0, -40), /cannot be read/],
    [ready + "\n", /cannot be read: .* line feed/],
  ];
  for (const [userSig, message] of cases) {
    const { tim, sent } = clientWith(() => Response.json(OK), { secretKey: undefined, userSig });
    const error = await rejects(tim.call("a/b"));
    assert.ok(isTimError(error, "config"));
    assert.match(error.message, message);
    assert.is(sent.length, 0);
  }
});

test("TimClient runs its middleware around every call, the first one outermost", async () => {
  const seen: string[] = [];
  const named = (name: string): Middleware => async (request, next) => {
    seen.push(`${name} before ${request.command}`);
    try {
      return await next({ ...request, body: { ...request.body, [name]: true } });
    } finally {
      seen.push(`${name} after`);
    }
  };
  const { tim, sent } = clientWith(() => Response.json(OK), {
    middleware: [named("outer"), named("inner")],
  });
  await tim.call("a/b", { n: 1 });
  assert.equal(seen, ["outer before a/b", "inner before a/b", "inner after", "outer after"]);
  assert.equal(JSON.parse(sent[0]!.body), { n: 1, outer: true, inner: true });
});

test("TimClient's middleware may answer itself, and sees failures", async () => {
  const cached: Middleware = async (request, next) => {
    if (request.command === "a/cached") {
      return { answer: { ActionStatus: "OK", ErrorCode: 0 }, attempts: 0, baseUrl: "" };
    }
    try {
      return await next(request);
    } catch (error) {
      assert.ok(isApiError(error, 10010));
      throw new Error("seen");
    }
  };
  const { tim, sent } = clientWith(
    () => Response.json({ ActionStatus: "FAIL", ErrorCode: 10010 }),
    { middleware: [cached] },
  );
  assert.is((await tim.callInDetail("a/cached")).attempts, 0);
  assert.is(sent.length, 0);
  assert.is((await rejects(tim.call("a/b")) as Error).message, "seen");
});

test("TimClient's debug lines tell each attempt, without the credential", async () => {
  const lines: string[] = [];
  let usersig = "";
  const answers = [10002, 0];
  const { tim } = clientWith(({ url }) => {
    usersig = url.searchParams.get("usersig")!;
    const ErrorCode = answers.shift()!;
    return Response.json({ ...OK, ErrorCode, ErrorInfo: `for usersig=${usersig}` });
  }, { debug: (line) => lines.push(line), retry: { baseDelayMs: 1 } });
  await tim.call("some_svc/some_command", {}, { idempotent: true });
  assert.is(lines.length, 2);
  assert.match(
    lines[0]!,
    /^some_svc\/some_command attempt 1 at https:\/\/console\.tim\.qq\.com: .*10002/,
  );
  assert.match(lines[1]!, /attempt 2 .*: OK Id-1, \d+ ms$/);
  assert.not.match(lines.join(), usersig.slice(0, 30));
});

test("TimError keeps UserSig and key out of everything that it prints", async () => {
  let usersig = "";
  const { tim } = clientWith(({ url }) => {
    usersig = url.searchParams.get("usersig")!;
    throw new TypeError(`error sending request for url (${url})`, {
      cause: Object.assign(new Error(`connect to ${url.href}`), { code: "ECONNRESET" }),
    });
  });
  const error = await rejects(tim.call("a/b")) as TimError;
  assert.is(error.code, "TIM_CONNECTION");
  const printed = [
    String(error),
    error.stack,
    JSON.stringify(error),
    String(error.cause),
    (error.cause as Error).stack,
    String((error.cause as Error).cause),
    ((error.cause as Error).cause as Error).stack,
    JSON.stringify(tim),
    String(tim),
  ].join("\n");
  assert.ok(usersig.length > 100);
  assert.not.match(printed, usersig.slice(0, 24));
  assert.not.match(printed, app.secretKey);
  assert.match(printed, "usersig=***");
});

test.run();

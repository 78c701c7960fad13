import { test } from "uvu";
import * as assert from "uvu/assert";
import { explainErrorCode } from "../../src/errors/mod.ts";
import type { AuditRecord, GatewayOptions, LogRecord, LogSink } from "../../src/hono/mod.ts";
import { gateway, LIST, post, token } from "../support/gateway.ts";

const OK = { ActionStatus: "OK", ErrorCode: 0, RequestId: "Id-7-O-Seq-1" };
const TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

/** A gateway whose log, audit and upstream requests are kept. */
function observed(
  options: Partial<GatewayOptions> = {},
  answer: () => Response | Promise<Response> = () => Response.json(OK),
) {
  const log: LogRecord[] = [];
  const audit: AuditRecord[] = [];
  const upstream: Headers[] = [];
  const app = gateway({
    log: (record) => log.push(record),
    audit: (record) => void audit.push(record),
    ...options,
  }, {
    retry: { maxAttempts: 2, baseDelayMs: 1 },
    fetch: async (_url, init) => {
      upstream.push(new Headers(init.headers));
      return await answer();
    },
  });
  return { app, log, audit, upstream };
}

test("a request's id and trace go from the caller to the backend, the answer and the log", async () => {
  const { app, log, upstream } = observed();
  const headers = { "x-request-id": "order-7.retry_2", traceparent: TRACE };
  const response = await app.request(LIST, post(await token(), {}, headers));
  assert.is(response.headers.get("x-request-id"), "order-7.retry_2");
  assert.is(upstream[0]!.get("x-request-id"), "order-7.retry_2");
  assert.is(upstream[0]!.get("traceparent"), TRACE);
  assert.is(log[0]!.requestId, "order-7.retry_2");
  assert.is(log[0]!.traceparent, TRACE);
});

test("ids and traces that are no such are replaced or dropped", async () => {
  const { app, upstream } = observed();
  const bad = ["a b", "x".repeat(65), '"><script>', TRACE.replace("00-", "ff-"), ""];
  for (const text of bad) {
    const headers = { "x-request-id": text, traceparent: `${text}-${"0".repeat(32)}` };
    const response = await app.request(LIST, post(await token(), {}, headers));
    const id = response.headers.get("x-request-id")!;
    assert.match(id, text.startsWith("ff-") ? /^ff-/ : /^[0-9a-f-]{36}$/);
    assert.is(upstream.at(-1)!.get("traceparent"), null);
  }
});

test("an answer tells the backend's id, the attempts and where the time went", async () => {
  let calls = 0;
  const { app } = observed(
    {},
    () => ++calls === 1 ? Promise.reject(new Error("reset")) : Response.json(OK),
  );
  const response = await app.request(LIST, post(await token()));
  assert.is(response.status, 200);
  assert.is(response.headers.get("x-tim-request-id"), "Id-7-O-Seq-1");
  assert.is(response.headers.get("x-tim-attempts"), "2");
  assert.is(response.headers.get("x-tim-region"), null, "the test's address is no region's");
  assert.match(
    response.headers.get("server-timing")!,
    /^auth;dur=[\d.]+, upstream;dur=[\d.]+, gateway;dur=[\d.]+$/,
  );
  assert.is(response.headers.get("cache-control"), "no-store");
});

test("the time that an authenticate hook takes is told apart", async () => {
  const { app } = observed({
    authenticate: async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return { identifier: "alice" };
    },
  });
  const response = await app.request(LIST, post(undefined));
  assert.is(response.status, 200);
  const [, auth] = /^auth;dur=([\d.]+),/.exec(response.headers.get("server-timing")!)!;
  assert.ok(Number(auth) >= 20, auth);
});

test("a record's time is the time, in ISO 8601 with milliseconds", async () => {
  const { app, log } = observed();
  const from = Date.now();
  for (let i = 0; i < 30; i++) {
    await app.request(LIST, post(await token()));
    await new Promise((resolve) => setTimeout(resolve, 7));
  }
  let last = from;
  for (const { time } of log) {
    assert.is(new Date(time).toISOString(), time);
    assert.ok(Date.parse(time) >= last, time);
    last = Date.parse(time);
  }
  assert.is(log.length, 30);
  assert.ok(last <= Date.now());
});

test("each request is one record in the log, and refusals tell their reason", async () => {
  const { app, log } = observed();
  await app.request(LIST, post(await token()));
  await app.request("/v4/openim/sendmsg", post(await token()));
  await app.request(LIST, post(undefined));
  await app.request("/nothing/here?usersig=eJsecret", post(undefined));
  const [ok, refused, anonymous, nowhere] = log as [LogRecord, LogRecord, LogRecord, LogRecord];
  assert.is(log.length, 4);
  assert.is(ok.level, "info");
  assert.is(ok.caller, "alice");
  assert.is(ok.via, "jwt");
  assert.is(ok.command, LIST.slice(4));
  assert.is(ok.errorCode, 0);
  assert.is(ok.upstreamRequestId, "Id-7-O-Seq-1");
  assert.is(ok.attempts, 1);
  assert.ok(ok.tookMs! >= ok.upstreamMs!);
  assert.equal([refused.status, refused.reason], [403, "command-not-allowed"]);
  assert.equal([anonymous.status, anonymous.reason, anonymous.caller], [
    401,
    "no-credentials",
    undefined,
  ]);
  assert.equal([nowhere.status, nowhere.route], [404, "none"]);
  assert.not.match(JSON.stringify(log), "eJsecret");
});

test("the audit holds every command: allowed, refused, failed and doubtful", async () => {
  let answer: () => Response | Promise<Response> = () => Response.json(OK);
  const { app, audit } = observed({}, () => answer());
  const create = "/v4/live_engine_http_srv/create_room";
  const ask = async (path: string) => {
    await (await app.request(path, post(await token({ roles: ["host"] }), { Secret: 1 }))).text();
    return audit.at(-1)!;
  };
  const ok = await ask(create);
  assert.equal(
    [ok.caller, ok.roles, ok.via, ok.command, ok.outcome, ok.rule, ok.upstreamRequestId],
    ["alice", ["host"], "jwt", create.slice(4), "ok", "allow", "Id-7-O-Seq-1"],
  );
  assert.not("body" in ok);
  const refused = await ask("/v4/openim/sendmsg");
  assert.equal([refused.outcome, refused.why], ["refused", "command-not-allowed"]);
  answer = () => Response.json({ ActionStatus: "FAIL", ErrorCode: 100002 });
  const failed = await ask(create);
  assert.equal([failed.outcome, failed.why], ["failed", "100002"]);
  answer = () => new Response("<html>");
  assert.is((await ask(create)).outcome, "unknown");
  const sig = await ask("/usersig");
  assert.equal([sig.command, sig.outcome], ["usersig", "ok"]);
  assert.is(audit.length, 5);
});

test("a look-up that fails is in log and audit, and is no refusal of the caller", async () => {
  const lookup = {
    command: "live_engine_http_srv/get_room_info",
    body: { RoomId: "$body.RoomId" },
  };
  const when = [{ lookup, field: "Owner", equals: "$caller" }];
  const room = { ...lookup, body: { RoomId: "$body.strRoomId" } };
  for (
    const [ErrorCode, refused] of [[70003, false], [60010, false], [70500, false], [100004, true]]
  ) {
    const { app, log, audit } = observed({
      allow: [],
      policy: [{ roles: ["*"], commands: ["live_engine_http_srv/destroy_room"], when }],
      userSig: {
        rooms: [{ roles: ["*"], privileges: ["enterRoom"], when: [{ ...when[0]!, lookup: room }] }],
      },
    }, () => Response.json({ ...OK, ActionStatus: "FAIL", ErrorCode, ErrorInfo: "no" }));
    const path = "/v4/live_engine_http_srv/destroy_room";
    const answer = await app.request(path, post(await token(), { RoomId: "r" }));
    assert.is(answer.status, refused ? 403 : 200);
    if (!refused) assert.is((await answer.json()).ErrorCode, ErrorCode);
    const wanted = { room: { strRoomId: "r", privileges: ["enterRoom"] } };
    const sig = await app.request("/usersig", post(await token(), wanted));
    assert.is(sig.status, refused ? 403 : 502);
    const whys = refused
      ? ["command-not-allowed", "room-not-allowed"]
      : Array(2).fill(`${ErrorCode}`);
    assert.equal(
      audit.map(({ outcome }) => outcome),
      Array(2).fill(refused ? "refused" : "failed"),
    );
    assert.equal(audit.map(({ why }) => why), whys);
    if (!refused) assert.is(log[0]!.errorCode, ErrorCode);
  }
});

test("the audit holds bodies only when asked, and its failure changes no answer", async () => {
  const { app, audit } = observed({ auditBody: true });
  await app.request(LIST, post(await token(), { Limit: 2 }));
  assert.equal(audit[0]!.body, { Limit: 2 });
  for (
    const sink of [() => Promise.reject(new Error("disk full")), () => {
      throw new Error("disk full");
    }]
  ) {
    const { app, log } = observed({ audit: sink });
    assert.is((await app.request(LIST, post(await token()))).status, 200);
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.ok(log.some(({ event, error }) => event === "audit-failed" && /disk full/.test(error!)));
  }
});

test("a log that fails changes no answer, and ends no process when it fails late", async () => {
  const { error } = console;
  const said: string[] = [];
  console.error = (text: string) => said.push(text);
  const full = new Error("disk full");
  const sinks: LogSink[] = [() => {
    throw full;
  }, () => Promise.reject(full)];
  try {
    for (const [index, log] of sinks.entries()) {
      const { app } = observed({ log });
      assert.is((await app.request(LIST, post(await token()))).status, 200);
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.is(said.length, index + 1);
      assert.match(said[index]!, "disk full");
    }
  } finally {
    console.error = error;
  }
});

test("GET /metrics counts requests, refusals and the backend's time, for operators only", async () => {
  const { app } = observed();
  await app.request(LIST, post(await token()));
  await app.request(LIST, post(await token()));
  await app.request(LIST, post(undefined));
  assert.is((await app.request("/metrics")).status, 401);
  const headers = { authorization: `Bearer ${await token()}` };
  assert.is((await app.request("/metrics", { headers })).status, 403);
  const operator = { authorization: `Bearer ${await token({ roles: ["operator"] })}` };
  const response = await app.request("/metrics", { headers: operator });
  assert.match(response.headers.get("content-type")!, "text/plain; version=0.0.4");
  const lines = (await response.text()).split("\n");
  const route = 'route="/v4/:service/:command"';
  for (
    const line of [
      `tim_gateway_requests_total{${route},status="200",reason=""} 2`,
      `tim_gateway_requests_total{${route},status="401",reason="no-credentials"} 1`,
      `tim_gateway_request_seconds_count{${route}} 3`,
      `tim_gateway_request_seconds_bucket{${route},le="+Inf"} 3`,
      "tim_gateway_upstream_seconds_count 2",
      `tim_gateway_upstream_calls_total{command="${LIST.slice(4)}",outcome="ok"} 2`,
      "tim_gateway_requests_under_way 1",
    ]
  ) assert.ok(lines.includes(line), `${line}\n${lines.join("\n")}`);
  for (const line of lines) assert.match(line, /^$|^# (HELP|TYPE) |^[a-z_]+(\{[^{}]*\})? [\d.]+$/);
});

test("names that callers make up do not fill the counters", async () => {
  const { app } = observed({ allow: ["*"], limits: { perCaller: false, perApp: false } });
  for (let i = 0; i < 600; i++) await app.request(`/v4/made_up/c${i}`, post(await token()));
  const headers = { authorization: `Bearer ${await token({ roles: ["operator"] })}` };
  const text = await (await app.request("/metrics", { headers })).text();
  assert.match(text, 'upstream_calls_total{command="other",outcome="ok"} 100');
});

test("pages of other origins may not call, unless they are listed", async () => {
  const preflight = { method: "OPTIONS", headers: { origin: "https://app.example.com" } };
  const closed = gateway();
  assert.is((await closed.request(LIST, preflight)).status, 403);
  const origin = { origin: "https://app.example.com" };
  const plain = await closed.request(LIST, post(await token(), {}, origin));
  assert.is(plain.headers.get("access-control-allow-origin"), null);

  const open = gateway({ cors: { origins: ["https://app.example.com"] } });
  const allowed = await open.request(LIST, preflight);
  assert.is(allowed.status, 204);
  assert.is(allowed.headers.get("access-control-allow-origin"), "https://app.example.com");
  assert.match(allowed.headers.get("access-control-allow-headers")!, "Authorization");
  assert.is(allowed.headers.get("access-control-allow-credentials"), null);
  const answer = await open.request(LIST, post(await token(), {}, origin));
  assert.is(answer.headers.get("access-control-allow-origin"), "https://app.example.com");
  assert.is(answer.headers.get("vary"), "Origin");
  for (const other of ["https://evil.example", "https://app.example.com.evil.example", "null"]) {
    const refused = await open.request(LIST, { method: "OPTIONS", headers: { origin: other } });
    assert.is(refused.status, 403);
    assert.is(refused.headers.get("access-control-allow-origin"), null);
  }
  assert.throws(() => gateway({ cors: { origins: ["app.example.com/"] } }), /wanted an origin/);
});

test("drain waits for requests that are under way, and /readyz says so", async () => {
  const { app } = observed({}, async () => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    return Response.json(OK);
  });
  assert.is((await app.request("/readyz")).status, 200);
  const asked = app.request(LIST, post(await token()));
  await new Promise((resolve) => setTimeout(resolve, 30));
  let drained = false;
  const draining = app.drain().then(() => drained = true);
  assert.is((await app.request("/readyz")).status, 503);
  assert.is(drained, false);
  assert.is((await asked).status, 200);
  await draining;
  assert.is((await app.request("/healthz")).status, 200);
});

test("drain waits for audit records that are still being written", async () => {
  const written: string[] = [];
  const { app } = observed({
    audit: async ({ command }) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      written.push(command);
    },
  });
  assert.is((await app.request("/usersig", post(await token(), ""))).status, 200);
  assert.equal(written, []);
  await app.drain();
  assert.equal(written, ["usersig"]);
});

test("GET /explain/:code tells what a code means, when the texts are given", async () => {
  const headers = { authorization: `Bearer ${await token()}` };
  assert.is((await gateway().request("/explain/70001", { headers })).status, 404);
  const app = gateway({ explain: explainErrorCode });
  assert.is((await app.request("/explain/70001")).status, 401);
  const english = await (await app.request("/explain/70001", { headers })).json();
  assert.is(english.code, 70001);
  const chinese = await app.request("/explain/70001", {
    headers: { ...headers, "accept-language": "zh-CN,zh;q=0.9" },
  });
  assert.not.equal(await chinese.json(), english);
  for (const code of ["1", "x", "70001e0", "__proto__"]) {
    assert.is((await app.request(`/explain/${code}`, { headers })).status, 404, code);
  }
});

test.run();

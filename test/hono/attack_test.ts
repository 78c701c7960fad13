import { test } from "uvu";
import * as assert from "uvu/assert";
import { Hono } from "hono";
import { gateway, LIST, post, problemOf, token } from "../support/gateway.ts";

const SEND = "/v4/openim/sendmsg";
const OK = { ActionStatus: "OK", ErrorCode: 0 };

/** A gateway whose upstream keeps what it was sent. */
function recording(answer: () => Response | Promise<Response> = () => Response.json(OK)) {
  const sent: { url: string; headers: Headers; body: string }[] = [];
  const app = gateway({
    allow: [],
    policy: [{ roles: ["*"], commands: ["openim/*"], set: { From_Account: "$caller" } }],
  }, {
    retry: false,
    fetch: async (url, init) => {
      const body = await new Response(init.body).text();
      sent.push({ url, headers: new Headers(init.headers), body });
      return await answer();
    },
  });
  return { app, sent };
}

function unsigned(header: object, claims: object): string {
  const part = (value: object) =>
    btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `${part(header)}.${part(claims)}.`;
}

test("tokens: none, tampered, oversized, of other types and in other places get nobody in", async () => {
  const { app, sent } = recording();
  const exp = Math.floor(Date.now() / 1000) + 300;
  const claims = { iss: "login", aud: "chat", sub: "alice", exp };
  const good = await token();
  const [header, payload, signature] = good.split(".") as [string, string, string];
  const forged = btoa(JSON.stringify({ ...claims, sub: "administrator" })).replaceAll("=", "");
  const bearers = [
    unsigned({ alg: "none" }, claims),
    unsigned({ alg: "None" }, claims),
    unsigned({ alg: "HS256" }, claims),
    `${header}.${forged}.${signature}`,
    `${header}.${payload}.${signature.slice(0, -2)}`,
    `${header}.${payload}`,
    `${good}.${good}`,
    good.repeat(200),
    "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0....",
    `${unsigned({ alg: "HS256", jwk: { kty: "oct", k: "AA" } }, claims)}AA`,
    `${unsigned({ alg: "HS256", jku: "https://evil.example/jwks" }, claims)}AA`,
    `${unsigned({ alg: "HS256", crit: ["b64"], b64: false }, claims)}AA`,
    await token({ exp: 1 }),
    await token({ aud: "mail" }),
    await token({ iss: "https://evil.example" }),
  ];
  for (const bearer of bearers) {
    const response = await app.request(SEND, post(bearer));
    assert.is(response.status, 401, bearer.slice(0, 60));
    await problemOf(response);
  }
  for (
    const headers of [
      { authorization: `Basic ${btoa("alice:x")}` },
      { authorization: good },
      { authorization: `Bearer ${good} ${good}` },
      { authorization: `Bearer ${good}, Bearer ${good}` },
      { cookie: `authorization=${good}` },
      { "x-authorization": `Bearer ${good}` },
    ] as Record<string, string>[]
  ) assert.is((await app.request(SEND, post(undefined, {}, headers))).status, 401);
  assert.is((await app.request(`${SEND}?access_token=${good}`, post(undefined))).status, 401);
  assert.is(sent.length, 0);
});

test("bodies that are read in two ways never reach the backend", async () => {
  const { app, sent } = recording();
  const deep = (open: string, close: string) => open.repeat(5000) + close.repeat(5000);
  const bodies: [string, RegExp][] = [
    ['{"To_Account":"bob","To_Account":"eve"}', /names a field twice/],
    ['{"To_Account":"bob","To\\u005fAccount":"eve"}', /names a field twice/],
    ['{"A":{"x":1,"x":2}}', /names a field twice/],
    ['{"A":[{"x":1},{"x":1,"y":"\\\\","x":2}]}', /names a field twice/],
    ['{"__proto__":{"admin":true}}', /__proto__/],
    ['{"A":[{"__proto__":null}]}', /__proto__/],
    [`{"A":${deep("[", "]")}}`, /nested deeper than 32/],
    [deep('{"A":', "}"), /nested deeper than 32/],
    ['{"A":12345678901234567890}', /2\^53 - 1/],
    ['{"A":1e999}', /2\^53 - 1/],
    ["[1]", /one JSON object/],
    ['"x"', /one JSON object/],
    ["null", /one JSON object/],
    ["{'a':1}", /no JSON/],
    ['{"a":1}{"b":2}', /no JSON/],
    ['{"a":1', /no JSON/],
    ['{"a":"', /no JSON/],
    ['{"a":NaN}', /no JSON/],
    ["a=1&b=2", /no JSON/],
    ["\u0000", /no JSON/],
  ];
  for (const [body, detail] of bodies) {
    const response = await app.request(SEND, post(await token(), body));
    assert.is(response.status, 400, body.slice(0, 60));
    assert.match((await problemOf(response)).detail as string, detail);
  }
  assert.is(sent.length, 0);
});

test("harmless bodies arrive as they are", async () => {
  const { app, sent } = recording();
  const bodies = [
    '{"a:b":":{}[]\\"\\\\","c":[{"a":1},{"a":1}],"d":{"a":{"a":-1.5e-7}}}',
    '{"constructor":{"prototype":{}},"toString":1,"":0}',
    '{"text":"\\u0000 \\ud83d\\ude00 ünï \\\\\\" {\\"x\\":1}"}',
    `{"big":${2 ** 53 - 1},"list":[[[[[[1]]]]]],"n":null,"t":true}`,
  ];
  for (const body of bodies) {
    const response = await app.request(SEND, post(await token(), body));
    assert.is(response.status, 200, body);
    const { From_Account, ...rest } = JSON.parse(sent.at(-1)!.body);
    assert.is(From_Account, "alice");
    assert.is(JSON.stringify(rest), JSON.stringify(JSON.parse(body)));
  }
});

test("addresses in disguise are no commands", async () => {
  const { app, sent } = recording();
  const paths: [string, number][] = [
    ["/v4/openim/../im_open_login_svc/account_delete", 403],
    ["/v4/openim/%2e%2e/im_open_login_svc/account_delete", 403],
    ["/v4/openim%2Fsendmsg", 404],
    ["/v4/openim/sendmsg%2Fx", 404],
    ["/v4/openim/..%2Fim_open_login_svc%2Faccount_delete", 404],
    ["/v4/openim/sendmsg/", 404],
    ["/v4//openim/sendmsg", 404],
    ["/V4/openim/sendmsg", 404],
    ["/v4/OpenIM/sendmsg", 403],
    ["/v4/openim/sendmsg%00", 404],
    ["/v4/openim/sendmsg%3Fusersig=x", 404],
    ["/v4/openim/%E0%A4%A", 404],
    ["/v4/openim/%C3%BC", 404],
    ["/v4/__proto__/constructor", 403],
    [`/v4/openim/${"a".repeat(65)}`, 404],
    ["/v4/openim/sendmsg?identifier=administrator", 400],
    ["/v4/openim/sendmsg?a=1&a=2", 400],
    ["/usersig?identifier=administrator", 400],
    ["/usersig/../metrics", 405],
  ];
  for (const [path, expected] of paths) {
    const response = await app.request(`http://gateway${path}`, post(await token()));
    assert.is(response.status, expected, path);
    await problemOf(response);
  }
  for (const method of ["GET", "PUT", "DELETE", "PATCH", "HEAD"]) {
    const response = await app.request(SEND, { method });
    assert.is(response.status, 405, method);
  }
  assert.is(sent.length, 0);
});

test("no header of the caller's reaches the backend but the two ids", async () => {
  const { app, sent } = recording();
  await app.request(
    SEND,
    post(await token(), {}, {
      "x-forwarded-for": "1.2.3.4",
      forwarded: "for=1.2.3.4",
      "x-http-method-override": "DELETE",
      cookie: "a=b",
      "x-api-version": "9",
      "content-encoding": "identity",
      "content-type": "text/plain",
      "x-request-id": "r1",
    }),
  );
  assert.equal([...sent[0]!.headers], [["content-type", "application/json"], [
    "x-request-id",
    "r1",
  ]]);
});

test("nothing of the backend's answer gets through but the documented JSON", async () => {
  const lies: [() => Response | Promise<Response>, number][] = [
    [() => new Response("<html>portal</html>", { headers: { "set-cookie": "portal=1" } }), 502],
    [() => new Response(null, { status: 302, headers: { location: "https://portal/" } }), 502],
    [() => Response.json({ portal: 1 }), 502],
    [() => Response.json([OK, "portal"]), 502],
    [() => Response.json("portal"), 502],
    [() => Response.json({ ...OK, portal: 1 }, { status: 500 }), 502],
    [() => new Response('{"ActionStatus":"OK","ErrorCode":0,"portal":'), 502],
    [() => Promise.reject(new TypeError("portal usersig=eJxportal")), 502],
    [() => Response.json({ ...OK, RequestId: "a\r\nset-cookie: portal=1" }), 200],
    [() => Response.json({ ...OK, RequestId: { portal: 1 } }), 200],
  ];
  for (const [answer, expected] of lies) {
    const { app } = recording(answer);
    const response = await app.request(SEND, post(await token()));
    assert.is(response.status, expected);
    assert.not.match(JSON.stringify([...response.headers]), "portal");
    const text = await response.text();
    if (expected !== 200) assert.not.match(text, "portal");
  }
  const headers = { "set-cookie": "a=b", server: "x", "access-control-allow-origin": "*", te: "x" };
  const { app } = recording(() => Response.json(OK, { headers }));
  const response = await app.request(SEND, post(await token()));
  for (const name of Object.keys(headers)) assert.is(response.headers.get(name), null, name);
});

test("an upstream that hangs ends in 504 at the deadline, and says that the outcome is unknown", async () => {
  const app = gateway({ limits: { deadlineMs: 4001 } }, {
    timeoutMs: 3100,
    retry: false,
    fetch: (_url, init) =>
      new Promise((_, reject) => init.signal!.addEventListener("abort", () => reject(new Error()))),
  });
  const started = Date.now();
  const response = await app.request(LIST, post(await token()));
  assert.ok(Date.now() - started < 5000);
  assert.is(response.status, 504);
  const { type, detail } = await problemOf(response);
  assert.is(type, "urn:tim-edge:backend-timeout");
  assert.match(detail as string, "may have acted");
});

test("nobody becomes the administrator by a name", async () => {
  for (
    const sub of [
      "administrator",
      "administrator ",
      "Administrator",
      " administrator",
      "administrator\u0000",
    ]
  ) {
    const response = await gateway().request("/usersig", post(await token({ sub }), ""));
    const text = await response.text();
    assert.ok(response.status === 403 || JSON.parse(text).identifier === sub, sub);
    if (sub === "administrator") assert.is(response.status, 403);
  }
});

test("a gateway that is mounted keeps out what it keeps out alone", async () => {
  const outer = new Hono();
  outer.route("/tim", gateway());
  outer.get("/other", (c) => c.text("mine"));
  assert.is((await outer.request("/other")).status, 200);
  assert.is((await outer.request("/tim/metrics")).status, 401);
  assert.is((await outer.request(`/tim${SEND}`, post(await token()))).status, 403);
  assert.is((await outer.request(`/tim${LIST}`, post(await token()))).status, 200);
  assert.is((await outer.request("/tim/../metrics")).status, 404);
});

test("lists of half a million entries are judged by the rules, and answered", async () => {
  const app = gateway({
    allow: [],
    policy: [{
      roles: ["*"],
      commands: ["group_open_http_svc/get_group_info"],
      when: [{ field: "GroupIdList[]", equals: "mine" }],
    }],
  });
  const path = "/v4/group_open_http_svc/get_group_info";
  const body = `{"GroupIdList":[${"0,".repeat(500_000)}0]}`;
  const response = await app.request(path, post(await token(), body));
  assert.is(response.status, 403);
  assert.match(String((await problemOf(response)).detail), /GroupIdList\[\] is "mine"/);
});

test.run();

import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Hono } from "hono";
import { type Middleware, type TimClientOptions, verifyUserSig } from "../../mod.ts";
import { EMULATOR_SDK_APP_ID, EMULATOR_SECRET_KEY } from "../../src/emulator/mod.ts";
import type { GatewayOptions, LogRecord } from "../../src/hono/mod.ts";
import { app, gateway, jwt, LIST, post, problemOf, token } from "../support/gateway.ts";

test("POST /usersig issues a genuine UserSig for the token's subject", async () => {
  const response = await gateway().request("/usersig", post(await token(), ""));
  assert.is(response.status, 200);
  assert.is(response.headers.get("cache-control"), "no-store");
  const { identifier, userSig, sdkAppId, expiresAt } = await response.json();
  assert.is(identifier, "alice");
  assert.is(sdkAppId, app.sdkAppId);
  const verdict = await verifyUserSig(userSig, { ...app, identifier: "alice" });
  assert.ok(verdict.valid);
  assert.is(verdict.claims.expire, 86400);
  assert.is(verdict.claims.expiresAt, expiresAt);
});

test("POST /usersig issues for nobody else, whatever the body says", async () => {
  const body = { identifier: "bob", UserID: "bob", sub: "bob" };
  const response = await gateway().request("/usersig", post(await token(), body));
  assert.is((await response.json()).identifier, "alice");
});

test("POST /usersig shortens a lifetime over the limit and honours one below", async () => {
  const app = gateway({ userSig: { maxSeconds: 3600 } });
  const lifetime = async (expireSeconds: number) => {
    const response = await app.request("/usersig", post(await token(), { expireSeconds }));
    const verdict = await verifyUserSig((await response.json()).userSig, {
      sdkAppId: EMULATOR_SDK_APP_ID,
      secretKey: EMULATOR_SECRET_KEY,
    });
    return verdict.valid && verdict.claims.expire;
  };
  assert.is(await lifetime(60), 60);
  assert.is(await lifetime(999_999), 3600);
  for (const expireSeconds of [0, -1, 1.5, "60"]) {
    const response = await app.request("/usersig", post(await token(), { expireSeconds }));
    assert.is(response.status, 400, String(expireSeconds));
  }
});

test("POST /usersig never issues for an administrator", async () => {
  const app = gateway({ admins: ["root"] });
  for (const sub of ["administrator", "root"]) {
    const response = await app.request("/usersig", post(await token({ sub })));
    assert.is(response.status, 403);
    assert.is((await problemOf(response)).type, "urn:tim-edge:identifier-not-allowed");
  }
});

test("POST /usersig refuses a subject that no UserSig can hold", async () => {
  const response = await gateway().request("/usersig", post(await token({ sub: "a\nb" })));
  assert.is(response.status, 403);
  assert.match((await problemOf(response)).detail as string, "control character");
});

test("an answer is passed on as it came, 64-bit counters and all; what middleware makes of it, too", async () => {
  const text =
    '{"ActionStatus": "OK", "ErrorCode": 0, "GroupCounter": [{"Value": -9223372036854775807}]}';
  const ask = async (client: Partial<TimClientOptions>) => {
    const response = await gateway({}, client).request(LIST, post(await token()));
    assert.is(response.headers.get("content-type"), "application/json");
    return await response.text();
  };
  const fetch = () => Promise.resolve(new Response(text));
  assert.is(await ask({ fetch }), text);
  const answer = { ActionStatus: "OK" as const, ErrorCode: 0 };
  const middleware: Middleware[] = [async (request, next) => ({ ...await next(request), answer })];
  assert.is(await ask({ fetch, middleware }), JSON.stringify(answer));
});

test("every route with rights asks for a token", async () => {
  for (const path of ["/usersig", LIST]) {
    const response = await gateway().request(path, post(undefined));
    assert.is(response.status, 401);
    assert.is(response.headers.get("www-authenticate"), "Bearer");
    assert.is((await problemOf(response)).type, "urn:tim-edge:no-credentials");
  }
});

test("a token is refused when anything about it does not fit", async () => {
  const forged = await token({}, new TextEncoder().encode("another secret of thirty-two bytes"));
  const unsigned = `${btoa('{"alg":"none"}')}.${
    btoa('{"sub":"alice","iss":"login","aud":"chat"}')
  }.`;
  const expired = await token({ exp: Math.floor(Date.now() / 1000) - 60 });
  const cases: [string, RegExp][] = [
    [forged, /does not verify/],
    [unsigned, /does not verify/],
    ["garbage", /does not verify/],
    [expired, /expired/],
    [await token({ iss: "elsewhere" }), /claim "iss"/],
    [await token({ aud: "mail" }), /claim "aud"/],
    [await token({ sub: undefined }), /claim "sub"/],
    [await token({ sub: 7 }), /claim "sub"/],
  ];
  for (const [bearer, detail] of cases) {
    const response = await gateway().request("/usersig", post(bearer));
    assert.is(response.status, 401);
    assert.match(response.headers.get("www-authenticate")!, "invalid_token");
    assert.match((await problemOf(response)).detail as string, detail);
  }
});

test("a token that expired and is forged is called neither", async () => {
  const forged = await token(
    { exp: 1 },
    new TextEncoder().encode("another secret of thirty-two b."),
  );
  const response = await gateway().request("/usersig", post(forged));
  assert.match((await problemOf(response)).detail as string, "does not verify");
});

test("tokens may be signed with a key pair, given as CryptoKey or JWK", async () => {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const bearer = await new SignJWT({ sub: "alice", iss: "login", aud: "chat" })
    .setProtectedHeader({ alg: "ES256" })
    .setExpirationTime("5m")
    .sign(privateKey);
  for (const key of [publicKey, await exportJWK(publicKey) as JsonWebKey]) {
    const app = gateway({ jwt: { ...jwt, key, algorithms: ["ES256"] } });
    assert.is((await app.request("/usersig", post(bearer))).status, 200);
    // The right key, but a token of the kind that the options do not list.
    assert.is((await app.request("/usersig", post(await token()))).status, 401);
  }
});

test("POST /v4 passes an allowed command on and answers the backend's envelope", async () => {
  const app = gateway();
  const group = { Type: "Public", Name: "Chess", GroupId: "chess" };
  const created = await app.request(
    "/v4/group_open_http_svc/create_group",
    post(await token(), group),
  );
  assert.is((await created.json()).GroupId, "chess");
  const response = await app.request(LIST, post(await token(), { Limit: 2 }));
  assert.is(response.status, 200);
  const { ActionStatus, ErrorCode, GroupIdList, RequestId } = await response.json();
  assert.equal({ ActionStatus, ErrorCode, GroupIdList }, {
    ActionStatus: "OK",
    ErrorCode: 0,
    GroupIdList: [{ GroupId: "chess" }],
  });
  assert.match(RequestId, /^Id-[0-9a-f]{32}-O-Seq-\d+$/);
});

test("POST /v4 answers the backend's own refusals in their envelope", async () => {
  const response = await gateway().request(
    "/v4/group_open_http_svc/destroy_group",
    post(await token(), { GroupId: "nowhere" }),
  );
  assert.is(response.status, 200);
  const { ActionStatus, ErrorCode } = await response.json();
  assert.equal({ ActionStatus, ErrorCode }, { ActionStatus: "FAIL", ErrorCode: 10010 });
});

test("POST /v4 refuses every command that is not allowed, all of them by default", async () => {
  const refused = [
    [gateway(), "/v4/im_open_login_svc/account_delete"],
    [gateway(), "/v4/live_engine_http_srv/destroy_room"],
    [gateway({ allow: undefined }), LIST],
  ] as const;
  for (const [app, path] of refused) {
    const response = await app.request(path, post(await token()));
    assert.is(response.status, 403);
    assert.is((await problemOf(response)).type, "urn:tim-edge:command-not-allowed");
  }
});

test("POST /v4 refuses bodies that are no JSON object, and bodies that are too large", async () => {
  const app = gateway({ limits: { bodyBytes: 100 } });
  for (const body of ["{", "[]", "null", '"x"']) {
    assert.is((await app.request(LIST, post(await token(), body))).status, 400);
  }
  const response = await app.request(LIST, post(await token(), { Name: "x".repeat(100) }));
  assert.is(response.status, 413);
});

test("POST /v4 tells what is wrong between gateway and backend by HTTP statuses", async () => {
  const statusFor = async (answer: () => Promise<Response>) => {
    const app = gateway({}, { fetch: answer });
    const response = await app.request(LIST, post(await token()));
    const text = await response.text();
    assert.not.match(text, /usersig|portal/i);
    return response.status;
  };
  assert.is(await statusFor(() => Promise.resolve(new Response("<html>portal"))), 502);
  assert.is(await statusFor(() => Promise.resolve(new Response("", { status: 502 }))), 502);
  assert.is(await statusFor(() => Promise.reject(new TypeError("?usersig=eJsecret"))), 502);
});

test("GET /healthz and unknown addresses need no token", async () => {
  assert.is((await gateway().request("/healthz")).status, 200);
  assert.is((await gateway().request("/")).status, 404);
  const wrong = await gateway().request("/usersig");
  assert.is(wrong.status, 405);
  assert.is(wrong.headers.get("allow"), "POST");
});

test("a body that a middleware has read is the operator's fault, and the log says so", async () => {
  const log: LogRecord[] = [];
  const outer = new Hono().use(async (context, next) => {
    await context.req.text();
    await next();
  }).route("/", gateway({ log: (record) => log.push(record) }));
  for (const headers of [{}, { "content-length": "2" }] as Record<string, string>[]) {
    const response = await outer.request(LIST, post(await token(), {}, headers));
    assert.is(response.status, 500);
    assert.is((await problemOf(response)).type, "urn:tim-edge:gateway-fault");
    assert.match(log.at(-1)!.error!, "A middleware or authenticate has read the body");
  }
});

test("createGateway may be mounted under a path of another app", async () => {
  const outer = new Hono();
  outer.route("/tim", gateway());
  assert.is((await outer.request("/tim/usersig", post(await token()))).status, 200);
});

test("createGateway refuses options that would leave a hole", () => {
  const bad = (options: Partial<GatewayOptions>) => () => gateway(options);
  assert.throws(bad({ allow: ["create_group"] }), /allow holds "create_group"/);
  assert.throws(bad({ jwt: { ...jwt, algorithms: ["none"] } }), /never "none"/);
  assert.throws(bad({ jwt: { ...jwt, algorithms: [] } }), /algorithms/);
  assert.throws(bad({ jwt: { ...jwt, issuer: "" } }), /issuer is missing/);
  assert.throws(bad({ jwt: { ...jwt, key: undefined } }), /key or jwksUrl/);
  assert.throws(bad({ jwt: { ...jwt, jwksUrl: "https://x/jwks" } }), /one of the two/);
});

test("createGateway refuses options of another kind, which would mean something else or nothing", () => {
  const rule = { roles: ["*"], commands: ["openim/sendmsg"] };
  const room = { roles: ["*"], privileges: ["enterRoom"] };
  const apiKey = { sha256: "0".repeat(64), identifier: "bot" };
  const lookup = { command: "openim/querystate", body: ["$body.To_Account"] };
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ admins: "root" }, /admins must be a list/],
    [{ admins: [undefined] }, /admins must hold texts/],
    [{ policy: rule }, /policy must be a list/],
    [{ policy: [{ ...rule, set: ["From_Account"] }] }, /policy\[0\]\.set must be an object/],
    [{ policy: [{ ...rule, set: "From_Account" }] }, /policy\[0\]\.set must be an object/],
    [{ policy: [{ ...rule, remove: "From_Account" }] }, /policy\[0\]\.remove must be a list/],
    [{ policy: [{ ...rule, roles: [7] }] }, /policy\[0\]\.roles must list/],
    [
      { policy: [{ ...rule, when: [{ field: "A", equals: 1, lookup }] }] },
      /body must be an object/,
    ],
    [{ apiKeys: apiKey }, /apiKeys must be a list/],
    [{ apiKeys: [{ ...apiKey, roles: "operator" }] }, /apiKeys\[0\]\.roles must be a list/],
    [
      { apiKeys: [apiKey, { ...apiKey, identifier: "b" }] },
      /\[1\] is the same key as apiKeys\[0\]/,
    ],
    [{ apiKeys: [{ ...apiKey, expiresAt: "1/2/2027" }] }, /wanted a date/],
    [{ commands: {} }, /commands must be a list/],
    [{ authenticate: {} }, /authenticate must be a function/],
    [{ explain: {} }, /explain must be a function/],
    [{ auditBody: "false" }, /auditBody must be true or false/],
    [{ limits: { perCaller: 20 } }, /limits\.perCaller must be an object/],
    [{ limits: { commandCeilings: { instances: 2, instance: 3 } } }, /did you mean "instances"/],
    [{ idempotency: { store: {} } }, /idempotency\.store must be a store/],
    [{ idempotency: { keepSeconds: "60" } }, /keepSeconds is "60", wanted a whole number/],
    [{ webhooks: { token: "t", on: {}, store: {} } }, /webhooks\.store must be a store/],
    [{ cors: {} }, /cors\.origins must be a list/],
    [{ cors: { origins: "https://app.example.com" } }, /cors\.origins must be a list/],
    [{ cors: { origins: ["*"], maxAgeSeconds: -1 } }, /cors\.maxAgeSeconds is -1/],
    [{ jwt: { ...jwt, rolesClaim: ["roles"] } }, /jwt\.rolesClaim must be the name of a claim/],
    [{ jwt: { ...jwt, identifierClaim: "" } }, /jwt\.identifierClaim must be the name of a claim/],
    [{ userSig: { rooms: room } }, /userSig\.rooms must be a list/],
  ];
  for (const [options, message] of cases) {
    assert.throws(() => gateway(options as Partial<GatewayOptions>), message);
  }
  const ends = [
    "2027-01-31",
    "2027-01-31T18:00",
    "2027-01-31T18:00:00.5Z",
    "2027-01-31T18:00+08:00",
  ];
  for (const expiresAt of ends) gateway({ apiKeys: [{ ...apiKey, expiresAt }] });
});

test.run();

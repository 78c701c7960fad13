import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from "jose";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type GatewayOptions,
  hashApiKey,
  type JwtOptions,
  type LogRecord,
  makeApiKey,
} from "../../src/hono/mod.ts";
import { gateway, jwt, LIST, post, problemOf, secret, token } from "../support/gateway.ts";

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

const es256 = { issuer: "login", audience: "chat", algorithms: ["ES256"] };
const JWKS = "https://login.example.com/jwks";

/** A login server: its keys can be exchanged, it counts what it is asked, and it can be made to fail. */
function loginServer(keys: Record<string, Keys>) {
  const server = {
    asked: 0,
    keys,
    answer: undefined as undefined | (() => Promise<Response>),
    async fetch(): Promise<Response> {
      server.asked++;
      if (server.answer) return await server.answer();
      const list = await Promise.all(
        Object.entries(server.keys).map(async ([kid, { publicKey }]) => ({
          ...await exportJWK(publicKey),
          kid,
          alg: "ES256",
        })),
      );
      return Response.json({ keys: list });
    },
  };
  return server;
}

const pair = () => generateKeyPair("ES256", { extractable: true });

function signed(
  { privateKey }: Keys,
  kid: string | undefined,
  claims: Record<string, unknown> = {},
) {
  return new SignJWT({ iss: "login", aud: "chat", sub: "alice", ...claims })
    .setProtectedHeader({ alg: "ES256", kid })
    .setExpirationTime("5m")
    .sign(privateKey);
}

async function status(
  app: ReturnType<typeof gateway>,
  bearer: string,
): Promise<number> {
  const response = await app.request("/usersig", post(bearer, ""));
  await response.body?.cancel();
  return response.status;
}

test("keys of a JWK set are fetched once, and again when a token names a new one", async () => {
  const [old, fresh] = [await pair(), await pair()];
  const login = loginServer({ old });
  const app = gateway({
    jwt: { ...es256, jwksUrl: JWKS, fetch: login.fetch, cache: false, jwksCooldownMs: 0 },
  });
  assert.is(login.asked, 0, "nothing is fetched before it is needed");
  for (let i = 0; i < 5; i++) assert.is(await status(app, await signed(old, "old")), 200);
  assert.is(login.asked, 1);
  login.keys = { fresh };
  assert.is(await status(app, await signed(fresh, "fresh")), 200);
  assert.is(login.asked, 2);
  assert.is(await status(app, await signed(old, "old")), 401, "its key is gone");
});

test("tokens with made-up keys make the gateway ask the login server no more than the cooldown allows", async () => {
  const [known, foreign] = [await pair(), await pair()];
  const login = loginServer({ known });
  const app = gateway({ jwt: { ...es256, jwksUrl: JWKS, fetch: login.fetch } });
  assert.is(await status(app, await signed(known, "known")), 200);
  for (const kid of ["x", "../../etc/passwd", "http://evil.example/jwks", "known\u0000", ""]) {
    assert.is(await status(app, await signed(foreign, kid)), 401);
  }
  assert.is(login.asked, 1);
  assert.is(await status(app, await signed(foreign, "known")), 401, "the right name is not enough");
});

test("a token that names no key is tried with each of several, as they are while keys change", async () => {
  const [old, fresh, foreign] = [await pair(), await pair(), await pair()];
  const login = loginServer({});
  login.answer = async () => {
    const keys = [old, fresh].map(async ({ publicKey }) => await exportJWK(publicKey));
    return Response.json({ keys: await Promise.all(keys) });
  };
  const app = gateway({ jwt: { ...es256, jwksUrl: JWKS, fetch: login.fetch } });
  const unnamed = (keys: Keys, claims = {}) => signed(keys, undefined, claims);
  assert.is(await status(app, await unnamed(old)), 200);
  assert.is(await status(app, await unnamed(fresh)), 200);
  assert.is(await status(app, await unnamed(foreign)), 401);
  assert.is(await status(app, await unnamed(fresh, { aud: "mail" })), 401);
});

test("many requests at once share one fetch of the keys", async () => {
  const key = await pair();
  const login = loginServer({ key });
  const app = gateway({ jwt: { ...es256, jwksUrl: JWKS, fetch: login.fetch } });
  const bearer = await signed(key, "key");
  const statuses = await Promise.all(Array.from({ length: 20 }, () => status(app, bearer)));
  assert.equal(new Set(statuses), new Set([200]));
  assert.is(login.asked, 1);
});

test("a login server that hangs costs a bounded time, and its absence is told as such", async () => {
  const key = await pair();
  const login = loginServer({ key });
  login.answer = () => new Promise(() => {});
  const app = gateway({
    jwt: { ...es256, jwksUrl: JWKS, fetch: login.fetch, jwksTimeoutMs: 200 },
  });
  const bearer = await signed(key, "key");
  const started = Date.now();
  const responses = await Promise.all(
    Array.from({ length: 5 }, async () => await app.request("/usersig", post(bearer, ""))),
  );
  assert.ok(Date.now() - started < 2500);
  for (const response of responses) {
    assert.is(response.status, 503);
    assert.is(response.headers.get("retry-after"), "2");
    assert.is((await problemOf(response)).type, "urn:tim-edge:keys-away");
  }
  assert.is(login.asked, 1, "nobody asks again at once");
  assert.is((await app.request("/readyz")).status, 503);
  login.answer = undefined;
  await new Promise((resolve) => setTimeout(resolve, 2100));
  assert.is(await status(app, bearer), 200, "it recovers by itself");
  assert.is((await app.request("/readyz")).status, 200);
});

test("a clock that is set back keeps nobody from the login server's keys", async () => {
  const [old, fresh] = [await pair(), await pair()];
  const login = loginServer({ old });
  login.answer = () => Promise.resolve(new Response(null, { status: 500 }));
  const app = gateway({ jwt: { ...es256, jwksUrl: JWKS, fetch: login.fetch, cache: false } });
  const { now } = Date;
  const setAhead = (hours: number) => Date.now = () => now() + hours * 3_600_000;
  try {
    setAhead(8);
    assert.is(await status(app, await signed(old, "old")), 503);
    login.answer = undefined;
    setAhead(7);
    assert.is(await status(app, await signed(old, "old")), 200, "its failure is long ago");
    login.keys = { fresh };
    setAhead(6);
    assert.is(await status(app, await signed(fresh, "fresh")), 200, "so are the keys it has");
  } finally {
    Date.now = now;
  }
});

test("whatever else a login server answers is no key", async () => {
  const key = await pair();
  const answers = [
    () => new Response("<html>"),
    () => Response.json({ keys: "none" }),
    () => new Response(null, { status: 302, headers: { location: "https://evil.example/" } }),
    () => new Response("{}", { status: 500 }),
    () => new Response(" ".repeat(600_000)),
  ];
  for (const answer of answers) {
    const login = loginServer({ key });
    login.answer = () => Promise.resolve(answer());
    const app = gateway({ jwt: { ...es256, jwksUrl: JWKS, fetch: login.fetch } });
    assert.is(await status(app, await signed(key, "key")), 503);
  }
});

test("the log says why tokens cannot be checked, or are not taken; callers do not learn it", async () => {
  const key = await pair();
  const rsa = await generateKeyPair("RS256", { extractable: true });
  const jwks = (answer: () => Promise<Response>) => ({ ...es256, jwksUrl: JWKS, fetch: answer });
  const cases: [JwtOptions, number, RegExp][] = [
    [jwks(() => Promise.resolve(new Response(null, { status: 404 }))), 503, /status 404/],
    [jwks(() => Promise.reject(new TypeError("no such host"))), 503, /no such host/],
    [jwks(() => Promise.resolve(new Response("<html>"))), 503, /SyntaxError/],
    // The key is for another algorithm than the tokens: an operator's mistake.
    [{ ...es256, key: await exportSPKI(rsa.publicKey) }, 401, /Error: ./],
    [{ ...es256, key: (await pair()).publicKey }, 401, /JWSSignatureVerificationFailed/],
    [{ ...es256, key: key.publicKey, issuer: "another" }, 401, /unexpected "iss" claim/],
  ];
  for (const [options, expected, error] of cases) {
    const log: LogRecord[] = [];
    const app = gateway({ jwt: options, log: (record) => log.push(record) });
    const response = await app.request("/usersig", post(await signed(key, "key"), ""));
    assert.is(response.status, expected);
    assert.not.match((await problemOf(response)).detail as string, error);
    assert.match(log[0]!.error!, error);
  }
});

test("a public key may be PEM text, and is never taken for a shared secret", async () => {
  const { publicKey, privateKey } = await pair();
  const pem = await exportSPKI(publicKey);
  const app = gateway({ jwt: { ...es256, key: pem } });
  assert.is(await status(app, await signed({ publicKey, privateKey }, "any")), 200);
  // Key confusion: an HMAC whose secret is the text that everybody may read.
  const confused = await token({}, new TextEncoder().encode(pem));
  assert.is(await status(app, confused), 401);
});

test("a verified token is remembered until it expires, and no longer", async () => {
  const exp = Math.floor(Date.now() / 1000) + 2;
  const bearer = await token({ exp });
  const app = gateway();
  assert.is(await status(app, bearer), 200);
  assert.is(await status(app, bearer), 200);
  await new Promise((resolve) => setTimeout(resolve, exp * 1000 - Date.now() + 50));
  assert.is(await status(app, bearer), 401);
});

test("remembered tokens hold when their key is gone, unless remembering is off", async () => {
  const key = await pair();
  for (const [cache, expected] of [[undefined, 200], [false, 401]] as const) {
    const login = loginServer({ key });
    const app = gateway({
      jwt: { ...es256, jwksUrl: JWKS, fetch: login.fetch, cache, jwksCooldownMs: 0 },
    });
    const [first, other] = [await signed(key, "key"), await signed(key, "other")];
    assert.is(await status(app, first), 200);
    login.keys = { another: await pair() };
    assert.is(await status(app, other), 401, "this one makes it fetch the keys anew");
    assert.is(await status(app, first), expected);
  }
});

test("the memory of tokens is bounded", async () => {
  const app = gateway({ jwt: { ...jwt, cache: 2 } });
  const bearers = await Promise.all([1, 2, 3].map((n) => token({ jti: `${n}` })));
  for (const bearer of [...bearers, ...bearers]) assert.is(await status(app, bearer), 200);
});

test("clocks may differ by the tolerance and not more", async () => {
  const seconds = Math.floor(Date.now() / 1000);
  const app = gateway({ jwt: { ...jwt, clockSkewSeconds: 30 } });
  assert.is(await status(app, await token({ exp: seconds - 10 })), 200);
  assert.is(await status(app, await token({ exp: seconds - 40 })), 401);
  assert.is(await status(app, await token({ nbf: seconds + 10 })), 200);
  assert.is(await status(app, await token({ nbf: seconds + 60 })), 401);
});

test("roles come from a claim: a list, words, or a path into objects", async () => {
  const cases: [Partial<JwtOptions>, Record<string, unknown>, number][] = [
    [{}, { roles: ["moderator"] }, 200],
    [{}, { roles: "user moderator" }, 200],
    [{}, { roles: ["moderators"] }, 403],
    [{}, { roles: { moderator: true } }, 403],
    [{}, {}, 403],
    [{ rolesClaim: "realm_access.roles" }, { realm_access: { roles: ["moderator"] } }, 200],
    [{ rolesClaim: "realm_access.roles" }, { roles: ["moderator"] }, 403],
    [{ rolesClaim: "https://a.example/roles" }, { "https://a.example/roles": ["moderator"] }, 200],
  ];
  for (const [options, claims, expected] of cases) {
    const app = gateway({
      jwt: { ...jwt, ...options },
      allow: [],
      policy: [{ roles: ["moderator"], commands: ["group_open_http_svc/*"] }],
    });
    const response = await app.request(LIST, post(await token(claims)));
    assert.is(response.status, expected, JSON.stringify(claims));
    await response.body?.cancel();
  }
});

test("an API key is known by its hash, stands for its identifier and roles, and expires", async () => {
  const [good, old] = [makeApiKey(), makeApiKey()];
  const app = gateway({
    allow: [],
    apiKeys: [
      { sha256: await hashApiKey(good), identifier: "bot", roles: ["machine"] },
      { sha256: await hashApiKey(old), identifier: "bot", expiresAt: "2020-01-31" },
    ],
    policy: [{ roles: ["machine"], commands: ["group_open_http_svc/*"] }],
  });
  const ask = async (key: string, path = LIST) =>
    await app.request(path, post(undefined, "", { "x-api-key": key }));
  assert.is((await ask(good)).status, 200);
  assert.is((await (await ask(good, "/usersig")).json()).identifier, "bot");
  for (const key of [old, makeApiKey(), "", good.slice(1), await hashApiKey(good)]) {
    const response = await ask(key);
    assert.is(response.status, 401);
    const { detail } = await problemOf(response);
    assert.match(detail as string, key === old ? "expired" : "not known");
  }
  const both = await app.request(LIST, post(await token(), "", { "x-api-key": "wrong" }));
  assert.is(both.status, 401, "a wrong key is not made good by a token");
  assert.not.equal(makeApiKey(), makeApiKey());
});

test("an authenticate hook decides for other schemes, and its failure lets nobody in", async () => {
  const app = gateway({
    jwt: undefined,
    authenticate: (request) => {
      const cookie = request.headers.get("cookie");
      if (cookie === "broken") throw new Error("database password hunter2");
      return cookie === null ? undefined : { identifier: cookie, roles: ["user"] };
    },
  });
  const ask = async (headers: Record<string, string>) =>
    await app.request("/usersig", post(undefined, "", headers));
  assert.is((await (await ask({ cookie: "dora" })).json()).identifier, "dora");
  assert.is((await ask({})).status, 401);
  const broken = await ask({ cookie: "broken" });
  assert.is(broken.status, 503);
  assert.not.match(JSON.stringify(await problemOf(broken)), "hunter2");
});

test("an authenticate hook that hangs costs a bounded time, and no place for ever", async () => {
  const app = gateway({
    jwt: undefined,
    authenticate: () => new Promise(() => {}),
    limits: { deadlineMs: 4001, concurrency: 1 },
  });
  for (let i = 0; i < 2; i++) {
    const response = await app.request("/usersig", post(undefined));
    assert.is(response.status, 503);
    assert.is((await problemOf(response)).type, "urn:tim-edge:keys-away");
  }
});

test("who is known by a cookie is not called by pages of other sites", async () => {
  const cors = { origins: ["https://app.example.com"] };
  const hook: Partial<GatewayOptions> = {
    authenticate: ({ headers }) => {
      const [, name] = /user=(\w+)/.exec(headers.get("cookie") ?? "") ?? [];
      const given = name ?? headers.get("x-user");
      return given ? { identifier: given } : undefined;
    },
  };
  const [none, listed, any] = [undefined, cors, { origins: ["*"] }].map((cors) =>
    gateway({ ...hook, cors })
  );
  const cookie = "user=dora";
  const evil = { cookie, "content-type": "text/plain", origin: "https://evil.example" };
  const app = { cookie, origin: "https://app.example.com", "sec-fetch-site": "same-site" };
  const cases: [typeof none, Record<string, string>, number][] = [
    [none, { ...evil, "sec-fetch-site": "cross-site" }, 403],
    [none, { ...evil, "sec-fetch-site": "same-site" }, 403],
    [none, { cookie, "sec-fetch-site": "cross-site" }, 403], // Without an origin, or with none to tell.
    [none, { cookie, origin: "null" }, 403],
    [none, evil, 403],
    [none, app, 403],
    [listed, app, 200],
    [listed, { ...evil, "sec-fetch-site": "cross-site" }, 403],
    [any, evil, 403],
    [any, { "x-user": "dora", origin: "https://evil.example" }, 200],
    [none, { cookie }, 200],
    [none, { cookie, origin: "http://localhost" }, 200],
    [none, { cookie, origin: "https://tim.example", host: "tim.example" }, 200],
    [none, { cookie, origin: "https://tim.example", "sec-fetch-site": "same-origin" }, 200],
    [none, { authorization: `Bearer ${await token()}`, origin: "https://evil.example" }, 200],
  ];
  for (const path of ["/usersig", LIST]) {
    for (const [app, headers, status] of cases) {
      const answer = await app!.request(path, post(undefined, "{}", headers));
      assert.is(answer.status, status, `${path} ${JSON.stringify(headers)}`);
      if (status !== 403) continue;
      assert.is((await problemOf(answer)).type, "urn:tim-edge:origin-not-allowed");
    }
  }
  const read = await none!.request("/whoami", { headers: { ...evil } });
  assert.is(read.status, 200, "a page of another site may ask, but cannot read the answer");
  assert.is(read.headers.get("access-control-allow-origin"), null);
});

test("createGateway refuses ways to ask that would leave a hole", () => {
  const bad = (options: Partial<GatewayOptions>) => () => gateway({ jwt: undefined, ...options });
  const hs = { issuer: "login", audience: "chat", algorithms: ["HS256"] };
  const key = "0".repeat(64);
  const cases: [Partial<GatewayOptions>, RegExp][] = [
    [{}, /jwt, apiKeys or authenticate/],
    [{ jwt: { ...hs, key: new Uint8Array(16) } }, /16 bytes, wanted 32/],
    [{ jwt: { ...hs, key: secret, audience: [] } }, /audience is missing/],
    [{ jwt: { ...es256, key: secret } }, /does not go with a shared secret/],
    [{ jwt: { ...hs, jwksUrl: JWKS } }, /does not go with a public key/],
    [{ jwt: { ...es256, jwksUrl: "http://login.example.com/" } }, /wanted https/],
    [{ jwt: { ...es256, algorithms: ["ES265"], jwksUrl: JWKS } }, /"ES265", which is not known/],
    [{ jwt: { ...es256, key: "secret" } }, /BEGIN PUBLIC KEY/],
    [{ jwt: { ...es256, key: { kty: "EC", d: "x" } as object } }, /private key/],
    [{ jwt: { ...hs, key: secret, clockSkewSeconds: 3600 } }, /0 to 300/],
    [{ jwt: { ...hs, key: secret, isuer: "x" } as never }, /"isuer".*did you mean "issuer"/],
    [{ apiKeys: [{ sha256: "my-key", identifier: "bot" }] }, /64 hexadecimal digits/],
    [{ apiKeys: [{ sha256: key, identifier: "" }] }, /identifier is missing/],
    [{ apiKeys: [{ sha256: key, identifier: "b", expiresAt: "soon" }] }, /wanted a date/],
  ];
  for (const [options, message] of cases) assert.throws(bad(options), message);
});

test.run();

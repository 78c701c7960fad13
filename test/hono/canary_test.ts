import { test } from "uvu";
import * as assert from "uvu/assert";
import { signUserSig } from "../../mod.ts";
import { openApiDocument } from "../../src/api/openapi_document.ts";
import { explainErrorCode } from "../../src/errors/mod.ts";
import { consolePage, docsPage } from "../../src/hono/pages/mod.ts";
import { webhookSign } from "../../src/api/webhooks/mod.ts";
import { callbackOf } from "../support/callback.ts";
import { hashApiKey, makeApiKey } from "../../src/hono/mod.ts";
import { app as emulated, gateway, LIST, post, token } from "../support/gateway.ts";

/** Everything secret that a gateway handles, and everything that it writes. */
async function collect() {
  const written: string[] = [];
  const secrets = new Set<string>();
  const jwtSecret = "canary-canary-canary-canary-canary";
  const apiKey = makeApiKey();
  const bearer = await token({}, new TextEncoder().encode(jwtSecret));
  const forged = await token({ sub: "forged" });
  for (const text of [emulated.secretKey, jwtSecret, apiKey, bearer, forged]) secrets.add(text);
  // What the upstream was sent, to be quoted back by one that lies.
  let url = "";
  const lies: ((url: string) => Response | Promise<Response>)[] = [
    () => Response.json({ ActionStatus: "OK", ErrorCode: 0 }),
    (seen) => Response.json({ ActionStatus: "FAIL", ErrorCode: 70001, ErrorInfo: `bad ${seen}` }),
    (seen) => Response.json({ ActionStatus: "FAIL", ErrorCode: 10010, ErrorInfo: seen }),
    (seen) => new Response(`<html>${seen}</html>`),
    (seen) => Promise.reject(new TypeError(`fetch failed: ${seen}`, { cause: new Error(seen) })),
    (seen) => Promise.reject(Object.assign(new Error(seen), { code: seen })),
    (seen) => new Response(null, { status: 302, headers: { location: seen } }),
    (seen) => Response.json({ ActionStatus: "OK", ErrorCode: 0, RequestId: seen }, { status: 500 }),
  ];
  let turn = 0;
  const make = (more = {}) =>
    gateway({
      jwt: {
        key: new TextEncoder().encode(jwtSecret),
        issuer: "login",
        audience: "chat",
        algorithms: ["HS256"],
      },
      apiKeys: [],
      log: (record) => written.push(JSON.stringify(record)),
      audit: (record) => void written.push(JSON.stringify(record)),
      auditBody: true,
      ...more,
    }, {
      retry: { maxAttempts: 2, baseDelayMs: 1 },
      fetch: async (sent) => {
        url = sent;
        secrets.add(new URL(sent).searchParams.get("usersig")!);
        return await lies[turn++ % lies.length]!(url);
      },
    });
  const app = make({ apiKeys: [{ sha256: await hashApiKey(apiKey), identifier: "bot" }] });
  const keep = async (response: Response) => {
    written.push(JSON.stringify([...response.headers]), await response.text());
  };
  return { app, make, bearer, forged, apiKey, written, secrets, keep, lies };
}

test("no key, token or UserSig is in any answer, log line or audit record", async () => {
  const { app, bearer, forged, apiKey, written, secrets, keep, lies } = await collect();
  for (let i = 0; i < lies.length * 3; i++) {
    await keep(await app.request(LIST, post(bearer, {}, { "idempotency-key": `k${i}` })));
    await keep(await app.request(LIST, post(undefined, {}, { "x-api-key": apiKey })));
    await keep(await app.request(LIST, post(forged)));
    await keep(await app.request(`${LIST}?usersig=${[...secrets].at(-1)}`, post(bearer)));
    await keep(await app.request(`/v4/${[...secrets].at(-1)}/x`, post(bearer)));
    await keep(await app.request(`/${emulated.secretKey}`, post(bearer)));
    await keep(await app.request(LIST, post(bearer, `{"x":"${i}`)));
  }
  const own = await signUserSig({ ...emulated, identifier: "alice" });
  await keep(await app.request("/why", post(bearer, { command: LIST.slice(4), body: { own } })));
  const all = written.join("\n");
  assert.ok(secrets.size > 5 && written.length > 300, "there was something to find");
  for (const secret of secrets) assert.not.ok(all.includes(secret), secret.slice(0, 12));
  assert.not.match(all, /\bat .*\.(ts|mjs|js):\d+/, "no stack");
  assert.not.match(all, "gateway-fault", "nothing answers 500");
});

test("no key, token or UserSig is in the pages, the description, the doctor's report or a callback's answer", async () => {
  const webhookToken = "canary-webhook-canary";
  const { make, bearer, forged, written, secrets, keep } = await collect();
  secrets.add(webhookToken);
  const app = make({
    console: consolePage,
    docs: docsPage,
    openapi: { document: openApiDocument },
    explain: explainErrorCode,
    doctor: {
      examine: () => Promise.reject(new Error(`https://x/?usersig=${[...secrets].at(-1)}`)),
      everySeconds: 0,
    },
    webhooks: {
      token: webhookToken,
      on: {
        "Group.CallbackAfterSendMsg": () => Promise.reject(new Error(`usersig=${"e".repeat(99)}`)),
      },
    },
    operatorRoles: ["*"],
  });
  for (const token of [bearer, forged]) {
    const headers = { authorization: `Bearer ${token}` };
    await keep(await app.request(LIST, post(token)));
    for (const path of ["/", "/docs", "/openapi.json", "/whoami", "/doctor", "/explain/70001"]) {
      await keep(await app.request(path, { headers }));
    }
    await keep(await app.request("/doctor", { method: "POST", headers }));
  }
  const command = "Group.CallbackAfterSendMsg";
  const RequestTime = String(Math.floor(Date.now() / 1000));
  const sign = await webhookSign(webhookToken, RequestTime);
  secrets.add(sign);
  for (const Sign of [sign, webhookToken, "0"]) {
    const query = { SdkAppid: String(emulated.sdkAppId), RequestTime, Sign };
    const sent = await callbackOf(command, { query });
    const init = { method: "POST", body: await sent.text() };
    await keep(await app.request(`/webhooks${new URL(sent.url).search}`, init));
  }
  assert.match(written.join(), "callback-failed", "the handler was called");
  const all = written.join("\n");
  assert.ok(written.length > 40, "there was something to find");
  for (const secret of secrets) assert.not.ok(all.includes(secret), secret.slice(0, 12));
  assert.not.match(all, /e{99}/, "what a handler threw is redacted");
  assert.not.match(all, /\bat .*\.(ts|mjs|js):\d+/, "no stack");
});

test("a UserSig is in the one answer that it was made for, and nowhere else", async () => {
  const { app, bearer, written } = await collect();
  const { userSig } = await (await app.request("/usersig", post(bearer, ""))).json();
  assert.ok(userSig.length > 100);
  assert.not.ok(written.join("\n").includes(userSig));
});

test.run();

/** The gateway with everything switched on, inside workerd, with real sockets. */

import { test } from "uvu";
import * as assert from "uvu/assert";
import { commands } from "../../src/api/mod.ts";
import { createEmulator, EMULATOR_APP } from "../../src/emulator/mod.ts";
import { type Listening, serve } from "../../src/runtime/serve.ts";
import { callbackOf, TOKEN } from "../support/callback.ts";
import { type StartedWorker, startWorker } from "../support/start_worker.ts";
import { token } from "../support/gateway.ts";

const WORKER = `
  import { connect } from "cloudflare:sockets";
  import { TimClient } from "./mod.ts";
  import { commands } from "./src/api/mod.ts";
  import { openApiDocument } from "./src/api/openapi_document.ts";
  import { examiner } from "./src/doctor/mod.ts";
  import { explainErrorCode } from "./src/errors/mod.ts";
  import { createGateway } from "./src/hono/mod.ts";
  import { consolePage, docsPage } from "./src/hono/pages/mod.ts";
  import { workerPlatform } from "./src/runtime/doctor_worker.ts";

  let gateway, finished = 0;
  const make = ({ BACKEND, SECRET_KEY }) => createGateway({
    client: new TimClient({ sdkAppId: ${EMULATOR_APP.sdkAppId}, secretKey: SECRET_KEY, baseUrl: BACKEND }),
    jwt: {
      key: new TextEncoder().encode("a shared secret of thirty-two bytes"),
      issuer: "login", audience: "chat", algorithms: ["HS256"],
    },
    commands,
    allow: ["*"],
    log: false,
    explain: explainErrorCode,
    openapi: { document: openApiDocument },
    docs: docsPage,
    console: consolePage,
    doctor: {
      examine: examiner({ platform: workerPlatform({ connect }), baseUrl: BACKEND, timeoutMs: 2000 }),
    },
    webhooks: {
      token: "${TOKEN}",
      timeoutMs: 50,
      on: {
        "Group.CallbackAfterSendMsg": async () => {
          await new Promise((resolve) => setTimeout(resolve, 200));
          finished++;
        },
      },
    },
  });
  export default {
    fetch: (request, env, context) =>
      new URL(request.url).pathname === "/finished"
        ? Response.json(finished)
        : (gateway ??= make(env)).fetch(request, env, context),
  };
`;

let miniflare: StartedWorker;
let backend: Listening;
const headers: Record<string, string> = {};

test.before(async () => {
  const emulator = createEmulator();
  const any = { hostname: "127.0.0.1", port: 0 };
  backend = await serve((request) => emulator.fetch(request), any);
  miniflare = await startWorker(WORKER, {
    bindings: { BACKEND: backend.url, SECRET_KEY: EMULATOR_APP.secretKey },
  });
  headers.authorization = `Bearer ${await token({ roles: ["operator"] })}`;
});
test.after(async () => {
  await miniflare?.dispose();
  await backend?.close();
});

const ask = (path: string, init: object = {}): Promise<Response> =>
  miniflare.dispatchFetch(`http://localhost${path}`, { headers, ...init });

test("a Worker shows the console and the reference, and describes its commands", async () => {
  for (const path of ["/", "/docs"]) {
    const page = await ask(path);
    assert.is(page.status, 200);
    const html = await page.text();
    assert.match(html, /^<!doctype html>[^]*<\/html>/);
    assert.not.match(html, EMULATOR_APP.secretKey);
  }
  const { paths } = await (await ask("/openapi.json")).json();
  assert.ok(Object.keys(paths).length > commands.length);
  assert.is((await (await ask("/explain/10010")).json()).code, 10010);
});

test("a Worker examines its way to the backend", async () => {
  assert.is((await ask("/doctor")).status, 204);
  const report = await (await ask("/doctor", { method: "POST" })).json();
  assert.is(report.verdict.cause, "healthy", JSON.stringify(report));
  assert.is(report.runtime.name, "Workers");
  const page = await ask("/doctor", { headers: { ...headers, accept: "text/html" } });
  assert.match(await page.text(), /^<!doctype html>/);
});

test("a Worker answers a callback in time while its handler goes on", async () => {
  const RequestTime = String(Math.floor(Date.now() / 1000));
  const query = { SdkAppid: String(EMULATOR_APP.sdkAppId), RequestTime };
  const sent = await callbackOf("Group.CallbackAfterSendMsg", { query });
  const address = `/webhooks${new URL(sent.url).search}`;
  const init = { method: "POST", body: await sent.text(), headers: {} };
  assert.is((await ask(address, init)).status, 200);
  assert.is((await ask(address, init)).status, 409, "a replay");
  for (let turn = 0; turn < 200; turn++) {
    if (await (await ask("/finished")).json() === 1) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.is(await (await ask("/finished")).json(), 1);
});

test.run();

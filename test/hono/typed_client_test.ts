import { hc } from "hono/client";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Gateway } from "../../src/hono/mod.ts";
import { gateway, token } from "../support/gateway.ts";

test("hc<Gateway> knows the routes, their bodies and their answers", async () => {
  const app = gateway();
  const client = hc<Gateway>("http://gateway", {
    headers: { authorization: `Bearer ${await token()}` },
    fetch: async (input: string | URL | Request, init?: RequestInit) =>
      await app.request(input, init),
  });
  const issued = await client.usersig.$post({ json: { expireSeconds: 60 } });
  const { identifier, userSig }: { identifier: string; userSig: string } = await issued.json();
  assert.is(identifier, "alice");
  assert.ok(userSig.length > 0);
  const called = await client.v4[":service"][":command"].$post({
    param: { service: "group_open_http_svc", command: "get_appid_group_list" },
    json: { Limit: 1 },
  });
  const code: number = (await called.json()).ErrorCode;
  assert.is(code, 0);
  const health: { status: "ok" } = await (await client.healthz.$get()).json();
  assert.is(health.status, "ok");
  const who: { identifier: string; operator: boolean } = await (await client.whoami.$get()).json();
  assert.equal([who.identifier, who.operator], ["alice", false]);
  // @ts-expect-error: a lifetime is a number
  const wrong = await client.usersig.$post({ json: { expireSeconds: "60" } });
  assert.is(wrong.status, 400);
  // @ts-expect-error: there is no such route
  assert.type(client.nothing, "function");
});

test.run();

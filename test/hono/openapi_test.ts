import { test } from "uvu";
import * as assert from "uvu/assert";
import { commands } from "../../src/api/mod.ts";
import { type OpenApiDocument, openApiDocument } from "../../src/api/openapi_document.ts";
import type { GatewayOpenApi, GatewayOptions } from "../../src/hono/mod.ts";
import { gateway, post, problemOf, token } from "../support/gateway.ts";
import { throwsConfig } from "../support/rejects.ts";

const ADDRESS = "https://gate.example/tim/openapi.json";

/** A gateway that describes itself. */
function described(openapi: Partial<GatewayOpenApi> = {}, more: Partial<GatewayOptions> = {}) {
  return gateway({
    openapi: { document: openApiDocument, ...openapi },
    commands,
    allow: [],
    policy: [
      { roles: ["*"], commands: ["group_open_http_svc/get_*"] },
      {
        name: "own words",
        roles: ["*"],
        commands: ["openim/sendmsg"],
        set: { From_Account: "$caller" },
      },
      { roles: ["staff"], commands: ["live_engine_http_srv/create_room"] },
    ],
    ...more,
  });
}

async function read(app: ReturnType<typeof described>, claims?: object): Promise<OpenApiDocument> {
  const { headers } = post(await token(claims as Record<string, unknown>));
  const response = await app.request("/openapi.json", { headers });
  assert.is(response.status, 200);
  return await response.json();
}

test("openApiDocument holds every command, and every schema that one refers to and no other", () => {
  const document = openApiDocument();
  const paths = Object.keys(document.paths);
  assert.equal(paths, commands.map(({ service, command }) => `/v4/${service}/${command}`));
  const text = JSON.stringify(document);
  const refs = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref!));
  const names = Object.keys(document.components.schemas);
  assert.equal([...refs].sort(), names.map((name) => `#/components/schemas/${name}`).sort());
  const tags = document.tags.map(({ name }) => name);
  for (const { post } of Object.values(document.paths)) assert.ok(tags.includes(post!.tags[0]!));
  const one = openApiDocument({ commands: (name) => name === "openim/sendmsg" });
  assert.equal(Object.keys(one.paths), ["/v4/openim/sendmsg"]);
  assert.equal(one.tags.map(({ name }) => name), ["message"]);
  assert.ok(Object.keys(one.components.schemas).length < names.length / 2);
});

test("/openapi.json shows a caller what the policy may allow, and what it adds", async () => {
  const app = described();
  const document = await read(app);
  assert.ok("/usersig" in document.paths && "/why" in document.paths);
  const paths = Object.keys(document.paths).filter((path) => path.startsWith("/v4/"));
  assert.ok(paths.includes("/v4/group_open_http_svc/get_appid_group_list"));
  assert.ok(paths.every((path) => /\/get_|\/sendmsg$/.test(path)), paths.join());
  const { post } = document.paths["/v4/openim/sendmsg"]!;
  assert.equal(post!["x-gateway-rules"], [
    { rule: "own words", when: [], set: { From_Account: "$caller" }, remove: [] },
  ]);
  assert.equal(document.security, [{ token: [] }]);
  assert.ok("Problem" in document.components.schemas);
  const staff = await read(app, { roles: ["staff"] });
  assert.ok("/v4/live_engine_http_srv/create_room" in staff.paths, "by his role");
});

test("/openapi.json wants credentials, unless it is for everyone", async () => {
  assert.is((await problemOf(await described().request("/openapi.json"))).status, 401);
  const response = await described({ show: "everyone" }).request(ADDRESS.replace("/tim", ""));
  const document: OpenApiDocument = await response.json();
  assert.ok("/v4/live_engine_http_srv/create_room" in document.paths, "all that the policy names");
  assert.not.ok("/v4/openim/admin_msgwithdraw" in document.paths);
  assert.not.match(JSON.stringify(document), "own words");
  assert.equal(document.servers, [{ url: "https://gate.example" }]);
  const named = described({ show: "everyone", url: "https://chat.example/api" });
  const { servers } = await (await named.request("/openapi.json")).json();
  assert.equal(servers, [{ url: "https://chat.example/api" }]);
});

test("/openapi.json is off unless switched on, and its options are checked", async () => {
  const { headers } = post(await token());
  assert.is((await gateway().request("/openapi.json", { headers })).status, 404);
  throwsConfig(() => described({ show: "all" as "everyone" }), /openapi\.show is "all"/);
  throwsConfig(() => described({ document: {} as never }), /openapi\.document must be/);
});

test.run();

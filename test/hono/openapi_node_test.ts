/** What the gateway says of itself is OpenAPI, as tools read it. */

import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { commands } from "../../src/api/mod.ts";
import { openApiDocument } from "../../src/api/openapi_document.ts";
import { explainErrorCode } from "../../src/errors/mod.ts";
import { hashApiKey } from "../../src/hono/mod.ts";
import { consolePage, docsPage } from "../../src/hono/pages/mod.ts";
import { gateway, post, token } from "../support/gateway.ts";

async function faultsOf(document: object): Promise<string> {
  const { valid, errors } = await new Validator().validate(document as Record<string, unknown>);
  return valid ? "" : JSON.stringify(errors, null, 1);
}

test("the whole catalogue as one document is OpenAPI 3.1", async () => {
  assert.is(await faultsOf(openApiDocument()), "");
});

test("/openapi.json is OpenAPI 3.1, for a caller and for everyone", async () => {
  const key = "an API key of thirty-two characters";
  for (const show of ["caller", "everyone"] as const) {
    const app = gateway({
      commands,
      allow: [],
      policy: [{ roles: ["*"], commands: ["*"], set: { From_Account: "$caller" } }],
      apiKeys: [{ sha256: await hashApiKey(key), identifier: "bot" }],
      openapi: { document: openApiDocument, show },
    });
    const { headers } = post(await token());
    const document = await (await app.request("/openapi.json", { headers })).json();
    assert.is(Object.keys(document.paths).length, commands.length + 4);
    assert.is(await faultsOf(document), "");
  }
  const broken = { ...openApiDocument(), paths: { "/v4/a/b": { post: { summary: 7 } } } };
  assert.match(await faultsOf(broken), "summary");
});

test("the gateway's page names every address, and no other", async () => {
  const examine = () => Promise.reject(new Error("never asked"));
  const app = gateway({
    explain: explainErrorCode,
    webhooks: { token: "token", on: {} },
    doctor: { examine },
    openapi: { document: openApiDocument },
    docs: docsPage,
    console: consolePage,
  });
  const { detail } = await (await app.request("/nowhere")).json();
  const there = detail.replace("There are ", "").split(", ");
  const page = readFileSync("src/hono/README.md", "utf8");
  const named = [...page.matchAll(/^\| (`(?:GET|POST) .*?) \|/gm)].flatMap(([, cell]) =>
    cell!.split(", ").map((address) => address.trim().slice(1, -1))
  );
  assert.equal(named.sort(), there.sort());
});

test.run();

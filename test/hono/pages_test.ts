import { Hono } from "hono";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { openApiDocument } from "../../src/api/openapi_document.ts";
import type { GatewayOptions } from "../../src/hono/mod.ts";
import { commandScript } from "../../src/hono/pages/command_script.ts";
import { consoleScript } from "../../src/hono/pages/console_script.ts";
import { docsScript } from "../../src/hono/pages/docs_script.ts";
import { consolePage, docsPage, type PageLanguage } from "../../src/hono/pages/mod.ts";
import { schemaScript } from "../../src/hono/pages/schema_script.ts";
import { sessionScript } from "../../src/hono/pages/session_script.ts";
import { pageTexts } from "../../src/hono/pages/texts.ts";
import { baseScript } from "../../src/ui/script.ts";
import { gateway } from "../support/gateway.ts";
import { throwsConfig } from "../support/rejects.ts";

const BOTH = baseScript + sessionScript + schemaScript + commandScript;
const PATHS: [path: string, scripts: string][] = [
  ["/", BOTH + consoleScript],
  ["/docs", BOTH + docsScript],
];

/** A gateway with both pages. */
const paged = (more: Partial<GatewayOptions> = {}) =>
  gateway({
    console: consolePage,
    docs: docsPage,
    openapi: { document: openApiDocument },
    doctor: { examine: () => Promise.reject(new Error("not asked")) },
    ...more,
  });

async function read(path: string, headers = {}, app = paged()) {
  const response = await app.request(path, { headers });
  assert.is(response.status, 200);
  return { html: await response.text(), headers: response.headers };
}

test("console and reference run their own script and style only, and ask no other host", async () => {
  for (const [path] of PATHS) {
    const { html, headers } = await read(path);
    assert.is(headers.get("content-type"), "text/html; charset=utf-8");
    assert.is(headers.get("x-content-type-options"), "nosniff");
    assert.is(headers.get("referrer-policy"), "no-referrer");
    assert.is(headers.get("cache-control"), "no-store");
    const policy = headers.get("content-security-policy")!;
    assert.match(policy, /^default-src 'none'; .*frame-ancestors 'none'/);
    assert.not.match(policy, /unsafe|https?:|\*/);
    const [, nonce] = /script-src 'nonce-([\w-]+)'/.exec(policy)!;
    const tags = [...html.matchAll(/<(?:script|style)\b[^>]*>/g)].map(([tag]) => tag);
    assert.equal(tags, [`<style nonce="${nonce}">`, `<script nonce="${nonce}">`]);
    assert.not.match(html, /\b(?:src|href|action)="(?:https?:)?\/\//);
    assert.not.match(html, /\s(?:on[a-z]+|style)="/);
    assert.not.ok((await read(path)).html.includes(nonce!), "each answer has a nonce of its own");
  }
});

test("the pages speak the language that the browser asks for first, and have every text in it", async () => {
  for (const [path] of PATHS) {
    for (const language of ["en", "zh", "ja", "ko"] as PageLanguage[]) {
      const { html } = await read(path, { "accept-language": `fr, ${language};q=0.8` });
      const texts = pageTexts(language);
      assert.match(html, `<html lang="${language}">`);
      assert.match(html, texts.credentials);
      for (const [name, text] of Object.entries(texts)) assert.ok(text, `${language} ${name}`);
    }
  }
});

test("the scripts use no text and no element that is not there", async () => {
  const names = Object.keys(pageTexts("en"));
  for (const [path, script] of PATHS) {
    const { html } = await read(path);
    const used = [...script.matchAll(/TEXTS\.(\w+)/g)].map(([, name]) => name!);
    assert.ok(used.length > 20);
    for (const name of used) assert.ok(names.includes(name), name);
    for (const [, id] of script.matchAll(/byId\("([\w-]+)"\)/g)) {
      assert.ok(html.includes(`id="${id}"`), `${path} has no ${id}`);
    }
  }
});

test("pages leave out what the gateway does not have", async () => {
  const bare = gateway({ console: consolePage });
  const { html } = await read("/", {}, bare);
  assert.not.match(html, /id="run-doctor"|href="docs"/);
  assert.match((await read("/")).html, /id="run-doctor"/);
  assert.match((await read("/")).html, /href="docs"/);
});

test("the pages are off unless switched on, and their options are checked", async () => {
  for (const [path] of PATHS) assert.is((await gateway().request(path)).status, 404);
  throwsConfig(() => gateway({ docs: docsPage }), /docs shows openapi/);
  throwsConfig(() => gateway({ console: true as never }), /console must be a page/);
});

test("the pages are where the gateway is mounted, and take GET only", async () => {
  const app = new Hono().route("/tim", paged());
  for (const path of ["/tim", "/tim/docs"]) {
    assert.is((await app.request(path)).status, 200);
    const posted = await app.request(path, { method: "POST" });
    assert.equal([posted.status, posted.headers.get("allow")], [405, "GET"]);
  }
});

test.run();

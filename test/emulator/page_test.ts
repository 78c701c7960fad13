import { test } from "uvu";
import * as assert from "uvu/assert";
import { createEmulator } from "../../src/emulator/mod.ts";
import { SCRIPT } from "../../src/emulator/control/page/script.ts";
import { pageTexts } from "../../src/emulator/control/page/texts.ts";
import { type PageLanguage, pageLanguage } from "../../src/ui/language.ts";

async function read(language = ""): Promise<{ html: string; policy: string }> {
  const response = await createEmulator().request("http://127.0.0.1/_emulator/", {
    headers: { "accept-language": language },
  });
  assert.is(response.status, 200);
  assert.match(response.headers.get("content-type")!, /^text\/html/);
  return {
    html: await response.text(),
    policy: response.headers.get("content-security-policy")!,
  };
}

test("/_emulator leads to the page, relative to where the emulator is mounted", async () => {
  const response = await createEmulator().request("http://127.0.0.1/_emulator");
  assert.is(response.status, 302);
  assert.is(response.headers.get("location"), "/_emulator/");
});

test("the page runs its own script and style only, and asks no other host", async () => {
  const { html, policy } = await read();
  const [, nonce] = /script-src 'nonce-([\w-]+)'/.exec(policy)!;
  assert.match(policy, /^default-src 'none'/);
  const tags = [...html.matchAll(/<(?:script|style)\b[^>]*>/g)].map(([tag]) => tag);
  assert.equal(tags, [`<style nonce="${nonce}">`, `<script nonce="${nonce}">`]);
  assert.not.match(html, /\b(?:src|href|action)="(?:https?:)?\/\//);
  assert.not.match(html, /\son[a-z]+="/);
  assert.not.match((await read()).html, nonce!);
});

test("the page speaks the language that the browser asks for first", async () => {
  assert.match((await read("zh-CN,zh;q=0.9,en;q=0.8")).html, /<html lang="zh">[^]*重置与快照/);
  assert.match((await read("fr, ja;q=0.5")).html, /<html lang="ja">[^]*リクエスト/);
  assert.match((await read("fr")).html, /<html lang="en">[^]*Reset and snapshots/);
  assert.is(pageLanguage("KO-kr"), "ko");
});

test("every text is there in every language, and the script uses none that is not", () => {
  const names = Object.keys(pageTexts("en"));
  for (const language of ["en", "zh", "ja", "ko"] as PageLanguage[]) {
    for (const [name, text] of Object.entries(pageTexts(language))) {
      assert.ok(text, `${language} ${name}`);
    }
  }
  const used = [...SCRIPT.matchAll(/TEXTS\.(\w+)/g)].map(([, name]) => name!);
  assert.ok(used.length > 20);
  for (const name of used) assert.ok(names.includes(name), name);
});

test("the script finds every element that it looks for", async () => {
  const { html } = await read();
  const ids = [...SCRIPT.matchAll(/(?:byId|part)\("([\w-]+)"/g)].map(([, id]) => id!);
  for (const id of ids.filter((id) => !id.endsWith("-"))) {
    assert.ok(html.includes(`id="${id}"`), id);
  }
});

test.run();

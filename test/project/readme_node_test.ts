/** What the front pages say is so: numbers, links, tasks. */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { commands } from "../../src/api/mod.ts";
import { webhookRows } from "../../src/api/generated/webhooks.ts";

const pages = [
  "README.md",
  "README.zh-CN.md",
  "CONTRIBUTING.md",
  "src/core/README.md",
  "src/api/README.md",
  "src/api/webhooks/README.md",
  "src/hono/README.md",
  "src/emulator/README.md",
  "src/doctor/README.md",
  "src/cli/README.md",
];
const text = (page: string) => readFileSync(page, "utf8");

/** Commands by area, in the order of the table in the README. */
const CHAT_AREAS = [
  "account",
  "profile",
  "mute",
  "operations",
  "robot",
  "officialAccount",
  "moderation",
  "message",
  "push",
  "sns",
  "conversation",
  "group",
  "groupMessage",
  "topic",
];

for (const page of ["README.md", "README.zh-CN.md"]) {
  test(`${page}: the table of what is covered counts right`, () => {
    const count = (area: string) => commands.filter((row) => row.area === area).length;
    const row = (product: string) =>
      text(page).split("\n").find((line) => line.startsWith(`| ${product} `))!.match(/\d+/g)!
        .map(Number);
    const chat = CHAT_AREAS.map(count);
    assert.equal(row("Chat"), [chat.reduce((sum, n) => sum + n), ...chat]);
    assert.equal(row("Live"), [count("live")]);
    assert.equal(row("Room"), [count("room")]);
    assert.is(row("Chat")[0]! + row("Live")[0]! + row("Room")[0]!, commands.length);
    assert.match(text(page), new RegExp(`${webhookRows.length} *(callbacks|种回调)`));
  });
}

for (const page of pages) {
  test(`${page}: its links lead somewhere, and its tasks exist`, () => {
    for (const [, link] of text(page).matchAll(/\]\(((?!https?:|#)[^)#]+)/g)) {
      assert.ok(existsSync(join(dirname(page), link!)), `${link} does not exist`);
    }
    const { tasks } = JSON.parse(text("deno.json"));
    for (const [, task] of text(page).matchAll(/(?:deno|deno@[\d.]+) task ([\w:]+)/g)) {
      assert.ok(task! in tasks, `deno.json has no task ${task}`);
    }
  });
}

test.run();

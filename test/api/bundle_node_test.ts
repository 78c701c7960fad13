import { gzipSync } from "node:zlib";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { tool } from "../support/tool.mjs";

const { build, stop } = tool("esbuild");
/** A command that may not be repeated: the core knows the names of those that may. */
const NAMES = /batchsendmsg/;
const TABLE = /rateLimit/;
const SCHEMAS = /x-max-bytes/;

/** What a bundler makes of a module, as a Worker would carry it. */
async function bundled(contents: string): Promise<{ text: string; gzipped: number }> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ".", loader: "ts" },
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    target: "esnext",
  });
  const { text, contents: bytes } = outputFiles[0];
  return { text, gzipped: gzipSync(bytes, { level: 9 }).length };
}

test.after(() => stop());

test("@tim/edge carries no command but the names of those that may be repeated", async () => {
  const { text } = await bundled('export * from "./mod.ts"');
  for (const part of [NAMES, TABLE, SCHEMAS]) assert.not.match(text, part);
});

test("createTim carries the names and nothing else of the catalogue, within 14 kB", async () => {
  const { text, gzipped } = await bundled('export { createTim } from "./src/api/mod.ts"');
  assert.match(text, NAMES);
  for (const part of [TABLE, SCHEMAS]) assert.not.match(text, part);
  assert.ok(gzipped <= 14_000, `${gzipped} bytes gzipped`);
});

test("findCommand carries the table, without a client or a schema", async () => {
  const { text } = await bundled('export { findCommand } from "./src/api/mod.ts"');
  assert.match(text, TABLE);
  assert.not.match(text, SCHEMAS);
  assert.not.match(text, /usersig=/);
});

test("validateBody carries the schemas, without a client", async () => {
  const { text } = await bundled('export * from "./src/api/validate/mod.ts"');
  assert.match(text, SCHEMAS);
  assert.not.match(text, /usersig=/);
});

test("paginate and callInBatches carry their rows, without the table or the names", async () => {
  const { text } = await bundled(
    'export { callInBatches, paginate } from "./src/api/mod.ts"',
  );
  assert.match(text, "get_appid_group_list");
  for (const part of [TABLE, SCHEMAS, /create_room/]) assert.not.match(text, part);
});

test("@tim/edge/webhooks carries no client and no command, within 5 kB", async () => {
  const { text, gzipped } = await bundled('export * from "./src/api/webhooks/mod.ts"');
  for (const part of [NAMES, TABLE, SCHEMAS, /usersig=/]) assert.not.match(text, part);
  assert.ok(gzipped <= 5000, `${gzipped} bytes gzipped`);
});

test.run();

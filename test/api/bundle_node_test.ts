import { gzipSync } from "node:zlib";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { tool } from "../support/tool.mjs";

const { build, stop } = tool("esbuild");
/** A command that may not be repeated: the core knows the names of those that may. */
const NAMES = /batchsendmsg/;
const TABLE = /rateLimit/;
const SCHEMAS = /x-max-bytes/;

/** Says of every file what `sideEffects: false` says in the npm package. */
const asPublished = {
  name: "as published",
  // deno-lint-ignore no-explicit-any -- the tool has no types here
  setup({ onResolve, resolve }: any) {
    onResolve(
      { filter: /^\./ },
      async ({ path, pluginData, ...where }: Record<string, unknown>) =>
        pluginData ? undefined : {
          ...await resolve(path, { ...where, pluginData: true }),
          sideEffects: false,
        },
    );
  },
};

/** What a bundler makes of a module, as a Worker would carry it. */
async function bundled(
  contents: string,
  define: Record<string, string> = {},
): Promise<{ text: string; gzipped: number }> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ".", loader: "ts" },
    bundle: true,
    define,
    plugins: [asPublished],
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

/** What was reached: a change that costs more must say why. */
for (const [name, most] of [["TimClient", 9930], ["signUserSig", 2500]] as const) {
  test(`${name} alone is at most ${most} bytes`, async () => {
    const { text, gzipped } = await bundled(`export { ${name} } from "./mod.ts"`);
    assert.ok(gzipped <= most, `${gzipped} bytes gzipped`);
    // Of the regions a client knows the hosts, and not the products.
    assert.not.match(text, /unconfirmed/);
  });
}

test("createTim carries the names and nothing else of the catalogue, within 11.35 kB", async () => {
  const { text, gzipped } = await bundled('export { createTim } from "./src/api/mod.ts"');
  assert.match(text, NAMES);
  for (const part of [TABLE, SCHEMAS]) assert.not.match(text, part);
  assert.ok(gzipped <= 11_350, `${gzipped} bytes gzipped`);
});

test("findCommand carries the table, without a client or a schema", async () => {
  const { text } = await bundled('export { findCommand } from "./src/api/mod.ts"');
  assert.match(text, TABLE);
  assert.not.match(text, SCHEMAS);
  assert.not.match(text, /usersig=/);
});

test("a build for production leaves the schemas out of a client that validates in development", async () => {
  const source = 'import { TimClient } from "./mod.ts";' +
    'import { validateBody } from "./src/api/validate/mod.ts";' +
    "export const client = (options) => new TimClient({" +
    '...options, validate: process.env.NODE_ENV !== "production" && validateBody });';
  const define = (mode: string) => ({ "process.env.NODE_ENV": JSON.stringify(mode) });
  assert.match((await bundled(source, define("development"))).text, SCHEMAS);
  const { text, gzipped } = await bundled(source, define("production"));
  assert.not.match(text, SCHEMAS);
  assert.ok(gzipped <= 9950, `${gzipped} bytes gzipped`);
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

test("@tim/edge/webhooks carries no client and no command, within 5.1 kB", async () => {
  const { text, gzipped } = await bundled('export * from "./src/api/webhooks/mod.ts"');
  for (const part of [NAMES, TABLE, SCHEMAS, /usersig=/]) assert.not.match(text, part);
  assert.ok(gzipped <= 5100, `${gzipped} bytes gzipped`);
});

test.run();

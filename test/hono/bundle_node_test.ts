import { gzipSync } from "node:zlib";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { tool } from "../support/tool.mjs";

const { build, stop } = tool("esbuild");

test.after(() => stop());

test("a Worker with the gateway, the client and Durable Objects stays within 60 kB gzipped, without catalogue", async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        export { TimClient } from "./mod.ts";
        export * from "./src/hono/mod.ts";
      `,
      resolveDir: ".",
      loader: "ts",
    },
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    target: "esnext",
    conditions: ["workerd", "worker", "browser"],
  });
  const { text, contents } = outputFiles[0];
  const gzipped = gzipSync(contents, { level: 9 }).length;
  assert.ok(gzipped <= 60_000, `${gzipped} bytes gzipped`);
  assert.not.match(text, /rateLimit:\d/, "no table of commands");
  assert.not.match(text, /x-error-codes|run-doctor|tim-edge-credentials/, "no document, no pages");
  assert.not.match(text, /resolver-silent/, "no doctor");
  assert.not.match(text, /from"node:|require\(/, "nothing that Workers lack");
});

test.run();

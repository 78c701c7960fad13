/**
 * What a program carries: minified and gzipped bytes of what it may import. Prints them as JSON.
 */

import { gzipSync } from "node:zlib";
import { tool } from "../../test/support/tool.mjs";

const { build, stop } = tool("esbuild");

const programs: Record<string, string> = {
  "TimClient alone": 'export { TimClient } from "./mod.ts"',
  "signUserSig alone": 'export { signUserSig } from "./mod.ts"',
  "verifyUserSig alone": 'export { verifyUserSig } from "./mod.ts"',
  "all of @tim/edge": 'export * from "./mod.ts"',
  "createTim: client and named calls": 'export { createTim } from "./src/api/mod.ts"',
  "signUserSigSync alone": 'export { signUserSigSync } from "./src/sync/mod.ts"',
  "createGateway with hono and jose": 'export { createGateway } from "./src/hono/mod.ts"',
  "validateBody, all schemas": 'export { validateBody } from "./src/api/validate/mod.ts"',
  "explainErrorCode, all texts": 'export { explainErrorCode } from "./src/errors/mod.ts"',
};

const sizes: Record<string, number[]> = {};
for (const [name, contents] of Object.entries(programs)) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ".", loader: "ts" },
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    target: "esnext",
    conditions: ["workerd", "worker"],
  });
  const { contents: bytes } = outputFiles[0];
  sizes[name] = [bytes.length, gzipSync(bytes, { level: 9 }).length];
}
await stop();
console.log("\n" + JSON.stringify(sizes));

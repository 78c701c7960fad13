/**
 * Bundles the test files named on the command line, runs them inside workerd, and prints the tally as its
 * last line. Run by Node, for which `miniflare` is made.
 */

import process from "node:process";
import { tool } from "./tool.mjs";

const { build } = tool("esbuild");
const { Miniflare } = tool("miniflare");

const files = process.argv.slice(2);
const entry = `
  import { runQueue } from "./test/support/harness.ts";
  ${files.map((file) => `import ${JSON.stringify(file)};`).join("\n")}
  import { GatewayObject } from "./src/hono/mod.ts";
  /** Its alarm can be rung from outside. */
  export class TestedObject extends GatewayObject {
    async fetch(request) {
      if (!request.url.endsWith("/alarm")) return await super.fetch(request);
      await this.alarm();
      return Response.json({});
    }
  }
  export default {
    fetch: async (_request, env) => {
      globalThis.workerEnv = env;
      return Response.json(await runQueue());
    },
  };
`;
const bundle = await build({
  stdin: { contents: entry, resolveDir: process.cwd(), loader: "ts" },
  bundle: true,
  write: false,
  format: "esm",
  target: "esnext",
  conditions: ["workerd", "worker", "browser"],
  logLevel: "error",
});
const miniflare = new Miniflare({
  // Where it is, it would ask the internet.
  cf: false,
  modules: true,
  script: bundle.outputFiles[0].text,
  compatibilityDate: "2026-07-01",
  // What test files find in globalThis.workerEnv.
  durableObjects: { GATEWAY_OBJECT: { className: "TestedObject", useSQLite: true } },
  ratelimits: { TEN_A_MINUTE: { namespace_id: "1", simple: { limit: 10, period: 60 } } },
  handleRuntimeStdio: (_stdout, stderr) => stderr.pipe(process.stderr),
});
try {
  const answer = await miniflare.dispatchFetch("http://localhost/");
  const tally = await answer.json();
  console.log("\n" + JSON.stringify(tally));
  process.exitCode = tally.failed > 0 ? 1 : 0;
} finally {
  await miniflare.dispose();
}

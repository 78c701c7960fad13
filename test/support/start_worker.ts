/** A Worker in workerd, made of a few lines of TypeScript. */

import process from "node:process";
import { tool } from "./tool.mjs";
import type { Workerd } from "./worker_bundle.ts";

/** One that runs; `ready` is its address. */
export interface StartedWorker extends Workerd {
  ready: Promise<URL>;
}

/**
 * Bundles the source, whose imports begin at the project's folder, and runs it.
 *
 * @param options What miniflare takes besides, `bindings` for instance.
 */
export async function startWorker(source: string, options: object = {}): Promise<StartedWorker> {
  const bundle = await tool("esbuild").build({
    stdin: { contents: source, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    target: "esnext",
    external: ["cloudflare:*"],
    conditions: ["workerd", "worker", "browser"],
    logLevel: "error",
  });
  return new (tool("miniflare").Miniflare)({
    // Where it is, it would ask the internet.
    cf: false,
    modules: true,
    script: bundle.outputFiles[0].text,
    compatibilityDate: "2026-07-01",
    ...options,
  });
}

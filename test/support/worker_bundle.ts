/**
 * The Worker of `examples/cloudflare-worker` as `wrangler deploy` would upload it, and workerd to run it in.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { packed } from "./packed.ts";
import { run } from "./programs.ts";
import { tool } from "./tool.mjs";

/** What is used of miniflare. */
export interface Workerd {
  dispatchFetch(url: string, init?: RequestInit): Promise<Response>;
  dispose(): Promise<void>;
}

/** The bundle, and what `wrangler.jsonc` says of it. */
export interface WorkerBundle {
  code: string;
  options: { compatibilityDate: string; bindings: Record<string, string> };
}

let made: Promise<WorkerBundle> | undefined;

/** Makes the bundle of the npm package by `wrangler deploy --dry-run`, the first time. */
export function workerBundle(): Promise<WorkerBundle> {
  return made ??= make();
}

async function make(): Promise<WorkerBundle> {
  const { folder } = await packed();
  const example = join(folder, "examples/cloudflare-worker");
  const outdir = join(folder, "worker");
  await run(
    [process.execPath, tool.resolve("wrangler"), "deploy", "--dry-run", "--outdir", outdir],
    {
      cwd: example,
      env: {
        CI: "true",
        WRANGLER_SEND_METRICS: "false",
        // Its settings and logs go with the test's folder, and to the network it finds no way.
        XDG_CONFIG_HOME: join(folder, "config"),
        HTTPS_PROXY: "http://127.0.0.1:9",
        HTTP_PROXY: "http://127.0.0.1:9",
      },
    },
  );
  const { workerOptions } = tool("wrangler").unstable_getMiniflareWorkerOptions(
    join(example, "wrangler.jsonc"),
  );
  return { code: readFileSync(join(outdir, "index.js"), "utf8"), options: workerOptions };
}

/**
 * Runs the bundle with the bindings of `wrangler.jsonc`, its secrets, and what else the environment says;
 * its Durable Objects are kept in a folder, or forgotten.
 */
export function runWorker(
  { code, options }: WorkerBundle,
  env: Record<string, string>,
  durableObjectsPersist?: string,
): Workerd {
  const { Miniflare } = tool("miniflare");
  return new Miniflare({
    // Where it is, it would ask the internet.
    cf: false,
    ...options,
    ...durableObjectsPersist && { durableObjectsPersist },
    bindings: { ...options.bindings, ...env },
    modules: [{ type: "ESModule", path: "index.js", contents: code }],
    handleRuntimeStdio: unheard,
  });
}

/** The requests' log would stand between the tests' own lines. */
function unheard(stdout: NodeJS.ReadableStream, stderr: NodeJS.ReadableStream): void {
  stdout.resume();
  stderr.resume();
}

/**
 * Measures a cold start: milliseconds from a request to the first answer of an isolate that did not exist
 * before, with and without the program, so that what workerd itself takes is known.
 */
export async function coldStarts(
  { code, options }: WorkerBundle,
  env: Record<string, string>,
  rounds: number,
): Promise<{ worker: number[]; empty: number[] }> {
  const { Miniflare } = tool("miniflare");
  const empty = 'export default { fetch: () => new Response("{}") }';
  const { compatibilityDate } = options;
  const loading = (code: string) => ({
    compatibilityDate,
    mainModule: "index.js",
    modules: { "index.js": code },
    env: { ...options.bindings, ...env },
  });
  const miniflare = new Miniflare({
    // Where it is, it would ask the internet.
    cf: false,
    compatibilityDate,
    handleRuntimeStdio: unheard,
    workerLoaders: { LOADER: {} },
    bindings: { codes: { worker: loading(code), empty: loading(empty) } },
    modules: true,
    script: `export default {
      fetch(request, { LOADER, codes }) {
        const [, which, id] = new URL(request.url).pathname.split("/");
        const worker = LOADER.get(id, () => codes[which]);
        return worker.getEntrypoint().fetch("https://gateway/healthz");
      },
    };`,
  }) as Workerd;
  const times: Record<"worker" | "empty", number[]> = { worker: [], empty: [] };
  try {
    for (let round = 0; round < rounds; round++) {
      for (const which of ["worker", "empty"] as const) {
        const began = performance.now();
        const response = await miniflare.dispatchFetch(`http://host/${which}/${which}${round}`);
        const text = await response.text();
        if (!response.ok) throw new Error(`${which} answered ${response.status}: ${text}`);
        // The first one pays for workerd's own start.
        if (round > 0) times[which].push(performance.now() - began);
      }
    }
  } finally {
    await miniflare.dispose();
  }
  return times;
}

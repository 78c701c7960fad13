/**
 * An example as JavaScript, for runtimes that take no TypeScript.
 */

import { join } from "node:path";
import { packed } from "./packed.ts";
import { tool } from "./tool.mjs";

/** Compiles a file of `examples/` beside the package, which stays a package. */
export async function compiledExamples(file: string): Promise<string> {
  const { folder } = await packed();
  const { build } = tool("esbuild");
  const outfile = join(folder, "compiled", file.replace(/\.ts$/, ".js"));
  await build({
    entryPoints: [join("examples", file)],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
  return outfile;
}

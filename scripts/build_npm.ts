/**
 * Makes the npm package in `npm/`, or in the folder of `--out=`: compiled by `deno pack`, with the `tim` program and what npm wants to
 * know besides. `dnt` would be the usual tool, but it lives on JSR alone, which CI cannot reach.
 *
 * Does not publish: `npm publish npm/tim-edge-<version>.tgz` does.
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
await Deno.writeTextFile(`${out}/package/package.json`, await packageJson());
await run("npm", ["pack", "--silent", "--pack-destination", ".."], `${out}/package`);
console.log(`ready: ${out}/tim-edge-${version}.tgz`);

/** What `deno pack` wrote, and what it does not know. */
async function packageJson(): Promise<string> {
  const packed = JSON.parse(await Deno.readTextFile(`${out}/package/package.json`));
  return JSON.stringify(
    {
      ...packed,
      description: "The server REST API of Tencent Cloud's Chat, Room and Live, at the edge",
      keywords: ["tencent", "tim", "chat", "trtc", "live", "usersig", "edge", "workers"],
      bin: { tim: packed.exports["./cli"].import },
      engines: { node: ">=20" },
      sideEffects: false,
    },
    null,
    2,
  ) + "\n";
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

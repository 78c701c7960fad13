import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createAuthority } from "../support/certificates.ts";
import { entries } from "../support/package_imports.ts";
import { packed } from "../support/packed.ts";
import { programs, run } from "../support/programs.ts";
import { startBackend } from "../support/tls_backend.ts";
import { tool } from "../support/tool.mjs";

/** Where the package is installed. */
const installed = async () => join((await packed()).folder, "node_modules/@tim/edge");

test("publint has nothing to say about the package", async () => {
  const { publint } = tool("publint");
  const { messages } = await publint({ pkgDir: await installed(), strict: true, pack: false });
  assert.equal(messages, []);
});

test("arethetypeswrong finds the types of every entry, for whoever loads ES modules", async () => {
  const { tarball } = await packed();
  const { checkPackage, createPackageFromTarballData } = await import(
    pathToFileURL(tool.resolve("@arethetypeswrong/core")).href
  );
  const result = await checkPackage(
    createPackageFromTarballData(new Uint8Array(readFileSync(tarball))),
  );
  assert.equal(Object.keys(result.entrypoints).length, entries.size);
  // The package has ES modules alone: CommonJS loads them from Node 22.12 on, and what is older than
  // `exports` (resolution as of Node 10) finds only the first entry.
  const others = result.problems.filter((
    { kind, resolutionKind }: { kind: string; resolutionKind: string },
  ) =>
    !(kind === "CJSResolvesToESM" && resolutionKind === "node16-cjs") &&
    !(kind === "NoResolution" && resolutionKind === "node10")
  );
  assert.equal(others, []);
});

test("package.json says what npm, bundlers and provenance want", async () => {
  const { version } = JSON.parse(readFileSync("deno.json", "utf8"));
  const json = JSON.parse(readFileSync(join(await installed(), "package.json"), "utf8"));
  assert.is(json.version, version);
  assert.is(json.sideEffects, false);
  assert.is(json.type, "module");
  assert.equal(json.publishConfig, { access: "public", provenance: true });
  assert.equal(json.repository, {
    type: "git",
    url: "git+https://github.com/someone/tim-edge.git",
  });
  assert.equal(
    Object.keys(json.exports).map((entry) => entry.replace(/^\./, "@tim/edge")),
    [...entries.values()],
  );
});

test("the examples ask for this version, and for the Hono that it is tested with", () => {
  const { version, imports } = JSON.parse(readFileSync("deno.json", "utf8"));
  const wanted: Record<string, string> = { "@tim/edge": `^${version}` };
  for (const name of ["hono", "@hono/node-server"]) {
    wanted[name] = `^${imports[name].split("@").at(-1)}`;
  }
  const files = readdirSync("examples", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("package.json"));
  assert.ok(files.length > 2);
  for (const file of files) {
    const { dependencies } = JSON.parse(readFileSync(join("examples", file), "utf8"));
    assert.ok(dependencies["@tim/edge"], file);
    for (const [name, range] of Object.entries(wanted)) {
      if (name in dependencies) assert.is(dependencies[name], range, `${name} in ${file}`);
    }
  }
});

test("the package holds modules, types and maps of what is not generated, and no path of the machine that built it", async () => {
  const folder = await installed();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name));
  const rest = files.filter((file) => !/\.(js|js\.map|d\.ts)$/.test(file))
    .map((file) => file.slice(folder.length + 1)).sort();
  assert.equal(rest, ["CHANGELOG.md", "LICENSE", "README.md", "package.json"]);
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    assert.not.ok(text.includes(process.cwd()), file);
    if (!file.endsWith(".js")) continue;
    if (file.includes("/generated/")) {
      assert.not.match(text, "sourceMappingURL", file);
      continue;
    }
    const map = JSON.parse(readFileSync(`${file}.map`, "utf8"));
    assert.is(map.sources.length, 1);
    assert.ok(map.sourcesContent[0].length > 0, file);
    assert.match(text, /\n\/\/# sourceMappingURL=[\w.]+\.js\.map\n$/);
  }
});

test("a stack shows the lines of the source", async () => {
  const { folder } = await packed();
  const code = `import { TimClient } from "@tim/edge";
    try { new TimClient({ sdkAppId: 0, secretKey: "k" }) } catch (error) { console.log(error.stack) }`;
  const stack = await run(
    [programs().node, "--enable-source-maps", "--input-type=module", "--eval", code],
    { cwd: folder },
  );
  const [, file, line] = /@tim\/edge\/(src\/core\/\w+\.ts):(\d+)/.exec(stack) ?? [];
  assert.ok(file, stack);
  assert.match(
    readFileSync(file!, "utf8").split("\n")[Number(line) - 1]!,
    /ConfigError|check|import/,
  );
});

const { node, node22, node20, bun } = programs();
for (
  const [name, program] of Object.entries({
    "Node 20": node20,
    "Node 22": node22,
    "the newest Node": node,
    Bun: bun,
  })
) {
  if (program === undefined) continue;
  test(`${name}: every entry loads, and \`tim\` runs`, async () => {
    const { folder } = await packed();
    // The program itself has an entry, too, and would begin to run; Node 20 has no SQLite.
    const left = ["@tim/edge/cli", ...name === "Node 20" ? ["@tim/edge/emulator/sqlite"] : []];
    const names = [...entries.values()].filter((entry) => !left.includes(entry));
    const code = `for (const name of ${JSON.stringify(names)}) {
      if (Object.keys(await import(name)).length === 0) throw new Error(name + " is empty");
    }
    console.log("all loaded");`;
    assert.match(
      await run([program, ...name === "Bun" ? [] : ["--input-type=module"], "--eval", code], {
        cwd: folder,
      }),
      /^all loaded$/m,
    );
    const help = await run([program, join(folder, "node_modules/.bin/tim"), "errors", "10010"]);
    assert.match(help, /10010/);
  });
}

if (node20 !== undefined) {
  test("Node 20: `tim emulator --data` says that SQLite wants a later one", async () => {
    const tim = join((await packed()).folder, "node_modules/.bin/tim");
    const printed = await run([node20, tim, "emulator", "--data", "unused.db"], { fails: true });
    assert.match(printed, /--data needs SQLite.* Node 22\.13 or later/);
  });

  test("Node 20: `tim doctor --ca` trusts the root that it is given", async () => {
    const { folder } = await packed();
    const root = await createAuthority();
    const ca = join(folder, "root.pem");
    await writeFile(ca, root.pem);
    const backend = await startBackend(await root.issue({ names: ["api.test"] }));
    const host = `api.test:${backend.port}`;
    const options = ["--host", host, "--resolve", "api.test:127.0.0.1", "--ca", ca, "--json"];
    const tim = join(folder, "node_modules/.bin/tim");
    const printed = await run([node20, tim, "doctor", ...options, "--no-third-party"], {
      fails: true,
    });
    await backend.close();
    assert.match(printed, '"cause": "healthy"');
  });
}

test.run();

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";

/** What each folder of src may import from its siblings. */
const ARROWS: Record<string, string[]> = {
  core: [],
  sync: ["core"],
  errors: ["core"],
  otel: ["core"],
  api: ["core"],
  ui: [],
  hono: ["core", "api", "errors", "ui"],
  doctor: ["core", "api", "errors", "ui"],
  emulator: ["core", "api", "errors", "ui"],
  runtime: ["core", "api", "errors", "doctor", "emulator"],
  cli: ["core", "api", "errors", "sync", "hono", "doctor", "emulator", "runtime"],
};

/** Words that only one runtime knows. */
const RUNTIME_NAMES =
  /\b(?:Deno|Bun|process)\s*[.[]|["'](?:Deno|Bun|process)["'] in\b|["']node:|\brequire\(/;

interface SourceFile {
  path: string;
  folder: string;
  code: string;
  imports: string[];
}

const files: SourceFile[] = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => {
    const path = `src/${name.replaceAll("\\", "/")}`;
    // Comments may name what code may not.
    const code = readFileSync(path, "utf8").replace(/\/\*[^]*?\*\/|(?<!:)\/\/.*/g, "");
    const imports = [
      ...code.matchAll(/\bfrom\s+"([^"\n]+)"|\bimport\s*\(\s*"([^"\n]+)"|^import\s+"([^"\n]+)"/gm),
    ].map((match) => (match[1] ?? match[2] ?? match[3])!);
    return { path, folder: path.split("/")[1]!, code, imports };
  });

test("every folder of src has its place in the arrows", () => {
  assert.ok(files.length > 20);
  for (const { path, folder } of files) assert.ok(folder in ARROWS, path);
});

test("imports between folders of src follow the arrows", () => {
  for (const { path, folder, imports } of files) {
    for (const specifier of imports.filter((name) => name.startsWith("."))) {
      const target = normalize(join(dirname(path), specifier)).replaceAll("\\", "/");
      const other = target.split("/")[1]!;
      assert.ok(
        other === folder || ARROWS[folder]!.includes(other),
        `${path} imports ${specifier}: ${folder} may import ${ARROWS[folder] || "nothing"}`,
      );
    }
  }
});

test("src/core imports no package", () => {
  for (const { path, imports } of files.filter(({ folder }) => folder === "core")) {
    assert.equal(imports.filter((name) => !name.startsWith(".")), [], path);
  }
});

test("only src/runtime and src/cli name a runtime", () => {
  for (const { path, folder, code } of files) {
    if (folder === "runtime" || folder === "cli") continue;
    const named = RUNTIME_NAMES.exec(code);
    assert.is(named, null, `${path} names a runtime: ${named?.[0]}`);
  }
});

test("the emulator's services take time and chance from their arguments alone", () => {
  for (const { path, code } of files) {
    if (!/^src\/emulator\/(services|store)\//.test(path)) continue;
    const named =
      /\bcrypto\b\s*\.|Math\.random|Date\.now|new Date\(\)|performance\.now|\bsetTimeout\b/
        .exec(code);
    assert.is(named, null, `${path} cannot be replayed: ${named?.[0]}`);
  }
});

test("no conditional exports: every entry of deno.json is one file that exists", () => {
  const { exports } = JSON.parse(readFileSync("deno.json", "utf8"));
  for (const file of Object.values<string>(exports)) assert.ok(readFileSync(file, "utf8"), file);
});

test.run();

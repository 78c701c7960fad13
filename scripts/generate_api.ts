/**
 * Makes `src/api/generated/`, and the core's list of commands that may be repeated, from the OpenAPI
 * documents in `src/api/openapi/`; checks those first.
 *
 * `deno task generate` writes; with `--check` nothing is written and a difference is a failure. It does not
 * fetch anything: the documents are the only source.
 */

import { type Catalogue, readCatalogue } from "./generate/catalogue.ts";
import { checkCatalogue } from "./generate/check.ts";
import { errorCodeFaults } from "./generate/emit_error_codes.ts";
import { generateFiles } from "./generate/files.ts";

const SOURCE = "src/api/openapi";
/** Nothing else may stand here. */
const TARGET = "api/generated";

const texts = new Map<string, string>();
for (const name of filesUnder(SOURCE)) {
  if (name.endsWith(".yaml")) {
    texts.set(name.replace(".yaml", ""), Deno.readTextFileSync(`${SOURCE}/${name}`));
  }
}
const catalogue = read(texts);
const faults = [...checkCatalogue(catalogue, texts), ...errorCodeFaults()];
if (faults.length > 0) fail(faults);

const wanted = await formatted(generateFiles(catalogue));
const present = new Map<string, string>();
for (const path of new Set([...wanted.keys(), ...filesUnder(`src/${TARGET}`, `${TARGET}/`)])) {
  const text = readIfThere(`src/${path}`);
  if (text !== undefined) present.set(path, text);
}
const differing = [...new Set([...wanted.keys(), ...present.keys()])]
  .filter((name) => wanted.get(name) !== present.get(name));

if (Deno.args.includes("--check")) {
  if (differing.length > 0) {
    fail(differing.map((path) => `src/${path} is not what the generator makes`), [
      "Run: deno task generate",
    ]);
  }
} else {
  for (const name of differing) {
    const path = `src/${name}`;
    const text = wanted.get(name);
    if (text === undefined) Deno.removeSync(path);
    else {
      Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
      Deno.writeTextFileSync(path, text);
    }
  }
}
console.log(
  `${catalogue.commands.length} commands, ${catalogue.webhooks.length} webhooks, ${wanted.size} files, ` +
    `${differing.length} changed`,
);

function read(texts: Map<string, string>): Catalogue {
  try {
    return readCatalogue(texts);
  } catch (error) {
    return fail([(error as Error).message]);
  }
}

function filesUnder(folder: string, prefix = ""): string[] {
  const found: string[] = [];
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) found.push(...filesUnder(`${folder}/${name}`, `${prefix}${name}/`));
    else found.push(prefix + name);
  }
  return found.sort();
}

function readIfThere(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Formats the texts in a folder of their own, by the project's rules. */
async function formatted(files: Map<string, string>): Promise<Map<string, string>> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, text] of files) {
      const path = `${folder}/${name}`;
      await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
      await Deno.writeTextFile(path, text);
    }
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["fmt", "--quiet", "--no-config", "--line-width=100", "."],
      cwd: folder,
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    return new Map(
      [...files.keys()].map((name) => [name, Deno.readTextFileSync(`${folder}/${name}`)] as const),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function fail(lines: string[], advice: string[] = []): never {
  console.error([...lines, ...advice].join("\n"));
  Deno.exit(1);
}

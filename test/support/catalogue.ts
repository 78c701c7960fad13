import { readdir, readFile } from "node:fs/promises";
import { type Catalogue, type Content, readCatalogue } from "../../scripts/generate/catalogue.ts";

const FOLDER = "src/api/openapi";

/** The catalogue as it stands in the YAML. */
export async function catalogueOf(): Promise<Catalogue> {
  const texts = new Map<string, string>();
  for (const file of (await readdir(FOLDER)).sort()) {
    if (!file.endsWith(".yaml")) continue;
    texts.set(file.replace(".yaml", ""), await readFile(`${FOLDER}/${file}`, "utf8"));
  }
  return readCatalogue(texts);
}

/** A copy of the first example of a body or an answer. */
export function exampleOf({ example, examples }: Content): Record<string, unknown> {
  return structuredClone(example ?? Object.values(examples!)[0]!.value) as Record<string, unknown>;
}

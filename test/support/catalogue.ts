import { readdir, readFile } from "node:fs/promises";
import {
  type Catalogue,
  type Content,
  readCatalogue,
  type Schema,
} from "../../scripts/generate/catalogue.ts";
import { validatorOf } from "../../scripts/generate/validator.ts";

const FOLDER = "src/api/openapi";
const texts = new Map<string, string>();
for (const file of (await readdir(FOLDER)).sort()) {
  if (file.endsWith(".yaml")) {
    texts.set(file.replace(".yaml", ""), await readFile(`${FOLDER}/${file}`, "utf8"));
  }
}

/** Every command with its schemas, as the documents describe it. */
export const catalogue: Catalogue = readCatalogue(texts);

/** A copy of the first example of a body or an answer. */
export function exampleOf({ example, examples }: Content): Record<string, unknown> {
  return structuredClone(example ?? Object.values(examples!)[0]!.value) as Record<string, unknown>;
}

/** What stands in an answer that its schema does not allow. */
export function answerFaults(response: Schema, answer: unknown): string[] {
  return validatorOf(catalogue, response).validate(answer).errors
    .map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
}

/**
 * The files of JSON Schemas, one a document.
 *
 * @module
 */

import { type Catalogue, COMMON, type Schema } from "./catalogue.ts";
import { reachable, toJsonSchema } from "./json_schema.ts";
import { fileOf, head } from "./names.ts";

/** JSON Schemas of the bodies, one file a document. */
export function schemaFiles(catalogue: Catalogue, files: Map<string, string>): void {
  const bodies = catalogue.commands.map((entry) =>
    [entry, toJsonSchema(catalogue, entry.request.schema)] as const
  );
  const needed = reachable(catalogue, bodies.map(([, schema]) => schema));
  const documents = [...catalogue.documents.keys()].filter((name) =>
    name === COMMON || bodies.some(([entry]) => entry.document === name)
  );
  const record = (name: string, doc: string, values: [string, Schema][]) =>
    `/** ${doc} */\nexport const ${name}: Record<string, JsonSchema> = {\n${
      values.map(([key, schema]) => `${JSON.stringify(key)}: ${JSON.stringify(schema)},\n`).join("")
    }};\n`;
  for (const document of documents) {
    files.set(
      `schemas/${fileOf(document)}.ts`,
      head(`JSON Schemas of the bodies that ${document}.yaml describes.`) +
        'import type { JsonSchema } from "../../validate/json_schema.ts";\n\n' +
        record(
          "definitions",
          "Schemas that others refer to.",
          [...needed].filter((name) => catalogue.schemas.get(name)!.document === document)
            .map((name) => [name, toJsonSchema(catalogue, catalogue.schemas.get(name)!.schema)]),
        ) + "\n" +
        record(
          "bodies",
          "Each command's body.",
          bodies.filter(([entry]) => entry.document === document)
            .map(([entry, schema]) => [entry.id, schema]),
        ),
    );
  }
  const imports = documents.map((name) =>
    `import * as ${fileOf(name)} from "./${fileOf(name)}.ts";\n`
  );
  const spread = (field: string) =>
    documents.map((name) => `...${fileOf(name)}.${field},\n`).join("");
  files.set(
    "schemas/mod.ts",
    head("JSON Schemas of all bodies.") + imports.join("") +
      'import type { JsonSchema } from "../../validate/json_schema.ts";\n\n' +
      "/** Schemas that others refer to, by name. */\n" +
      `export const definitions: Record<string, JsonSchema> = {\n${spread("definitions")}};\n\n` +
      "/** Each command's body, by `service/command`. */\n" +
      `export const bodies: Record<string, JsonSchema> = {\n${spread("bodies")}};\n`,
  );
}

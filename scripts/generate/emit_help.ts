/**
 * What people are told of a command beside its schema: the texts of its fields, defaults, an example.
 *
 * @module
 */

import { areaSummaries, type Catalogue, type Schema } from "./catalogue.ts";
import { flatten } from "./flatten.ts";
import { reachable, toJsonSchema } from "./json_schema.ts";
import { areasOf, head } from "./names.ts";

interface Texts {
  texts?: Record<string, string>;
  defaults?: Record<string, unknown>;
}

/** The table for `tim call --help`: nothing of it stands in the schemas already. */
export function helpFile(catalogue: Catalogue, files: Map<string, string>): void {
  const commands = catalogue.commands.map(({ id, operation, request }) => [id, {
    page: operation.externalDocs.url,
    example: request.example ?? Object.values(request.examples ?? {})[0]?.value ?? {},
    ...(operation["x-behaviour"] ? { behaviour: operation["x-behaviour"] } : {}),
    ...(operation.deprecated && { deprecated: true }),
    ...textsOf(catalogue, request.schema),
  }]);
  const bodies = catalogue.commands.map(({ request }) => toJsonSchema(catalogue, request.schema));
  const definitions = [...reachable(catalogue, bodies)].map((name) =>
    [name, textsOf(catalogue, catalogue.schemas.get(name)!.schema)] as const
  );
  const summaries = areaSummaries(catalogue);
  const areas = Object.fromEntries(
    [...areasOf(catalogue).keys()].map((area) => [area, summaries[area]]),
  );
  const record = (rows: (readonly unknown[])[]) =>
    `{\n${rows.map(([key, row]) => `${JSON.stringify(key)}: ${JSON.stringify(row)},\n`).join("")}}`;
  files.set(
    "help.ts",
    head("What people are told of each command beside its schema: large, loaded on demand.") +
      'import type { CommandHelp, FieldTexts } from "../command_row.ts";\n\n' +
      "/** By `service/command`, in the order of the catalogue. */\n" +
      `export const commandHelp: Record<string, CommandHelp> = ${record(commands)};\n\n` +
      "/** What the areas of named calls are about. */\n" +
      `export const areaHelp: Record<string, string> = ${JSON.stringify(areas)};\n\n` +
      "/** By the name of the schema that others refer to. */\n" +
      `export const definitionHelp: Record<string, FieldTexts> = ${record(definitions)};\n`,
  );
}

/** Descriptions and defaults by path, `Members[].Role`; of what is referred to, only what differs here. */
function textsOf(catalogue: Catalogue, schema: Schema): Texts {
  const texts: Record<string, string> = {};
  const defaults: Record<string, unknown> = {};
  const visit = (part: Schema, path: string) => {
    const refers = part.allOf?.length === 1 && part.allOf[0]!.$ref !== undefined;
    const { schema: flat } = part.allOf && !refers ? flatten(catalogue, part) : { schema: part };
    if (flat.description) texts[path] = flat.description.trim();
    if (flat.default !== undefined) defaults[path] = flat.default;
    for (const [name, field] of Object.entries(flat.properties ?? {})) {
      visit(field, path === "" ? name : `${path}.${name}`);
    }
    for (const field of Object.values(flat.patternProperties ?? {})) visit(field, `${path}.*`);
    if (typeof flat.additionalProperties === "object") {
      visit(flat.additionalProperties, `${path}.*`);
    }
    if (flat.items) visit(flat.items, `${path}[]`);
  };
  visit(schema, "");
  return {
    ...(Object.keys(texts).length > 0 && { texts }),
    ...(Object.keys(defaults).length > 0 && { defaults }),
  };
}

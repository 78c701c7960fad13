/**
 * The catalogue as texts of JSON, one a command and one a schema, for `@tim/edge/openapi`: a program that
 * loads them parses only those that it shows, and the type checker looks at none.
 *
 * @module
 */

import { areaSummaries, type Catalogue, type Entry } from "./catalogue.ts";
import { inward } from "./bundle.ts";
import { head } from "./names.ts";

/** Extensions that readers of the document have a use for. */
const KEPT = ["x-rate-limit", "x-idempotent", "x-confidence"];

/** The file. */
export function openapiFile(catalogue: Catalogue): string {
  const operations = catalogue.commands.map((entry): Row => [entry.id, operation(entry)]);
  const needed = reachable(catalogue, operations.map(([, value]) => value));
  const schemas = [...catalogue.schemas].filter(([name]) => needed.has(name))
    .map(([name, { schema }]): Row => [name, plain(schema)]);
  const used = new Set(catalogue.commands.map(({ area }) => area));
  const areas = Object.entries(areaSummaries(catalogue)).filter(([area]) => used.has(area));
  return head("The catalogue's operations and schemas as JSON, for the OpenAPI document.") +
    "/** What each area is about. */\n" +
    `export const areas: Record<string, string> = ${
      JSON.stringify(Object.fromEntries(areas))
    };\n\n` +
    "/** The operation of each command, by `service/command`. */\n" +
    `export const operations: Record<string, string> = ${record(operations)};\n\n` +
    `/** The schemas by name. */\nexport const schemas: Record<string, string> = ${
      record(schemas)
    };\n`;
}

/** Names of the schemas that values refer to, at any distance. */
function reachable(
  { schemas }: Catalogue,
  values: unknown[],
  found = new Set<string>(),
): Set<string> {
  for (const [, name] of JSON.stringify(values).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    if (found.has(name!)) continue;
    found.add(name!);
    reachable({ schemas } as Catalogue, [plain(schemas.get(name!)!.schema)], found);
  }
  return found;
}

type Row = [name: string, value: unknown];

function record(rows: Row[]): string {
  return `{\n${
    rows.map(([name, value]) => `${JSON.stringify(name)}: ${literal(value)},\n`).join("")
  }}`;
}

/** JSON as a literal with as few escapes as may be; what is left out is not referred to. */
function literal(value: unknown): string {
  const text = JSON.stringify(value).replaceAll(/[,;] see x-[\w-]+/g, "").replaceAll("\\", "\\\\")
    .replaceAll("'", "\\'");
  return `'${text}'`;
}

function operation({ area, operation }: Entry): unknown {
  const { operationId, summary, deprecated, externalDocs, requestBody, responses } = operation;
  const codes = (operation["x-errors"] ?? []).map(({ code }) => code);
  const behaviour = operation["x-behaviour"] as string[] | undefined;
  return plain({
    operationId,
    summary,
    ...behaviour && { description: behaviour.map((line) => `- ${line}`).join("\n") },
    tags: [area],
    ...deprecated && { deprecated },
    externalDocs,
    ...Object.fromEntries(KEPT.map((key) => [key, operation[key]])),
    ...codes.length > 0 && { "x-error-codes": [...new Set(codes)].sort((a, b) => a - b) },
    requestBody,
    responses: { "200": responses["200"] },
  });
}

/** Without the extensions that are for the emulator and for those who keep the catalogue. */
function plain(node: unknown): unknown {
  return inward(node, (key) => !key.startsWith("x-") || KNOWN.has(key));
}

const KNOWN = new Set([...KEPT, "x-max-bytes", "x-error-codes"]);

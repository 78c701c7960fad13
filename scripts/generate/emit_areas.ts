/**
 * What an editor knows of the calls: by path and by name, one file an area.
 *
 * @module
 */

import { areaSummaries, type Catalogue, type Entry, type Schema } from "./catalogue.ts";
import { areasOf, fileOf, head, importTypes, pascal, typeNames } from "./names.ts";
import { docComment, sentence } from "./types.ts";

/** The files of the areas, and the two that put them together. */
export function areaFiles(catalogue: Catalogue, files: Map<string, string>): void {
  const areas = [...areasOf(catalogue)];
  const summaries = areaSummaries(catalogue);
  for (const [area, calls] of areas) files.set(`areas/${fileOf(area)}.ts`, areaFile(area, calls));
  const imports = (kind: string) =>
    areas.map(([area]) =>
      `import type { ${pascal(area)}${kind} } from "./areas/${fileOf(area)}.ts";\n`
    ).join("") + "\n";
  files.set(
    "commands.ts",
    head("Every command's body and answer, by its name on the wire.") + imports("Commands") +
      "/** What each command takes and answers, by `service/command`. */\n" +
      "export interface Commands\n  extends\n" +
      areas.map(([area]) => `    ${pascal(area)}Commands`).join(",\n") + " {}\n",
  );
  const fields = areas.map(([area]) =>
    `/** ${sentence(summaries[area]!)} */\nreadonly ${area}: ${pascal(area)}Calls;\n`
  );
  files.set(
    "named_calls.ts",
    head("Every command as a method, by area.") + imports("Calls") +
      "/** Every command by name, `live.createRoom(…)`. */\n" +
      `export interface NamedCalls {\n${fields.join("")}}\n`,
  );
}

function areaFile(area: string, calls: [string, Entry][]): string {
  const rows = calls.filter(([, entry]) => entry.area === area).map(([, entry]) => {
    const [request, response] = typeNames(entry);
    return `${hint(entry)}"${entry.id}": { request: ${request}; response: ${response} };\n`;
  });
  const methods = calls.map(([name, entry]) => {
    const [request, response] = typeNames(entry);
    const optional = mayBeEmpty(entry.request.schema) ? "?" : "";
    return `${hint(entry)}${name}(body${optional}: ${request}, options?: CallOptions): ` +
      `Promise<${response}>;\n`;
  });
  return head(`The commands of \`${area}\`.`) +
    'import type { CallOptions } from "../../../core/client_options.ts";\n' +
    importTypes(calls.map(([, entry]) => entry), "../types") +
    `/** The commands of \`${area}\`, by \`service/command\`. */\n` +
    `export interface ${pascal(area)}Commands {\n${rows.join("")}}\n\n` +
    `/** The commands of \`${area}\`, by name. */\n` +
    `export interface ${pascal(area)}Calls {\n${methods.join("")}}\n`;
}

function mayBeEmpty(schema: Schema): boolean {
  return !schema.required?.length && !schema.allOf && !schema.oneOf && !schema.anyOf &&
    !schema.$ref;
}

/** What an editor shows of a command. */
function hint({ id, operation }: Entry): string {
  const rate = operation["x-rate-limit"]!;
  const facts = [
    rate >= 1
      ? `At most ${rate} ${rate === 1 ? "call" : "calls"} a second`
      : `At most one call in ${1 / rate} seconds`,
    operation["x-idempotent"] ? "safe to repeat" : "not safe to repeat",
    ...(operation["x-confidence"] === "partial" ? ["documented in part"] : []),
    ...(operation["x-confidence"] === "sdk" ? ["known from an SDK's source only"] : []),
  ];
  return docComment([
    sentence(operation.summary),
    "",
    `\`${id}\`. ${facts.join("; ")}.`,
    `@see ${operation.externalDocs.url}`,
    ...(operation.deprecated ? ["@deprecated The vendor has a newer command for it."] : []),
  ]);
}

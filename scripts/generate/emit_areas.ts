/**
 * What an editor knows of the calls: by path and by name, one file an area.
 *
 * @module
 */

import { areaSummaries, type Catalogue, type Entry, type Schema } from "./catalogue.ts";
import { Examples } from "./examples.ts";
import { areasOf, fileOf, head, importTypes, pascal, typeNames } from "./names.ts";
import { docComment, sentence } from "./types.ts";

/** The files of the areas, and the two that put them together. */
export function areaFiles(catalogue: Catalogue, files: Map<string, string>): void {
  const areas = [...areasOf(catalogue)];
  const summaries = areaSummaries(catalogue);
  const examples = new Examples(catalogue);
  for (const [area, calls] of areas) {
    files.set(`areas/${fileOf(area)}.ts`, areaFile(area, calls, examples));
  }
  const imports = (kind: string) =>
    areas.map(([area]) =>
      `import type { ${pascal(area)}${kind} } from "./areas/${fileOf(area)}.ts";\n`
    ).join("") + "\n";
  files.set(
    "commands.ts",
    head("Every command's body and answer, by its name on the wire.") + imports("Commands") +
      docComment(
        ["What each command takes and answers, by `service/command`."],
        examples.bodyOf(firstWithBody(catalogue.commands))("Commands"),
      ) +
      "export interface Commands\n  extends\n" +
      areas.map(([area]) => `    ${pascal(area)}Commands`).join(",\n") + " {}\n",
  );
  const fields = areas.map(([area]) =>
    `/** ${sentence(summaries[area]!)} */\nreadonly ${area}: ${pascal(area)}Calls;\n`
  );
  files.set(
    "named_calls.ts",
    head("Every command as a method, by area.") + imports("Calls") +
      docComment(["Every command by name, `live.createRoom(…)`."], NAMED_CALLS) +
      `export interface NamedCalls {\n${fields.join("")}}\n`,
  );
}

/** Against the emulator of the examples. */
const NAMED_CALLS = [
  'import { createTim, type NamedCalls } from "@tim/edge/api";',
  "",
  "const tim: NamedCalls = createTim({",
  "  sdkAppId: 1400000000,",
  '  secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",',
  '  region: "sgp",',
  "});",
  'const { GroupInfo } = await tim.group.getGroupInfo({ GroupIdList: ["book-club"] });',
  "console.log(GroupInfo[0]?.Name); // Book club",
];

function areaFile(area: string, calls: [string, Entry][], examples: Examples): string {
  const shown = firstWithBody(
    calls.map(([, entry]) => entry).filter((entry) => entry.area === area),
  );
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
    docComment(
      [`The commands of \`${area}\`, by \`service/command\`.`],
      examples.bodyOf(shown)(`${pascal(area)}Commands`),
    ) +
    `export interface ${pascal(area)}Commands {\n${rows.join("")}}\n\n` +
    docComment(
      [`The commands of \`${area}\`, by name.`],
      examples.call(shown)(`${pascal(area)}Calls`),
    ) +
    `export interface ${pascal(area)}Calls {\n${methods.join("")}}\n`;
}

/** The first command whose body says something; no later one is better known. */
function firstWithBody(entries: Entry[]): Entry {
  return entries.find(({ request }) => Object.keys(request.example ?? {}).length > 0)!;
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

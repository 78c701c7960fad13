/**
 * The rows of paged commands and of batches, in files of their own: a program that pages must not carry the
 * whole table.
 *
 * @module
 */

import type { Catalogue, Entry } from "./catalogue.ts";
import { head } from "./names.ts";
import { docComment, sentence } from "./types.ts";

/** The two files. */
export function pagingFiles({ commands }: Catalogue, files: Map<string, string>): void {
  const paged = commands.filter(({ operation }) => operation["x-paging"]);
  files.set(
    "paging.ts",
    head("The commands that answer in pages.") +
      'import type { Paging } from "../command_row.ts";\n\n' +
      docComment(
        ["Where each paged command has its items, and which fields its first body is given."],
        pagedExample(paged[0]!),
      ) +
      `export interface PagedCommands {\n${paged.map(pagedType).join("")}}\n\n` +
      "/** How each is paged. */\n" +
      "export const pagingRows: { readonly [Command in keyof PagedCommands]: Paging } = {\n" +
      `${rows(paged, "x-paging")}};\n`,
  );
  const batches = commands.filter(({ operation }) => operation["x-batch"]);
  files.set(
    "batches.ts",
    head("The commands that take a list of accounts, or of groups.") +
      'import type { Batch } from "../command_row.ts";\n\n' +
      docComment(
        ["The field of each command's body that holds the list."],
        batchExample(batches[0]!),
      ) +
      `export interface BatchCommands {\n${batches.map(batchType).join("")}}\n\n` +
      "/** How many each takes, and where it says what failed. */\n" +
      "export const batchRows: { readonly [Command in keyof BatchCommands]: Batch } = {\n" +
      `${rows(batches, "x-batch")}};\n`,
  );
}

function rows(entries: Entry[], extension: "x-paging" | "x-batch"): string {
  return entries.map(({ id, operation }) => `"${id}": ${JSON.stringify(operation[extension])},\n`)
    .join("");
}

function pagedType({ id, operation }: Entry): string {
  const { items, first = {} } = operation["x-paging"]!;
  return `${docComment([sentence(operation.summary)])}"${id}": { items: ${union(items)}; first: ${
    union(Object.keys(first))
  } };\n`;
}

function batchType({ id, operation }: Entry): string {
  return `${docComment([sentence(operation.summary)])}"${id}": "${operation["x-batch"]!.field}";\n`;
}

function pagedExample({ id, operation }: Entry): string[] {
  const [items] = operation["x-paging"]!.items;
  return [
    'import { findCommand, type PagedCommands } from "@tim/edge/api";',
    "",
    `const command = "${id}";`,
    `const items: PagedCommands[typeof command]["items"] = "${items}";`,
    "console.log(findCommand(command)?.paging?.items.includes(items)); // true",
  ];
}

function batchExample({ id, operation }: Entry): string[] {
  return [
    'import { type BatchCommands, findCommand } from "@tim/edge/api";',
    "",
    `const command = "${id}";`,
    `const field: BatchCommands[typeof command] = "${operation["x-batch"]!.field}";`,
    "console.log(findCommand(command)?.batch?.field === field); // true",
  ];
}

function union(names: string[]): string {
  return names.map((name) => JSON.stringify(name)).join(" | ") || "never";
}

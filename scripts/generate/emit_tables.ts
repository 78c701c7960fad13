/**
 * What programs look commands up in: the names, the table, the webhooks.
 *
 * @module
 */

import type { Catalogue, Entry } from "./catalogue.ts";
import { areasOf, camel, head, importTypes, typeNames } from "./names.ts";
import { docComment, sentence } from "./types.ts";

/** The five files. */
export function tableFiles(catalogue: Catalogue, files: Map<string, string>): void {
  files.set("names.ts", namesFile(catalogue));
  files.set("table.ts", tableFile(catalogue));
  files.set("webhooks.ts", webhooksFile(catalogue));
  files.set("notes.ts", notesFile(catalogue));
  files.set("second_paths.ts", secondPathsFile(catalogue));
}

function namesFile(catalogue: Catalogue): string {
  const areas = [...areasOf(catalogue)].map(([area, calls]) => {
    const services = new Map<string, string[]>();
    for (const [name, { service, command }] of calls) {
      const word = name === camel(command) ? command : `${command}=${name}`;
      services.set(service, [...services.get(service) ?? [], word]);
    }
    const lines = [...services].map(([service, words]) => `${service} ${words.join(" ")}`);
    return `${area}: [\n${lines.map((line) => `${JSON.stringify(line)},\n`).join("")}],\n`;
  });
  return head("The commands of each area, for the named calls: small, since programs carry it.") +
    "/**\n * By area, one text a service: the service, then its commands; `command=name` where the name is " +
    "not the\n * command in camel case.\n */\n" +
    `export const names: Record<string, string[]> = {\n${areas.join("")}};\n`;
}

function tableFile(catalogue: Catalogue): string {
  const rows = catalogue.commands.map(({ service, command, area, name, operation }) =>
    JSON.stringify({
      service,
      command,
      area,
      name,
      idempotent: operation["x-idempotent"],
      rateLimit: operation["x-rate-limit"],
    }) + ",\n"
  );
  return head("The command table.") +
    'import type { CommandRow } from "../command_row.ts";\n\n' +
    "/** One row a command, in the order of the catalogue; paging and batches are in files of their own. */\n" +
    `export const rows: CommandRow[] = [\n${rows.join("")}];\n`;
}

function webhooksFile(catalogue: Catalogue): string {
  const { webhooks } = catalogue;
  const types = webhooks.map((entry) => {
    const [event, answer] = typeNames(entry);
    const doc = docComment([
      sentence(entry.operation.summary),
      `@see ${entry.operation.externalDocs.url}`,
    ]);
    return `${doc}"${entry.id}": { event: ${event}; answer: ${answer} };\n`;
  });
  const rows = webhooks.map(({ id, operation }) => {
    const { codes, each, discard } = operation["x-refuse"] ?? {};
    return JSON.stringify({
      name: id,
      phase: operation["x-phase"],
      canRefuse: operation["x-can-refuse"],
      byDefault: operation["x-answer-default"],
      ...(operation["x-refuse"] && { refusal: { codes, each, discard } }),
    }) + ",\n";
  });
  const canRefuse = ({ operation }: Entry) => operation["x-can-refuse"];
  const canDiscard = ({ operation }: Entry) => operation["x-refuse"]?.discard;
  const named = (wanted: (entry: Entry) => unknown) =>
    webhooks.filter(wanted).map(({ id }) => `\n  | ${JSON.stringify(id)}`).join("");
  return head("The callbacks that the backend sends to the app's own server.") +
    'import type { WebhookRow } from "../command_row.ts";\n' + importTypes(webhooks, "./types") +
    docComment(
      ["What each callback brings and what it may be answered with, by `CallbackCommand`."],
      webhooksExample(webhooks[0]!),
    ) +
    `export interface Webhooks {\n${types.join("")}}\n\n` +
    docComment(
      ["The callbacks whose answer can refuse the deed."],
      rowExample("RefusableWebhook", webhooks.find(canRefuse)!, "canRefuse"),
    ) +
    `export type RefusableWebhook =${named(canRefuse)};\n\n` +
    docComment(
      ["The callbacks whose answer can drop a message while its sender is told that it was sent."],
      rowExample("DiscardableWebhook", webhooks.find(canDiscard)!, "refusal?.discard"),
    ) +
    `export type DiscardableWebhook =${named(canDiscard)};\n\n` +
    "/** One row a callback, in the order of the catalogue. */\n" +
    `export const webhookRows: WebhookRow[] = [\n${rows.join("")}];\n`;
}

function webhooksExample({ id }: Entry): string[] {
  return [
    'import { letPass, type Webhooks } from "@tim/edge/webhooks";',
    "",
    `const answer: Webhooks["${id}"]["answer"] = await letPass().json();`,
    "console.log(answer.ErrorCode); // 0",
  ];
}

function rowExample(type: string, { id }: Entry, path: string): string[] {
  return [
    'import { webhooks } from "@tim/edge/api";',
    `import type { ${type} } from "@tim/edge/webhooks";`,
    "",
    `const name: ${type} = "${id}";`,
    `console.log(webhooks.find((row) => row.name === name)?.${path}); // true`,
  ];
}

function notesFile(catalogue: Catalogue): string {
  const rows = catalogue.commands.map(({ id, operation }) => {
    const { "x-emulator-choice": choices, "x-missing": missing } = operation;
    const codes = (operation["x-errors"] ?? []).map(({ code }) => code);
    const note = {
      summary: operation.summary,
      confidence: operation["x-confidence"] ?? "documented",
      ...(missing && { missing }),
      errors: [...new Set(codes)].sort((a, b) => a - b),
      ...(choices && { choices }),
    };
    return `${JSON.stringify(id)}: ${JSON.stringify(note)},\n`;
  });
  return head("What the emulator and its table of coverage know of each command.") +
    'import type { CommandNote } from "../command_row.ts";\n\n' +
    "/** By `service/command`, in the order of the catalogue. */\n" +
    `export const notes: Record<string, CommandNote> = {\n${rows.join("")}};\n`;
}

function secondPathsFile({ commands }: Catalogue): string {
  const rows = commands.flatMap(({ id, operation: { "x-also-path": path } }) =>
    path === undefined ? [] : [`"${path.replace("/v4/", "")}": "${id}",\n`]
  );
  return head("Commands that some pages give under another path.") +
    "/** The command, by its second `service/command`. */\n" +
    `export const secondPaths: Record<string, string> = {\n${rows.join("")}};\n`;
}

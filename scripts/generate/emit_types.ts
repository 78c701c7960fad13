/**
 * The files of types, one a document.
 *
 * @module
 */

import type { Catalogue, Schema } from "./catalogue.ts";
import { type Example, Examples } from "./examples.ts";
import { fileOf, head, typeNames } from "./names.ts";
import { sentence, TypeWriter } from "./types.ts";

/** One file of types a document; a shared type stands where its schema stands. */
export function typeFiles(catalogue: Catalogue, files: Map<string, string>): void {
  const parts = new Map<string, { texts: string[]; used: Set<string> }>();
  const part = (document: string) => {
    if (!parts.has(document)) {
      parts.set(document, { texts: [], used: new Set() });
    }
    return parts.get(document)!;
  };
  const examples = new Examples(catalogue);
  const declared = new Set<string>();
  const sentToo = sentTypes(catalogue);
  const declare = (
    document: string,
    name: string,
    schema: Schema,
    example: Example,
    sent: boolean,
    note?: string[],
  ) => {
    if (declared.has(name)) throw new Error(`Type ${name} is made twice; rename one`);
    declared.add(name);
    const writer = new TypeWriter(catalogue, sent);
    const text = writer.declare(name, schema, example, note);
    const { texts, used } = part(document);
    texts.push(text);
    for (const other of writer.used) used.add(other);
  };
  for (const entry of [...catalogue.commands, ...catalogue.webhooks]) {
    const [request, response] = typeNames(entry);
    const summary = entry.operation.summary.replace(/\.$/, "");
    const [asks, answers] = entry.service === ""
      ? ["Event", "Answer to"]
      : ["Body of", "Answer of"];
    const asked = entry.service === ""
      ? examples.message("event", entry.request)
      : examples.body(entry);
    const answered = examples.message("answer", entry.response);
    const toBackend = entry.service !== "";
    declare(entry.document, request, entry.request.schema, asked, toBackend, [
      `${asks} \`${entry.id}\`: ${summary}.`,
    ]);
    declare(entry.document, response, entry.response.schema, answered, !toBackend, [
      `${answers} \`${entry.id}\`.`,
    ]);
  }
  // What those use, and what that uses in turn.
  for (let before = -1; before !== declared.size;) {
    before = declared.size;
    for (const name of new Set([...parts.values()].flatMap(({ used }) => [...used]))) {
      if (declared.has(name) || name === "Envelope") continue;
      const { document, schema } = catalogue.schemas.get(name)!;
      declare(document, name, schema, examples.part(name), sentToo.has(name));
    }
  }
  for (const [document, { texts, used }] of parts) {
    const imports = new Map<string, string[]>();
    const body = texts.join("\n");
    if (/\bEnvelope\b/.test(body)) imports.set("../../../core/request.ts", ["Envelope"]);
    for (const name of [...used].sort()) {
      const from = catalogue.schemas.get(name)!.document;
      if (from === document || name === "Envelope") continue;
      const path = `./${fileOf(from)}.ts`;
      imports.set(path, [...imports.get(path) ?? [], name]);
    }
    files.set(
      `types/${fileOf(document)}.ts`,
      head(sentence(`Types of ${document}.yaml`)) +
        [...imports].map(([path, names]) => `import type { ${names.join(", ")} } from "${path}";\n`)
          .join("") +
        "\n" + body,
    );
  }
}

/** The shared types that are in what is sent to the backend: bodies of commands, and answers to callbacks. */
function sentTypes(catalogue: Catalogue): Set<string> {
  const writer = new TypeWriter(catalogue);
  const visit = (schema: Schema) => writer.declare("Sent", schema, () => [], [""]);
  for (const { request } of catalogue.commands) visit(request.schema);
  for (const { response } of catalogue.webhooks) visit(response.schema);
  // A set gives what is added to it while it is read, too.
  for (const name of writer.used) {
    if (name !== "Envelope") visit(catalogue.schemas.get(name)!.schema);
  }
  return writer.used;
}

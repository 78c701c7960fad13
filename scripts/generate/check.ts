/**
 * The catalogue's own rules, beyond what OpenAPI asks for.
 *
 * @module
 */

import { parse } from "yaml";
import {
  areaSummaries,
  type Catalogue,
  type Content,
  type Entry,
  type Schema,
} from "./catalogue.ts";
import { extensionFaults, misspeltExtensions } from "./check_extensions.ts";
import { namedExamples } from "./examples.ts";
import { validatorOf } from "./validator.ts";

/**
 * Every fault of the catalogue, as sentences that name the place; none when it is sound.
 *
 * @param catalogue What was read.
 * @param texts The texts it was read from.
 */
export function checkCatalogue(catalogue: Catalogue, texts: Map<string, string>): string[] {
  const faults: string[] = [];
  for (const [name, text] of texts) {
    if (JSON.stringify(parse(text)) !== JSON.stringify(parse(text, { version: "1.1" }))) {
      faults.push(
        `${name}.yaml: YAML 1.1 reads it otherwise; quote what looks like a number or yes`,
      );
    }
  }
  for (const [name, document] of catalogue.documents) {
    for (const text of misspeltExtensions(document)) faults.push(`${name}.yaml, ${text}`);
  }
  const areas = areaSummaries(catalogue);
  const seen = new Map<string, string>();
  for (const entry of [...catalogue.commands, ...catalogue.webhooks]) {
    const fault = (text: string) => faults.push(`${entry.document}.yaml, ${entry.id}: ${text}`);
    for (const text of missing(entry)) fault(text);
    if (entry.service !== "" && entry.area !== "" && !(entry.area in areas)) {
      fault(`x-areas says nothing of ${entry.area}`);
    }
    if (entry.request?.schema && entry.response?.schema) {
      for (const text of extensionFaults(catalogue, entry)) fault(text);
    }
    for (const id of [entry.operation.operationId, ...entry.operation["x-also-named"] ?? []]) {
      if (seen.has(id)) fault(`operationId ${id} is ${seen.get(id)}'s already`);
      seen.set(id, entry.id);
    }
    for (
      const [side, content] of [["request", entry.request], ["answer", entry.response]] as const
    ) {
      if (!content?.schema) fault(`${side} has no schema`);
      else for (const text of examples(catalogue, content)) fault(`${side}: ${text}`);
    }
  }
  for (const [name, { document, schema }] of catalogue.schemas) {
    if (!schema.description) faults.push(`${document}.yaml, schema ${name}: has no description`);
    for (const value of namedExamples(schema)) {
      const fault = misfit(catalogue, schema, value);
      if (fault) faults.push(`${document}.yaml, schema ${name}: its example does not fit ${fault}`);
    }
  }
  return faults;
}

function* missing({ service, operation }: Entry): Generator<string> {
  if (!/^[a-z][A-Za-z]*\.[a-z][A-Za-z0-9]*$/.test(operation.operationId ?? "")) {
    yield `operationId is ${operation.operationId}, wanted area.name`;
  }
  if (!operation.summary) yield "summary is missing";
  if (!operation.externalDocs?.url) yield "externalDocs is missing";
  if (service === "") {
    if (!/^(before|after)$/.test(operation["x-phase"] ?? "")) yield "x-phase is missing";
    if (typeof operation["x-can-refuse"] !== "boolean") yield "x-can-refuse is missing";
    if (operation["x-can-refuse"] !== ("x-refuse" in operation)) {
      yield "x-refuse says how to refuse, where x-can-refuse is true and only there";
    }
    return;
  }
  if (!(operation["x-rate-limit"]! > 0)) yield "x-rate-limit is missing";
  const choices = operation["x-emulator-choice"] ?? [];
  if (!Array.isArray(choices) || choices.some((choice) => typeof choice !== "string")) {
    yield "x-emulator-choice is no list of sentences";
  }
  if (typeof operation["x-idempotent"] !== "boolean") yield "x-idempotent is missing";
  if (!/^\/v4\/\w+\/\w+$/.test(operation["x-also-path"] ?? "/v4/a/b")) {
    yield "x-also-path is no path like /v4/servicename/command";
  }
}

function* examples(
  catalogue: Catalogue,
  content: Content,
): Generator<string> {
  const all = content.examples
    ? Object.entries(content.examples).map(([name, { value }]) => [name, value] as const)
    : [["example", content.example] as const];
  for (const [name, value] of all) {
    if (value === undefined) {
      yield "example is missing";
      continue;
    }
    const fault = misfit(catalogue, content.schema, value);
    if (fault) yield `${name} does not fit ${fault}`;
  }
}

/** Where a value does not fit its schema. */
function misfit(catalogue: Catalogue, schema: Schema, value: unknown): string | undefined {
  const last = validatorOf(catalogue, schema).validate(value).errors.at(-1);
  return last && `at ${last.instanceLocation}: ${last.error}`;
}

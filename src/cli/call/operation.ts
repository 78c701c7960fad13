/**
 * What the OpenAPI description says of a command: for people, beside the schema that bodies are checked by.
 *
 * @module
 */

import { operations, schemas } from "../../api/generated/openapi.ts";

/** A schema, as far as texts go. */
interface TextSchema {
  $ref?: string;
  description?: string;
  default?: unknown;
  properties?: Record<string, TextSchema>;
  patternProperties?: Record<string, TextSchema>;
  additionalProperties?: boolean | TextSchema;
  items?: TextSchema;
  allOf?: TextSchema[];
}

/** One operation. */
export interface Operation {
  /** What it does, in a line. */
  summary: string;
  /** What the backend does besides, a list in Markdown. */
  description?: string;
  /** Whether the pages advise against it. */
  deprecated?: boolean;
  /** The documentation's page. */
  externalDocs: { url: string };
  /** How sure its description is. */
  "x-confidence"?: string;
  /** The codes that its page lists. */
  "x-error-codes"?: number[];
  /** Its body. */
  requestBody: { content: { "application/json": Content } };
}

interface Content {
  schema: TextSchema;
  example?: Record<string, unknown>;
  examples?: Record<string, { value: Record<string, unknown> }>;
}

/** Texts of fields; paths are as in `Members[].Role`, and "" is the whole. */
export interface FieldTexts {
  /** What a field means. */
  texts: Map<string, string>;
  /** What it is when left out. */
  defaults: Map<string, unknown>;
}

/** Reads the operation of a command that is described. */
export function operationOf(command: string): Operation {
  return JSON.parse(operations[command]!);
}

/** A body that fits. */
export function exampleBody({ requestBody }: Operation): Record<string, unknown> {
  const { example, examples = {} } = requestBody.content["application/json"];
  return example ?? Object.values(examples)[0]?.value ?? {};
}

/** The texts of the fields of a body. */
export function bodyTexts({ requestBody }: Operation): FieldTexts {
  return textsOf(requestBody.content["application/json"].schema);
}

/** The texts of a schema that others refer to. */
export function definitionTexts(name: string): FieldTexts {
  return textsOf(JSON.parse(schemas[name]!));
}

/** Of what is referred to, only what is said differently here; of `allOf`, which is one schema, all. */
function textsOf(schema: TextSchema): FieldTexts {
  const texts = new Map<string, string>();
  const defaults = new Map<string, unknown>();
  const visit = (part: TextSchema, path: string) => {
    const parts = part.allOf ?? [];
    for (const each of parts.length > 1 || part.properties ? parts : []) {
      visit(each.$ref ? JSON.parse(schemas[each.$ref.split("/").pop()!]!) : each, path);
    }
    if (part.description) texts.set(path, part.description.trim());
    if (part.default !== undefined) defaults.set(path, part.default);
    for (const [name, field] of Object.entries(part.properties ?? {})) {
      visit(field, path === "" ? name : `${path}.${name}`);
    }
    for (const field of Object.values(part.patternProperties ?? {})) visit(field, `${path}.*`);
    if (typeof part.additionalProperties === "object") {
      visit(part.additionalProperties, `${path}.*`);
    }
    if (part.items) visit(part.items, `${path}[]`);
  };
  visit(schema, "");
  return { texts, defaults };
}

/**
 * The catalogue as one thing: every document read, every reference resolved by name.
 *
 * @module
 */

import { parse } from "yaml";
import type { Batch, Paging, RefusalRule } from "../../src/api/command_row.ts";

/** The document that the others refer to. */
export const COMMON = "common";

/** A JSON Schema, with the keywords that the catalogue uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  required?: string[];
  items?: Schema;
  enum?: (string | number)[];
  const?: string | number;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  discriminator?: { propertyName: string; mapping: Record<string, string> };
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  maxProperties?: number;
  pattern?: string;
  "x-max-bytes"?: number;
  [keyword: string]: unknown;
}

/** One media type: a schema and its examples. */
export interface Content {
  schema: Schema;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}

/** An operation of the YAML: a command, or a webhook. */
export interface Operation {
  operationId: string;
  summary: string;
  deprecated?: boolean;
  externalDocs: { url: string; description?: string };
  requestBody: { content: Record<string, Content> };
  responses: Record<string, { content: Record<string, Content> }>;
  "x-rate-limit"?: number;
  "x-idempotent"?: boolean;
  "x-also-named"?: string[];
  "x-also-path"?: string;
  "x-paging"?: Paging;
  "x-batch"?: Batch;
  "x-phase"?: "before" | "after";
  "x-can-refuse"?: boolean;
  "x-answer-default"?: Record<string, string | number>;
  "x-refuse"?: RefusalRule & { shown?: number };
  "x-confidence"?: string;
  "x-missing"?: string[];
  "x-errors"?: { code: number }[];
  "x-emulator-choice"?: string[];
  [extension: string]: unknown;
}

/** One YAML file, parsed. */
export interface Document {
  info: { title: string };
  paths?: Record<string, { post: Operation }>;
  webhooks?: Record<string, { post: Operation }>;
  components: { schemas: Record<string, Schema> };
  /** What each area of named calls is about. */
  "x-areas"?: Record<string, string>;
  [key: string]: unknown;
}

/** A command, or a webhook with an empty `service`. */
export interface Entry {
  /** `service/command`, or the name of the callback. */
  id: string;
  service: string;
  command: string;
  /** The two halves of `operationId`. */
  area: string;
  name: string;
  /** The document it stands in. */
  document: string;
  operation: Operation;
  request: Content;
  response: Content;
}

/** All documents together. */
export interface Catalogue {
  documents: Map<string, Document>;
  /** Every named schema; names are unique over all documents. */
  schemas: Map<string, { document: string; schema: Schema }>;
  commands: Entry[];
  webhooks: Entry[];
}

/**
 * Reads the documents.
 *
 * @param texts Name of each document, without `.yaml`, and its text.
 * @throws {Error} When a text is no YAML, a name stands twice or a reference leads nowhere.
 */
export function readCatalogue(texts: Map<string, string>): Catalogue {
  const documents = new Map<string, Document>();
  for (const [name, text] of texts) documents.set(name, readDocument(name, text));
  const schemas: Catalogue["schemas"] = new Map();
  for (const [document, { components }] of documents) {
    for (const [name, schema] of Object.entries(components.schemas)) {
      const other = schemas.get(name);
      if (other) {
        throw new Error(
          `Schema ${name} stands in ${other.document}.yaml and ${document}.yaml; make it one in ` +
            `${COMMON}.yaml, or rename one`,
        );
      }
      schemas.set(name, { document, schema });
    }
  }
  for (const [name, document] of documents) checkReferences(name, document, schemas);
  return {
    documents,
    schemas,
    commands: [...documents].flatMap(([name, { paths = {} }]) => entries(name, paths)),
    webhooks: [...documents].flatMap(([name, { webhooks = {} }]) => entries(name, webhooks)),
  };
}

function readDocument(name: string, text: string): Document {
  try {
    return parse(text) as Document;
  } catch (error) {
    throw new Error(`${name}.yaml is no YAML: ${(error as Error).message}`);
  }
}

/** What the areas of named calls are about. */
export function areaSummaries({ documents }: Catalogue): Record<string, string> {
  return Object.assign({}, ...[...documents.values()].map((document) => document["x-areas"]));
}

/** The name that a `$ref` ends with. */
export function refName(ref: string): string {
  return ref.slice(ref.lastIndexOf("/") + 1);
}

/** Follows `$ref` to the schema itself. */
export function resolve({ schemas }: Catalogue, schema: Schema): Schema {
  let found = schema;
  while (found.$ref !== undefined) found = schemas.get(refName(found.$ref))!.schema;
  return found;
}

function entries(document: string, items: Record<string, { post: Operation }>): Entry[] {
  return Object.entries(items).map(([path, { post }]) => {
    const id = path.replace(/^\/v4\//, "");
    const [service, command] = path.startsWith("/v4/") ? id.split("/") : ["", id];
    // A half-written entry is read all the same: the checks say what it lacks.
    const [area, name] = (post.operationId ?? "").split(".");
    return {
      id,
      service: service!,
      command: command!,
      area: area!,
      name: name!,
      document,
      operation: post,
      request: post.requestBody?.content?.["application/json"]!,
      response: post.responses?.["200"]?.content?.["application/json"]!,
    };
  });
}

function checkReferences(name: string, node: unknown, schemas: Catalogue["schemas"]): void {
  if (typeof node !== "object" || node === null) return;
  const { $ref } = node as { $ref?: unknown };
  if (typeof $ref === "string" && $ref.includes("/schemas/")) {
    const owner = $ref.startsWith("#") ? name : $ref.slice(0, $ref.indexOf(".yaml"));
    if (schemas.get(refName($ref))?.document !== owner) {
      throw new Error(`${name}.yaml refers to ${$ref}, which is not there`);
    }
  }
  for (const child of Object.values(node)) checkReferences(name, child, schemas);
}

/**
 * Schemas as TypeScript types, with their limits as editor hints.
 *
 * @module
 */

import { type Catalogue, refName, resolve, type Schema } from "./catalogue.ts";
import type { Example } from "./examples.ts";
import { flatten } from "./flatten.ts";
import { propertyName } from "./literal.ts";

/** Writes the types of one file and remembers which named types they use. */
export class TypeWriter {
  /** Names of the schemas that were written as references. */
  readonly used: Set<string> = new Set();
  readonly #catalogue: Catalogue;
  /** Lists that are sent may be read-only: `as const`, or another's `readonly string[]`. */
  readonly #list: string;

  constructor(catalogue: Catalogue, sent = false) {
    this.#catalogue = catalogue;
    this.#list = sent ? "readonly " : "";
  }

  /** An exported type for a schema; `note` says more than the schema's description. */
  declare(name: string, schema: Schema, example: Example, note: string[] = []): string {
    const text = note.length > 0 ? note : [sentence(schema.description!)];
    const doc = docComment(text, example(name));
    const { schema: flat, envelope } = flatten(this.#catalogue, schema);
    if (Object.keys(flat.properties ?? {}).length === 0) {
      const bare = flat.type === "object" && !flat.additionalProperties && !flat.patternProperties;
      const type = envelope ? "Envelope" : bare ? "Record<string, never>" : this.type(flat);
      return `${doc}export type ${name} = ${type};\n`;
    }
    const choice = flat.oneOf ?? flat.anyOf;
    const heritage = envelope ? " extends Envelope" : "";
    const fields = (own: string) =>
      `${docComment(text, example(own))}export interface ${own}${heritage} {\n` +
      `${this.#fields(flat)}}\n`;
    if (!choice) return fields(name);
    const options = choice.map(({ required }) =>
      `Required<Pick<${name}Fields, ${required!.map((key) => `"${key}"`).join(" | ")}>>`
    );
    return fields(`${name}Fields`) +
      `${doc}export type ${name} = ${name}Fields & (${options.join(" | ")});\n`;
  }

  /** The type of a value, written in place. */
  type(schema: Schema): string {
    if (schema.$ref) return this.#reference(schema);
    if (schema.const !== undefined) return JSON.stringify(schema.const);
    if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
    if (schema.allOf) {
      const [first, ...rest] = schema.allOf;
      // `allOf: [$ref]` only adds a default or a text.
      if (first!.$ref && rest.length === 0 && !schema.properties) return this.type(first!);
      return this.type(flatten(this.#catalogue, schema).schema);
    }
    const choice = schema.oneOf ?? schema.anyOf;
    if (choice && !schema.properties) return choice.map((one) => this.type(one)).join(" | ");
    if (Array.isArray(schema.type)) {
      return schema.type.map((type) => this.type({ ...schema, type })).join(" | ");
    }
    switch (schema.type) {
      case "integer":
      case "number":
        return "number";
      case "string":
      case "boolean":
      case "null":
        return schema.type;
      case "array": {
        const item = schema.items ? this.type(schema.items) : "unknown";
        const several = (/ \| /.test(item) && !item.startsWith("{")) ||
          item.startsWith("readonly ");
        return `${this.#list}${several ? `(${item})` : item}[]`;
      }
    }
    if (schema.properties) return `{\n${this.#fields(schema)}}`;
    const values = [
      ...Object.values(schema.patternProperties ?? {}),
      ...(typeof schema.additionalProperties === "object" ? [schema.additionalProperties] : []),
    ];
    if (values.length > 0) {
      return `Record<string, ${values.map((value) => this.type(value)).join(" | ")}>`;
    }
    return schema.type === "object" ? "Record<string, unknown>" : "unknown";
  }

  #fields(schema: Schema): string {
    const required = new Set(schema.required);
    return Object.entries(schema.properties ?? {}).map(([key, field]) => {
      const target = resolve(this.#catalogue, field.$ref ? field : field.allOf?.[0] ?? field);
      const known = { ...target, ...field };
      const doc = docComment([
        ...(known.description ? [sentence(known.description)] : []),
        ...limits(known),
      ]);
      return `${doc}${propertyName(key)}${required.has(key) ? "" : "?"}: ${this.type(field)};\n`;
    }).join("");
  }

  #reference(schema: Schema): string {
    const name = refName(schema.$ref!);
    const target = this.#catalogue.schemas.get(name)!.schema;
    if (!isNamed(target)) return this.type(target);
    this.used.add(name);
    return name;
  }
}

/** Whether a schema gets a type of its own; simple values and lists are written in place. */
export function isNamed(schema: Schema): boolean {
  return schema.enum !== undefined || schema.properties !== undefined ||
    schema.allOf !== undefined || schema.discriminator !== undefined;
}

/** What an editor shows of a value's limits. */
function limits(schema: Schema): string[] {
  const { minimum, maximum, minItems, maxItems, maxLength, pattern } = schema;
  const bytes = schema["x-max-bytes"];
  const facts: string[] = [];
  if (bytes) facts.push(`At most ${number(bytes)} bytes of UTF-8.`);
  if (maxLength) facts.push(`At most ${number(maxLength)} characters.`);
  if (minimum !== undefined && maximum !== undefined) {
    facts.push(`${number(minimum)} to ${number(maximum)}.`);
  } else if (minimum !== undefined) facts.push(`At least ${number(minimum)}.`);
  else if (maximum !== undefined) facts.push(`At most ${number(maximum)}.`);
  if (maxItems) facts.push(`${minItems ? `${minItems} to` : "At most"} ${number(maxItems)} items.`);
  else if (minItems) facts.push(`At least ${minItems === 1 ? "one item" : `${minItems} items`}.`);
  if (schema.maxProperties) facts.push(`At most ${schema.maxProperties} names.`);
  if (pattern) facts.push(`Matches \`${pattern}\`.`);
  if (schema.default !== undefined) facts.push(`@default {${JSON.stringify(schema.default)}}`);
  return facts.length ? [facts.join(" ").replace(" @default", "\n@default")] : [];
}

/** A comment that documents what follows, with an example; nothing when there is nothing to say. */
export function docComment(paragraphs: string[], example: string[] = []): string {
  const inside = (text: string) => text.replaceAll("*/", "*\\/");
  const lines = inside(paragraphs.join("\n")).split("\n").flatMap(wrap);
  if (example.length > 0) lines.push("", "@example", "```ts", ...example.map(inside), "```");
  if (lines.length === 0) return "";
  if (lines.length === 1 && lines[0]!.length < 80) return `/** ${lines[0]} */\n`;
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
}

/** A description with a full stop. */
export function sentence(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

function wrap(line: string): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > 92) {
    const at = rest.lastIndexOf(" ", 92);
    if (at <= 0) break;
    lines.push(rest.slice(0, at));
    rest = rest.slice(at + 1);
  }
  return [...lines, rest];
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}

/**
 * Turns the catalogue's schemas into plain JSON Schema for the checks before the wire: no texts, no
 * extensions besides `x-max-bytes` and what the emulator needs, references by name, and elements told apart by their discriminator.
 *
 * @module
 */

import { type Catalogue, refName, type Schema } from "./catalogue.ts";
import { flatten } from "./flatten.ts";

const KEPT = new Set([
  ..."type required enum const minimum maximum minItems maxItems minLength maxLength".split(" "),
  ..."maxProperties pattern x-max-bytes x-fault-code x-limit-code x-older-name".split(" "),
]);

/** The schema, ready to be checked with. */
export function toJsonSchema(catalogue: Catalogue, schema: Schema): Schema {
  const convert = (part: Schema) => toJsonSchema(catalogue, part);
  if (schema.allOf?.length === 1 && schema.allOf[0]!.$ref) {
    return { ...convert(schema.allOf[0]!), ...codes(schema) };
  }
  if (schema.allOf) {
    const { schema: flat, envelope } = flatten(catalogue, schema);
    if (!envelope) return convert(flat);
  }
  const plain: Schema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (KEPT.has(keyword)) plain[keyword] = value;
    else if (keyword === "$ref") plain.$ref = `#/$defs/${refName(value as string)}`;
    else if (keyword === "properties" || keyword === "patternProperties") {
      plain[keyword] = Object.fromEntries(
        Object.entries(value as Record<string, Schema>).map(([key, of]) => [key, convert(of)]),
      );
    } else if (keyword === "items") plain.items = convert(value as Schema);
    else if (keyword === "additionalProperties") {
      plain[keyword] = typeof value === "boolean" ? value : convert(value as Schema);
    } else if (keyword === "allOf" || keyword === "anyOf" || keyword === "oneOf") {
      if (!schema.discriminator) plain[keyword] = (value as Schema[]).map(convert);
    }
  }
  return schema.discriminator ? { ...plain, ...byDiscriminator(schema.discriminator) } : plain;
}

/** The codes that stand beside a reference. */
function codes(schema: Schema): Schema {
  return Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => /^x-(fault|limit)-code$/.test(keyword)),
  );
}

/** With `if` and `then`, a wrong element is measured by its own kind alone, not by all of them. */
function byDiscriminator(
  { propertyName, mapping }: NonNullable<Schema["discriminator"]>,
): Schema {
  return {
    type: "object",
    required: [propertyName],
    properties: { [propertyName]: { enum: Object.keys(mapping) } },
    allOf: Object.entries(mapping).map(([value, ref]) => ({
      if: { required: [propertyName], properties: { [propertyName]: { const: value } } },
      then: { $ref: `#/$defs/${refName(ref)}` },
    })),
  };
}

/** The names of the schemas that these need, and those in turn. */
export function reachable(catalogue: Catalogue, schemas: Iterable<Schema>): Set<string> {
  const names = new Set<string>();
  const visit = (node: unknown) => {
    if (typeof node !== "object" || node === null) return;
    const { $ref } = node as Schema;
    if (typeof $ref === "string" && !names.has(refName($ref))) {
      names.add(refName($ref));
      visit(toJsonSchema(catalogue, catalogue.schemas.get(refName($ref))!.schema));
    }
    for (const child of Object.values(node)) visit(child);
  };
  for (const schema of schemas) visit(schema);
  return names;
}

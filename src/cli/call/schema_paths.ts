/**
 * Which schemas a value inside a body has: the way a path leads, through references and alternatives.
 *
 * @module
 */

import { bodies, definitions } from "../../api/generated/schemas/mod.ts";
import type { JsonSchema } from "../../api/validate/json_schema.ts";

/** The schemas of a command's body; none for a command that no page describes. */
export function bodySchemas(command: string): JsonSchema[] {
  return alternatives(bodies[command] ?? {});
}

/** A schema and whatever else it says the value may be: what it refers to, its parts, its alternatives. */
function alternatives(schema: JsonSchema): JsonSchema[] {
  const { $ref, allOf = [], anyOf = [], oneOf = [] } = schema;
  const inner = [
    ...($ref ? [definitions[$ref.slice("#/$defs/".length)]!] : []),
    ...allOf.map((part) => part.then ?? part),
    ...anyOf,
    ...oneOf,
  ];
  return [schema, ...inner.flatMap(alternatives)];
}

/** The schemas of a field; none when it is not described. */
export function fieldSchemas(schemas: readonly JsonSchema[], name: string): JsonSchema[] {
  return schemas.flatMap(({ properties, patternProperties, additionalProperties }) => {
    const own = properties?.[name];
    if (own) return alternatives(own);
    const matches = Object.entries(patternProperties ?? {})
      .filter(([pattern]) => new RegExp(pattern, "u").test(name));
    if (matches.length > 0) return matches.flatMap(([, schema]) => alternatives(schema));
    return typeof additionalProperties === "object" ? alternatives(additionalProperties) : [];
  });
}

/** The schemas of a list's items. */
export function itemSchemas(schemas: readonly JsonSchema[]): JsonSchema[] {
  return schemas.flatMap(({ items }) => (items ? alternatives(items) : []));
}

/** The fields that are described, in their order. */
export function fieldNames(schemas: readonly JsonSchema[]): string[] {
  return [...new Set(schemas.flatMap(({ properties = {} }) => Object.keys(properties)))];
}

/** The types that the value may have. */
export function typesOf(schemas: readonly JsonSchema[]): Set<string> {
  return new Set(
    schemas.flatMap(({ type, properties }) =>
      type === undefined ? (properties ? ["object"] : []) : type
    ),
  );
}

/** The only values that are allowed, where they are listed. */
export function valuesOf(schemas: readonly JsonSchema[]): (string | number)[] {
  return [
    ...new Set(
      schemas.flatMap(({ enum: values = [], const: only }) => only === undefined ? values : [only]),
    ),
  ];
}

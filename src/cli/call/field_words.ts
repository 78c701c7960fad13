/**
 * What a schema asks for, in words.
 *
 * @module
 */

import { definitions } from "../../api/generated/schemas/mod.ts";
import type { JsonSchema } from "../../api/validate/json_schema.ts";

/** What holds for several fields of an object together. */
export function rulesOf(schema: JsonSchema): string[] {
  const alternatives = (parts: JsonSchema[] | undefined, words: string) => {
    const names = (parts ?? []).flatMap((
      { required },
    ) => (required ? required.join(" with ") : []));
    return names.length > 0 ? [`${words} one of ${names.join(", ")}`] : [];
  };
  return [
    ...alternatives(schema.oneOf, "exactly"),
    ...alternatives(schema.anyOf, "at least"),
  ];
}

/** The schema that a reference leads to. */
function target(schema: JsonSchema): JsonSchema {
  return schema.$ref ? target(definitions[schema.$ref.slice("#/$defs/".length)]!) : schema;
}

/** The types of a value, `array of string`. */
export function typeWords(schema: JsonSchema): string {
  const types = [schema.type ?? []].flat();
  if (types.length > 0) {
    const item = types[0] === "array" && schema.items
      ? ` of ${typeWords(target(schema.items))}`
      : "";
    return types.join(" or ") + item;
  }
  const parts = [...schema.oneOf ?? [], ...schema.anyOf ?? []];
  if (parts.length > 0) return [...new Set(parts.map(typeWords))].join(" or ");
  if (schema.properties) return "object";
  const [value] = schema.enum ?? [schema.const];
  return value === undefined ? "any" : typeof value === "number" ? "integer" : typeof value;
}

/** What a value must keep to: numbers, lengths, items, bytes, a pattern. */
export function limitsOf(schema: JsonSchema): string[] {
  const { minimum, maximum, minItems, maxItems, minLength, maxLength, maxProperties } = schema;
  const range = (least: number | undefined, most: number | undefined, unit: string) => {
    if (least !== undefined && most !== undefined) return `${least} to ${most}${unit}`;
    if (least !== undefined) {
      return `at least ${least}${least === 1 ? unit.replace(/s$/, "") : unit}`;
    }
    return most === undefined ? undefined : `at most ${most}${unit}`;
  };
  const bytes = schema["x-max-bytes"];
  const items = schema.items && target(schema.items);
  const simple = items && items.type !== "object" && !items.properties;
  const ofItems = simple
    ? [items.enum && `one of ${items.enum.join(", ")}`, ...limitsOf({ ...items, ...schema.items })]
    : [];
  return [
    range(minimum, maximum, ""),
    range(minItems, maxItems, " items"),
    range(
      minLength === 1 && maxLength === undefined ? undefined : minLength,
      maxLength,
      " characters",
    ),
    minLength === 1 && maxLength === undefined && "not empty",
    bytes !== undefined && `at most ${bytes} bytes`,
    maxProperties !== undefined && `at most ${maxProperties} fields`,
    schema.pattern && `matches ${schema.pattern}`,
    ...ofItems.map((limit) => limit && `each ${limit}`),
    ...rulesOf(schema),
  ].filter((limit) => typeof limit === "string");
}

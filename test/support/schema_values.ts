/** Values made from a JSON Schema by chance: good ones, those at the limits, and broken ones. */

import type { Schema } from "../../scripts/generate/catalogue.ts";

/** Where the schemas are that others refer to. */
export type Definitions = Record<string, Schema>;

/** A source of whole numbers from 0 to 4294967295. */
export type Chance = () => number;

/** How a value is made. */
export interface Making {
  definitions: Definitions;
  chance: Chance;
  /** Names of accounts, groups and so on that are there, so that calls get somewhere. */
  known: readonly string[];
  /** Whether values lie at their limits. */
  extreme: boolean;
}

/** Makes a value that fits. */
export function goodValue(schema: Schema, making: Making, depth = 0): unknown {
  const { definitions, chance, extreme } = making;
  const pick = <T>(list: readonly T[]): T => list[chance() % list.length]!;
  if (schema.$ref) {
    return goodValue(definitions[schema.$ref.slice("#/$defs/".length)]!, making, depth);
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return pick(schema.enum);
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives && !schema.properties) return goodValue(pick(alternatives), making, depth);
  const type = [schema.type ?? (schema.properties ? "object" : "string")].flat();
  switch (pick(type)) {
    case "integer":
    case "number": {
      const { minimum = 0, maximum = extreme ? 4294967295 : 100 } = schema;
      return extreme
        ? pick([minimum, maximum])
        : minimum + chance() % (Math.min(maximum, minimum + 100) - minimum + 1);
    }
    case "boolean":
      return chance() % 2 === 0;
    case "array": {
      const { minItems = 0, maxItems = extreme ? 20 : 3, items = {} } = schema;
      const most = Math.min(maxItems, 120);
      const length = extreme
        ? pick([minItems, most])
        : Math.min(most, Math.max(minItems, 1 + chance() % 2));
      return Array.from({ length }, () => goodValue(items, making, depth + 1));
    }
    case "object":
      return goodObject(schema, making, depth);
  }
  return goodText(schema, making);
}

function goodObject(schema: Schema, making: Making, depth: number): Record<string, unknown> {
  const { chance, definitions } = making;
  const required = new Set(schema.required);
  const alternatives = (schema.oneOf ?? schema.anyOf ?? []).filter((part) => part.required);
  const chosen = new Set(
    alternatives.length > 0 ? alternatives[chance() % alternatives.length]!.required : [],
  );
  const others = new Set(alternatives.flatMap((part) => part.required ?? []));
  const value: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const wanted = required.has(name) || chosen.has(name) ||
      (!others.has(name) && depth < 5 && chance() % 3 === 0);
    if (wanted) value[name] = goodValue(field, making, depth + 1);
  }
  for (const part of schema.allOf ?? []) {
    const conditions = (part.if as Schema | undefined)?.properties ?? {};
    if (Object.entries(conditions).some(([name, field]) => value[name] !== field.const)) continue;
    const then = part.then as Schema | undefined ?? part;
    const more = goodValue(then.$ref ? definitions[then.$ref.slice(8)]! : then, making, depth + 1);
    if (typeof more === "object") Object.assign(value, more);
  }
  return value;
}

function goodText(schema: Schema, { chance, known, extreme }: Making): string {
  const { pattern, minLength = 0, maxLength = 40 } = schema;
  const most = Math.min(maxLength, schema["x-max-bytes"] ?? 40);
  if (pattern) {
    for (
      const text of [
        ...known,
        "Tag_Profile_IM_Nick",
        "Tag_SNS_Custom_Test",
        "AddSource_Type_Web",
        "2026111914",
        "abc",
        "@TOA#_a",
      ]
    ) {
      if (new RegExp(pattern, "u").test(text) && text.length <= most) return text;
    }
  }
  if (extreme) return "x".repeat(chance() % 2 === 0 ? most : minLength);
  return known[chance() % known.length]!.slice(0, most);
}

/** Breaks one place of a good value: another type, gone, too long, too many, out of range. */
export function broken(value: unknown, { chance }: Making): unknown {
  const places: [holder: Record<string, unknown>, key: string][] = [];
  const copy = structuredClone(value);
  const visit = (node: unknown) => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, child] of Object.entries(node)) {
      places.push([node as Record<string, unknown>, key]);
      visit(child);
    }
  };
  visit(copy);
  if (places.length === 0) return copy;
  const [holder, key] = places[chance() % places.length]!;
  const others = [
    null,
    true,
    -1,
    1.5,
    2 ** 60,
    "",
    "x".repeat(20_000),
    "ü",
    [],
    [[]],
    {},
    { x: 1 },
    "\u0000",
    "__proto__",
  ];
  const way = chance() % (others.length + 2);
  if (way < others.length) holder[key] = others[way];
  else if (way === others.length && !Array.isArray(holder)) delete holder[key];
  else holder[key] = Array.from({ length: 600 }, () => holder[key] ?? "x");
  return copy;
}

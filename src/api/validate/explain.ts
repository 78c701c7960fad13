/**
 * The validator's findings in words: the place, what stands there, what was wanted.
 *
 * @module
 */

import type { OutputUnit } from "@cfworker/json-schema";
import type { BodyFault } from "../../core/validation.ts";
import type { JsonSchema } from "./json_schema.ts";

/** Keywords that only say that something within is wrong; that has a finding of its own. */
const OUTER = new Set(
  ["properties", "patternProperties", "additionalProperties", "items", "$ref", "allOf", "if"],
);

/**
 * Puts the findings into words.
 *
 * @param schema The body's schema.
 * @param definitions What it refers to.
 * @param body The body.
 * @param findings What the validator found.
 */
export function explain(
  schema: JsonSchema,
  definitions: Record<string, JsonSchema>,
  body: unknown,
  findings: OutputUnit[],
): BodyFault[] {
  const faults = new Map<string, BodyFault>();
  for (const { keyword, keywordLocation, instanceLocation, error } of findings) {
    // What an alternative misses is told with the alternatives.
    if (OUTER.has(keyword) || /\/(oneOf|anyOf)\//.test(keywordLocation)) continue;
    const at = schemaAt(schema, definitions, keywordLocation);
    const steps = pointer(instanceLocation);
    let fault: BodyFault;
    if (keyword === "required") {
      const field = /"(.*)"/.exec(error)?.[1] ?? "";
      const expected = wanted({ ...definitionOf(at.properties?.[field] ?? {}, definitions) });
      const path = pathText([...steps, field], body);
      fault = { path, message: `is missing, wanted ${expected}`, expected };
    } else {
      const value = steps.reduce(step, body);
      const expected = wantedBy(keyword, at);
      fault = {
        path: pathText(steps, body),
        message: `is ${shown(value, keyword)}, wanted ${expected}`,
        expected,
      };
    }
    // One place has one fault; the first keyword that fails says enough.
    if (!faults.has(fault.path)) faults.set(fault.path, fault);
  }
  return [...faults.values()];
}

/** The schema that holds the keyword at a location such as `#/properties/A/$ref/items/type`. */
function schemaAt(
  schema: JsonSchema,
  definitions: Record<string, JsonSchema>,
  location: string,
): JsonSchema {
  let node: unknown = schema;
  for (const key of pointer(location).slice(0, -1)) {
    node = key === "$ref"
      ? definitionOf(node as JsonSchema, definitions)
      : (node as Record<string, unknown>)[key];
  }
  return node as JsonSchema;
}

function definitionOf(schema: JsonSchema, definitions: Record<string, JsonSchema>): JsonSchema {
  return schema.$ref ? definitions[schema.$ref.slice("#/$defs/".length)]! : schema;
}

/** The steps of a location, which the validator writes as a fragment of a URI. */
function pointer(location: string): string[] {
  return location.split("/").slice(1).map((key) =>
    decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~")
  );
}

function step(value: unknown, key: string): unknown {
  return (value as Record<string, unknown> | undefined)?.[key];
}

/** The place as one writes it in code: `CheckItem[0].UserID`. */
function pathText(steps: string[], body: unknown): string {
  let path = "";
  let value = body;
  for (const key of steps) {
    path += Array.isArray(value) ? `[${key}]` : path === "" ? key : `.${key}`;
    value = step(value, key);
  }
  return path;
}

/** What one keyword asks for. */
function wantedBy(keyword: string, schema: JsonSchema): string {
  switch (keyword) {
    case "minimum":
    case "maximum": {
      const { minimum, maximum } = schema;
      if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
      return minimum === undefined ? `at most ${maximum}` : `at least ${minimum}`;
    }
    case "minItems":
      return `at least ${items(schema.minItems!)}`;
    case "maxItems":
      return `at most ${items(schema.maxItems!)}`;
    case "minLength":
      return "a string that is not empty";
    case "maxLength":
      return `at most ${schema.maxLength} characters`;
    case "maxProperties":
      return `at most ${schema.maxProperties} fields`;
    case "pattern":
      return `a string that matches ${schema.pattern}`;
    case "false":
      return "no field of that name";
    case "oneOf":
    case "anyOf": {
      const fields = schema[keyword]!.flatMap(({ required }) => required ?? []);
      if (fields.length === 0) return schema[keyword]!.map((part) => wanted(part)).join(" or ");
      return `${keyword === "oneOf" ? "exactly" : "at least"} one of ${fields.join(", ")}`;
    }
  }
  return wanted(schema);
}

/** What a schema asks for at first sight: its values or its type. */
function wanted(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) {
    const values = schema.enum.map((value) => JSON.stringify(value));
    return values.length > 12
      ? `one of ${values.slice(0, 12).join(", ")} and ${values.length - 12} more`
      : `one of ${values.join(", ")}`;
  }
  const types = [schema.type ?? []].flat();
  return types.length === 0
    ? "a value"
    : types.map((type) => TYPE_WORDS[type] ?? type).join(" or ");
}

const TYPE_WORDS: Record<string, string> = {
  string: "a string",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  null: "null",
};

/** What stands there, short, so that no whole message ends up in a log. */
function shown(value: unknown, keyword: string): string {
  if (Array.isArray(value)) return `a list of ${items(value.length)}`;
  if (typeof value === "object" && value !== null) {
    return keyword === "oneOf" || keyword === "anyOf"
      ? `an object with ${Object.keys(value).join(", ") || "nothing"}`
      : "an object";
  }
  const text = JSON.stringify(value) ?? "absent";
  const short = text.length > 40 ? `${text.slice(0, 37)}…"` : text;
  return keyword === "type" && typeof value === "string" ? `the string ${short}` : short;
}

function items(count: number): string {
  return count === 1 ? "1 item" : `${count} items`;
}

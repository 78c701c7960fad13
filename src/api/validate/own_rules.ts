/**
 * What JSON Schema has no words for: lengths in bytes of UTF-8, as the backend counts them (`x-max-bytes`),
 * and names of fields written in other letters, which the backend overlooks without a word.
 *
 * @module
 */

import { utf8 } from "../../core/utf8.ts";
import type { BodyFault } from "../../core/validation.ts";
import type { JsonSchema } from "./json_schema.ts";

/**
 * Lists the values that are too long and the names that are misspelled.
 *
 * @param schema The body's schema.
 * @param definitions What it refers to.
 * @param value The body, or a part of it.
 * @param path Where that part is.
 */
export function ownFaults(
  schema: JsonSchema,
  definitions: Record<string, JsonSchema>,
  value: unknown,
  path = "",
): BodyFault[] {
  const faults: BodyFault[] = [];
  const visit = (part: JsonSchema | undefined, inner: unknown, at: string) => {
    if (part !== undefined) faults.push(...ownFaults(part, definitions, inner, at));
  };
  const limit = schema["x-max-bytes"];
  if (limit !== undefined && value !== undefined) {
    const bytes = utf8(typeof value === "string" ? value : JSON.stringify(value)).length;
    if (bytes > limit) {
      const expected = `at most ${limit} bytes ${
        typeof value === "string" ? "of UTF-8" : "as JSON"
      }`;
      faults.push({ path, message: `has ${bytes} bytes, wanted ${expected}`, expected });
    }
  }
  if (schema.$ref) visit(definitions[schema.$ref.slice("#/$defs/".length)], value, path);
  for (const part of schema.allOf ?? []) {
    if (applies(part, value)) visit(part.then ?? part, value, path);
  }
  // Of alternatives the one that has the value's type decides.
  for (const part of schema.oneOf ?? []) if (part.type === kind(value)) visit(part, value, path);
  if (Array.isArray(value)) {
    value.forEach((item, index) => visit(schema.items, item, `${path}[${index}]`));
  } else if (typeof value === "object" && value !== null) {
    for (const [key, field] of Object.entries(value)) {
      const at = path === "" ? key : `${path}.${key}`;
      const own = schema.properties?.[key];
      visit(own, field, at);
      if (own) continue;
      const patterns = Object.entries(schema.patternProperties ?? {});
      const meant = lookalike(key, schema.properties);
      if (meant !== undefined) {
        faults.push({ path: at, message: `is no field, wanted ${meant}`, expected: meant });
      }
      const match = patterns.find(([pattern]) => new RegExp(pattern, "u").test(key))?.[1];
      if (match) visit(match, field, at);
      else if (typeof schema.additionalProperties === "object") {
        visit(schema.additionalProperties, field, at);
      }
    }
  }
  return faults;
}

/** Whether a part of `allOf` holds: `if` compares fields with constants, nothing else. */
function applies(part: JsonSchema, value: unknown): boolean {
  if (!part.if) return true;
  const fields = value as Record<string, unknown> | null | undefined;
  return Object.entries(part.if.properties!).every(([key, field]) => fields?.[key] === field.const);
}

function kind(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

/** A field whose name differs in the case of letters or in underscores only. */
function lookalike(name: string, fields: Record<string, JsonSchema> = {}): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll("_", "");
  return Object.keys(fields).find((known) => plain(known) === plain(name));
}

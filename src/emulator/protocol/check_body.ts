/**
 * A body judged by the catalogue's schema of its command: the first fault decides the answer.
 *
 * Unlike `validateBody`, which tells a programmer every fault before a call, this answers as the backend
 * does: one fault, with its code, and unknown fields are accepted.
 *
 * @module
 */

import { bodies, definitions } from "../../api/generated/schemas/mod.ts";
import type { JsonSchema } from "../../api/validate/json_schema.ts";
import { utf8 } from "../../core/utf8.ts";
import { quote, refuse } from "../refusal.ts";

/** Deeper than any described body, and far from the end of the stack. */
const MAX_DEPTH = 60;

/**
 * Refuses a body that breaks its command's schema.
 *
 * @param command `service/command`.
 * @param body The request's body.
 * @param code The code for bad bodies, where the schema names no other (`x-fault-code`, `x-limit-code`).
 * @throws {Refusal} The first fault, in the order of the catalogue.
 *
 * A field that came under an older name (`x-older-name`) is there under its own name afterwards, and one
 * that may be left out and was null is left out.
 */
export function checkBody(command: string, body: unknown, code: number): void {
  const schema = bodies[command];
  if (schema) check(schema, body, { path: "", code, depth: 0 });
}

/** Where a value stands, and the codes that faults there have. */
interface Place {
  path: string;
  code: number;
  /** Of a broken limit; 0: limits are the handler's to judge. */
  limitCode?: number;
  depth: number;
}

function check(schema: JsonSchema, value: unknown, outer: Place): void {
  const place: Place = {
    ...outer,
    code: schema["x-fault-code"] ?? outer.code,
    limitCode: outer.limitCode ?? schema["x-limit-code"],
  };
  if (place.depth > MAX_DEPTH) refuse(place.code, `${place.path} is nested too deep`);
  if (schema.$ref) check(definitionOf(schema), value, place);
  const fault = typeFault(schema, value);
  if (fault) refuse(place.code, `${place.path || "The body"} is ${quote(value)}, wanted ${fault}`);
  if (place.limitCode !== 0) {
    const little = tooLittle(schema, value);
    if (little) refuse(place.code, `${place.path || "The body"} ${little}`);
    const limit = limitFault(schema, value);
    // The codes of limits are about too much; an empty list is a fault like a missing one.
    const tooFew = Array.isArray(value) && value.length < (schema.minItems ?? 0);
    const limitCode = tooFew ? undefined : place.limitCode;
    if (limit) refuse(limitCode ?? place.code, `${place.path || "The body"} ${limit}`);
  }
  if (Array.isArray(value)) checkItems(schema, value, place);
  else if (typeof value === "object" && value !== null) {
    checkFields(schema, value as Record<string, unknown>, place);
  }
  for (const part of schema.allOf ?? []) {
    if (applies(part, value)) check(part.then ?? part, value, place);
  }
  checkAlternatives(schema, value, place);
}

function checkItems(schema: JsonSchema, list: unknown[], { path, code, depth }: Place): void {
  if (!schema.items) return;
  for (let at = 0; at < list.length; at++) {
    check(schema.items, list[at], { path: `${path}[${at}]`, code, depth: depth + 1 });
  }
}

function checkFields(schema: JsonSchema, value: Record<string, unknown>, place: Place): void {
  const { properties = {}, patternProperties, additionalProperties } = schema;
  const inside = (name: string): Place => ({
    path: place.path ? `${place.path}.${name}` : name,
    code: place.code,
    depth: place.depth + 1,
  });
  for (const name of schema.required ?? []) {
    if (Object.hasOwn(value, name)) continue;
    const older = properties[name]?.["x-older-name"];
    if (older !== undefined && Object.hasOwn(value, older)) {
      value[name] = value[older];
      continue;
    }
    const code = faultCode(properties[name]) ?? place.code;
    refuse(code, `${inside(name).path} is missing`);
  }
  for (const name in properties) {
    if (!Object.hasOwn(value, name)) {
      const older = properties[name]!["x-older-name"];
      if (older === undefined || !Object.hasOwn(value, older)) continue;
      value[name] = value[older];
    }
    // Some languages write null for a list or text that is not there.
    if (value[name] === null && !schema.required?.includes(name)) delete value[name];
    else check(properties[name]!, value[name], inside(name));
  }
  if (!patternProperties && additionalProperties === undefined) return;
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(properties, name)) continue;
    const match = Object.entries(patternProperties ?? {}).find(([pattern]) =>
      regExp(pattern).test(name)
    );
    if (match) check(match[1], value[name], inside(name));
    else if (additionalProperties === false) {
      refuse(place.code, `${inside(name).path} is no field that this command takes`);
    } else if (typeof additionalProperties === "object") {
      check(additionalProperties, value[name], inside(name));
    }
  }
}

/** `oneOf` and `anyOf`: of several types the one that the value has, else whichever fields are there. */
function checkAlternatives(schema: JsonSchema, value: unknown, place: Place): void {
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (!alternatives) return;
  const fitting = alternatives.filter((part) => fits(part, value)).length;
  if (fitting === 1 || (fitting > 1 && !schema.oneOf)) return;
  const where = place.path || "The body";
  const fields = alternatives.flatMap(({ required }) => required ?? []);
  if (fields.length > 0) {
    const names = [...new Set(fields)];
    refuse(
      place.code,
      fitting > 1
        ? `${where} has ${names.join(" and ")}; send one of them`
        : `${where} has none of: ${names.join(", ")}`,
    );
  }
  // The fault inside the alternative that was meant says more than "none fits".
  const meant = alternatives.find((part) => !typeFault(part, value));
  if (meant) check(meant, value, place);
  const types = alternatives.map((part) => wantedType([part.type ?? []].flat())).join(" or ");
  refuse(place.code, `${where} is ${quote(value)}, wanted ${types}`);
}

/** Whether a part of `allOf` holds: its `if` compares fields with constants, nothing else. */
function applies(part: JsonSchema, value: unknown): boolean {
  if (!part.if) return true;
  const fields = value as Record<string, unknown> | null | undefined;
  for (const name in part.if.properties) {
    if (fields?.[name] !== part.if.properties[name]!.const) return false;
  }
  return true;
}

/** Whether a value satisfies a schema: for `oneOf` and `anyOf`. */
function fits(schema: JsonSchema, value: unknown): boolean {
  try {
    check(schema, value, { path: "", code: -1, depth: 0 });
    return true;
  } catch {
    return false;
  }
}

function definitionOf({ $ref }: JsonSchema): JsonSchema {
  return definitions[$ref!.slice("#/$defs/".length)]!;
}

/** The code that a field's schema names, itself or where it refers to. */
function faultCode(schema: JsonSchema | undefined): number | undefined {
  if (!schema) return undefined;
  return schema["x-fault-code"] ?? (schema.$ref ? faultCode(definitionOf(schema)) : undefined);
}

const TYPES: Record<string, (value: unknown) => boolean> = {
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  array: Array.isArray,
  string: (value) => typeof value === "string",
  integer: Number.isSafeInteger,
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  null: (value) => value === null,
};

function typeFault(schema: JsonSchema, value: unknown): string | undefined {
  if (schema.type !== undefined) {
    const types = typeof schema.type === "string" ? [schema.type] : schema.type;
    if (!types.some((type) => TYPES[type]!(value))) return wantedType(types);
  }
  if (schema.const !== undefined && value !== schema.const) return JSON.stringify(schema.const);
  const { enum: values } = schema;
  if (values && !values.includes(value as string)) {
    return values.length > 1 ? `one of: ${values.join(", ")}` : String(values[0]);
  }
  return undefined;
}

function wantedType(types: string[]): string {
  return types.map((type) => /^[aio]/.test(type) ? `an ${type}` : `a ${type}`).join(" or ");
}

/** What is empty or has too few items: a fault like a missing field, and no limit that was broken. */
function tooLittle(
  { minLength = 0, minItems = 0 }: JsonSchema,
  value: unknown,
): string | undefined {
  if (typeof value === "string") return value.length < minLength ? "is empty" : undefined;
  if (!Array.isArray(value) || value.length >= minItems) return undefined;
  return `has ${value.length} items, wanted ${minItems} at least`;
}

function limitFault(schema: JsonSchema, value: unknown): string | undefined {
  const maxBytes = schema["x-max-bytes"];
  if (typeof value === "string") {
    const { maxLength = Infinity, pattern } = schema;
    if (value.length > maxLength && [...value].length > maxLength) {
      return `is ${[...value].length} characters, limit is ${maxLength}`;
    }
    // No text has more than three bytes a UTF-16 unit.
    if (maxBytes !== undefined && value.length * 3 > maxBytes) {
      const bytes = utf8(value).length;
      if (bytes > maxBytes) return `is ${bytes} bytes of UTF-8, limit is ${maxBytes}`;
    }
    if (pattern !== undefined && !regExp(pattern).test(value)) {
      return `is ${quote(value)}, wanted ${patternText(pattern)}`;
    }
    return undefined;
  }
  if (typeof value === "number") {
    const { minimum = -Infinity, maximum = Infinity } = schema;
    if (value < minimum) return `is ${value}, wanted ${minimum} or more`;
    if (value > maximum) return `is ${value}, limit is ${maximum}`;
    return undefined;
  }
  if (Array.isArray(value)) {
    const { maxItems = Infinity } = schema;
    if (value.length > maxItems) return `has ${value.length} items, limit is ${maxItems}`;
  } else if (schema.maxProperties !== undefined && typeof value === "object" && value !== null) {
    const fields = Object.keys(value).length;
    if (fields > schema.maxProperties) {
      return `has ${fields} fields, limit is ${schema.maxProperties}`;
    }
  }
  if (maxBytes !== undefined && value !== undefined) {
    const bytes = utf8(JSON.stringify(value)).length;
    if (bytes > maxBytes) return `is ${bytes} bytes as JSON, limit is ${maxBytes}`;
  }
  return undefined;
}

const regExps = new Map<string, RegExp>();

function regExp(pattern: string): RegExp {
  let known = regExps.get(pattern);
  if (!known) regExps.set(pattern, known = new RegExp(pattern, "u"));
  return known;
}

function patternText(pattern: string): string {
  return /^\^\[ -~\]/.test(pattern) ? "printable ASCII" : `a text that matches ${pattern}`;
}

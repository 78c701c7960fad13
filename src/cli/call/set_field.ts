/**
 * `Field=value` on the command line: where it goes, and which type it has.
 *
 * @module
 */

import type { JsonSchema } from "../../api/validate/json_schema.ts";
import { UsageError } from "../io.ts";
import { parseJson } from "./json_text.ts";
import { fieldSchemas, itemSchemas, typesOf, valuesOf } from "./schema_paths.ts";

/** A step into a body: a field, an item of a list, or a new item at its end. */
type Step = string | number | typeof APPEND;
const APPEND = Symbol("[]");

/** Sets fields of one body. */
export class FieldSetter {
  readonly #body: Record<string, unknown>;
  readonly #schemas: readonly JsonSchema[];
  readonly #given = new Set<string>();

  /**
   * Takes a body to change.
   *
   * @param body The body.
   * @param schemas What it may hold.
   */
  constructor(body: Record<string, unknown>, schemas: readonly JsonSchema[]) {
    this.#body = body;
    this.#schemas = schemas;
  }

  /**
   * Sets `A.B[0].C=text` or `A:=json`.
   *
   * @throws {UsageError} When it leads nowhere.
   */
  set(field: string): void {
    const match = /^([^=]+?)(:?=)([^]*)$/.exec(field);
    if (match === null) throw new UsageError(`"${field}" sets nothing, wanted Field=value`);
    const [, path, sign, text] = match as unknown as [string, string, string, string];
    const steps = readPath(path);
    let target: Record<string, unknown> | unknown[] = this.#body;
    let schemas = this.#schemas;
    for (const [at, step] of steps.entries()) {
      schemas = typeof step === "string" ? fieldSchemas(schemas, step) : itemSchemas(schemas);
      const key = placeOf(target, step, field);
      if (at === steps.length - 1) {
        this.#put(target, key, { path, json: sign === ":=", text }, schemas);
        return;
      }
      const inside = own(target, key) ?? (typeof steps[at + 1] === "string" ? {} : []);
      if (
        typeof inside !== "object" || Array.isArray(inside) !== (typeof steps[at + 1] !== "string")
      ) {
        const wanted = Array.isArray(inside)
          ? "a list, wanted [0] or [] behind it"
          : "no such thing";
        throw new UsageError(`"${field}" goes into ${String(step)}, which is ${wanted}`);
      }
      define(target, key, inside);
      target = inside as Record<string, unknown>;
    }
  }

  #put(
    target: object,
    key: string | number,
    given: { path: string; json: boolean; text: string },
    schemas: readonly JsonSchema[],
  ): void {
    const { path, json, text } = given;
    const again = this.#given.has(path) && !path.endsWith("[]");
    this.#given.add(path);
    const types = typesOf(schemas);
    const list = types.has("array") && !types.has("object");
    if (!list || json || text.startsWith("[")) {
      if (again) {
        throw new UsageError(`${path} is given twice; a list is written ${path}[]=…`);
      }
      return define(target, key, json ? parseJson(text, path) : readValue(text, path, schemas));
    }
    const item = readValue(text, path, itemSchemas(schemas));
    const before = again ? own(target, key) : undefined;
    define(target, key, [...Array.isArray(before) ? before : [], item]);
  }
}

/** `A.B[0].C[]` → A, B, 0, C, append. */
function readPath(path: string): Step[] {
  const steps: Step[] = [];
  for (const part of path.split(".")) {
    const [, name, brackets] = /^([^[\]]+)((?:\[\d*\])*)$/.exec(part) ?? [];
    if (name === undefined) {
      throw new UsageError(`"${path}" is no field, wanted a path like A.B[0].C`);
    }
    steps.push(name);
    for (const [, index] of brackets!.matchAll(/\[(\d*)\]/g)) {
      steps.push(index === "" ? APPEND : Number(index));
    }
  }
  return steps;
}

/** Which key of the target a step means. */
function placeOf(target: object, step: Step, field: string): string | number {
  if (typeof step === "string") return step;
  const { length } = target as unknown[];
  const index = step === APPEND ? length : step;
  if (index <= length) return index;
  throw new UsageError(`"${field}" leaves a gap: the list has ${length} items so far`);
}

function own(target: object, key: string | number): unknown {
  return Object.hasOwn(target, key) ? (target as Record<string | number, unknown>)[key] : undefined;
}

/** Sets an own property, even one called `__proto__`. */
function define(target: object, key: string | number, value: unknown): void {
  Object.defineProperty(target, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

/** A word as the schema wants it; what fits none of its types stays text, for the check of the body. */
function readValue(text: string, path: string, schemas: readonly JsonSchema[]): unknown {
  const types = typesOf(schemas);
  const listed = valuesOf(schemas).find((value) => String(value) === text);
  if (listed !== undefined) return listed;
  if (types.size === 0) return guess(text);
  if ((types.has("integer") || types.has("number")) && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) {
    const number = Number(text);
    if (/^-?\d+$/.test(text) && !Number.isSafeInteger(number)) {
      throw new UsageError(`${path} is ${text}, which JSON numbers cannot hold exactly`);
    }
    return number;
  }
  if (types.has("boolean") && /^(true|false)$/.test(text)) return text === "true";
  const structure = text.startsWith("{") ? "object" : text.startsWith("[") ? "array" : "";
  if (types.has(structure)) return parseJson(text, path);
  return text;
}

/** Without a schema: what looks like a number, a truth or JSON is that. */
function guess(text: string): unknown {
  if (!/^(true|false|null|-?\d|[[{"])/.test(text)) return text;
  try {
    const value = JSON.parse(text);
    return typeof value === "number" && String(value) !== text ? text : value;
  } catch {
    return text;
  }
}

/**
 * Fields of a JSON body by path: `RoomInfo.RoomId`, `MemberList[].Member_Account`.
 *
 * @module
 */

import { ConfigError } from "../../core/errors.ts";

type Json = Record<string, unknown>;

/** Stands for a field that is not there. */
export const MISSING: unique symbol = Symbol("missing");

/** A path, taken apart. `[]` is every entry of a list. */
export interface FieldPath {
  text: string;
  steps: readonly string[];
  /** The steps as {@linkcode folded} writes them. */
  folded: readonly string[];
}

/** A name without its case, in the alphabet's own letters: the long s is an s, the Kelvin sign a k. */
function folded(name: string): string {
  return name.toLowerCase().toUpperCase();
}

/** Takes a path apart. */
export function fieldPath(where: string, text: string): FieldPath {
  if (typeof text !== "string" || !/^\w+(\[\])?(\.\w+(\[\])?)*$/.test(text)) {
    throw new ConfigError(
      `${where} is ${JSON.stringify(text)}, wanted a path like "From_Account", ` +
        '"RoomInfo.RoomId" or "MemberList[].Member_Account"',
    );
  }
  const steps = text.replaceAll("[]", ".[]").split(".");
  return { text, steps, folded: steps.map(folded) };
}

/** Every value that the path leads to; {@linkcode MISSING} where it leads nowhere. */
export function readField(body: unknown, { steps }: FieldPath): unknown[] {
  let found: unknown[] = [body];
  for (const step of steps) {
    const next: unknown[] = [];
    for (const value of found) {
      if (step === "[]") {
        if (!Array.isArray(value) || value.length === 0) next.push(MISSING);
        else for (const entry of value) next.push(entry);
      } else next.push(isObject(value) && Object.hasOwn(value, step) ? value[step] : MISSING);
    }
    found = next;
  }
  return found;
}

/** A copy of the body with the field set; objects on the way are made, lists are not. */
export function setField(body: Json, { steps }: FieldPath, value: unknown): Json {
  return put(body, steps, value) as Json;
}

function put(at: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (step === "[]") return Array.isArray(at) ? at.map((entry) => put(entry, rest, value)) : at;
  const object = isObject(at) ? at : {};
  if (rest[0] === "[]" && !Array.isArray(object[step])) return object;
  return { ...object, [step]: put(object[step], rest, value) };
}

/** A copy of the body without the field. */
export function removeField(body: Json, { steps }: FieldPath): Json {
  return drop(body, steps) as Json;
}

function drop(at: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === "[]") {
    if (!Array.isArray(at)) return at;
    return rest.length === 0 ? [] : at.map((entry) => drop(entry, rest));
  }
  if (!isObject(at) || !Object.hasOwn(at, step!)) return at;
  if (rest.length > 0) return { ...at, [step!]: drop(at[step!], rest) };
  const { [step!]: _gone, ...kept } = at;
  return kept;
}

/**
 * What of a body makes a path no judge of it, in words. A key that is a step of the path but for its case: a
 * backend that reads names without regard to case would take it for the field, past the rule. And a value of
 * another form than the path goes through: what is in it is not missing, and nobody looked at it.
 */
export function misfit(body: unknown, path: FieldPath): string | undefined {
  let at: unknown[] = [body];
  for (const [index, step] of path.steps.entries()) {
    const next: unknown[] = [];
    for (const value of at) {
      if (value === null) continue;
      if (step === "[]") {
        if (!Array.isArray(value)) return `${upTo(path, index)} is no list, as ${path.text} wants`;
        // Not all at once: a million arguments are more than a stack holds.
        for (const entry of value) next.push(entry);
        continue;
      }
      if (!isObject(value)) return `${upTo(path, index)} is no object, as ${path.text} wants`;
      for (const key of Object.keys(value)) {
        if (key === step) next.push(value[key]);
        else if (key.length === step.length && folded(key) === path.folded[index]) {
          return `the field of ${path.text} is written "${key}"`;
        }
      }
    }
    at = next;
  }
  return undefined;
}

/** The path up to a step. */
function upTo({ steps }: FieldPath, index: number): string {
  return steps.slice(0, index).join(".").replaceAll(".[]", "[]");
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Misspelt options are errors: a rule that is quietly ignored would be a hole.
 *
 * @module
 */

import { nearest } from "../api/nearest.ts";
import { ConfigError } from "../core/errors.ts";

/**
 * Throws when an object has a key that means nothing.
 *
 * @param where The object's place in the options, for the message.
 * @param value The object.
 * @param known The keys that mean something.
 * @throws {ConfigError} With the key and the nearest known one.
 */
export function checkKeys(where: string, value: object, known: readonly string[]): void {
  checkObject(where, value);
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    throw new ConfigError(
      `${where} has "${key}", which means nothing${didYouMean(key, known)}; it takes ${
        known.join(", ")
      }`,
    );
  }
}

/** Throws unless a value is an object, and no list. */
export function checkObject(where: string, value: unknown): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return;
  throw new ConfigError(`${where} must be an object`);
}

/** Throws unless a value is a list. */
export function checkList(name: string, value: unknown): void {
  if (!Array.isArray(value)) throw new ConfigError(`${name} must be a list`);
}

/** Throws unless a value is a list of texts, none of them empty. */
export function checkTexts(name: string, value: unknown): void {
  checkList(name, value);
  if ((value as unknown[]).every((text) => typeof text === "string" && text !== "")) return;
  throw new ConfigError(`${name} must hold texts, none of them empty`);
}

/** Throws when a value is given and no function. */
export function checkFunction(name: string, value: unknown, what: string): void {
  if (value === undefined || typeof value === "function") return;
  throw new ConfigError(`${name} must be a function ${what}`);
}

/** Throws when a store is given that is none. */
export function checkStore(name: string, store: object | undefined): void {
  if (!store || typeof (store as { begin?: unknown }).begin === "function") return;
  throw new ConfigError(`${name} must be a store, like memoryIdempotency()`);
}

/** Throws unless a number is whole and in its range. */
export function checkCount(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  const shown = typeof value === "number" ? value : JSON.stringify(value);
  throw new ConfigError(`${name} is ${shown}, wanted a whole number, ${least} at least`);
}

/** `: did you mean "x"?`, or nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const near = nearest(word, known);
  return near === undefined ? "" : `: did you mean "${near}"?`;
}

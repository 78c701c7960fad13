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
  if (typeof value !== "object" || value === null) {
    throw new ConfigError(`${where} must be an object`);
  }
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    throw new ConfigError(
      `${where} has "${key}", which means nothing${didYouMean(key, known)}; it takes ${
        known.join(", ")
      }`,
    );
  }
}

/** Throws unless a number is whole and in its range. */
export function checkCount(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new ConfigError(`${name} is ${value}, wanted a whole number, ${least} at least`);
}

/** `: did you mean "x"?`, or nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const near = nearest(word, known);
  return near === undefined ? "" : `: did you mean "${near}"?`;
}

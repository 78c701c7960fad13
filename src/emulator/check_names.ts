/**
 * Misspelt names of settings.
 *
 * @module
 */

import { ConfigError } from "../core/errors.ts";

/**
 * Refuses a field that means nothing: it would be missed in silence.
 *
 * @throws {ConfigError} It names the field, and those that there are.
 */
export function checkNames(what: string, given: object, known: readonly string[]): void {
  const strange = Object.keys(given).find((name) => !known.includes(name));
  if (strange === undefined) return;
  throw new ConfigError(`${what} has no ${strange}; it takes ${known.join(", ")}`);
}

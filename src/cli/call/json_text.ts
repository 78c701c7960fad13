/**
 * JSON as it is written: numbers have every digit, in and out.
 *
 * @module
 */

import { UsageError } from "../io.ts";

/**
 * Reads JSON.
 *
 * @param text The JSON.
 * @param name What to call it in an error.
 * @throws {UsageError} When it is none, or holds a number that would be sent with other digits.
 */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text, (key, value) => {
      if (!Number.isInteger(value) || Number.isSafeInteger(value)) return value;
      throw new UsageError(
        `${name}: ${
          key ? `the number at ${key}` : "the number"
        } is beyond 2^53 - 1, and would be ` +
          "sent with other digits",
      );
    });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${name} is no JSON: ${(error as Error).message}`);
  }
}

/** Lays JSON out over lines, as `JSON.stringify` does, but with numbers as they came. */
export function layOut(json: string): string {
  let depth = 0;
  const line = () => "\n" + "  ".repeat(depth);
  return json.replace(/"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|[{}[\],:]|\s+/g, (token) => {
    if (token[0] === '"') return JSON.stringify(JSON.parse(token));
    if (token.trim() === "") return "";
    if (token === ":") return ": ";
    if (token === ",") return token + line();
    if (/^[{[]$/.test(token)) {
      depth++;
      return token + line();
    }
    if (token.length > 1) return token.replace(/\s+/, "");
    depth--;
    return line() + token;
  });
}

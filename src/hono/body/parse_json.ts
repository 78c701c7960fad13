/**
 * Reads JSON that means the same to everybody: what we judge must be what the backend acts on.
 *
 * @module
 */

import { Refusal } from "../problem.ts";

/**
 * Reads one JSON object; an empty text counts as `{}`.
 *
 * @param text The body.
 * @param maxDepth How deep objects and lists may be nested.
 * @throws {Refusal} When it is no object, too deep, names a field twice, or holds what would not arrive.
 */
export function parseJson(text: string, maxDepth: number): Record<string, unknown> {
  if (text === "" || text.trim() === "") return {};
  const names = scan(text, maxDepth);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw bad("The body is no JSON");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw bad("The body must be one JSON object");
  }
  // JSON.parse keeps the last of two fields with one name, others the first.
  if (countNames(body) !== names) throw bad("The body names a field twice");
  return body as Record<string, unknown>;
}

const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;
const BRACKET = 91;
const CLOSING_BRACKET = 93;
const BRACE = 123;
const CLOSING_BRACE = 125;

/** Counts the names in the text and its depth, before anything is built. */
function scan(text: string, maxDepth: number): number {
  let names = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case COLON:
        names++;
        break;
      case BRACKET:
      case BRACE:
        if (++depth > maxDepth) throw bad(`The body is nested deeper than ${maxDepth} levels`);
        break;
      case CLOSING_BRACKET:
      case CLOSING_BRACE:
        depth--;
    }
  }
  return names;
}

/** Where the string that begins here ends. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

function countNames(value: unknown): number {
  if (typeof value === "number") {
    if (Number.isSafeInteger(value) || (!Number.isInteger(value) && Number.isFinite(value))) {
      return 0;
    }
    throw bad("The body holds a number that would not arrive as it is; the largest is 2^53 - 1");
  }
  if (typeof value !== "object" || value === null) return 0;
  let names = 0;
  if (Array.isArray(value)) {
    for (const entry of value) names += countNames(entry);
    return names;
  }
  for (const name of Object.keys(value)) {
    if (name === "__proto__") throw bad("No field is called __proto__");
    names += 1 + countNames((value as Record<string, unknown>)[name]);
  }
  return names;
}

function bad(detail: string): Refusal {
  return new Refusal("bad-request", detail);
}

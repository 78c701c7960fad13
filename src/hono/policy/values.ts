/**
 * Values in rules that depend on the request: `$caller`, `$claim.name`, `$body.Path`.
 *
 * @module
 */

import { ConfigError } from "../../core/errors.ts";
import type { Caller } from "../auth/caller.ts";
import { claimAt } from "../auth/claim.ts";
import { didYouMean } from "../check_keys.ts";
import { type FieldPath, fieldPath, MISSING, readField } from "./fields.ts";

/** What a rule is judged by. */
export interface Asked {
  caller: Caller;
  body: Record<string, unknown>;
}

/** A value, once it is known who asks for what; {@linkcode MISSING} when the request has none. */
export type Value = (asked: Asked) => unknown;

/**
 * Compiles a value of a rule; objects and lists are compiled all the way down.
 *
 * @param paths Gets the fields of the request that it refers to.
 * @throws {ConfigError} When it begins with a dollar sign and means nothing.
 */
export function ruleValue(where: string, value: unknown, paths: FieldPath[] = []): Value {
  if (typeof value === "string" && value.startsWith("$")) return reference(where, value, paths);
  if (Array.isArray(value)) {
    const parts = value.map((entry, index) => ruleValue(`${where}[${index}]`, entry, paths));
    return (asked) => whole(parts.map((part) => part(asked)));
  }
  if (typeof value === "object" && value !== null) {
    const parts = Object.entries(value).map(([key, entry]) =>
      [key, ruleValue(`${where}.${key}`, entry, paths)] as const
    );
    return (asked) => {
      const entries = parts.map(([key, part]) => [key, part(asked)] as const);
      return entries.some(([, part]) => part === MISSING) ? MISSING : Object.fromEntries(entries);
    };
  }
  if (["string", "number", "boolean"].includes(typeof value) || value === null) return () => value;
  throw new ConfigError(`${where} is ${typeof value}, wanted a JSON value`);
}

function reference(where: string, text: string, paths: FieldPath[]): Value {
  if (text.startsWith("$$")) return () => text.slice(1);
  if (text === "$caller") return ({ caller }) => caller.identifier;
  if (/^\$claim\../.test(text)) {
    const name = text.slice(7);
    return ({ caller }) => {
      const found = claimAt(caller.claims, name);
      return found === undefined ? MISSING : found;
    };
  }
  if (text.startsWith("$body.")) {
    const path = fieldPath(where, text.slice(6));
    if (path.steps.includes("[]")) throw new ConfigError(`${where} must lead to one value, not []`);
    paths.push(path);
    return ({ body }) => readField(body, path)[0];
  }
  throw new ConfigError(
    `${where} is "${text}", which means nothing${
      didYouMean(text, ["$caller", "$claim.name", "$body.Field"])
    }; there are $caller, $claim.… and $body.…, and $$ for a plain dollar sign`,
  );
}

function whole(parts: unknown[]): unknown {
  return parts.includes(MISSING) ? MISSING : parts;
}

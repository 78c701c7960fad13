/**
 * The seam between a command and its description: {@linkcode checkBody}.
 *
 * A rule is written in the words of JSON Schema, so that the catalogue's schemas can take its place.
 *
 * @module
 */

import { utf8 } from "../../core/user_sig_rules.ts";
import { quote, refuse } from "../refusal.ts";

/** What a value must be like. */
export interface Rule {
  type: "object" | "array" | "string" | "integer" | "boolean";
  required?: readonly string[];
  properties?: Readonly<Record<string, Rule>>;
  items?: Rule;
  minItems?: number;
  maxItems?: number;
  enum?: readonly string[];
  minLength?: number;
  pattern?: RegExp;
  /** What a text that fits `pattern` looks like, for people. */
  "x-pattern-text"?: string;
  /** Limit in bytes of UTF-8. */
  "x-max-bytes"?: number;
  minimum?: number;
  maximum?: number;
  /** The code of a broken limit, where it is not the service's code for bad bodies. */
  "x-limit-code"?: number;
}

/** The rule of a whole body. */
export type BodyRule = Omit<Rule, "type">;

/**
 * Refuses a body that breaks the rules; unknown fields are accepted.
 *
 * @param rules The command's rules.
 * @param body The request's body.
 * @param code The service's code for bad bodies.
 */
export function checkBody(rules: BodyRule, body: unknown, code: number): void {
  check({ type: "object", ...rules }, body, "", code);
}

function check(rule: Rule, value: unknown, path: string, code: number): void {
  const fault = typeFault(rule, value);
  if (fault) refuse(code, `${path || "The body"} is ${quote(value)}, wanted ${fault}`);
  const limit = limitFault(rule, value);
  if (limit) refuse(rule["x-limit-code"] ?? code, `${path} ${limit}`);
  if (Array.isArray(value)) {
    if (rule.items) value.forEach((item, at) => check(rule.items!, item, `${path}[${at}]`, code));
  } else if (rule.type === "object") checkFields(rule, value as object, path, code);
}

function checkFields(rule: Rule, value: object, path: string, code: number): void {
  const fields = new Map<string, unknown>(Object.entries(value));
  const inside = (name: string) => path ? `${path}.${name}` : name;
  for (const name of rule.required ?? []) {
    if (!fields.has(name)) refuse(code, `${inside(name)} is missing`);
  }
  for (const [name, field] of Object.entries(rule.properties ?? {})) {
    if (fields.has(name)) check(field, fields.get(name), inside(name), code);
  }
}

function typeFault(rule: Rule, value: unknown): string | undefined {
  const fits = {
    object: typeof value === "object" && value !== null && !Array.isArray(value),
    array: Array.isArray(value),
    string: typeof value === "string",
    integer: Number.isSafeInteger(value),
    boolean: typeof value === "boolean",
  }[rule.type];
  if (!fits) return /^[aio]/.test(rule.type) ? `an ${rule.type}` : `a ${rule.type}`;
  if (rule.enum && !rule.enum.includes(value as string)) {
    return rule.enum.length > 1 ? `one of: ${rule.enum.join(", ")}` : rule.enum[0];
  }
  return undefined;
}

function limitFault(rule: Rule, value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const { minItems = 0, maxItems = Infinity } = rule;
    if (value.length > maxItems) return `has ${value.length} items, limit is ${maxItems}`;
    if (value.length < minItems) return `has ${value.length} items, wanted ${minItems} at least`;
  } else if (typeof value === "string") {
    if (value.length < (rule.minLength ?? 0)) return "is empty";
    const maxBytes = rule["x-max-bytes"] ?? Infinity;
    const bytes = utf8(value).length;
    if (bytes > maxBytes) return `is ${bytes} bytes of UTF-8, limit is ${maxBytes}`;
    if (rule.pattern && !rule.pattern.test(value)) {
      return `is ${quote(value)}, wanted ${rule["x-pattern-text"] ?? rule.pattern.source}`;
    }
  } else if (typeof value === "number") {
    const { minimum = -Infinity, maximum = Infinity } = rule;
    if (value < minimum) return `is ${value}, wanted ${minimum} or more`;
    if (value > maximum) return `is ${value}, limit is ${maximum}`;
  }
  return undefined;
}

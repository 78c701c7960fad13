/**
 * Rules, compiled and checked at start.
 *
 * @module
 */

import { ConfigError } from "../../core/errors.ts";
import { checkKeys, checkList, checkObject } from "../check_keys.ts";
import type { Catalogue } from "./catalogue.ts";
import { compileCondition, type CompiledCondition, type LookUp } from "./condition.ts";
import { type FieldPath, fieldPath, misfit, MISSING, removeField, setField } from "./fields.ts";
import { commandMatch } from "./patterns.ts";
import type { Condition, PolicyRule } from "./rule.ts";
import { type Asked, ruleValue, type Value } from "./values.ts";

/** A rule that was checked at start. */
export interface CompiledRule {
  name: string;
  rule: PolicyRule;
  conditions: readonly CompiledCondition[];
  isFor(roles: readonly string[]): boolean;
  names(command: string): boolean;
  /** Whether a command is, but for its case, one that it names. */
  disguised(command: string): boolean;
  /** Why the conditions do not hold; `undefined` when they do. */
  fails(asked: Asked, lookUp: LookUp): Promise<string | undefined> | string | undefined;
  /** The body that goes out. */
  rewrite(asked: Asked): Record<string, unknown>;
}

const KEYS = ["name", "roles", "commands", "except", "when", "set", "remove"];

/**
 * Compiles one rule.
 *
 * @throws {ConfigError} When anything in it is misspelt or means nothing.
 */
export function compileRule(rule: PolicyRule, index: number, catalogue: Catalogue): CompiledRule {
  const where = `policy[${index}]`;
  checkKeys(where, rule, KEYS);
  const isFor = roleMatch(where, rule.roles);
  const named = commandMatch(`${where}.commands`, rule.commands, catalogue);
  const except = commandMatch(`${where}.except`, rule.except ?? [], catalogue);
  const conditions = compileConditions(where, rule.when ?? [], catalogue);
  checkObject(`${where}.set`, rule.set ?? {});
  checkList(`${where}.remove`, rule.remove ?? []);
  const sets = Object.entries(rule.set ?? {}).map(([path, value]): [FieldPath, Value] => [
    fieldPath(`${where}.set`, path),
    ruleValue(`${where}.set.${path}`, value),
  ]);
  const removes = (rule.remove ?? []).map((path) => fieldPath(`${where}.remove`, path));
  const touched = [...sets.map(([path]) => path), ...removes];
  const holds = allHold(conditions, touched);
  return {
    name: rule.name ?? `rule ${index + 1}`,
    rule,
    conditions,
    isFor,
    names: (command) => named(command) && !except(command),
    disguised: (command) => named.disguised(command) || except.disguised(command),
    fails: holds,
    rewrite: (asked) => {
      let { body } = asked;
      for (const path of removes) body = removeField(body, path);
      for (const [path, value] of sets) {
        const wanted = value(asked);
        // What cannot be set must not stay as the caller wrote it.
        body = wanted === MISSING ? removeField(body, path) : setField(body, path, wanted);
      }
      return body;
    },
  };
}

/** Tells whether a caller has one of the roles. */
export function roleMatch(where: string, roles: readonly string[]): CompiledRule["isFor"] {
  const fit = Array.isArray(roles) && roles.every((role) => typeof role === "string" && role);
  if (!fit || roles.length === 0) {
    throw new ConfigError(`${where}.roles must list the roles; ["*"] for every caller`);
  }
  if (roles.includes("*")) return () => true;
  return (has) => has.some((role) => roles.includes(role));
}

/** Compiles a list of conditions. */
export function compileConditions(
  where: string,
  when: readonly Condition[],
  catalogue: Catalogue,
): CompiledCondition[] {
  if (!Array.isArray(when)) throw new ConfigError(`${where}.when must be a list of conditions`);
  const compiled = when.map((condition, index) =>
    compileCondition(`${where}.when[${index}]`, condition, catalogue)
  );
  // Those that cost a call come last.
  return compiled.sort((a, b) => Number(a.looksUp) - Number(b.looksUp));
}

/** Tells why a list of conditions does not hold. */
export function allHold(
  conditions: readonly CompiledCondition[],
  touched: readonly FieldPath[],
): CompiledRule["fails"] {
  const paths = [...touched, ...conditions.flatMap(({ ofRequest }) => ofRequest)];
  const plain = conditions.filter(({ looksUp }) => !looksUp);
  const costly = conditions.filter(({ looksUp }) => looksUp);
  return (asked, lookUp) => {
    for (const path of paths) {
      const reason = misfit(asked.body, path);
      if (reason !== undefined) return reason;
    }
    for (const { holds, text } of plain) if (!holds(asked, lookUp)) return `it wants: ${text}`;
    return costly.length === 0 ? undefined : (async () => {
      for (const { holds, text } of costly) {
        if (!await holds(asked, lookUp)) return `it wants: ${text}`;
      }
      return undefined;
    })();
  };
}

/**
 * The rules by which calls go wrong.
 *
 * @module
 */

import { chance } from "../store/chance.ts";
import { checkedRule, type Fault, type FaultRule } from "./fault.ts";

/** A rule with its number and what it has done. */
export interface BookedRule extends FaultRule {
  id: number;
  /** How many calls matched. */
  matched: number;
  /** How many of them met the fault. */
  struck: number;
}

/** The rules in force, in the order in which they came; the first that strikes decides. */
export class FaultBook {
  readonly #rules = new Map<number, { rule: BookedRule; random: () => number }>();
  #lastId = 0;

  /**
   * Adds a rule.
   *
   * @throws {ConfigError} When it is not as it must be.
   */
  add(rule: FaultRule): BookedRule {
    const booked = { ...checkedRule(rule), id: ++this.#lastId, matched: 0, struck: 0 };
    this.#rules.set(booked.id, { rule: booked, random: chance(rule.seed ?? 1) });
    return booked;
  }

  /** Tells whether there was such a rule. */
  remove(id: number): boolean {
    return this.#rules.delete(id);
  }

  clear(): void {
    this.#rules.clear();
  }

  list(): BookedRule[] {
    return [...this.#rules.values()].map(({ rule }) => rule);
  }

  /** The fault that this call meets. */
  strike(command: string, sdkAppId: number): Fault | undefined {
    for (const { rule, random } of this.#rules.values()) {
      if (rule.sdkAppId !== undefined && rule.sdkAppId !== sdkAppId) continue;
      if (!matches(rule.command, command)) continue;
      if (rule.times !== undefined && rule.struck >= rule.times) continue;
      rule.matched++;
      if (rule.matched % (rule.every ?? 1) !== 0) continue;
      // Drawn for every call that matches, so that one answer does not move the next.
      if (random() / 2 ** 32 >= (rule.probability ?? 1)) continue;
      rule.struck++;
      return rule;
    }
    return undefined;
  }
}

function matches(pattern: string | undefined, command: string): boolean {
  if (pattern === undefined || pattern === "*" || pattern === command) return true;
  return pattern.endsWith("/*") && command.startsWith(pattern.slice(0, -1));
}

/**
 * Patterns that name commands.
 *
 * @module
 */

import { ConfigError } from "../../core/errors.ts";
import { didYouMean } from "../check_keys.ts";
import type { Catalogue } from "./catalogue.ts";

/** Tells whether a command is one of those that a list of patterns names. */
export interface CommandMatch {
  (command: string): boolean;
  /** Whether it is one of them but for its case. */
  disguised(command: string): boolean;
}

/**
 * Compiles a list of patterns.
 *
 * @param where The list's place in the options, for messages.
 * @param patterns `service/command`, `service/*`, `service/get_*`, or `*`.
 * @param catalogue The commands there are; when empty, names cannot be checked.
 * @throws {ConfigError} When a pattern is none, or names no command of the catalogue.
 */
export function commandMatch(
  where: string,
  patterns: readonly string[],
  catalogue: Catalogue,
): CommandMatch {
  if (!Array.isArray(patterns)) throw new ConfigError(`${where} must be a list`);
  const exact = new Set<string>();
  const prefixes: string[] = [];
  for (const pattern of patterns) {
    if (!/^(\*|[A-Za-z0-9_]+\/([A-Za-z0-9_]+|[A-Za-z0-9_]*\*))$/.test(pattern)) {
      throw new ConfigError(
        `${where} holds ${
          JSON.stringify(pattern)
        }, wanted "service/command", "service/*", "service/get_*" or "*"`,
      );
    }
    if (pattern.endsWith("*")) prefixes.push(pattern.slice(0, -1));
    else exact.add(pattern);
    checkKnown(where, pattern, catalogue);
  }
  const small = patterns.map((pattern) => pattern.toLowerCase());
  const matches = (command: string) =>
    exact.has(command) || prefixes.some((prefix) => command.startsWith(prefix));
  return Object.assign(matches, {
    disguised(command: string) {
      if (matches(command)) return false;
      const name = command.toLowerCase();
      return small.some((pattern) =>
        pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern
      );
    },
  });
}

/** Throws unless the catalogue holds what a pattern names. */
export function checkKnown(where: string, pattern: string, catalogue: Catalogue): void {
  if (catalogue.size === 0 || catalogue.has(pattern)) return;
  const names = [...catalogue.keys()];
  if (!pattern.endsWith("*")) {
    throw new ConfigError(
      `${where} holds "${pattern}", which is no command${didYouMean(pattern, names)}`,
    );
  }
  const prefix = pattern.slice(0, -1);
  if (names.some((name) => name.startsWith(prefix))) return;
  const services = [...new Set(names.map((name) => name.split("/")[0]!))];
  throw new ConfigError(
    `${where} holds "${pattern}", which names no command${
      didYouMean(prefix.split("/")[0]!, services)
    }`,
  );
}

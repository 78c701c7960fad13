/**
 * Which commands the gateway passes on.
 *
 * @module
 */

import { ConfigError } from "../core/errors.ts";

/** Tells whether a command is allowed. */
export type AllowedCommands = (command: string) => boolean;

/**
 * Compiles a list of commands and patterns; whatever it does not name is refused.
 *
 * @param patterns `service/command`, or `service/*` for all of a service, or `*` for everything.
 * @throws {ConfigError} When a pattern is none.
 */
export function allowedCommands(patterns: readonly string[]): AllowedCommands {
  const exact = new Set<string>();
  for (const pattern of patterns) {
    if (!/^(\*|[A-Za-z0-9_]+\/(\*|[A-Za-z0-9_]+))$/.test(pattern)) {
      throw new ConfigError(
        `allow holds ${JSON.stringify(pattern)}, wanted "service/command", "service/*" or "*"`,
      );
    }
    exact.add(pattern);
  }
  return (command) =>
    exact.has(command) || exact.has(`${command.split("/")[0]}/*`) || exact.has("*");
}

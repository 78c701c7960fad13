/**
 * What the gateway wants to know of commands; the table of `@tim/edge/api` fits.
 *
 * @module
 */

/** One command of the backend. */
export interface CommandFacts {
  /** First half of its path. */
  service: string;
  /** Second half of its path. */
  command: string;
  /** Whether the same call twice leaves the same state and harms nobody. */
  idempotent?: boolean;
  /** Calls a second that one app may make. */
  rateLimit?: number;
}

/** The commands by `service/command`; empty when the gateway was not told any. */
export type Catalogue = ReadonlyMap<string, CommandFacts>;

/** Makes the lookup out of the table. */
export function catalogueOf(commands: readonly CommandFacts[]): Catalogue {
  return new Map(commands.map((row) => [`${row.service}/${row.command}`, row]));
}

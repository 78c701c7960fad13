/**
 * What the gateway wants to know of commands; the table of `@tim/edge/api` fits.
 *
 * @module
 */

/**
 * One command of the backend.
 *
 * @example A command that the catalogue does not have yet
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { commands } from "@tim/edge/api";
 * import { type CommandFacts, createGateway } from "@tim/edge/hono";
 *
 * const own: CommandFacts = { service: "openim", command: "newest_command", rateLimit: 100 };
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 *   commands: [...commands, own],
 *   allow: ["openim/new*"],
 * });
 * console.log(gateway.listPolicy()[0]?.commands); // ["openim/newest_command"]
 * ```
 */
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

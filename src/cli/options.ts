/**
 * Readers of options that several subcommands share.
 *
 * @module
 */

import { UsageError } from "./io.ts";

/** Reads a port; 0 takes any free one. */
export function readPort(option: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new UsageError(`${option} is "${text}", wanted a port from 0 to 65535`);
}

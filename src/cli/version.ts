/**
 * Which version this is.
 *
 * @module
 */

import process from "node:process";

/** The version in deno.json; a test holds the two together. */
export const VERSION = "0.1.0";

/** The version, and what runs it. */
export function versionData(): { name: string; version: string; runtime: string } {
  const { deno, bun, node } = process.versions as Record<string, string | undefined>;
  const runtime = deno ? `deno ${deno}` : bun ? `bun ${bun}` : `node ${node}`;
  return { name: "@tim/edge", version: VERSION, runtime };
}

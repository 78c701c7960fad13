/**
 * English: what several texts share.
 *
 * @module
 */

/** How to put a clock right. */
export const CLOCK = "Set the clock (NTP; after sleep or in WSL: sudo hwclock -s).";

/** The server's own name, if it gave one. */
export function named(server: string): string {
  return server && ` (server: ${server})`;
}

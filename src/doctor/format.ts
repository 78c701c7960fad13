/**
 * Values as people read them: always with their unit.
 *
 * @module
 */

import type { AddressFact } from "./facts.ts";

/** A connection that ends sooner after its answer was never kept, in milliseconds. */
export const AT_ONCE_MS = 100;

/** A time in milliseconds, as `812 ms` or `3.42 s`. */
export function time(ms: number): string {
  if (ms < 1000) return `${ms < 1 ? "<1" : Math.round(ms)} ms`;
  return ms < 60_000 ? `${seconds(ms)} s` : duration(ms);
}

/** A measured time beside its limit, as `812 ms of 3 s`. */
export function timeOf(ms: number, limitMs: number): string {
  return `${time(ms)} of ${time(limitMs)}`;
}

/** A long time, as `10 min` or `3 days`. */
export function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (ms < 90_000) return `${Math.round(ms / 1000)} s`;
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

/** A number of bytes, as `8 KB`. */
export function size(bytes: number): string {
  return bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024)} KB`;
}

/** The first of several, and how many more: `192.0.2.1 and 3 more`. */
export function firstOf(items: readonly string[], shown = 2): string {
  const more = items.length - shown;
  return items.slice(0, shown).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** What became of each address: `192.0.2.1 in 12 ms, 2001:db8::1 unreachable`. */
export function attempts(addresses: readonly AddressFact[]): string {
  return addresses.map(({ address, tookMs, fault }) =>
    tookMs === undefined ? `${address} ${fault}` : `${address} in ${time(tookMs)}`
  ).join(", ");
}

function seconds(ms: number): string {
  return String(Math.round(ms / 10) / 100);
}

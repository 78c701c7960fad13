/**
 * Times and durations as people write and read them.
 *
 * @module
 */

import { UsageError } from "./io.ts";

const UNITS = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 };
const WORDS = { d: "day", h: "hour", m: "minute", s: "second" } as const;

/** Reads `1d`, `12h`, `30m`, `90s`, `2w` or plain seconds. */
export function parseDuration(text: string, option: string): number {
  const [, digits, unit = "s"] = /^(\d{1,10})([wdhms])?$/.exec(text) ?? [];
  if (digits === undefined) {
    throw new UsageError(`${option} takes a duration such as 1d, 12h, 30m, 90s or 2w`);
  }
  return Number(digits) * UNITS[unit as keyof typeof UNITS];
}

/** A duration in its two largest units: "1 day 2 hours". */
export function durationInWords(seconds: number): string {
  const parts: string[] = [];
  let rest = Math.abs(seconds);
  for (const [unit, word] of Object.entries(WORDS)) {
    const size = UNITS[unit as keyof typeof WORDS];
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${word}${count === 1 ? "" : "s"}`);
    // The unit after the largest one, and no further.
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(" ") || "0 seconds";
}

/** A moment in local time with its offset, and in UTC; for seconds since 1970. */
export function momentInWords(seconds: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return `${seconds} s after 1970, beyond any calendar`;
  const offset = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + offset * 60_000);
  if (Number.isNaN(local.getTime())) return `${isoOf(date)} UTC`;
  const sign = offset < 0 ? "-" : "+";
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60]
    .map((part) => `${part}`.padStart(2, "0"));
  return `${isoOf(local)} ${sign}${hours}:${minutes} (${isoOf(date)} UTC)`;
}

function isoOf(date: Date): string {
  return date.toISOString().slice(0, -5).replace("T", " ");
}

/**
 * One line that tells how far long work is: on standard error, only for a terminal, gone at the end.
 *
 * @module
 */

import type { CliIo } from "./io.ts";

const LEAST_MS = 100;

/** Shows how far it is. */
export interface Progress {
  /** Writes the line anew, not more often than an eye can follow. */
  show(text: string): void;
  /** Wipes it out. */
  end(): void;
}

/** Makes a line; it does nothing when nobody watches. */
export function progressOf(io: CliIo): Progress {
  if (!io.errIsTTY) return { show() {}, end() {} };
  const width = (io.columns || 80) - 1;
  let shownAt = -Infinity;
  return {
    show: (text) => {
      const now = performance.now();
      if (now - shownAt < LEAST_MS) return;
      shownAt = now;
      io.err(`\r\x1b[K${text.slice(0, width)}`);
    },
    end: () => {
      if (shownAt !== -Infinity) io.err("\r\x1b[K");
      shownAt = -Infinity;
    },
  };
}

/** `1234567` → `1,234,567`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * Text that comes from files and standard input.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { UsageError } from "./io.ts";

/**
 * Reads a file as text.
 *
 * @param path The file.
 * @param name What to call it in an error.
 * @throws {UsageError} When it cannot be read, or is no text.
 */
export async function readTextFile(path: string, name: string): Promise<string> {
  const bytes = await readFile(path).catch((error: Error) => {
    throw new UsageError(`${name} cannot be read: ${error.message}`);
  });
  return decodeText(bytes, name);
}

/**
 * Turns bytes into text: UTF-8, or UTF-16 with the mark that Windows writes before it. The mark goes.
 *
 * @throws {UsageError} When it is neither: whatever it meant would reach the backend as question marks.
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  const mark = bytes[0]! << 8 | bytes[1]!;
  const encoding = mark === 0xfffe ? "utf-16le" : mark === 0xfeff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${name} is not in UTF-8, as text must be`);
  }
}

/**
 * Texts as the bytes that are signed, counted and sent.
 *
 * @module
 */

const encoder = new TextEncoder();

/** UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

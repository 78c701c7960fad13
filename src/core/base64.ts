/**
 * Base64 in two spellings, strict both ways: one byte string has exactly one text.
 *
 * The platform's own decoders accept white space, missing padding and stray bits, each of which would
 * give one UserSig several texts.
 *
 * @module
 */

/** The digits that both spellings share. */
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/** The last two digits and the padding character. */
const STANDARD = "+/=";
/** UserSig's variant; not base64url. */
const USER_SIG = "*-_";

function decode(text: string, last: string): Uint8Array<ArrayBuffer> | undefined {
  const digits = DIGITS + last;
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith(digits[64]! + digits[64]!) ? 2 : text.endsWith(digits[64]!) ? 1 : 0;
  const end = text.length - padding;
  // Bits of the last group that no byte takes: they must be zero, or two texts would mean one.
  const unused = [0, 0xff, 0xffff][padding]!;
  const bytes = new Uint8Array(text.length / 4 * 3 - padding);
  let group = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const value = i < end ? digits.indexOf(text[i]!) : 0;
    if (value < 0 || value > 63) return undefined;
    group = group << 6 | value;
    if (i % 4 === 3) {
      if (i >= end && group & unused) return undefined;
      bytes[at++] = group >> 16;
      if (at < bytes.length) bytes[at++] = group >> 8;
      if (at < bytes.length) bytes[at++] = group;
      group = 0;
    }
  }
  return bytes;
}

/** Writes bytes as standard base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  // Node 24 and older browsers lack toBase64, which is ten times as fast as a loop of ours.
  return bytes.toBase64?.() ?? btoa(String.fromCharCode.apply(null, bytes as unknown as number[]));
}

/** Reads standard base64; `undefined` when the text is not exactly what {@linkcode toBase64} writes. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  return decode(text, STANDARD);
}

/** Writes bytes in UserSig's base64 variant. */
export function toUserSigText(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "*").replaceAll("/", "-").replaceAll("=", "_");
}

/** Reads UserSig's base64 variant; `undefined` when the text is not exactly what a signer writes. */
export function fromUserSigText(text: string): Uint8Array<ArrayBuffer> | undefined {
  return decode(text, USER_SIG);
}

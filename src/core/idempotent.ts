/**
 * Which commands may run twice without harm, as the catalogue's `x-idempotent` says.
 *
 * @module
 */

import { FINGERPRINTS } from "./idempotent_commands.ts";

let known: Set<number> | undefined;

/**
 * Tells whether a command is documented as safe to repeat.
 *
 * Fingerprints stand for the names, which would be 450 bytes more in every program. Each documented command is
 * judged as its documentation says: the generator fails where two share a fingerprint. A command that no page
 * lists is taken for one that may be repeated once in 2.4 million names; whoever calls such a one can say
 * `idempotent: false`.
 */
export function isIdempotent(command: string): boolean {
  let at = 0;
  known ??= new Set(
    FINGERPRINTS.match(/.{4}/g)!.map((step) => at += valueOf(step) - valueOf(",,,,")),
  );
  return known.has(fingerprint(command));
}

/** 29 bits that tell the documented commands apart. */
export function fingerprint(command: string): number {
  return valueOf(command) >>> 3;
}

/** A text as a number in base 79, of which 32 bits are left: the value of a few digits, a hash of a name. */
function valueOf(text: string): number {
  let value = 0;
  for (let i = 0; i < text.length; i++) value = Math.imul(value, 79) + text.charCodeAt(i);
  return value;
}

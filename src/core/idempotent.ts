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
 * Fingerprints stand for the names, which would be 500 bytes more in every program. Each documented command is
 * judged as its documentation says: the generator fails where two share a fingerprint. A command that no page
 * lists is taken for one that may be repeated once in half a million names; whoever calls such a one can say
 * `idempotent: false`.
 */
export function isIdempotent(command: string): boolean {
  let at = 0;
  known ??= new Set(FINGERPRINTS.match(/.{4}/g)!.map((step) => at += parseInt(step, 36)));
  return known.has(fingerprint(command));
}

/** 27 bits that tell the documented commands apart. */
export function fingerprint(command: string): number {
  let hash = 0;
  for (let i = 0; i < command.length; i++) hash = Math.imul(hash, 37) + command.charCodeAt(i);
  return hash >>> 5;
}

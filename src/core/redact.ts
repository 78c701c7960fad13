/**
 * Takes the credential out of texts before they leave the module.
 *
 * @module
 */

/** Replaces the value of every `usersig` parameter, and anything else that looks like a UserSig. */
export function redact(text: string): string {
  return text
    .replace(/(usersig(?:=|%3D|"?\s*:\s*"?))[\w*%+/=-]+/gi, "$1***")
    .replace(/\beJ[\w*-]{60,}|\beA[EF][\w*-]{60,}/g, "***");
}

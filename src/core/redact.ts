/**
 * Takes the credential out of texts before they leave the module.
 *
 * @module
 */

/**
 * Replaces the value of every `usersig` parameter, and anything else that looks like a UserSig: the
 * base64 of a zlib header (78 01, 78 5e, 78 9c or 78 da), and much of the same alphabet after it.
 */
export function redact(text: string): string {
  return text
    .replace(/(usersig(?:=|%3D|"?\s*:\s*"?))[\w*%+/=-]+/gi, "$1***")
    .replace(/\be(?:A[E-H]|F[4-7]|J[w-z]|N[o-r])[\w*-]{60,}/g, "***");
}

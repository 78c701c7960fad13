/**
 * Addresses that may be none.
 *
 * @module
 */

/** The URL, if the text is one. Node 20 had no `URL.parse` at first. */
export function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/**
 * What a page's own browser may do for it.
 *
 * @module
 */

/** The Content-Security-Policy that lets the page's own script and style run, and nothing else. */
export function pagePolicy(nonce: string): string {
  return `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; ` +
    "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
    "require-trusted-types-for 'script'; trusted-types 'none'";
}

/** Data for a page's script; in a script, `</` could end it. */
export function asScriptData(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/**
 * What the runtimes' texts for a failed `fetch` mean. They share no code, so the words are matched.
 *
 * @module
 */

/**
 * Words of failures before the request could leave: no name, no connection, no trust in the server. Bun's EPROTO is
 * none of them: it says "handshake" of a connection that breaks later, too.
 */
const NOT_SENT =
  /ECONNREFUSED|ConnectionRefused|ENOTFOUND|EAI_AGAIN|DNS|dns error|E(HOST|NET)UNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|FailedToOpenSocket|Unable to connect|client error \(Connect\)|tcp connect error|certificate|CERT_|UNABLE_TO_|SELF_SIGNED|ERR_(SSL|TLS)/;

/** Tells whether the request surely never reached the backend. */
export function surelyNotSent(error: unknown): boolean {
  // Deno quotes the URL, and one UserSig in a thousand has a "DNS" in it.
  return NOT_SENT.test(words(error).replace(/http\S+/g, ""));
}

/** Every code and message in an error, its causes and its parts, one a line. */
function words(error: unknown, depth = 0): string {
  if (typeof error !== "object" || error === null || depth > 5) return "";
  const { code, name, message, cause, errors } = error as Record<string, unknown>;
  const parts = [cause, errors].flat().map((part) => words(part, depth + 1));
  return [code, name, message, ...parts].filter((word) => typeof word === "string").join("\n");
}

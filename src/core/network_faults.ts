/**
 * What the runtimes' texts for a failed `fetch` mean. They share no code, so the words are matched.
 *
 * @module
 */

/**
 * Words of failures before the request could leave: no name, no connection, no trust in the server. All of Deno's say
 * "client error (Connect)", Bun's older ones "Unable to connect". Bun's EPROTO and Node's ERR_SSL_… are none of them:
 * both are said of a connection that breaks later, too.
 */
const NOT_SENT =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|DNS|TUNREACH|EADDRNOTAVAIL|CONNECT_TIMEOUT|FailedToOpenSocket|Unable to connect|client error \(Connect\)|certificate|CERT|UNABLE_TO_/;

/** Tells whether the request surely never reached the backend. */
export function surelyNotSent(error: unknown): boolean {
  // Deno quotes the URL, and one UserSig in a thousand has a "DNS" in it.
  return NOT_SENT.test(words(error).replace(/http\S+/g, ""));
}

/** Every code and message in an error, its causes and its parts, one a line. */
function words(part: unknown, depth = 0): string {
  if (typeof part === "string") return part;
  if (typeof part !== "object" || part === null || depth > 5) return "";
  const { code, name, message, cause, errors } = part as Record<string, unknown>;
  const parts = [code, name, message, cause, errors].flat();
  return parts.map((inner) => words(inner, depth + 1)).join("\n");
}

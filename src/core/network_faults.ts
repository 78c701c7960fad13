/**
 * What the runtimes' texts for a failed `fetch` mean. They share no code, so the words are matched.
 *
 * @module
 */

/** Words of failures before the request could leave: no name, no connection, no trust in the server. */
const NOT_SENT =
  /ECONNREFUSED|ConnectionRefused|ENOTFOUND|EAI_AGAIN|DNS|dns error|failed to lookup|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|FailedToOpenSocket|Unable to connect|client error \(Connect\)|tcp connect error|certificate|CERT_|UNABLE_TO_|SELF_SIGNED|ERR_SSL|ERR_TLS|EPROTO/;

/** Tells whether the request surely never reached the backend. */
export function surelyNotSent(error: unknown): boolean {
  return words(error).some((word) => NOT_SENT.test(word));
}

/** Every code and message in an error, its causes and its parts. */
function words(error: unknown, depth = 0): string[] {
  if (typeof error !== "object" || error === null || depth > 5) return [];
  const { code, name, message, cause, errors } = error as Record<string, unknown>;
  return [
    ...[code, name, message].filter((word) => typeof word === "string"),
    ...words(cause, depth + 1),
    ...(Array.isArray(errors) ? errors.flatMap((part) => words(part, depth + 1)) : []),
  ];
}

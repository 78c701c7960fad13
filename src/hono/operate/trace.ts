/**
 * Ids that follow a request through several services.
 *
 * @module
 */

/** The caller's request id if it is harmless, else a new one. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get("x-request-id");
  return given !== null && /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : crypto.randomUUID();
}

/** The caller's `traceparent` if it is well-formed (W3C Trace Context), to be passed on as it is. */
export function traceparentOf(headers: Headers): string | undefined {
  const given = headers.get("traceparent");
  if (given === null) return undefined;
  const parts = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(given);
  return parts && !/^0+$/.test(parts[1]!) && !/^0+$/.test(parts[2]!) ? given : undefined;
}

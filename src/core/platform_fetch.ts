/**
 * The `fetch` of a client that was given none.
 *
 * @module
 */

import type { Fetch } from "./request.ts";

/**
 * The platform's `fetch`. Node, the one whose requests know `duplex`, repeats any body but a stream by itself after a
 * status 421, and sends a stream without chunks if its length is told. Elsewhere a `Blob` is sent once.
 */
export const platformFetch: Fetch = (input, init) => {
  const { body, headers } = init as { body: Blob; headers: Record<string, unknown> };
  if (body instanceof Blob && "duplex" in Request.prototype) {
    headers["content-length"] = body.size;
    Object.assign(init, { body: body.stream(), duplex: "half" });
  }
  return fetch(input, init);
};

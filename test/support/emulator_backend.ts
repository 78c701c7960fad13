/**
 * The emulator as a listener of Node's HTTP servers, to stand behind TLS.
 */

import type { RequestListener } from "node:http";
import type { HonoApp } from "../../src/emulator/mod.ts";

/** Answers every request by the emulator. */
export function answerByEmulator(app: HonoApp): RequestListener {
  return (request, response) => {
    const parts: Uint8Array[] = [];
    request.on("data", (bytes: Uint8Array) => parts.push(bytes));
    request.on("end", async () => {
      const { method = "GET", url } = request;
      const bare = method === "GET" || method === "HEAD";
      const answer = await app.request(`https://api.test${url}`, {
        method,
        ...(bare ? {} : { body: new Blob(parts as Uint8Array<ArrayBuffer>[]) }),
      });
      answer.headers.forEach((value, name) => response.setHeader(name, value));
      response.writeHead(answer.status);
      response.end(method === "HEAD" ? undefined : new Uint8Array(await answer.arrayBuffer()));
    });
  };
}

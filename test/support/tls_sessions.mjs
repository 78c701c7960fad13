/**
 * TLS servers that differ in how they resume sessions, on Node: the servers of Deno and Bun cannot be told to.
 *
 * Reads `{key, cert}` as JSON from standard input, prints the ports as JSON, and ends with its input.
 */

import { constants } from "node:crypto";
import { createServer } from "node:tls";

const { SSL_OP_NO_TICKET } = constants;
const remembered = new Map();
const byId = (server) => {
  server.on("newSession", (id, session, done) => {
    remembered.set(id.toString("hex"), session);
    done();
  });
  server.on("resumeSession", (id, done) => done(null, remembered.get(id.toString("hex")) ?? null));
};
/** Without tickets, and without a memory, a server can resume nothing. */
const kinds = {
  ticket13: [{}],
  refused13: [{ secureOptions: SSL_OP_NO_TICKET }],
  ticket12: [{ maxVersion: "TLSv1.2" }],
  id12: [{ maxVersion: "TLSv1.2", secureOptions: SSL_OP_NO_TICKET }, byId],
  refused12: [{ maxVersion: "TLSv1.2", secureOptions: SSL_OP_NO_TICKET }],
};

let text = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", async (chunk) => {
  text += chunk;
  if (!text.endsWith("\n")) return;
  const identity = JSON.parse(text);
  const ports = {};
  for (const [name, [options, prepare]] of Object.entries(kinds)) {
    const server = createServer({ ...identity, ...options });
    prepare?.(server);
    server.on("secureConnection", (socket) => socket.on("error", () => {}).resume());
    server.on("tlsClientError", () => {});
    await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
    ports[name] = server.address().port;
  }
  console.log(JSON.stringify(ports));
});
process.stdin.on("end", () => process.exit());

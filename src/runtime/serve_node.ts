/**
 * The server for Node, apart so that the other runtimes never load its library.
 *
 * @module
 */

import { createAdaptorServer } from "@hono/node-server";
import { EventEmitter } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Handler } from "./serve.ts";

/** Starts a server and tells its port. */
export async function listen(
  handler: Handler,
  hostname: string,
  port: number,
): Promise<{ port: number; close(): Promise<void>; shutdown(): Promise<void> }> {
  const server = createAdaptorServer({ fetch: handler }) as Server;
  const listening = EventEmitter.once(server, "listening");
  server.listen(port, hostname);
  await listening;
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = EventEmitter.once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
    shutdown: async () => {
      const closed = EventEmitter.once(server, "close");
      server.close();
      server.closeIdleConnections();
      await closed;
    },
  };
}

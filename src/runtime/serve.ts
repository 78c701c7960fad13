/**
 * An HTTP server on whichever runtime this is.
 *
 * @module
 */

/** Answers a request. */
export type Handler = (request: Request) => Response | Promise<Response>;

/** A server that listens. */
export interface Listening {
  /** Its address, for instance `http://127.0.0.1:8787`. */
  url: string;
  /** Stops at once, open connections too. */
  close(): Promise<void>;
}

/** A server that can end in order, too. */
export interface Serving extends Listening {
  /** Takes no new connection, and comes to its end when every request that is under way has its answer. */
  shutdown(): Promise<void>;
}

/** Where to listen; port 0 takes any free one. */
export interface ListenOptions {
  hostname: string;
  port: number;
  /** The option by which the user chooses the port, to be named when it is taken. */
  portOption?: string;
}

interface BunServer {
  port: number;
  stop(closeConnections: boolean): Promise<void>;
}

/**
 * Starts a server.
 *
 * @throws {Error} When the port is taken, or the address is none of this machine; the message says so.
 */
export async function serve(handler: Handler, options: ListenOptions): Promise<Serving> {
  try {
    if ("Deno" in globalThis) return serveDeno(handler, options);
    if ("Bun" in globalThis) return serveBun(handler, options);
    return await serveNode(handler, options);
  } catch (error) {
    throw unheard(error, options);
  }
}

/** Says where nobody could listen, and what to do when the port is taken. */
export function unheard(error: unknown, { hostname, port, portOption }: ListenOptions): Error {
  const { code, name, message } = error as { code?: string; name: string; message: string };
  if (code !== "EADDRINUSE" && name !== "AddrInUse") {
    return new Error(`Cannot listen on port ${port} of ${hostname}: ${message}`, { cause: error });
  }
  const another = portOption
    ? `another one with ${portOption}; 0 takes a free one`
    : "another port";
  return new Error(
    `Port ${port} of ${hostname} is taken: stop what listens there, or choose ${another}`,
    { cause: message },
  );
}

function serveDeno(handler: Handler, { hostname, port }: ListenOptions): Serving {
  const stop = new AbortController();
  const server = Deno.serve(
    { hostname, port, signal: stop.signal, onListen: () => {} },
    (request) => handler(request),
  );
  return {
    url: address(hostname, server.addr.port),
    close: async () => {
      stop.abort();
      await server.finished;
    },
    shutdown: () => server.shutdown(),
  };
}

function serveBun(fetch: Handler, { hostname, port }: ListenOptions): Serving {
  const { Bun } = globalThis as unknown as {
    Bun: { serve(options: ListenOptions & { fetch: Handler; idleTimeout: number }): BunServer };
  };
  // Ten idle seconds would cut a call short that waits for a slow backend.
  const server = Bun.serve({ hostname, port, fetch: (request) => fetch(request), idleTimeout: 60 });
  return {
    url: address(hostname, server.port),
    close: async () => await server.stop(true),
    shutdown: async () => await server.stop(false),
  };
}

async function serveNode(handler: Handler, { hostname, port }: ListenOptions): Promise<Serving> {
  const { listen } = await import("./serve_node.ts");
  const { port: actual, ...ends } = await listen(handler, hostname, port);
  return { url: address(hostname, actual), ...ends };
}

/** Writes a server's address. */
export function address(hostname: string, port: number, scheme = "http"): string {
  return `${scheme}://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
}

/**
 * Whether there is a route, on Bun: it calls every failed connection refused.
 *
 * @module
 */

interface BunUdp {
  udpSocket(options: {
    hostname: string;
    connect: { hostname: string; port: number };
  }): Promise<{ close(): void }>;
}

/**
 * Looks behind Bun's word for a failed connection; the other runtimes say themselves what happened.
 *
 * @param error What the connection failed with.
 * @returns The system's own error when there is no route, otherwise the one that was given.
 */
export async function behindRefusal(
  error: Error,
  address: string,
  port: number,
): Promise<Error> {
  const { Bun } = globalThis as { Bun?: BunUdp };
  if (Bun === undefined || (error as { code?: string }).code !== "ECONNREFUSED") return error;
  try {
    // A UDP socket that is connected needs a route, and sends nothing.
    const hostname = address.includes(":") ? "::" : "0.0.0.0";
    const socket = await Bun.udpSocket({ hostname, connect: { hostname: address, port } });
    socket.close();
    return error;
  } catch (cause) {
    return cause as Error;
  }
}

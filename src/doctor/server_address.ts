/**
 * DNS servers as the runtimes write them.
 *
 * @module
 */

/** Splits `192.0.2.53`, `192.0.2.53:5353`, `2001:db8::53` or `[2001:db8::53]:5353`. */
export function splitServer(server: string): { address: string; port: number } {
  const [, address, port] = /^\[(.*)\](?::(\d+))?$/.exec(server) ??
    /^([\d.]+):(\d+)$/.exec(server) ?? [undefined, server];
  return { address: address!, port: Number(port ?? 53) };
}

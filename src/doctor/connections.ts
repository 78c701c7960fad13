/**
 * Connections to the address that answered: one way for looking at TLS, one for requests.
 *
 * @module
 */

import { type Examination, type Proxy, tenths } from "./check.ts";
import { exchange, type HttpAnswer, type HttpRequest } from "./http.ts";
import { isAddress } from "./checks/dns.ts";
import { type Connection, ProbeError, type SecureConnection, type TlsSession } from "./platform.ts";
import { authority } from "./target.ts";

/** The command that is called: it only reads, and without credentials the backend refuses it at once. */
export const COMMAND = "group_open_http_svc/get_appid_group_list";

/** An open connection and what it cost. */
export interface Opened<T> {
  connection: T;
  /** Time for TCP and TLS together, in milliseconds. */
  handshakeMs: number;
}

/** Shakes hands and trusts anybody: for looking at the certificate, never for sending. */
export function openToLook(
  examination: Examination,
  session?: TlsSession,
): Promise<Opened<SecureConnection>> {
  return shakeHands(examination, ["h2", "http/1.1"], false, session);
}

/** Opens a connection that requests may go over: its certificate is verified. */
export async function openToAsk(examination: Examination): Promise<Opened<Connection>> {
  if (examination.target.secure) return await shakeHands(examination, ["http/1.1"], true);
  const started = examination.platform.elapsed();
  const connection = await reach(examination);
  return { connection, handshakeMs: tenths(examination.platform.elapsed() - started) };
}

/** Sends `HEAD /`, as `curl -I` does. */
export function askHead(examination: Examination, connection: Connection): Promise<HttpAnswer> {
  return ask(examination, connection, { method: "HEAD", path: "/" }, examination.timeoutMs);
}

/** The backend's documented time for one call, in milliseconds. */
export const BACKEND_LIMIT_MS = 3000;

/** How long to wait for a call: no shorter than the backend itself, or slow looks like silent. */
export function callLimitMs({ timeoutMs }: Examination): number {
  return Math.max(timeoutMs, BACKEND_LIMIT_MS + 1000);
}

/** Calls a command without any credential: an error code in a 200 answer proves the whole path. */
export function askPost(
  examination: Examination,
  connection: Connection,
  body = "{}",
): Promise<HttpAnswer> {
  const path = `${examination.target.prefix}/v4/${COMMAND}?contenttype=json`;
  return askPath(examination, connection, path, body);
}

/** Sends a call to a path that the caller has written, credential and all. */
export function askPath(
  examination: Examination,
  connection: Connection,
  path: string,
  body = "{}",
): Promise<HttpAnswer> {
  const limitMs = callLimitMs(examination);
  return ask(examination, connection, { method: "POST", path, body }, limitMs);
}

function ask(
  { platform, target }: Examination,
  connection: Connection,
  request: Omit<HttpRequest, "host">,
  limitMs: number,
): Promise<HttpAnswer> {
  return exchange(platform, connection, { ...request, host: authority(target) }, limitMs);
}

async function shakeHands(
  examination: Examination,
  protocols: string[],
  verify: boolean,
  session?: TlsSession,
): Promise<Opened<SecureConnection>> {
  const { platform, target, extraCa, timeoutMs } = examination;
  const started = platform.elapsed();
  const connection = await platform.secure(
    await reach(examination),
    { serverName: target.host, protocols, extraCa, verify, ...(session && { session }) },
    timeoutMs,
  );
  return { connection, handshakeMs: tenths(platform.elapsed() - started) };
}

/**
 * The first address of a host that connects, as the runtimes take it: one family may have no way out.
 *
 * @throws {ProbeError} When the name has no address. Whether the last of several connects is not tried here.
 */
export async function addressOf(
  { platform, timeoutMs }: Examination,
  host: string,
  port: number,
): Promise<string> {
  if (isAddress(host)) return host;
  const addresses = (await platform.lookup(host, timeoutMs)).map(({ address }) => address);
  const last = addresses.pop();
  if (last === undefined) throw new ProbeError("no-name", `${host} has no address`);
  for (const address of addresses) {
    try {
      (await platform.connect(address, port, timeoutMs)).close();
      return address;
    } catch (error) {
      if (!(error instanceof ProbeError) || error.kind === "not-permitted") throw error;
    }
  }
  return last;
}

/** Asks a proxy for a connection to the host: status 200 means that it is open. */
export async function throughProxy(
  { platform, target, timeoutMs }: Examination,
  { address, port, authorization }: Proxy,
): Promise<{ connection: Connection; status: number }> {
  const connection = await platform.connect(address, port, timeoutMs);
  try {
    const host = `${target.host.includes(":") ? `[${target.host}]` : target.host}:${target.port}`;
    const { status } = await exchange(platform, connection, {
      method: "CONNECT",
      path: host,
      host,
      headers: authorization ? [`Proxy-Authorization: ${authorization}`] : [],
    }, timeoutMs);
    return { connection, status };
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function reach(examination: Examination): Promise<Connection> {
  const { platform, target, evidence, timeoutMs } = examination;
  if (!evidence.proxy) return await platform.connect(evidence.reachable!, target.port, timeoutMs);
  const { connection, status } = await throughProxy(examination, evidence.proxy);
  if (status === 200) return connection;
  connection.close();
  throw new ProbeError("closed", `the proxy answers ${status} to CONNECT`);
}

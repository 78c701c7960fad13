/**
 * Which host a client talks to, and whether its credentials may go there.
 *
 * @module
 */

import { EMULATOR_SECRET_KEY } from "./emulator_credentials.ts";
import { ConfigError } from "./errors.ts";
import { backupHostOf, hostOf, regionId, regionNames } from "./region_hosts.ts";
import { urlOf } from "./url.ts";

/** Tells whether a URL's host name is this machine. */
function isLoopback(hostname: string): boolean {
  return /^((.*\.)?localhost|\[::1\]|127(\.\d+){3})$/.test(hostname);
}

/** What a caller says of the host. */
interface HostChoice {
  region?: string;
  baseUrl?: string;
  emulator?: boolean;
}

/**
 * Turns the client's `region` or `baseUrl` into the part of the URL before `/v4/`.
 *
 * @param choice What the caller gave.
 * @returns An origin, with a path prefix perhaps, without a slash at its end.
 * @throws {ConfigError} When it is no usable address.
 */
export function resolveBaseUrl({ region, baseUrl, emulator }: HostChoice): string {
  if (baseUrl === undefined) return `https://${hostOf(idOf(region))}`;
  if (region !== undefined) {
    throw new ConfigError("Give region or baseUrl, not both");
  }
  const url = parse(baseUrl);
  if (url.protocol !== "https:" && !isLoopback(url.hostname) && !emulator) {
    throw new ConfigError(
      `baseUrl is "${url.origin}", wanted https: the UserSig in every URL would be readable; ` +
        "http needs a loopback address or emulator: true",
    );
  }
  return url.origin + url.pathname.replace(/(\/v4)?\/*$/, "");
}

/** The second address of a client: the one that was given, or the documented backup host of its region. */
export function resolveBackupUrl(
  { region, baseUrl, backupBaseUrl, emulator }: HostChoice & { backupBaseUrl?: string | false },
): string | undefined {
  if (typeof backupBaseUrl === "string") {
    return resolveBaseUrl({ baseUrl: backupBaseUrl, emulator });
  }
  if (backupBaseUrl === undefined && baseUrl === undefined) {
    return `https://${backupHostOf(idOf(region))}`;
  }
}

/** Throws when the emulator's well-known key would go to a host that is not an emulator. */
export function checkEmulatorKey(secretKey: unknown, baseUrl: string, emulator = false): void {
  if (secretKey === EMULATOR_SECRET_KEY && !emulator && !isLoopback(new URL(baseUrl).hostname)) {
    throw new ConfigError(
      `Secret key is the emulator's, which everybody knows: ${baseUrl} needs the app's own or emulator: true`,
    );
  }
}

function idOf(region = "cn"): string {
  const id = regionId(region);
  if (id) return id;
  const ids = Object.keys(regionNames).join(", ");
  throw new ConfigError(`region is "${region}", wanted one of: ${ids}`);
}

function parse(baseUrl: string): URL {
  const url = urlOf(baseUrl);
  if (url && /^https?:$/.test(url.protocol) && url.href === url.origin + url.pathname) return url;
  // What may hold a password is not shown.
  const shown = url ? url.origin : baseUrl;
  throw new ConfigError(
    `baseUrl is "${shown}", wanted http(s)://host[:port][/prefix] without user, query or fragment`,
  );
}

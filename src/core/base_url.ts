/**
 * Which host a client talks to, and whether its credentials may go there.
 *
 * @module
 */

import { EMULATOR_SECRET_KEY } from "./emulator_credentials.ts";
import { ConfigError } from "./errors.ts";
import { findRegion, regions } from "./regions.ts";

/** Tells whether a URL's host name is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/**
 * Turns the client's `region` or `baseUrl` into the part of the URL before `/v4/`.
 *
 * @param choice What the caller gave.
 * @returns An origin, with a path prefix perhaps, without a slash at its end.
 * @throws {ConfigError} When it is no usable address.
 */
export function resolveBaseUrl(
  choice: { region?: string; baseUrl?: string; emulator?: boolean },
): string {
  if (choice.baseUrl === undefined) {
    const region = findRegion(choice.region ?? "cn");
    if (region) return `https://${region.host}`;
    const ids = regions.map((known) => known.id).join(", ");
    throw new ConfigError(`region is "${choice.region}", wanted one of: ${ids}`);
  }
  if (choice.region !== undefined) {
    throw new ConfigError("Give region or baseUrl, not both: baseUrl already names the host");
  }
  const url = parse(choice.baseUrl);
  if (url.protocol !== "https:" && !isLoopback(url.hostname) && !choice.emulator) {
    throw new ConfigError(
      `baseUrl "${url.origin}" is not HTTPS: the UserSig in every URL would travel readable; ` +
        "plain HTTP is for loopback addresses and, with emulator: true, for an emulator elsewhere",
    );
  }
  return url.origin + url.pathname.replace(/\/+$/, "");
}

/** The second address of a client: the one that was given, or the documented backup host of its region. */
export function resolveBackupUrl(
  choice: { region?: string; baseUrl?: string; backupBaseUrl?: string | false; emulator?: boolean },
): string | undefined {
  const { region = "cn", baseUrl, backupBaseUrl, emulator } = choice;
  if (backupBaseUrl === false) return undefined;
  if (backupBaseUrl !== undefined) return resolveBaseUrl({ baseUrl: backupBaseUrl, emulator });
  return baseUrl === undefined ? `https://${findRegion(region)!.backupHost}` : undefined;
}

/** Throws when the emulator's well-known key would go to a host that is not an emulator. */
export function checkEmulatorKey(secretKey: unknown, baseUrl: string, emulator: boolean): void {
  if (secretKey === EMULATOR_SECRET_KEY && !emulator && !isLoopback(new URL(baseUrl).hostname)) {
    throw new ConfigError(
      `The emulator's well-known secret key may not be used against ${baseUrl}: everybody knows it. ` +
        "Set the app's own key, or emulator: true when an emulator answers there",
    );
  }
}

function parse(baseUrl: string): URL {
  let url: URL;
  try {
    url = new URL(baseUrl);
  } catch {
    throw new ConfigError(
      `baseUrl is "${baseUrl}", wanted an address like https://console.tim.qq.com`,
    );
  }
  if (!/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    throw new ConfigError(
      `baseUrl must be http(s)://host[:port][/prefix] without user, query or fragment; got "${url.origin}"`,
    );
  }
  return url;
}

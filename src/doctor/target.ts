/**
 * Which host the doctor looks at.
 *
 * @module
 */

import { resolveBaseUrl } from "../core/base_url.ts";
import { ConfigError } from "../core/errors.ts";
import { findRegion, regions } from "../core/regions.ts";

/**
 * The host under examination.
 *
 * @example Which host an address means
 * ```ts
 * import { runDoctor, type Target } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const baseUrl = "https://proxy.example.com/tim";
 * const report = await runDoctor({ platform: hostPlatform(), baseUrl, only: ["hosts"] });
 * const { host, port, prefix, region = "none" }: Target = report.target;
 * console.log(host, port, prefix, region); // proxy.example.com 443 /tim none
 * ```
 */
export interface Target {
  /** Origin and path prefix, as the client would use it. */
  baseUrl: string;
  /** Host name or address, without brackets. */
  host: string;
  /** TCP port. */
  port: number;
  /** Whether TLS is spoken there. */
  secure: boolean;
  /** Path before `/v4/`; mostly empty. */
  prefix: string;
  /** Id of the region it belongs to, if it is one of the documented hosts. */
  region?: string;
}

/**
 * How a caller names the host; at most one of them.
 *
 * @example A host of the command line, or a region
 * ```ts
 * import { runDoctor, type TargetChoice } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const choice = (word: string): TargetChoice =>
 *   word.includes(".") ? { host: word } : { region: word };
 * const targetOf = async (word: string) =>
 *   (await runDoctor({ platform: hostPlatform(), ...choice(word), only: ["hosts"] })).target;
 * console.log((await targetOf("singapore")).host); // adminapisgp.im.qcloud.com
 * console.log((await targetOf("chat.example.com:8443")).port); // 8443
 * ```
 */
export interface TargetChoice {
  /** `host` or `host:port`, for HTTPS. */
  host?: string;
  /** Id or name of a region. */
  region?: string;
  /** Origin with a path prefix perhaps, as `TimClient` takes it. */
  baseUrl?: string;
}

/**
 * Finds the host.
 *
 * @param choice What the caller gave; China's host when nothing.
 * @throws {ConfigError} When it is no usable host.
 */
export function findTarget(choice: TargetChoice): Target {
  const { host, region, baseUrl } = choice;
  if (host !== undefined && (region !== undefined || baseUrl !== undefined)) {
    throw new ConfigError(
      `Give host or ${
        region === undefined ? "baseUrl" : "region"
      }, not both: either names the host`,
    );
  }
  const url = new URL(host === undefined ? resolveBaseUrl({ region, baseUrl }) : hostUrl(host));
  const bare = url.hostname.replace(/^\[|\]$/g, "");
  const known = regions.find((row) => row.host === bare || row.backupHost === bare);
  return {
    baseUrl: url.origin + url.pathname.replace(/\/+$/, ""),
    host: bare,
    port: Number(url.port) || (url.protocol === "https:" ? 443 : 80),
    secure: url.protocol === "https:",
    prefix: url.pathname.replace(/\/+$/, ""),
    ...(known && { region: known.id }),
  };
}

/** The host as it stands in a `Host` header. */
export function authority({ host, port, secure }: Target): string {
  const name = host.includes(":") ? `[${host}]` : host;
  return port === (secure ? 443 : 80) ? name : `${name}:${port}`;
}

function hostUrl(host: string): string {
  // A bare IPv6 address has more than one colon and needs brackets.
  const formed = /^(\[[0-9a-f:.]+\]|[^\s/:@?#[\]]+)(:\d{1,5})?$/i.test(host);
  const region = !host.includes(".") && findRegion(host);
  if (formed && !region && URL.canParse(`https://${host}`)) return `https://${host}`;
  throw new ConfigError(
    `host is "${host}", wanted host or host:port, like adminapisgp.im.qcloud.com or ` +
      "[2001:db8::1]:8443" +
      (/^https?:/.test(host) ? "; for a whole address set TIM_BASE_URL" : "") +
      (region ? "; for a region use --region" : ""),
  );
}

/**
 * Calls from browsers: closed unless an origin is listed.
 *
 * @module
 */

import { ConfigError } from "../../core/errors.ts";
import { urlOf } from "../../core/url.ts";
import { checkCount, checkKeys, checkTexts } from "../check_keys.ts";
import { Refusal } from "../problem.ts";
import type { Reply } from "../reply.ts";

/**
 * Which pages may call.
 *
 * @example Pages of one site
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { type CorsOptions, createGateway } from "@tim/edge/hono";
 *
 * const cors: CorsOptions = { origins: ["https://app.example.com"], maxAgeSeconds: 3600 };
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 *   cors,
 * });
 * const preflight = (origin: string) =>
 *   gateway.request("/usersig", { method: "OPTIONS", headers: { origin } });
 * console.log((await preflight("https://app.example.com")).status); // 204
 * console.log((await preflight("https://other.example.com")).status); // 403
 * ```
 */
export interface CorsOptions {
  /** Origins, `https://app.example.com`, or `"*"` for any; no cookie is ever involved. */
  origins: readonly string[];
  /** How long browsers may remember the permission, in seconds. @default {600} */
  maxAgeSeconds?: number;
}

/** The rules, compiled. */
export interface Cors {
  /** Whether any page may call. */
  open: boolean;
  /** Headers for an answer. */
  headers(origin: string | null): Record<string, string> | undefined;
  /** Answers a preflight; throws a refusal. */
  preflight(origin: string | null): Reply;
}

const EXPOSED =
  "X-Request-Id, X-Tim-Request-Id, X-Tim-Attempts, X-Tim-Region, Retry-After, Server-Timing, Idempotency-Replayed";
const ALLOWED =
  "Authorization, Content-Type, Idempotency-Key, Traceparent, X-Api-Key, X-Request-Id";

/**
 * Compiles the option.
 *
 * @throws {ConfigError} When an origin is none.
 */
export function compileCors(options: CorsOptions | undefined): Cors {
  if (options) checkOptions(options);
  const origins = new Set(options?.origins ?? []);
  const headers = (origin: string | null): Record<string, string> | undefined => {
    if (options === undefined) return undefined;
    if (origin === null || !(origins.has(origin) || origins.has("*"))) return { vary: "Origin" };
    return {
      "access-control-allow-origin": origins.has("*") ? "*" : origin,
      "access-control-expose-headers": EXPOSED,
      vary: "Origin",
    };
  };
  return {
    open: options !== undefined,
    headers,
    preflight(origin) {
      if (headers(origin)?.["access-control-allow-origin"] === undefined) {
        throw new Refusal("origin-not-allowed", "The operator lists origins in the option cors");
      }
      return {
        status: 204,
        body: null,
        headers: {
          "access-control-allow-methods": "GET, POST",
          "access-control-allow-headers": ALLOWED,
          "access-control-max-age": String(options!.maxAgeSeconds ?? 600),
        },
      };
    },
  };
}

function checkOptions(options: CorsOptions): void {
  checkKeys("cors", options, ["origins", "maxAgeSeconds"]);
  checkTexts("cors.origins", options.origins);
  checkCount("cors.maxAgeSeconds", options.maxAgeSeconds ?? 600, 0);
  for (const origin of options.origins) {
    if (origin === "*" || urlOf(origin)?.origin === origin) continue;
    throw new ConfigError(
      `cors.origins holds ${
        JSON.stringify(origin)
      }, wanted an origin like "https://app.example.com"`,
    );
  }
}

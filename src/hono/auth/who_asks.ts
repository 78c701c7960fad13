/**
 * Who asks: the schemes that are configured, one after the other.
 *
 * @module
 */

import { ConfigError } from "../../core/errors.ts";
import { inTime } from "../limits/guarded_limiter.ts";
import { Refusal } from "../problem.ts";
import { type ApiKey, apiKeyScheme } from "./api_keys.ts";
import type { Caller, HookCaller, Scheme } from "./caller.ts";
import { jwtScheme } from "./jwt.ts";
import { crossSiteCheck } from "./cross_site.ts";
import type { JwtOptions } from "./jwt_options.ts";

/**
 * How callers prove who they are; at least one way.
 *
 * @example People by the proxy in front, machines by a key
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { type AuthOptions, createGateway } from "@tim/edge/hono";
 *
 * const auth: AuthOptions = {
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "reports", roles: ["operator"] }],
 *   authenticate({ headers }) {
 *     const user = headers.get("x-forwarded-user"); // the proxy sets it, and nobody comes round it
 *     return user === null ? undefined : { identifier: user };
 *   },
 * };
 * const client = new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" });
 * const gateway = createGateway({ client, ...auth });
 * const answer = await gateway.request("/whoami", { headers: { "x-forwarded-user": "alice" } });
 * console.log((await answer.json()).identifier); // alice
 * ```
 */
export interface AuthOptions {
  /** JWTs of your login, in `Authorization: Bearer`. */
  jwt?: JwtOptions;
  /** Static keys for machines, in `X-API-Key`. */
  apiKeys?: readonly ApiKey[];
  /**
   * Any other way, asked first: the caller, or `undefined` when the request does not try this way. It must
   * not read the body, and has as long as a body has (`limits.deadlineMs`). Since it may go by a cookie,
   * such a caller's POST is refused when a page of another site sent it, unless `cors` lists that origin.
   */
  authenticate?: (
    request: Request,
  ) => HookCaller | undefined | Promise<HookCaller | undefined>;
}

/** Finds out who asks. */
export interface WhoAsks {
  /** The caller; throws a refusal. */
  identify(request: Request): Promise<Caller> | Caller;
  /** Throws a refusal when callers cannot be checked now. */
  ready(): Promise<void>;
}

/**
 * Checks the options once.
 *
 * @param hookMs How long an `authenticate` hook may take, in milliseconds.
 * @throws {ConfigError} When there is no way to prove anything, or one of them would leave a hole.
 */
export function whoAsks(
  options: AuthOptions & { cors?: { origins: readonly string[] } },
  hookMs: number,
): WhoAsks {
  const jwt = options.jwt && jwtScheme(options.jwt);
  const schemes: Scheme[] = [];
  if (options.authenticate) {
    const check = crossSiteCheck(options.cors?.origins ?? []);
    schemes.push(hookScheme(options.authenticate, check, hookMs));
  }
  if (options.apiKeys?.length) schemes.push(apiKeyScheme(options.apiKeys));
  if (jwt) schemes.push(jwt.scheme);
  if (schemes.length === 0) {
    throw new ConfigError("Give jwt, apiKeys or authenticate: how do callers prove who they are?");
  }
  const ways = [
    jwt && "Authorization: Bearer <JWT>",
    options.apiKeys?.length && "X-API-Key: <key>",
  ].filter(Boolean).join(" or ");
  const headers: Record<string, string> = jwt ? { "www-authenticate": "Bearer" } : {};

  /** Asks the schemes in turn; a token that is remembered costs no wait. */
  function identify(request: Request, from = 0): Caller | Promise<Caller> {
    for (let index = from; index < schemes.length; index++) {
      const found = schemes[index]!(request);
      if (found instanceof Promise) {
        return found.then((caller) => caller ?? identify(request, index + 1));
      }
      if (found !== undefined) return found;
    }
    const detail = ways ? `Send the header ${ways}` : "Send your credentials";
    throw new Refusal("no-credentials", detail, headers);
  }

  return {
    ready: jwt?.ready ?? (() => Promise.resolve()),
    identify: (request) => identify(request),
  };
}

function hookScheme(
  authenticate: NonNullable<AuthOptions["authenticate"]>,
  check: (request: Request) => void,
  hookMs: number,
): Scheme {
  return async (request) => {
    const caller = await asked(request);
    if (caller) check(request);
    return caller;
  };

  async function asked(request: Request): Promise<Caller | undefined> {
    try {
      const answer = authenticate(request);
      const found = await (answer instanceof Promise ? inTime(answer, hookMs) : answer);
      if (found === undefined) return undefined;
      const { identifier, roles = [], claims = {} } = found;
      if (typeof identifier !== "string" || identifier === "" || !Array.isArray(roles)) {
        throw new TypeError(
          "authenticate must answer { identifier, roles?, claims? } or undefined",
        );
      }
      return { identifier, roles, claims, via: "hook" };
    } catch (error) {
      throw new Refusal("keys-away", "Callers cannot be checked now; try again later", {}, error);
    }
  }
}

/**
 * The gateway: one place that holds the secret key and answers users over HTTP.
 *
 * @module
 */

import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { TimClient } from "../core/client.ts";
import { isTimError } from "../core/errors.ts";
import { allowedCommands } from "./allowed_commands.ts";
import type { HonoApp } from "./hono_app.ts";
import { problem } from "./problem.ts";
import { commandRoute } from "./routes/command.ts";
import { healthRoute } from "./routes/health.ts";
import { userSigRoute } from "./routes/user_sig.ts";
import { jwtCheck, type JwtOptions } from "./who_asks.ts";

/** What {@linkcode createGateway} takes. */
export interface GatewayOptions {
  /** Makes the calls as the app's administrator, and signs for the users; made with the secret key. */
  client: TimClient;
  /** How callers prove who they are. */
  jwt: JwtOptions;
  /**
   * Commands that callers may use: `"service/command"`, `"service/*"`, `"*"`. They run with the
   * administrator's rights, whoever asks.
   * @default {[]} none
   */
  allow?: readonly string[];
  /** The longest lifetime of an issued UserSig, in seconds. @default {86400} a day */
  maxUserSigSeconds?: number;
  /** Identifiers for which no UserSig is issued, besides the client's own. @default {[]} */
  admins?: readonly string[];
  /** The largest request body, in bytes. @default {1048576} as the backend's own limit */
  maxBodyBytes?: number;
}

/** What the routes see of the options. */
export interface GatewayContext {
  client: TimClient;
  isAllowed: (command: string) => boolean;
  isAdmin: (identifier: string) => boolean;
  maxUserSigSeconds: number;
}

/**
 * Makes the gateway: a Hono app to mount anywhere, or to serve as it is.
 *
 * `POST /usersig` issues a UserSig for the caller and nobody else; `POST /v4/:service/:command` passes an
 * allowed command on and answers the backend's envelope; `GET /healthz` says that the process is up.
 * Refusals of its own are problem documents (RFC 9457) with statuses 400 to 504; the backend's come with 200.
 *
 * @example In another app
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway } from "@tim/edge/hono";
 *
 * const gateway = createGateway({
 *   client: new TimClient({
 *     sdkAppId: 1400000000,
 *     secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   }),
 *   jwt: {
 *     jwksUrl: "https://login.example.com/.well-known/jwks.json",
 *     issuer: "https://login.example.com",
 *     audience: "chat",
 *     algorithms: ["ES256"],
 *   },
 *   allow: ["group_open_http_svc/get_group_info"],
 * });
 * console.log(typeof gateway.fetch); // mount it: app.route("/tim", gateway)
 * ```
 *
 * @param options The client, the key and what callers may do.
 * @returns The app.
 * @throws {ConfigError} When an option is wrong; a gateway never starts half configured.
 */
export function createGateway(options: GatewayOptions): HonoApp {
  const { client, maxUserSigSeconds = 86_400, maxBodyBytes = 1 << 20 } = options;
  const whoAsks = jwtCheck(options.jwt);
  const admins = new Set([client.identifier, ...options.admins ?? []]);
  const context: GatewayContext = {
    client,
    isAllowed: allowedCommands(options.allow ?? []),
    isAdmin: (identifier) => admins.has(identifier),
    maxUserSigSeconds,
  };
  const app = new Hono();
  const limit = bodyLimit({
    maxSize: maxBodyBytes,
    onError: () => problem("too-large", `The limit is ${maxBodyBytes} bytes`),
  });
  app.get("/healthz", healthRoute);
  app.post("/usersig", limit, userSigRoute(whoAsks, context));
  app.post("/v4/:service/:command", limit, commandRoute(whoAsks, context));
  app.notFound(() =>
    problem("not-found", "There are POST /usersig, POST /v4/:service/:command, GET /healthz")
  );
  app.onError((error) => {
    // What is wrong with the gateway itself is the operator's business, not the caller's.
    console.error(isTimError(error) ? error.toJSON() : error);
    return problem("gateway-fault", "The operator finds the reason in the log");
  });
  return app as unknown as HonoApp;
}

/**
 * The gateway's type, for `hc<Gateway>()`.
 *
 * @module
 */

import type { OpenApiDocument } from "../api/openapi_document.ts";
import type { Envelope } from "../core/request.ts";
import type { Explanation, ListedRule } from "./policy/policy.ts";
import type { UserSigAnswer, UserSigRequest } from "./routes/user_sig.ts";
import type { WhoAmI } from "./routes/whoami.ts";

/** An answer of a route, as Hono's client wants it described; no interface, for it wants index signatures. */
export type JsonAnswer<Output> = {
  /** The JSON. */
  output: Output;
  /** Its format. */
  outputFormat: "json";
  /** The status of success. */
  status: 200;
};

/** The routes, as Hono's client wants them described. */
export type GatewaySchema = {
  "/usersig": { $post: { input: { json: UserSigRequest } } & JsonAnswer<UserSigAnswer> };
  "/v4/:service/:command": {
    $post:
      & { input: { param: { service: string; command: string }; json: object } }
      & JsonAnswer<Envelope & Record<string, unknown>>;
  };
  "/whoami": { $get: { input: object } & JsonAnswer<WhoAmI> };
  "/policy": { $get: { input: object } & JsonAnswer<ListedRule[]> };
  "/why": {
    $post: { input: { json: { command: string; body?: object } } } & JsonAnswer<Explanation>;
  };
  "/explain/:code": { $get: { input: { param: { code: string } } } & JsonAnswer<object> };
  "/doctor": {
    $get: { input: object } & JsonAnswer<object>;
    $post: { input: object } & JsonAnswer<object>;
  };
  "/openapi.json": { $get: { input: object } & JsonAnswer<OpenApiDocument> };
  "/healthz": { $get: { input: object } & JsonAnswer<{ status: "ok" }> };
  "/readyz": { $get: { input: object } & JsonAnswer<{ status: "ready" }> };
};

/** The gateway as a Hono app: mount it with `app.route()`, or serve it by its `fetch`. */
export type Gateway = ReturnType<(typeof import("./as_gateway.ts"))["asGateway"]>;

/** What the operator's own code may do with a gateway. */
export interface GatewayControl {
  /** The whole effective policy. */
  listPolicy(): ListedRule[];
  /**
   * Begins to shut down: `/readyz` says so from now on. Stop the server once this has come to its end.
   *
   * @param graceMs How long to wait for requests that are under way. @default {10000}
   */
  drain(graceMs?: number): Promise<void>;
}

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

/**
 * An answer of a route, as Hono's client wants it described; no interface, for it wants index
 * signatures.
 *
 * @example A route of one's own beside the gateway's
 * ```ts
 * import type { GatewaySchema, JsonAnswer } from "@tim/edge/hono";
 * import type { Hono } from "hono";
 * import { hc } from "hono/client";
 *
 * type Own = { "/rooms": { $get: { input: object } & JsonAnswer<{ rooms: string[] }> } };
 * type App = Hono<Record<never, never>, GatewaySchema & Own>;
 *
 * const fetch = async () => Response.json({ rooms: ["coffee_hour"] }); // for this example
 * const app = hc<App>("https://chat.example.com", { fetch });
 * const { rooms } = await (await app.rooms.$get()).json();
 * console.log(rooms.join()); // coffee_hour
 * ```
 */
export type JsonAnswer<Output> = {
  /** The JSON. */
  output: Output;
  /** Its format. */
  outputFormat: "json";
  /** The status of success. */
  status: 200;
};

/**
 * The routes, as Hono's client wants them described.
 *
 * @example Bodies and answers in a frontend that has no Hono
 * ```ts
 * import type { GatewaySchema } from "@tim/edge/hono";
 *
 * type Post<Path extends "/usersig" | "/why"> = GatewaySchema[Path]["$post"];
 *
 * export async function post<Path extends "/usersig" | "/why">(
 *   path: Path,
 *   body: Post<Path>["input"]["json"],
 *   token: string,
 * ): Promise<Post<Path>["output"]> {
 *   const headers = { authorization: `Bearer ${token}` };
 *   const init = { method: "POST", headers, body: JSON.stringify(body) };
 *   return await (await fetch(`https://chat.example.com${path}`, init)).json();
 * }
 * ```
 */
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

/**
 * The gateway as a Hono app: mount it with `app.route()`, or serve it by its `fetch`.
 *
 * @example Called by its types
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, type Gateway } from "@tim/edge/hono";
 * import { hc } from "hono/client";
 *
 * const gateway: Gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 * });
 * // Elsewhere the type is enough: hc<Gateway>("https://chat.example.com/tim").
 * const fetch = async (url: string | URL | Request, init?: RequestInit) =>
 *   await gateway.request(url, init);
 * const { status } = await (await hc<Gateway>("http://gateway", { fetch }).healthz.$get()).json();
 * console.log(status); // ok
 * ```
 */
export type Gateway = ReturnType<(typeof import("./as_gateway.ts"))["asGateway"]>;

/**
 * What the operator's own code may do with a gateway.
 *
 * @example A server that stops without losing a request
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, type GatewayControl } from "@tim/edge/hono";
 *
 * async function stop(gateway: GatewayControl, server: { shutdown(): unknown }): Promise<void> {
 *   await gateway.drain(5000); // the load balancer sees /readyz, and sends no more
 *   await server.shutdown();
 * }
 *
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 * });
 * await stop(gateway, { shutdown: () => {} }); // what Deno.serve gives
 * console.log((await gateway.request("/readyz")).status); // 503
 * ```
 */
export interface GatewayControl {
  /** The whole effective policy. */
  listPolicy(): ListedRule[];
  /**
   * Begins to shut down: `/readyz` says so from now on. Stop the server once this has come to its end.
   *
   * @param graceMs How long to wait for requests that are under way, audit records that are being written and
   * callbacks whose handlers go on. @default {10000}
   */
  drain(graceMs?: number): Promise<void>;
}

/**
 * The gateway: exposes the server REST API at the edge to callers who prove who they are.
 *
 * @module
 */

export { createGateway, type GatewayOptions } from "./gateway.ts";
export type { HonoApp } from "./hono_app.ts";
export type { JwtOptions } from "./who_asks.ts";

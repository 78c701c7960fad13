/**
 * Gives the gateway's app its type.
 *
 * @module
 */

import type { Hono } from "hono";
import type { GatewaySchema } from "./gateway_type.ts";

/**
 * Says which routes an app has. `Gateway` is what this returns, since the documentation's linter takes a
 * plain mention of a package's generic class for a mistake.
 */
export function asGateway(app: Hono): Hono<Record<never, never>, GatewaySchema, "/"> {
  return app as unknown as Hono<Record<never, never>, GatewaySchema, "/">;
}

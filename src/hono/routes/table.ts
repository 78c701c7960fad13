/**
 * The addresses of a gateway.
 *
 * @module
 */

import type { Parts } from "../gateway.ts";
import type { Route } from "../handle.ts";
import type { Note } from "../operate/request_log.ts";
import type { GatewayOptions } from "../options.ts";
import { commandRoute } from "./command.ts";
import { explainRoute } from "./explain.ts";
import { healthRoute, readyRoute } from "./health.ts";
import { metricsRoute } from "./metrics.ts";
import { policyRoute, whyRoute } from "./policy.ts";
import { userSigRoute } from "./user_sig.ts";
import { webhooksRoute } from "./webhooks.ts";

/** One route. */
export type RouteLine = [method: "GET" | "POST", pattern: string, route: Route];

/**
 * The routes that the options ask for.
 *
 * @throws {ConfigError} When an option of a route breaks a rule.
 */
export function routeTable(parts: Parts, options: GatewayOptions, note: Note): RouteLine[] {
  const { explain, webhooks, idempotency } = options;
  return [
    ["POST", "/v4/:service/:command", commandRoute(parts)],
    ["POST", "/usersig", userSigRoute(parts)],
    ["GET", "/policy", policyRoute(parts)],
    ["POST", "/why", whyRoute(parts)],
    ["GET", "/metrics", metricsRoute(parts)],
    ["GET", "/healthz", healthRoute()],
    ["GET", "/readyz", readyRoute(parts)],
    ...when(
      webhooks,
      (given): RouteLine[] => [
        ["POST", "/webhooks", webhooksRoute(parts, { store: idempotency?.store, ...given }, note)],
      ],
    ),
    ...when(
      explain,
      (given): RouteLine[] => [["GET", "/explain/:code", explainRoute(parts, given)]],
    ),
  ];
}

function when<T>(given: T | undefined, make: (given: T) => RouteLine[]): RouteLine[] {
  return given === undefined ? [] : make(given);
}

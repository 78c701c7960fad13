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
import { doctorRoutes } from "./doctor.ts";
import { explainRoute } from "./explain.ts";
import { healthRoute, readyRoute } from "./health.ts";
import { metricsRoute } from "./metrics.ts";
import { openApiRoute } from "./openapi.ts";
import { pageRoute } from "./pages.ts";
import { policyRoute, whyRoute } from "./policy.ts";
import { userSigRoute } from "./user_sig.ts";
import { whoAmIRoute } from "./whoami.ts";
import { webhooksRoute } from "./webhooks.ts";

/** One route. */
export type RouteLine = [method: "GET" | "POST", pattern: string, route: Route];

/**
 * The routes that the options ask for.
 *
 * @throws {ConfigError} When an option of a route breaks a rule.
 */
export function routeTable(parts: Parts, options: GatewayOptions, note: Note): RouteLine[] {
  const { explain, webhooks, doctor, openapi, docs } = options;
  const lines: RouteLine[] = [
    ["POST", "/v4/:service/:command", commandRoute(parts)],
    ["POST", "/usersig", userSigRoute(parts)],
    ["GET", "/whoami", whoAmIRoute(parts)],
    ["GET", "/policy", policyRoute(parts)],
    ["POST", "/why", whyRoute(parts)],
    ["GET", "/metrics", metricsRoute(parts)],
    ["GET", "/healthz", healthRoute()],
    ["GET", "/readyz", readyRoute(parts)],
  ];
  if (webhooks) lines.push(["POST", "/webhooks", webhooksRoute(parts, webhooks, note)]);
  if (doctor) {
    const { last, run } = doctorRoutes(parts, doctor);
    lines.push(["GET", "/doctor", last], ["POST", "/doctor", run]);
  }
  if (explain) lines.push(["GET", "/explain/:code", explainRoute(parts, explain)]);
  if (openapi) lines.push(["GET", "/openapi.json", openApiRoute(parts, openapi, options)]);
  const features = {
    console: Boolean(options.console),
    docs: Boolean(docs),
    doctor: Boolean(doctor),
    openapi: openapi ? openapi.show ?? "caller" : false as const,
    explain: Boolean(explain),
    cookies: Boolean(options.authenticate),
    apiKeys: Boolean(options.apiKeys?.length),
  };
  if (docs) lines.push(["GET", "/docs", pageRoute(docs, features)]);
  if (options.console) lines.push(["GET", "/", pageRoute(options.console, features)]);
  return lines;
}

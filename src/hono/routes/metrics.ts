import type { Parts } from "../gateway.ts";
import type { Route } from "../handle.ts";
import { Refusal } from "../problem.ts";

/** `GET /metrics`: the counters, for operators. */
export function metricsRoute(parts: Parts): Route {
  return async (exchange) => {
    const caller = await parts.identify(exchange);
    if (!parts.isOperator(caller)) throw new Refusal("role-missing", "It is for operators");
    return {
      status: 200,
      body: parts.metrics.text(parts.limits.concurrency.underWay),
      headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
    };
  };
}

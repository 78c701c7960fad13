/**
 * What every request goes through: ids, concurrency, the answer's headers, log and metrics.
 *
 * @module
 */

import type { Context } from "hono";
import { findRegion } from "../core/regions.ts";
import { urlOf } from "../core/url.ts";
import { refusalOf } from "./backend.ts";
import { Exchange } from "./exchange.ts";
import type { Limits } from "./limits/options.ts";
import type { Cors } from "./operate/cors.ts";
import type { Metrics } from "./operate/metrics.ts";
import { errorText, isoNow, type LogSink } from "./operate/request_log.ts";
import { tenths } from "./operate/timing.ts";
import { problemReply, type Refusal } from "./problem.ts";
import type { Reply } from "./reply.ts";

/** A route: answers, or throws a refusal. */
export type Route = (exchange: Exchange) => Promise<Reply> | Reply;

/** What the wrapping needs. */
export interface HandleOptions {
  baseUrl: string;
  limits: Limits;
  cors: Cors;
  metrics: Metrics;
  log: LogSink | undefined;
}

/** Makes Hono's handler of a route. */
export type Handle = (pattern: string, route: Route) => (context: Context) => Promise<Response>;

const PROBES = ["/healthz", "/readyz"];

/** Makes the wrapping. */
export function handling(options: HandleOptions): Handle {
  const { limits: { concurrency }, metrics, log, cors } = options;
  // Which host answers says the region; one that is in no table is nobody's business.
  const regions = new Map<string, string | undefined>();

  function regionOf(baseUrl: string): string | undefined {
    if (!regions.has(baseUrl)) {
      regions.set(baseUrl, findRegion(urlOf(baseUrl)?.host ?? "")?.id);
    }
    return regions.get(baseUrl);
  }

  async function answer(exchange: Exchange, route: Route): Promise<[Reply, Refusal?]> {
    let entered = false;
    try {
      // Probes count for nothing: who is busy must not be restarted for it.
      if (!PROBES.includes(exchange.route)) {
        concurrency.enter();
        entered = true;
      }
      return [await route(exchange)];
    } catch (error) {
      const refusal = refusalOf(error);
      return [problemReply(refusal, exchange.requestId), refusal];
    } finally {
      if (entered) concurrency.leave();
      if (exchange.caller) concurrency.leaveCaller(exchange.caller.identifier);
    }
  }

  function headersOf(exchange: Exchange, reply: Reply, total: number): Record<string, string> {
    const headers: Record<string, string> = {
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-request-id": exchange.requestId,
      "server-timing": exchange.timing.header(total),
    };
    if (options.cors.open) {
      Object.assign(headers, cors.headers(exchange.request.headers.get("origin")));
    }
    if (reply.headers) Object.assign(headers, reply.headers);
    if (reply.body === null) delete headers["content-type"];
    if (exchange.attempts > 0) {
      headers["x-tim-attempts"] = String(exchange.attempts);
      const region = regionOf(exchange.baseUrl ?? options.baseUrl);
      if (region) headers["x-tim-region"] = region;
      if (exchange.upstreamRequestId) headers["x-tim-request-id"] = exchange.upstreamRequestId;
    }
    return headers;
  }

  return (pattern, route) => async (context) => {
    const exchange = new Exchange(context, pattern);
    const [reply, refusal] = await answer(exchange, route);
    const total = exchange.timing.total();
    const { command, outcome, timing } = exchange;
    metrics.count({
      route: pattern,
      status: reply.status,
      reason: reply.reason,
      ms: total,
      upstream: outcome === undefined
        ? undefined
        : { command: command!, outcome, ms: timing.upstream },
    });
    log?.(recordOf(exchange, reply, refusal, total));
    return new Response(reply.body, {
      status: reply.status,
      headers: headersOf(exchange, reply, total),
    });
  };
}

function recordOf(
  exchange: Exchange,
  reply: Reply,
  refusal: Refusal | undefined,
  total: number,
): Parameters<LogSink>[0] {
  const { timing, caller, attempts } = exchange;
  return {
    time: isoNow(),
    level: reply.status >= 500 ? "error" : reply.status >= 400 ? "warn" : "info",
    event: "request",
    requestId: exchange.requestId,
    traceparent: exchange.traceparent,
    method: exchange.request.method,
    route: exchange.route,
    status: reply.status,
    reason: reply.reason,
    caller: caller?.identifier,
    via: caller?.via,
    command: exchange.command,
    callback: exchange.callback,
    errorCode: exchange.errorCode,
    upstreamRequestId: exchange.upstreamRequestId,
    attempts: attempts || undefined,
    tookMs: tenths(total),
    upstreamMs: attempts > 0 ? tenths(timing.upstream) : undefined,
    error: faultOf(refusal?.cause ?? exchange.callbackFault),
  };
}

function faultOf(cause: unknown): string | undefined {
  return cause === undefined ? undefined : errorText(cause);
}

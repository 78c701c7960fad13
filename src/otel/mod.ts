/**
 * OpenTelemetry spans for the calls of a client, named by the semantic conventions for HTTP clients.
 *
 * @module
 */

import { resolveBaseUrl } from "../core/base_url.ts";
import { isApiError, isTimError } from "../core/errors.ts";
import type { CallOutcome } from "../core/attempts.ts";
import type { CallRequest, Middleware, NextCall } from "../core/middleware.ts";

export type { CallOutcome, CallRequest, Middleware, NextCall };

/**
 * What is used of OpenTelemetry's `Span`.
 *
 * @example A span that a test can read
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { openTelemetry, type SpanLike } from "@tim/edge/otel";
 *
 * const told: Record<string, string | number> = {};
 * const span: SpanLike = {
 *   setAttribute: (key, value) => told[key] = value,
 *   setStatus: ({ message }) => told.status = message ?? "",
 *   end: () => {},
 * };
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 *   middleware: [openTelemetry({
 *     tracer: { startActiveSpan: (_name, _options, run) => run(span) },
 *     baseUrl: "https://adminapisgp.im.qcloud.com",
 *   })],
 * });
 * await tim.call("group_open_http_svc/get_appid_group_list");
 * console.log(told["http.response.status_code"], told["tim.attempts"]); // 200 1
 * ```
 */
export interface SpanLike {
  /** Sets one attribute. */
  setAttribute(key: string, value: string | number): unknown;
  /** Sets the status; code 2 is an error. */
  setStatus(status: { code: number; message?: string }): unknown;
  /** Ends it. */
  end(): void;
}

/**
 * What is used of OpenTelemetry's `Tracer`; `trace.getTracer("…")` gives one.
 *
 * @example The names of the spans
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { openTelemetry, type TracerLike } from "@tim/edge/otel";
 *
 * const names: string[] = [];
 * const tracer: TracerLike = {
 *   startActiveSpan(name, _options, run) {
 *     names.push(name);
 *     return run({ setAttribute() {}, setStatus() {}, end() {} });
 *   },
 * };
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 *   middleware: [openTelemetry({ tracer, baseUrl: "https://adminapisgp.im.qcloud.com" })],
 * });
 * await tim.call("group_open_http_svc/get_appid_group_list");
 * console.log(names); // ["POST /v4/group_open_http_svc/get_appid_group_list"]
 * ```
 */
export interface TracerLike {
  /** Starts a span and runs a function inside it; kind 2 is a client. */
  startActiveSpan<T>(
    name: string,
    options: { kind: number; attributes: Record<string, string | number> },
    run: (span: SpanLike) => T,
  ): T;
}

/**
 * What {@linkcode openTelemetry} takes.
 *
 * @example The trace goes along with the request
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { openTelemetry, type OpenTelemetryOptions } from "@tim/edge/otel";
 *
 * const span = { setAttribute() {}, setStatus() {}, end() {} };
 * const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
 * const options: OpenTelemetryOptions = {
 *   tracer: { startActiveSpan: (_name, _options, run) => run(span) }, // trace.getTracer("my-app")
 *   baseUrl: "https://adminapisgp.im.qcloud.com",
 *   inject: (headers) => Object.assign(headers, { traceparent }), // propagation.inject(…)
 * };
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 *   middleware: [openTelemetry(options), (request, next) => {
 *     console.log(request.options.headers?.traceparent === traceparent); // true
 *     return next(request);
 *   }],
 * });
 * await tim.call("group_open_http_svc/get_appid_group_list");
 * ```
 */
export interface OpenTelemetryOptions {
  /** Makes the spans. */
  tracer: TracerLike;
  /** The client's base URL, for `server.address` of calls that got no answer. */
  baseUrl: string;
  /**
   * Writes `traceparent` into the request's headers:
   * `(headers) => propagation.inject(context.active(), headers)`.
   */
  inject?: (headers: Record<string, string>) => void;
}

const CLIENT = 2;
const ERROR = 2;

/**
 * Makes a span of every call: all its attempts together, without the query of the URL, which carries the
 * UserSig.
 *
 * Named `POST /v4/service/command`. Besides the attributes of the conventions it has `tim.attempts`,
 * `tim.request_id` and, after a refusal, `tim.error_code`.
 *
 * @example With the OpenTelemetry API
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { openTelemetry, type TracerLike } from "@tim/edge/otel";
 *
 * const baseUrl = "https://adminapisgp.im.qcloud.com";
 * const clientFor = (secretKey: string, tracer: TracerLike) =>
 *   new TimClient({
 *     sdkAppId: 1400000000,
 *     secretKey,
 *     baseUrl,
 *     middleware: [openTelemetry({ tracer, baseUrl })], // trace.getTracer("my-app")
 *   });
 * console.log(typeof clientFor); // function
 * ```
 *
 * @param options The tracer, and how the trace is passed on.
 * @returns The middleware; first of the list, it measures the others too.
 * @throws {ConfigError} When `baseUrl` is no address.
 */
export function openTelemetry(options: OpenTelemetryOptions): Middleware {
  const { tracer, inject } = options;
  // Any address will do: nothing is sent there from here.
  const baseUrl = resolveBaseUrl({ baseUrl: `${options.baseUrl}`, emulator: true });
  return (request, next) => {
    const template = `/v4/${request.command}`;
    const attributes = {
      "http.request.method": "POST",
      "url.template": template,
      ...server(baseUrl, template),
    };
    return tracer.startActiveSpan(
      `POST ${template}`,
      { kind: CLIENT, attributes },
      async (span) => {
        try {
          const outcome = await next(withTrace(request, inject));
          for (const [key, value] of Object.entries(server(outcome.baseUrl, template))) {
            span.setAttribute(key, value);
          }
          span.setAttribute("http.response.status_code", 200);
          told(span, outcome.attempts, outcome.answer.RequestId);
          return outcome;
        } catch (error) {
          fail(span, error);
          throw error;
        } finally {
          span.end();
        }
      },
    );
  };
}

function withTrace(request: CallRequest, inject: OpenTelemetryOptions["inject"]): CallRequest {
  if (!inject) return request;
  const headers = { ...request.options.headers };
  inject(headers);
  return { ...request, options: { ...request.options, headers } };
}

function server(baseUrl: string, template: string): Record<string, string | number> {
  if (baseUrl === "") return {};
  const { hostname, port, protocol } = new URL(baseUrl);
  return {
    "server.address": hostname,
    "server.port": Number(port) || (protocol === "https:" ? 443 : 80),
    "url.full": baseUrl + template,
  };
}

function fail(span: SpanLike, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  span.setStatus({ code: ERROR, message });
  if (!isTimError(error)) return span.setAttribute("error.type", "_OTHER") as void;
  span.setAttribute("error.type", isApiError(error) ? String(error.errorCode) : error.code);
  if (isApiError(error)) span.setAttribute("tim.error_code", error.errorCode);
  if (error.status !== undefined) span.setAttribute("http.response.status_code", error.status);
  told(span, error.attempts, error.requestId);
}

function told(span: SpanLike, attempts: number | undefined, requestId: string | undefined): void {
  if (attempts !== undefined) span.setAttribute("tim.attempts", attempts);
  if (attempts !== undefined && attempts > 1) {
    span.setAttribute("http.request.resend_count", attempts - 1);
  }
  if (requestId) span.setAttribute("tim.request_id", requestId);
}

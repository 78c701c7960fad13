/**
 * OpenTelemetry spans for the calls of a client, named by the semantic conventions for HTTP clients.
 *
 * @module
 */

import { isApiError, isTimError } from "../core/errors.ts";
import type { CallOutcome } from "../core/attempts.ts";
import type { CallRequest, Middleware, NextCall } from "../core/middleware.ts";

export type { CallOutcome, CallRequest, Middleware, NextCall };

/** What is used of OpenTelemetry's `Span`. */
export interface SpanLike {
  /** Sets one attribute. */
  setAttribute(key: string, value: string | number): unknown;
  /** Sets the status; code 2 is an error. */
  setStatus(status: { code: number; message?: string }): unknown;
  /** Ends it. */
  end(): void;
}

/** What is used of OpenTelemetry's `Tracer`; `trace.getTracer("…")` gives one. */
export interface TracerLike {
  /** Starts a span and runs a function inside it; kind 2 is a client. */
  startActiveSpan<T>(
    name: string,
    options: { kind: number; attributes: Record<string, string | number> },
    run: (span: SpanLike) => T,
  ): T;
}

/** What {@linkcode openTelemetry} takes. */
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
 */
export function openTelemetry({ tracer, baseUrl, inject }: OpenTelemetryOptions): Middleware {
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

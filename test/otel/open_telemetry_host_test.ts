import { test } from "uvu";
import * as assert from "uvu/assert";
import { isTimError, TimClient } from "../../mod.ts";
import { openTelemetry } from "../../src/otel/mod.ts";
import { rejects } from "../support/rejects.ts";
import { tool } from "../support/tool.mjs";

const { context, propagation } = tool("@opentelemetry/api");
const { AsyncLocalStorageContextManager } = tool("@opentelemetry/context-async-hooks");
const { W3CTraceContextPropagator } = tool("@opentelemetry/core");
const { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } = tool(
  "@opentelemetry/sdk-trace-base",
);

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());

const baseUrl = "https://adminapisgp.im.qcloud.com";
const requests: Headers[] = [];

/** A client whose attempts are answered with these codes in turn. */
function clientWith(codes: number[]): TimClient {
  return new TimClient({
    sdkAppId: 1400000000,
    secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
    baseUrl,
    retry: { baseDelayMs: 1 },
    middleware: [openTelemetry({
      tracer: provider.getTracer("test") as never,
      baseUrl,
      inject: (headers) => propagation.inject(context.active(), headers),
    })],
    fetch: (_, init) => {
      requests.push(new Headers(init.headers));
      const ErrorCode = codes.shift()!;
      const ActionStatus = ErrorCode === 0 ? "OK" : "FAIL";
      return Promise.resolve(Response.json({ ActionStatus, ErrorCode, RequestId: "Id-1" }));
    },
  });
}

test.before.each(() => {
  exporter.reset();
  requests.length = 0;
});

test("openTelemetry makes one span of a call with all its attempts", async () => {
  await clientWith([10002, 0]).call("group_open_http_svc/get_group_info", { GroupIdList: ["a"] });
  const [span, ...rest] = exporter.getFinishedSpans();
  assert.is(rest.length, 0);
  assert.is(span!.name, "POST /v4/group_open_http_svc/get_group_info");
  assert.is(span!.kind, 2);
  assert.equal(span!.attributes, {
    "http.request.method": "POST",
    "url.template": "/v4/group_open_http_svc/get_group_info",
    "url.full": `${baseUrl}/v4/group_open_http_svc/get_group_info`,
    "server.address": "adminapisgp.im.qcloud.com",
    "server.port": 443,
    "http.response.status_code": 200,
    "http.request.resend_count": 1,
    "tim.attempts": 2,
    "tim.request_id": "Id-1",
  });
});

test("openTelemetry passes the trace on, the same for every attempt", async () => {
  await clientWith([10002, 0]).call("group_open_http_svc/get_group_info", { GroupIdList: ["a"] });
  const { traceId, spanId } = exporter.getFinishedSpans()[0]!.spanContext();
  const traceparent = `00-${traceId}-${spanId}-01`;
  assert.equal(requests.map((headers) => headers.get("traceparent")), [traceparent, traceparent]);
});

test("openTelemetry marks a failed call, without its credential", async () => {
  await rejects(
    clientWith([10010]).call("group_open_http_svc/get_group_info", { GroupIdList: ["a"] }),
  );
  const [span] = exporter.getFinishedSpans();
  assert.is(span!.status.code, 2);
  assert.is(span!.attributes["error.type"], "10010");
  assert.is(span!.attributes["tim.error_code"], 10010);
  assert.not.match(JSON.stringify([span!.attributes, span!.status, span!.name]), /usersig/i);
});

test("openTelemetry refuses an address that is none before any call, and takes a slash at its end", async () => {
  const none = { startActiveSpan: () => {} } as never;
  for (const baseUrl of ["adminapisgp.im.qcloud.com", "", undefined as unknown as string]) {
    assert.throws(
      () => openTelemetry({ tracer: none, baseUrl }),
      (error: unknown) => isTimError(error, "config"),
    );
  }
  const given: Record<string, unknown>[] = [];
  const middleware = openTelemetry({
    tracer: {
      startActiveSpan(_name, { attributes }, run) {
        given.push(attributes);
        return run({ setAttribute() {}, setStatus() {}, end() {} });
      },
    },
    baseUrl: "http://10.0.0.7:8788/",
  });
  const outcome = {
    answer: { ActionStatus: "OK", ErrorCode: 0 } as const,
    attempts: 1,
    baseUrl: "",
  };
  await middleware({ command: "a/b", body: {}, options: {} }, () => Promise.resolve(outcome));
  assert.is(given[0]!["url.full"], "http://10.0.0.7:8788/v4/a/b");
});

test("openTelemetry gives a failure that is no answer its own error type", async () => {
  const { call } = { call: () => clientWith([]).call("no-such-form") };
  await rejects(call());
  assert.is(exporter.getFinishedSpans()[0]!.attributes["error.type"], "TIM_CONFIG");
});

test.run();

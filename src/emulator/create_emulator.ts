/**
 * The emulator as one Hono app.
 *
 * @module
 */

import { type Context, Hono } from "hono";
import { redact } from "../core/redact.ts";
import { EMULATOR_APP, type EmulatorApp, runApps } from "./apps.ts";
import { coverage } from "./control/coverage.ts";
import type { HonoApp } from "./hono_app.ts";
import { failure, RequestIds, success } from "./protocol/envelope.ts";
import { type CommandPath, judge } from "./protocol/judge.ts";
import { Refusal } from "./refusal.ts";
import { registry } from "./services/services.ts";

/** One request that was answered, for a log; nothing in it is secret. */
export interface EmulatorCall {
  /** The HTTP method. */
  method: string;
  /** The path without the query. */
  path: string;
  /** `service/command`, when the path has that form. */
  command?: string;
  /** The `ErrorCode` of the answer; 0 is success. */
  errorCode: number;
  /** The `ErrorInfo` of the answer; empty on success. */
  errorInfo: string;
  /** The `RequestId` of the answer; absent for `GET /`. */
  requestId?: string;
  /** How long it took, in milliseconds. */
  ms: number;
}

/** What an emulator is made of. */
export interface EmulatorOptions {
  /** The apps that it answers for. @default {[EMULATOR_APP]} */
  apps?: readonly EmulatorApp[];
  /** The clock, in milliseconds since 1970; signatures expire by it. @default {Date.now} */
  now?: () => number;
  /** Is told of every request when its answer is ready; must not throw. */
  onCall?: (call: EmulatorCall) => void;
}

/** What the backend's own answers carry, by the sample in the documentation. */
const HEADERS = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "X-Requested-With",
  "access-control-allow-methods": "POST",
};

const GREETING = "Emulator of the server REST API of Tencent Cloud's Chat, Room and Live.\n" +
  "Commands are called by POST /v4/servicename/command.\n";

/**
 * Makes an emulator of the backend, with empty worlds in memory. It is an app to serve on any runtime, to
 * mount into another, or to call with no port at all.
 *
 * @example In a test, with no port
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createEmulator, EMULATOR_APP } from "@tim/edge/emulator";
 *
 * const emulator = createEmulator();
 * const tim = new TimClient({
 *   sdkAppId: EMULATOR_APP.sdkAppId,
 *   secretKey: EMULATOR_APP.secretKey,
 *   baseUrl: "http://127.0.0.1:8788",
 *   fetch: async (url, init) => await emulator.request(url, init),
 * });
 * await tim.call("im_open_login_svc/account_import", { UserID: "mira" });
 * ```
 *
 * @param options Which apps, which clock.
 * @returns A Hono app.
 * @throws {ConfigError} When an app breaks a rule; the message names it.
 */
export function createEmulator(options: EmulatorOptions = {}): HonoApp {
  const apps = runApps(options.apps ?? [EMULATOR_APP]);
  const clock = options.now ?? Date.now;
  const requestIds = new RequestIds();

  async function answer(context: Context, path?: CommandPath): Promise<Response> {
    const started = performance.now();
    const requestId = requestIds.next();
    const envelope = await judge(context.req.raw, path, apps, clock).then(
      (data) => success(requestId, data),
      (error) =>
        error instanceof Refusal
          ? failure(requestId, error.code, error.message)
          : failure(requestId, 60008, `The emulator itself failed: ${error}`),
    );
    options.onCall?.({
      method: context.req.method,
      path: redact(context.req.path),
      ...(path && { command: redact(`${path.service}/${path.command}`) }),
      errorCode: envelope.ErrorCode,
      errorInfo: envelope.ErrorInfo ?? "",
      requestId,
      ms: performance.now() - started,
    });
    return context.json(envelope, 200, HEADERS);
  }

  const app = new Hono();
  app.get("/", (context) => {
    const { method, path } = context.req;
    options.onCall?.({ method, path, errorCode: 0, errorInfo: "", ms: 0 });
    return context.text(GREETING, 200, HEADERS);
  });
  app.get("/_emulator/coverage", (context) => context.json(coverage(registry), 200, HEADERS));
  app.all("/v4/:service/:command", (context) => answer(context, context.req.param()));
  app.all("*", (context) => answer(context));
  return app;
}

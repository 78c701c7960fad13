/**
 * The emulator as one Hono app.
 *
 * @module
 */

import { type Context, Hono } from "hono";
import { ConfigError } from "../core/errors.ts";
import { redact } from "../core/redact.ts";
import { EMULATOR_APP, type EmulatorApp } from "./apps.ts";
import { EmulatorClock } from "./clock.ts";
import { RequestLog } from "./control/request_log.ts";
import { showPage } from "./control/pages.ts";
import { controlRoutes } from "./control/routes.ts";
import { acts, type Fault, FAULT_HEADER, faultText, parseFault } from "./faults/fault.ts";
import { FaultBook } from "./faults/fault_book.ts";
import { ConnectionClosed, delay, faultyAnswer } from "./faults/faulty_answer.ts";
import type { HonoApp } from "./hono_app.ts";
import { readText } from "./protocol/body.ts";
import { failure, RequestIds, success } from "./protocol/envelope.ts";
import { Frequency } from "./protocol/frequency.ts";
import { type Asked, judge } from "./protocol/judge.ts";
import { textAnswer } from "./protocol/text_answer.ts";
import { Refusal } from "./refusal.ts";
import { overLimit } from "./webhooks/over_limit.ts";
import { perform, tell } from "./webhooks/perform.ts";
import { waitUntilOf } from "./webhooks/wait_until.ts";
import { Webhooks, type WebhookSettings } from "./webhooks/webhooks.ts";
import type { Journals } from "./worlds/journal.ts";
import type { EmulatorSnapshot } from "./worlds/snapshot.ts";
import { Worlds } from "./worlds/worlds.ts";

/**
 * One request that was answered, for a log; nothing in it is secret.
 *
 * @example A log of what a test calls
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createEmulator, EMULATOR_APP, type EmulatorCall } from "@tim/edge/emulator";
 *
 * const calls: EmulatorCall[] = [];
 * const emulator = createEmulator({ onCall: (call) => void calls.push(call) });
 * const { sdkAppId, secretKey } = EMULATOR_APP;
 * const fetch = async (url: string, init: RequestInit) => await emulator.request(url, init);
 * const tim = new TimClient({ sdkAppId, secretKey, baseUrl: "http://127.0.0.1:8788", fetch });
 * await tim.call("im_open_login_svc/account_import", { UserID: "alice" });
 * const [{ command, errorCode }] = calls as [EmulatorCall];
 * console.log(command, errorCode); // im_open_login_svc/account_import 0
 * ```
 */
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
  tookMs: number;
  /** The fault that it met, if one was asked for. */
  fault?: string;
}

/**
 * What an emulator is made of.
 *
 * @example New year's eve, and a user who is there already
 * ```ts
 * import { createEmulator, type EmulatorOptions } from "@tim/edge/emulator";
 *
 * const options: EmulatorOptions = {
 *   now: () => Date.UTC(2026, 11, 31, 23, 59),
 *   limits: true,
 *   seed: {
 *     version: 2,
 *     apps: [{
 *       calls: [{ command: "im_open_login_svc/account_import", body: { UserID: "alice" } }],
 *     }],
 *   },
 * };
 * const emulator = createEmulator(options);
 * const { iso } = await (await emulator.request("/_emulator/clock")).json();
 * console.log(iso); // 2026-12-31T23:59:00.000Z
 * ```
 */
export interface EmulatorOptions {
  /** The apps that it answers for. @default {[EMULATOR_APP]} */
  apps?: readonly EmulatorApp[];
  /** Whether every other app id opens a world of its own, signed with the well-known key. @default {false} */
  anyApp?: boolean;
  /** Whether the apps that `anyApp` opens have the free edition's limits. @default {false} */
  trial?: boolean;
  /** What the worlds begin with; see {@linkcode EmulatorSnapshot}. */
  seed?: EmulatorSnapshot;
  /** Whether what comes too often is refused: by the second, the hour or the day, as documented. @default {false} */
  limits?: boolean;
  /** Where callbacks to the app's own server go; nowhere when left out. */
  webhooks?: WebhookSettings;
  /**
   * Where worlds and the clock are kept: `sqliteJournals(path)` of `@tim/edge/emulator/sqlite`; in memory when
   * left out.
   */
  journals?: Journals;
  /** The clock, in milliseconds since 1970; signatures expire by it. @default {Date.now} */
  now?: () => number;
  /** Sends the callbacks. @default {fetch} */
  fetch?: typeof fetch;
  /** Is told of every request when its answer is ready; must not throw. */
  onCall?: (call: EmulatorCall) => void;
}

/** What the backend's own answers carry, by the sample in the documentation. */
const HEADERS = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "X-Requested-With",
  "access-control-allow-methods": "POST",
};
const JSON_HEADERS = { ...HEADERS, "content-type": "application/json" };

const GREETING = "Emulator of the server REST API of Tencent Cloud's Chat, Room and Live.\n" +
  "Commands are called by POST /v4/servicename/command; /_emulator/ controls it.\n";

/**
 * Makes an emulator of the backend. It is an app to serve on any runtime, to mount into another, or to call
 * with no port at all. Paths under `/_emulator` control it.
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
 * @param options Which apps, which clock, what is in them.
 * @returns A Hono app.
 * @throws {ConfigError} When an app, the seed or a setting breaks a rule; the message names it.
 */
export function createEmulator(options: EmulatorOptions = {}): HonoApp {
  const clock = new EmulatorClock(options.now ?? Date.now);
  const worlds = new Worlds({
    apps: options.apps ?? [EMULATOR_APP],
    anyApp: options.anyApp ?? false,
    trial: options.trial ?? false,
    seed: options.seed,
    journals: options.journals,
    clock,
  });
  const webhooks = new Webhooks(options.webhooks, clock.now, options.fetch ?? fetch);
  const bench = {
    worlds,
    now: clock.now,
    ...(options.limits && { frequency: new Frequency() }),
  };
  const faults = new FaultBook();
  const log = new RequestLog();
  const requestIds = new RequestIds();

  /** Judges the request and carries it out. */
  async function carryOut(asked: Asked, context: Context): Promise<object> {
    const { app, call, isOften } = await judge(asked, bench);
    app.world.limits = options.limits ?? false;
    const waitUntil = () => waitUntilOf(context);
    if (isOften) tell(app, [overLimit(call.command)], webhooks, waitUntil);
    return await perform(app, call, webhooks, waitUntil);
  }

  async function answer(context: Context, path?: Asked["path"]): Promise<Response> {
    const started = performance.now();
    const { raw: request, method } = context.req;
    const url = new URL(request.url);
    const asked: Asked = { method, url, path };
    // Who asks is logged even where a fault strikes before anything is judged.
    asked.sdkAppId = Number(url.searchParams.get("sdkappid")) || undefined;
    asked.identifier = url.searchParams.get("identifier") ?? undefined;
    const command = path && `${path.service}/${path.command}`;
    const fault = findFault(request, command ?? url.pathname, asked.sdkAppId ?? 0);
    if (fault instanceof Response) return fault;
    if (fault?.kind === "delay") await delay(fault.value!, request.signal);
    asked.text = await readText(request);
    const requestId = requestIds.next();
    const envelope = fault && !acts(fault)
      ? faultEnvelope(requestId, fault)
      : await carryOut(asked, context).then(
        (data) => success(requestId, data),
        (error) =>
          error instanceof Refusal
            ? failure(requestId, error.code, error.message)
            : failure(requestId, 60008, `The emulator itself failed: ${error}`),
      );
    const shown = fault?.kind === "error" ? faultEnvelope(requestId, fault) : envelope;
    const text = JSON.stringify(shown);
    const tookMs = performance.now() - started;
    const facts = {
      method,
      path: context.req.path,
      ...(command && { command }),
      errorCode: shown.ErrorCode,
      errorInfo: shown.ErrorInfo ?? "",
      requestId,
      tookMs,
      ...(fault && { fault: faultText(fault) }),
    };
    log.add({
      ...facts,
      time: clock.now(),
      sdkAppId: asked.sdkAppId,
      identifier: asked.identifier,
      text: asked.text,
      answer: text,
      ...(asked.sdkAppId === undefined && isProbe(request) && { probe: true }),
    });
    options.onCall?.({
      ...facts,
      path: redact(facts.path),
      ...(command && { command: redact(command) }),
    });
    if (fault) return await faultyAnswer(fault, text, JSON_HEADERS, request.signal);
    return textAnswer(text, JSON_HEADERS);
  }

  function findFault(
    request: Request,
    command: string,
    sdkAppId: number,
  ): Fault | Response | undefined {
    const header = request.headers.get(FAULT_HEADER);
    if (header === null) return faults.strike(command, sdkAppId);
    try {
      return parseFault(header);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return Response.json({ error: error.message }, { status: 400 });
    }
  }

  const app = new Hono();
  app.onError((error) => {
    // Who closes a connection does not answer.
    if (error instanceof ConnectionClosed || error.name === "AbortError") throw error;
    return Response.json({ error: `The emulator itself failed: ${error.message}` }, {
      status: 500,
    });
  });
  app.get("/", (context) => {
    const { method, path } = context.req;
    options.onCall?.({ method, path, errorCode: 0, errorInfo: "", tookMs: 0 });
    return context.text(GREETING, 200, HEADERS);
  });
  app.get("/_emulator", showPage);
  app.get("/_emulator/", showPage);
  app.route("/_emulator", controlRoutes({ worlds, clock, faults, log, webhooks }));
  app.all("/v4/:service/:command", (context) => answer(context, context.req.param()));
  app.all("*", (context) => answer(context));
  return app;
}

/** The doctor's calls are unsigned on purpose, when they are to measure and not to act. */
function isProbe(request: Request): boolean {
  return request.headers.get("user-agent") === "tim-edge-doctor";
}

function faultEnvelope(requestId: string, { kind, value }: Fault) {
  if (kind !== "error") return success(requestId, {});
  return failure(requestId, value!, "The emulator was asked for this code");
}

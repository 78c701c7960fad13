/**
 * A `fetch` handler that answers callbacks in time.
 *
 * @module
 */

import { ConfigError } from "../../core/errors.ts";
import { nearest } from "../nearest.ts";
import { webhookRows } from "../generated/webhooks.ts";
import { letPass } from "./answers.ts";
import {
  type IncomingWebhook,
  type RefusableEvent,
  rowOf,
  type UnknownWebhook,
  type WebhookCommand,
  type WebhookEvent,
} from "./event.ts";
import { isWebhookFault, WebhookFault } from "./fault.ts";
import { webhookId, type WebhookMemory } from "./memory.ts";
import { checkOptions, DEFAULT_AGE_SECONDS, parseChecked, type WebhookOptions } from "./parse.ts";

/** The backend waits so long, and no setting changes it. */
const BACKEND_WAITS_MS = 2000;
/** When an answer is given, unless an option says otherwise. */
const DEFAULT_MS = 1500;

/**
 * An answer, or none: what then lets pass.
 *
 * @example A filter that says no, or nothing
 * ```ts
 * import {
 *   refuse,
 *   type WebhookEvent,
 *   webhookHandler,
 *   type WebhookReply,
 * } from "@tim/edge/webhooks";
 *
 * function filter(event: WebhookEvent<"Group.CallbackBeforeCreateGroup">): WebhookReply {
 *   if (event.body.Name.includes("admin")) return refuse(event, 10101, "Choose another name");
 * }
 * const handle = webhookHandler({
 *   sdkAppId: 1400000000,
 *   on: { "Group.CallbackBeforeCreateGroup": filter },
 * });
 * const query = "SdkAppid=1400000000&CallbackCommand=Group.CallbackBeforeCreateGroup";
 * const response = await handle(
 *   new Request(`https://app.example/callbacks?${query}`, {
 *     method: "POST",
 *     body: '{"Name":"Chess"}',
 *   }),
 * );
 * console.log((await response.json()).ErrorCode); // 0
 * ```
 */
export type WebhookReply = Response | undefined | void;

/**
 * What to do for each callback, by its `CallbackCommand`; the others are acknowledged.
 *
 * @example The handlers of each feature, put together
 * ```ts
 * import { letPass, refuse, webhookHandler, type WebhookHandlers } from "@tim/edge/webhooks";
 *
 * const naming: WebhookHandlers = {
 *   "Group.CallbackBeforeCreateGroup": (event) =>
 *     event.body.Name.includes("admin")
 *       ? refuse(event, 10101, "Another name, please")
 *       : letPass(event),
 * };
 * const presence: WebhookHandlers = {
 *   "State.StateChange": ({ body }) => {
 *     console.log(body.Info.To_Account, body.Info.Action); // alice Logout
 *   },
 * };
 * const handle = webhookHandler({ sdkAppId: 1400000000, on: { ...naming, ...presence } });
 * const query = "SdkAppid=1400000000&CallbackCommand=State.StateChange";
 * const body = JSON.stringify({ Info: { Action: "Logout", To_Account: "alice" } });
 * await handle(new Request(`https://app.example/callbacks?${query}`, { method: "POST", body }));
 * ```
 */
export type WebhookHandlers = {
  [Command in WebhookCommand]?: (
    event: WebhookEvent<Command>,
  ) => WebhookReply | Promise<WebhookReply>;
};

/**
 * How callbacks are handled.
 *
 * @example Nothing twice, and nothing unchecked
 * ```ts
 * import {
 *   refuse,
 *   webhookHandler,
 *   type WebhookHandlerOptions,
 *   webhookMemory,
 * } from "@tim/edge/webhooks";
 *
 * const options: WebhookHandlerOptions = {
 *   sdkAppId: 1400000000,
 *   token: "the token in the console",
 *   on: { "Group.CallbackAfterSendMsg": ({ body }) => console.log(body.GroupId) },
 *   timeoutMs: 1000,
 *   fallback: (event) => refuse(event),
 *   memory: webhookMemory(),
 * };
 * const handle = webhookHandler(options);
 * export default { fetch: (request: Request) => handle(request) };
 * ```
 */
export interface WebhookHandlerOptions extends WebhookOptions {
  /** What to do for each callback. */
  on: WebhookHandlers;
  /** What to do for a callback that the catalogue does not describe. @default {undefined} acknowledge it */
  onUnknown?: (event: UnknownWebhook) => WebhookReply | Promise<WebhookReply>;
  /**
   * When an answer is given in any case, in milliseconds from the arrival of the request; under 2000, since
   * the backend waits no longer.
   * @default {1500}
   */
  timeoutMs?: number;
  /**
   * The answer to an event about to happen whose handler was late or threw; to be strict,
   * `(event) => refuse(event)`.
   * @default {letPass}
   */
  fallback?: (event: RefusableEvent) => Response;
  /**
   * Remembers what came, `webhookMemory()` for instance: a callback that is sent again with the same time,
   * name and body is turned away with 409, unless its handler had failed. While the memory itself fails,
   * or takes over half of `timeoutMs`, callbacks are handled and `onError` is told. Wants a `token`, since only the signature says the time.
   * @default {undefined} a request that is sent again within `maxAgeSeconds` is handled again
   */
  memory?: WebhookMemory;
  /**
   * Is told of every request that was turned away, of handlers that were late (a `WebhookFault` for
   * `"late"`) and of what they threw; must not throw itself.
   * @default {console.error} turned away requests are not printed
   */
  onError?: (error: unknown, event: IncomingWebhook | undefined, request: Request) => void;
}

/**
 * Makes a handler of callbacks, for any server that speaks `Request` and `Response`.
 *
 * It answers within `timeoutMs` whatever happens: an event about to happen gets its `fallback`, one that has
 * happened is acknowledged while its handler goes on. A handler that throws on the latter is answered with
 * status 500, so that the backend can send the event again where the console says so.
 *
 * @example A Worker
 * ```ts
 * import { refuse, webhookHandler } from "@tim/edge/webhooks";
 *
 * const handle = webhookHandler({
 *   sdkAppId: 1400000000,
 *   token: "the token in the console",
 *   on: {
 *     "Group.CallbackBeforeSendMsg": (event) => {
 *       if (event.body.From_Account === "spammer") return refuse(event, 10101, "Not here");
 *     },
 *     "Group.CallbackAfterSendMsg": ({ body }) => console.log(body.GroupId, body.MsgBody.length),
 *   },
 * });
 *
 * export default {
 *   fetch: (request: Request, _env: unknown, context: { waitUntil(work: Promise<unknown>): void }) =>
 *     handle(request, context),
 * };
 * ```
 *
 * @param options What callbacks are checked against, and what to do for each.
 * @returns The handler, a Worker's `fetch` as it stands. Elsewhere in a Worker give it the context, so that late
 * work is not cut off.
 * @throws {ConfigError} When an option breaks a rule, or `on` names a callback that does not exist.
 */
export function webhookHandler(
  options: WebhookHandlerOptions,
): (
  request: Request,
  context?: { waitUntil?: (work: Promise<unknown>) => void } | object,
  workerContext?: { waitUntil?: (work: Promise<unknown>) => void },
) => Promise<Response> {
  const { on, onUnknown, timeoutMs = DEFAULT_MS, fallback = letPass, onError = printError } =
    options;
  checkHandlerOptions(options, timeoutMs);
  const { take, release } = remembering(options, onError);

  const work = async (event: IncomingWebhook): Promise<Response> => {
    // One event's handler takes that event's type; a union of both is more than the compiler relates.
    const handle = (event.known ? on[event.command] : onUnknown) as
      | ((event: IncomingWebhook) => WebhookReply | Promise<WebhookReply>)
      | undefined;
    const reply = await handle?.(event);
    if (reply === undefined || reply instanceof Response) return reply ?? letPass(event);
    throw new ConfigError(
      `The handler of ${event.command} returned neither a Response nor nothing`,
    );
  };
  const receive = async (request: Request, signal: AbortSignal) => {
    const event = await parseChecked(request, options, signal);
    const id = await take(request, event);
    // Nobody waits for it any more; it may come again.
    if (signal.aborted) await release(id);
    return { event, id };
  };
  const instead = (event: IncomingWebhook, status: number, request: Request): Response => {
    if (rowOf(event.command)?.phase !== "before") {
      return status === 200 ? letPass(event) : new Response(null, { status });
    }
    try {
      return fallback(event as RefusableEvent);
    } catch (error) {
      onError(error, event, request);
      return letPass(event);
    }
  };

  return async (request, ...contexts) => {
    const alarm = startAlarm(timeoutMs);
    let received: Awaited<ReturnType<typeof receive>> | undefined;
    try {
      received = await alarm.race(receive(request, alarm.signal));
      if (!received) throw new WebhookFault("late", `The body did not come within ${timeoutMs} ms`);
    } catch (error) {
      alarm.stop();
      onError(error, undefined, request);
      if (isWebhookFault(error)) return turnedAway(error);
      throw error;
    }
    let answered = false;
    const { event, id } = received;
    const working = work(event).catch(async (error) => {
      onError(error, event, request);
      if (answered) return letPass();
      const answer = instead(event, 500, request);
      // The backend may send it again.
      if (answer.status !== 200) await release(id);
      return answer;
    });
    const answer = await alarm.race(working);
    alarm.stop();
    if (answer) return answer;
    answered = true;
    // A Worker's `fetch` gets its environment between the request and the context.
    for (const context of contexts as (typeof contexts[1])[]) context?.waitUntil?.(working);
    if (event.known && event.phase === "before") {
      const late = `The handler of ${event.command} took over ${timeoutMs} ms`;
      onError(new WebhookFault("late", late), event, request);
    }
    return instead(event, 200, request);
  };
}

function checkHandlerOptions(options: WebhookHandlerOptions, timeoutMs: number): void {
  checkOptions(options);
  checkNames(options.on);
  if (options.memory && options.token === undefined) {
    throw new ConfigError(
      "memory needs a token: without a signature nothing says when it was sent",
    );
  }
  if (!(timeoutMs > 0 && timeoutMs < BACKEND_WAITS_MS)) {
    throw new ConfigError(
      `timeoutMs is ${timeoutMs}, wanted over 0 and under ${BACKEND_WAITS_MS}: the backend waits no longer`,
    );
  }
}

/** What came before, as far as anybody remembers in time. */
function remembering(
  { memory, maxAgeSeconds = DEFAULT_AGE_SECONDS, timeoutMs = DEFAULT_MS }: WebhookHandlerOptions,
  onError: NonNullable<WebhookHandlerOptions["onError"]>,
) {
  return {
    /** Takes a callback's id; nothing where nobody remembers. */
    async take(request: Request, event: IncomingWebhook): Promise<string | undefined> {
      if (!memory) return undefined;
      const id = await webhookId(request.url, event.command, event.body);
      // The rest of the time is the handler's.
      const alarm = startAlarm(timeoutMs / 2);
      try {
        // RequestTime may lie ahead by as much as it may lie behind.
        const taken = await alarm.race(memory.take(id, 2000 * maxAgeSeconds));
        if (taken) return id;
        if (taken === undefined) throw new Error("The memory is late");
      } catch (error) {
        onError(error, event, request);
        return undefined;
      } finally {
        alarm.stop();
      }
      throw new WebhookFault("replay", `${event.command} of that time and body has come before`);
    },
    async release(id: string | undefined): Promise<void> {
      if (id === undefined) return;
      try {
        await memory!.release(id);
      } catch {
        // Then the callback stays refused until its time is over.
      }
    },
  };
}

/** Rings once; whoever races against it gets nothing when it rings first. */
function startAlarm(timeoutMs: number) {
  const controller = new AbortController();
  let ring: () => void;
  const rung = new Promise<undefined>((resolve) => ring = () => resolve(undefined));
  const timer = setTimeout(() => {
    ring();
    controller.abort();
  }, timeoutMs);
  return {
    signal: controller.signal,
    race: <T>(work: T | Promise<T>) => Promise.race([work, rung]),
    stop: () => clearTimeout(timer),
  };
}

function turnedAway({ message, status }: WebhookFault): Response {
  const headers = status === 405 ? { allow: "POST" } : undefined;
  return Response.json(
    { ActionStatus: "FAIL", ErrorInfo: message, ErrorCode: 1 },
    { status, headers },
  );
}

function printError(error: unknown): void {
  if (!isWebhookFault(error) || error.reason === "late") console.error(error);
}

function checkNames(on: WebhookHandlers): void {
  for (const name of Object.keys(on)) {
    if (rowOf(name)) continue;
    const meant = nearest(name, webhookRows.map((row) => row.name));
    throw new ConfigError(
      `No callback is called ${name}${meant ? `; did you mean ${meant}?` : ""} Use onUnknown for ` +
        "callbacks that the catalogue does not describe",
    );
  }
}

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
import { checkOptions, parseChecked, type WebhookOptions } from "./parse.ts";

/** The backend waits so long, and no setting changes it. */
const BACKEND_WAITS_MS = 2000;

/** An answer, or none: what then lets pass. */
export type WebhookReply = Response | undefined | void;

/** What to do for each callback, by its `CallbackCommand`; the others are acknowledged. */
export type WebhookHandlers = {
  [Command in WebhookCommand]?: (
    event: WebhookEvent<Command>,
  ) => WebhookReply | Promise<WebhookReply>;
};

/** How callbacks are handled. */
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
   * Is told of every request that was turned away, of handlers that were late (a `WebhookFault` for
   * `"late"`) and of what they threw; must not throw itself.
   * @default {console.error} turned away requests are not printed
   */
  onError?: (error: unknown, event?: IncomingWebhook) => void;
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
 * @returns The handler; give it the Worker's context, so that late work is not cut off.
 * @throws {ConfigError} When an option breaks a rule, or `on` names a callback that does not exist.
 */
export function webhookHandler(
  options: WebhookHandlerOptions,
): (
  request: Request,
  context?: { waitUntil?: (work: Promise<unknown>) => void },
) => Promise<Response> {
  const { on, onUnknown, timeoutMs = 1500, fallback = letPass, onError = printError } = options;
  checkOptions(options);
  checkNames(on);
  if (!(timeoutMs > 0 && timeoutMs < BACKEND_WAITS_MS)) {
    throw new ConfigError(
      `timeoutMs is ${timeoutMs}, wanted over 0 and under ${BACKEND_WAITS_MS}: the backend waits no longer`,
    );
  }

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
  const instead = (event: IncomingWebhook, status: number): Response => {
    if (rowOf(event.command)?.phase !== "before") {
      return status === 200 ? letPass(event) : new Response(null, { status });
    }
    try {
      return fallback(event as RefusableEvent);
    } catch (error) {
      onError(error, event);
      return letPass(event);
    }
  };

  return async (request, context) => {
    const alarm = startAlarm(timeoutMs);
    let event: IncomingWebhook | undefined;
    try {
      const parsing = parseChecked(request, options, alarm.signal);
      event = await alarm.race(parsing);
      if (!event) throw new WebhookFault("late", `The body did not come within ${timeoutMs} ms`);
    } catch (error) {
      alarm.stop();
      onError(error);
      if (isWebhookFault(error)) return turnedAway(error);
      throw error;
    }
    let answered = false;
    const known = event;
    const working = work(known).catch((error) => {
      onError(error, known);
      return answered ? letPass() : instead(known, 500);
    });
    const answer = await alarm.race(working);
    alarm.stop();
    if (answer) return answer;
    answered = true;
    context?.waitUntil?.(working);
    if (known.known && known.phase === "before") {
      onError(
        new WebhookFault("late", `The handler of ${known.command} took over ${timeoutMs} ms`),
        known,
      );
    }
    return instead(known, 200);
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
    race: <T>(work: Promise<T>) => Promise.race([work, rung]),
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

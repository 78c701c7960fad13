import {
  type IncomingWebhook,
  isWebhookFault,
  letPass,
  webhookHandler,
  type WebhookHandlerOptions,
  type WebhookHandlers,
  type WebhookMemory,
  webhookMemory,
} from "../../api/webhooks/mod.ts";
import { ConfigError } from "../../core/errors.ts";
import { checkKeys, checkStore } from "../check_keys.ts";
import type { IdempotencyStore } from "../idempotency/store.ts";
import { inTime } from "../limits/guarded_limiter.ts";
import type { Exchange } from "../exchange.ts";
import type { Parts } from "../gateway.ts";
import { outlive } from "../late_work.ts";
import type { Route } from "../handle.ts";
import type { Note } from "../operate/request_log.ts";

/**
 * What becomes of the backend's callbacks at `POST /webhooks`.
 *
 * @example
 * ```ts
 * import type { GatewayWebhooks } from "@tim/edge/hono";
 * import { refuse } from "@tim/edge/webhooks";
 *
 * export const webhooks: GatewayWebhooks = {
 *   token: "the token in the console",
 *   on: {
 *     "Group.CallbackBeforeSendMsg": (event) => {
 *       if (event.body.From_Account === "spammer") return refuse(event, 10101, "Not here");
 *     },
 *     "Group.CallbackAfterSendMsg": ({ body }) => console.log(body.GroupId, body.MsgBody.length),
 *   },
 * };
 * ```
 */
export interface GatewayWebhooks
  extends Pick<WebhookHandlerOptions, "maxAgeSeconds" | "timeoutMs" | "fallback" | "onUnknown"> {
  /** The token that was set beside the callback's address in the console: without it anybody could send events. */
  token: string;
  /** What to do for each callback, by its `CallbackCommand`; the others are acknowledged. */
  on: WebhookHandlers;
  /**
   * Remembers for two minutes what came, so that a replay is refused; `durableIdempotency` does it for all
   * isolates of a Worker, `redisIdempotency` for several processes. Not the store of Idempotency-Keys unless it has
   * room for both.
   * @default {undefined} in the memory of this process, up to 100,000 callbacks
   */
  store?: IdempotencyStore;
}

const KEYS = ["token", "on", "onUnknown", "maxAgeSeconds", "timeoutMs", "fallback", "store"];

/**
 * `POST /webhooks`: the backend's callbacks. Whoever knows the token is the backend; nobody else is asked.
 *
 * @throws {ConfigError} When an option breaks a rule, or `on` names a callback that does not exist.
 */
export function webhooksRoute(parts: Parts, webhooks: GatewayWebhooks, note: Note): Route {
  checkKeys("webhooks", webhooks, KEYS);
  const { store, onUnknown, ...options } = webhooks;
  checkStore("webhooks.store", store);
  if (typeof options.token !== "string") {
    throw new ConfigError("webhooks.token is missing: without it anybody could send events");
  }
  if (typeof options.on !== "object" || options.on === null) {
    throw new ConfigError("webhooks.on must say what to do for each callback; {} acknowledges all");
  }
  const exchanges = new WeakMap<Request, Exchange>();
  const handle = webhookHandler({
    ...options,
    sdkAppId: parts.client.sdkAppId,
    maxBodyBytes: parts.limits.bodyBytes,
    memory: store
      ? asMemory(store, parts.limits.storeTimeoutMs, (error) => note("store-away", error))
      : webhookMemory(),
    onUnknown: (event) => {
      note("callback-unknown", undefined, { level: "warn", callback: nameOf(event.command) });
      return onUnknown ? onUnknown(event) : letPass(event);
    },
    onError: (error, event, request) => {
      const exchange = exchanges.get(request)!;
      if (event === undefined && isWebhookFault(error)) exchange.callbackFault = error;
      else note("callback-failed", error, exchange);
    },
  });

  return async (exchange) => {
    const { request, context } = exchange;
    exchanges.set(request, exchange);
    exchange.callback = nameOf(context.req.query("CallbackCommand") ?? "");
    const answer = await handle(request, {
      waitUntil: (work) => outlive(exchange, parts.late, work),
    });
    const reason = exchange.callbackFault && `callback-${exchange.callbackFault.reason}`;
    // 204 may have none.
    return { status: answer.status, body: await answer.text() || null, reason };
  };
}

/** The gateway's store as the handler wants it. While it is away, callbacks are handled, replays too. */
function asMemory(
  store: IdempotencyStore,
  timeoutMs: number,
  onAway: (error: unknown) => void,
): WebhookMemory {
  const name = (id: string) => `webhook:${id}`;
  const within = async <T>(step: () => Promise<T> | T): Promise<T> =>
    await inTime((async () => await step())(), timeoutMs);
  return {
    async take(id, forMs) {
      const options = { fingerprint: "webhook", keepMs: forMs, doubtAfterMs: forMs };
      try {
        return (await within(() => store.begin(name(id), options))).state === "new";
      } catch (error) {
        onAway(error);
        return true;
      }
    },
    release: (id) => within(() => store.release(name(id))).catch(onAway),
  };
}

/** A callback's name, for log and metrics, if it has the form of one. */
function nameOf(command: IncomingWebhook["command"]): string | undefined {
  return /^\w{1,32}\.\w{1,64}$/.test(command) ? command : undefined;
}

/**
 * The callbacks to the app's own server: where they go, how they are signed, what became of them.
 *
 * Source: "Webhook Overview" of the Chat documentation.
 *
 * @module
 */

import { findWebhook } from "./names.ts";
import { webhookSign } from "../../api/webhooks/sign.ts";
import { OVER_LIMIT } from "./over_limit.ts";
import { readAnswer } from "./read_answer.ts";
import { LONGEST_TIMER } from "../longest_timer.ts";
import { Turns } from "./turns.ts";
import { ConfigError } from "../../core/errors.ts";
import { urlOf } from "../../core/url.ts";
import { checkNames } from "../check_names.ts";
import type { Callback, CallbackName } from "../store/callbacks.ts";
import type { CallbackSetting } from "../store/rooms.ts";
import type { RunningApp } from "../worlds/running_app.ts";

/**
 * Where an emulator's callbacks go.
 *
 * @example Only new groups, and signed
 * ```ts
 * import { createEmulator, type WebhookSettings } from "@tim/edge/emulator";
 *
 * const webhooks: WebhookSettings = {
 *   url: "http://127.0.0.1:3000/callbacks",
 *   token: "a token of the console",
 *   callbacks: ["Group.CallbackBeforeCreateGroup", "Group.CallbackAfterCreateGroup"],
 * };
 * const emulator = createEmulator({ webhooks });
 * const { settings } = await (await emulator.request("/_emulator/webhooks")).json();
 * console.log(settings.callbacks.length, settings.signed); // 2 true
 * ```
 */
export interface WebhookSettings {
  /** Address of the app's server, `http://127.0.0.1:3000/callbacks`. */
  url: string;
  /** With a token every callback is signed: `Sign` and `RequestTime` in the query. */
  token?: string;
  /**
   * Which callbacks are switched on, by `CallbackCommand`; one about groups switches that about topics on.
   *
   * @default all
   */
  callbacks?: readonly string[];
  /** Whether the deed is refused when the server does not answer in time. @default {false} */
  blockWithoutAnswer?: boolean;
  /** How long an answer may take, in milliseconds. @default {2000} */
  timeoutMs?: number;
}

/** One callback that was sent. */
export interface Delivery {
  name: string;
  sdkAppId: number;
  body: object;
  /** What came back: the answer's JSON, or why there is none. */
  answer?: unknown;
  failed?: string;
}

const KEPT = 200;
const NAMES = ["url", "token", "callbacks", "blockWithoutAnswer", "timeoutMs"];

/** Callbacks of topics have no switch of their own, but that of their groups' callback. */
const SHARED_SWITCHES: Record<string, CallbackName> = {
  "Group.CallbackBeforeCreateTopic": "Group.CallbackBeforeCreateGroup",
  "Group.CallbackAfterCreateTopic": "Group.CallbackAfterCreateGroup",
  "Group.CallbackAfterTopicDestroyed": "Group.CallbackAfterGroupDestroyed",
  "Group.CallbackAfterTopicInfoChanged": "Group.CallbackAfterGroupInfoChanged",
};

/** Sends callbacks, and keeps the last ones for people to look at. */
export class Webhooks {
  readonly #fetch: typeof fetch;
  readonly #now: () => number;
  #settings: WebhookSettings | undefined;
  #deliveries: Delivery[] = [];
  readonly #turns = new Turns(() => this.#timeoutMs);

  constructor(settings: WebhookSettings | undefined, now: () => number, fetcher: typeof fetch) {
    this.#now = now;
    this.#fetch = fetcher;
    this.configure(settings);
  }

  /** Whether anybody listens to a callback of an app. */
  wanted(app: RunningApp, name: CallbackName): boolean {
    return this.#target(app, name) !== undefined;
  }

  /**
   * Where a callback goes: as `room_config` or `live_config` was told, where one was, else as the settings
   * say. Live may have a token of its own, or none.
   *
   * @param event What tells of which product's room it is, for the seats that both have.
   */
  #target(
    { world: { rooms } }: RunningApp,
    name: string,
    event: { RoomId?: string } = {},
  ): { url: string; token?: string } | undefined {
    const { callback, liveCallback, liveToken } = rooms;
    const type = event.RoomId === undefined ? undefined : rooms.get(event.RoomId)?.type;
    const token = this.#settings?.token;
    if (callback && type !== "Live" && has(callback, name)) return { url: callback.Url, token };
    if (liveCallback && type !== "Conference" && has(liveCallback, name)) {
      if (!liveToken) return { url: liveCallback.Url, token };
      const { IsTokenEnable, Token } = liveToken;
      return { url: liveCallback.Url, ...(IsTokenEnable && { token: Token }) };
    }
    const { callbacks } = this.#settings ?? {};
    const isOn = callbacks === undefined || name === OVER_LIMIT || callbacks.includes(name) ||
      callbacks.includes(SHARED_SWITCHES[name] ?? name);
    return isOn ? this.#settings : undefined;
  }

  /**
   * Takes new settings; nothing, or an empty object, turns all callbacks off.
   *
   * @throws {ConfigError} When a field is not as it must be.
   */
  configure(settings: unknown): void {
    const given = (settings ?? {}) as Partial<WebhookSettings>;
    if (Object.keys(given).length === 0) {
      this.#settings = undefined;
      return;
    }
    checkNames("The webhooks' settings", given, NAMES);
    const { url, callbacks, token, blockWithoutAnswer: block, timeoutMs } = given;
    if (typeof url !== "string" || !/^https?:$/.test(urlOf(url)?.protocol ?? "")) {
      throw new ConfigError(
        `Webhooks have the url ${JSON.stringify(url)}, wanted http:// or https://`,
      );
    }
    if (token !== undefined && (typeof token !== "string" || token === "")) {
      throw new ConfigError("Webhooks have a token that is no text; leave it out to sign nothing");
    }
    if (block !== undefined && typeof block !== "boolean") {
      throw new ConfigError("Webhooks have a blockWithoutAnswer that is neither true nor false");
    }
    if (
      timeoutMs !== undefined &&
      !(Number.isInteger(timeoutMs) && timeoutMs >= 1 && timeoutMs <= LONGEST_TIMER)
    ) {
      throw new ConfigError(
        `Webhooks have the timeoutMs ${JSON.stringify(timeoutMs)}, wanted 1 to ${LONGEST_TIMER}`,
      );
    }
    const areNames = Array.isArray(callbacks) &&
      callbacks.every((name) => typeof name === "string");
    if (callbacks !== undefined && !areNames) {
      throw new ConfigError(
        "Webhooks have callbacks that are no list of names; leave it out for all",
      );
    }
    for (const name of callbacks ?? []) {
      const { known, near } = findWebhook(name);
      if (!known) {
        throw new ConfigError(
          `There is no callback ${name}${near ? `; did you mean ${near}?` : ""}`,
        );
      }
    }
    this.#settings = given as WebhookSettings;
  }

  /** The settings, without the token, and the last callbacks. */
  show(): object {
    const { token, ...settings } = this.#settings ?? {};
    return {
      settings: this.#settings ? { ...settings, signed: token !== undefined } : null,
      deliveries: this.#deliveries.slice(-KEPT),
    };
  }

  /**
   * Sends what comes after a deed, one after the other; comes to its end when all were answered or failed.
   *
   * @param inTurn Whether it waits for what was told of the same group, room or account before, though no
   * longer than an answer may take. Not in a Worker, where no request may wait for another.
   */
  tell(app: RunningApp, told: readonly Callback[], inTurn: boolean): Promise<void> {
    const send = async () => {
      for (const callback of told) await this.#send(app, callback);
    };
    return inTurn ? this.#turns.take(`${app.sdkAppId} ${subjectOf(told[0]!)}`, send) : send();
  }

  /**
   * Sends what comes before a deed.
   *
   * @returns The answer; nothing when none came and the deed goes ahead.
   */
  async ask(app: RunningApp, callback: Callback): Promise<unknown> {
    const answer = await this.#send(app, callback);
    if (answer !== undefined) return answer;
    return this.#settings?.blockWithoutAnswer ? { ActionStatus: "FAIL", ErrorCode: 1 } : null;
  }

  get #timeoutMs(): number {
    return this.#settings?.timeoutMs ?? 2000;
  }

  async #send(app: RunningApp, { name, event, platform }: Callback): Promise<unknown> {
    const { sdkAppId } = app;
    const target = this.#target(app, name, event);
    if (!target) return undefined;
    const { url, token } = target;
    const timeoutMs = this.#timeoutMs;
    const isPlain = name === OVER_LIMIT;
    const body = { CallbackCommand: name, ...event, ...(!isPlain && { EventTime: this.#now() }) };
    const delivery: Delivery = { name, sdkAppId, body };
    this.#deliveries.push(delivery);
    if (this.#deliveries.length >= 2 * KEPT) this.#deliveries = this.#deliveries.slice(-KEPT);
    // Not AbortSignal.timeout(): nothing but the request holds that signal, and it can be collected unfired.
    const late = new AbortController();
    const timer = setTimeout(
      () => late.abort(new Error(`no answer in ${timeoutMs} ms`)),
      timeoutMs,
    );
    try {
      const target = new URL(url);
      target.search = new URLSearchParams({
        SdkAppid: String(sdkAppId),
        CallbackCommand: name,
        contenttype: "json",
        ...(!isPlain && { ClientIP: "127.0.0.1" }),
        OptPlatform: platform ?? "RESTAPI",
        ...(token !== undefined && await signature(token, this.#now())),
      }).toString();
      const fetch = this.#fetch;
      const response = await fetch(target.href, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        redirect: "manual",
        signal: late.signal,
      });
      const text = await response.text();
      if (response.status !== 200) throw new Error(`HTTP status ${response.status}`);
      delivery.answer = JSON.parse(text);
      return readAnswer(delivery.answer);
    } catch (error) {
      delivery.failed = error instanceof Error ? error.message : String(error);
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }
}

function has({ CallbackCommandList }: CallbackSetting<string>, name: string): boolean {
  return CallbackCommandList.includes(name);
}

/** What a callback is about: things that are told of it come in their order. */
function subjectOf({ event }: Callback): string {
  const { GroupId, RoomId, To_Account, From_Account } = event as Record<string, unknown>;
  return String(GroupId ?? RoomId ?? To_Account ?? From_Account ?? "");
}

/** What the query of a signed callback says besides. */
export async function signature(
  token: string,
  nowMs: number,
): Promise<{ Sign: string; RequestTime: string }> {
  const RequestTime = String(Math.floor(nowMs / 1000));
  return { Sign: await webhookSign(token, RequestTime), RequestTime };
}

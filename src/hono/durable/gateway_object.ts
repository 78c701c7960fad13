/**
 * The Durable Object of the gateway: export it from your Worker and bind it in `wrangler.jsonc`.
 *
 * @module
 */

import { type Bucket, takeFrom } from "../limits/bucket.ts";
import type { Begun, StoredAnswer } from "../idempotency/store.ts";
import { beginRecord, type OnceRecord } from "../idempotency/record.ts";

/**
 * What of a Durable Object's state is used.
 *
 * @example The object in a test, with storage in memory
 * ```ts
 * import { type DurableState, GatewayObject } from "@tim/edge/hono";
 *
 * const values = new Map<string, unknown>();
 * const storage: DurableState["storage"] = {
 *   get: async (key) => await values.get(key) as never,
 *   put: async (key, value) => void values.set(key, structuredClone(value)),
 *   deleteAll: async () => values.clear(),
 *   setAlarm: async () => {},
 * };
 * const body = JSON.stringify({ do: "take", cost: 1, calls: 1, perMs: 60_000 });
 * const object = new GatewayObject({ storage });
 * await object.fetch(new Request("https://gateway/", { method: "POST", body }));
 * console.log([...values.keys()]); // ["bucket"]
 * ```
 */
export interface DurableState {
  /** Its own storage. */
  storage: {
    get<T>(key: string): Promise<T | undefined>;
    put(key: string, value: unknown): Promise<void>;
    deleteAll(): Promise<void>;
    setAlarm(at: number): Promise<void>;
  };
}

/**
 * What it is asked.
 *
 * @example An object that counts what it is asked
 * ```ts
 * import { type DurableCommand, GatewayObject } from "@tim/edge/hono";
 *
 * const asked: Partial<Record<DurableCommand["do"], number>> = {};
 *
 * // Bound as TIM_EDGE in wrangler.jsonc, in place of GatewayObject.
 * export class CountingObject extends GatewayObject {
 *   override async fetch(request: Request): Promise<Response> {
 *     const command = await request.clone().json() as DurableCommand;
 *     asked[command.do] = (asked[command.do] ?? 0) + 1;
 *     return await super.fetch(request);
 *   }
 * }
 * ```
 */
export type DurableCommand =
  | { do: "take"; cost: number; calls: number; perMs: number }
  | { do: "begin"; fingerprint: string; keepMs: number; doubtAfterMs: number }
  | { do: "finish"; answer: StoredAnswer }
  | { do: "doubt" }
  | { do: "release" };

/** A bucket that fills faster is not worth a write: an idle object lives longer in memory. */
const WORTH_WRITING_MS = 10_000;

/**
 * Counts for one key, or remembers what became of one Idempotency-Key. There is one object for each key in
 * the whole world, and it does one thing at a time, so that its count is exact.
 *
 * @example In a Worker
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import {
 *   createGateway,
 *   durableLimiter,
 *   type DurableNamespace,
 *   type Gateway,
 * } from "@tim/edge/hono";
 *
 * export { GatewayObject } from "@tim/edge/hono"; // bound as TIM_EDGE in wrangler.jsonc
 *
 * interface Env {
 *   TIM_SECRET_KEY: string;
 *   TIM_EDGE: DurableNamespace;
 * }
 *
 * let gateway: Gateway | undefined;
 *
 * export default {
 *   fetch(request: Request, env: Env, context: Parameters<Gateway["fetch"]>[2]) {
 *     gateway ??= createGateway({
 *       client: new TimClient({ sdkAppId: 1400000000, secretKey: env.TIM_SECRET_KEY }),
 *       apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 *       limits: { perCaller: durableLimiter(env.TIM_EDGE, { calls: 20 }) },
 *     });
 *     return gateway.fetch(request, env, context);
 *   },
 * };
 * ```
 */
export class GatewayObject {
  readonly #storage: DurableState["storage"];
  #bucket: Bucket | undefined;

  /**
   * The platform makes it.
   *
   * @param state Its storage.
   */
  constructor(state: DurableState) {
    this.#storage = state.storage;
  }

  /**
   * Answers one {@linkcode DurableCommand} of the gateway.
   *
   * @param request The command as JSON.
   */
  async fetch(request: Request): Promise<Response> {
    const command = await request.json() as DurableCommand;
    if (command.do === "take") return Response.json(await this.#take(command));
    if (command.do === "begin") return Response.json(await this.#begin(command));
    if (command.do === "release") await this.#storage.deleteAll();
    else await this.#change(command);
    return Response.json({});
  }

  /** Its time is over: nothing is left behind, unless the platform rings twice and a new key has come. */
  async alarm(): Promise<void> {
    const record = await this.#storage.get<OnceRecord>("once");
    if (record && record.until > Date.now()) return await this.#storage.setAlarm(record.until);
    this.#bucket = undefined;
    await this.#storage.deleteAll();
  }

  async #take({ cost, calls, perMs }: DurableCommand & { do: "take" }): Promise<unknown> {
    const now = Date.now();
    const kept = perMs > WORTH_WRITING_MS;
    if (this.#bucket === undefined && kept) {
      const stored = await this.#storage.get<Bucket>("bucket");
      // Another request may have set it while this one was reading.
      this.#bucket ??= stored;
    }
    this.#bucket ??= { left: calls, at: now };
    const verdict = takeFrom(this.#bucket, cost, { calls, perMs }, now);
    if (kept) {
      await this.#storage.put("bucket", this.#bucket);
      await this.#storage.setAlarm(now + perMs + 1000);
    }
    return verdict;
  }

  async #begin(command: DurableCommand & { do: "begin" }): Promise<Begun> {
    const now = Date.now();
    const { begun, record } = beginRecord(await this.#storage.get("once"), command, now);
    if (record) {
      await this.#storage.put("once", record);
      await this.#storage.setAlarm(record.until);
    }
    return begun;
  }

  async #change(command: DurableCommand & { do: "finish" | "doubt" }): Promise<void> {
    const record = await this.#storage.get<OnceRecord>("once");
    if (record === undefined) return;
    const change: Partial<OnceRecord> = command.do === "doubt"
      ? { state: "doubt" }
      : { state: "done", answer: command.answer };
    await this.#storage.put("once", { ...record, ...change });
  }
}

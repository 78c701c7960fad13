/**
 * Where Idempotency-Keys are kept.
 *
 * @module
 */

/**
 * An answer as it was given, to be given again.
 *
 * @example Kept, and given again
 * ```ts
 * import { memoryIdempotency, type StoredAnswer } from "@tim/edge/hono";
 *
 * const store = memoryIdempotency();
 * const call = { fingerprint: "sendmsg, hello", keepMs: 86_400_000, doubtAfterMs: 20_000 };
 * const answer: StoredAnswer = {
 *   status: 200,
 *   body: '{"ActionStatus":"OK","ErrorCode":0}',
 *   headers: { "content-type": "application/json" },
 * };
 * await store.begin("order-17", call);
 * await store.finish("order-17", answer);
 * const again = await store.begin("order-17", call);
 * console.log(again.state === "done" && again.answer.status); // 200
 * ```
 */
export interface StoredAnswer {
  /** The HTTP status. */
  status: number;
  /** The body. */
  body: string;
  /** The headers that belong to it. */
  headers: Record<string, string>;
}

/**
 * What is known of a key when a request brings it.
 *
 * @example What the second of two requests is told
 * ```ts
 * import { type Begun, memoryIdempotency } from "@tim/edge/hono";
 *
 * const store = memoryIdempotency();
 * const call = { fingerprint: "sendmsg, hello", keepMs: 86_400_000, doubtAfterMs: 20_000 };
 * const first: Begun = await store.begin("order-17", call);
 * const second: Begun = await store.begin("order-17", call);
 * console.log(first.state, second.state); // new running
 * await store.doubt("order-17"); // the backend did not answer the first
 * const third: Begun = await store.begin("order-17", call);
 * console.log(third.state); // doubt
 * ```
 */
export type Begun =
  /** Nothing; it is this request's now. */
  | { state: "new" }
  /** Another call had it; nothing else is told of that. */
  | { state: "other" }
  /** The same call is under way. */
  | { state: "running" }
  /** The same call was made, and nobody knows what became of it. */
  | { state: "doubt" }
  /** The same call was made. */
  | { state: "done"; answer: StoredAnswer };

/**
 * How a key is begun.
 *
 * @example The same key for another call
 * ```ts
 * import { type BeginOptions, memoryIdempotency } from "@tim/edge/hono";
 *
 * const store = memoryIdempotency();
 * const hello: BeginOptions = {
 *   fingerprint: "the hash of command and body",
 *   keepMs: 86_400_000,
 *   doubtAfterMs: 20_000,
 * };
 * await store.begin("order-17", hello);
 * const other: BeginOptions = { ...hello, fingerprint: "the hash of another body" };
 * console.log((await store.begin("order-17", other)).state); // other
 * ```
 */
export interface BeginOptions {
  /** Stands for the call: the same for the same command and body. */
  fingerprint: string;
  /** How long the key is remembered, in milliseconds. */
  keepMs: number;
  /** A call that is under way for longer was broken off, and is in doubt; in milliseconds. */
  doubtAfterMs: number;
}

/**
 * Remembers what became of calls. Beginning must be one step: of two requests one gets the key.
 *
 * @example A store that counts what it saved
 * ```ts
 * import { type IdempotencyStore, memoryIdempotency } from "@tim/edge/hono";
 *
 * let replayed = 0;
 * const memory = memoryIdempotency();
 * const store: IdempotencyStore = { // for the gateway's option `idempotency`
 *   ...memory,
 *   async begin(key, options) {
 *     const begun = await memory.begin(key, options);
 *     if (begun.state === "done") replayed++;
 *     return begun;
 *   },
 * };
 * const call = { fingerprint: "sendmsg, hello", keepMs: 86_400_000, doubtAfterMs: 20_000 };
 * await store.begin("order-17", call);
 * await store.finish("order-17", { status: 200, body: "{}", headers: {} });
 * await store.begin("order-17", call);
 * console.log(replayed); // 1
 * ```
 */
export interface IdempotencyStore {
  /** Takes the key, or tells what is known of it. */
  begin(key: string, options: BeginOptions): Promise<Begun> | Begun;
  /** The call came to an answer. */
  finish(key: string, answer: StoredAnswer): Promise<void> | void;
  /** Nobody knows what became of the call. */
  doubt(key: string): Promise<void> | void;
  /** The call surely did nothing; the key is free again. */
  release(key: string): Promise<void> | void;
}

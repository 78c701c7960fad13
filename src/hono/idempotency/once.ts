/**
 * Once means once: a call with an Idempotency-Key is made one time, however often it is asked for.
 *
 * @module
 */

import { sha256Hex } from "../../core/sha256.ts";
import type { TimError } from "../../core/errors.ts";
import { inTime } from "../limits/guarded_limiter.ts";
import { Refusal } from "../problem.ts";
import type { Reply } from "../reply.ts";
import type { IdempotencyStore, StoredAnswer } from "./store.ts";

/** What a {@linkcode Once} is made of. */
export interface OnceOptions {
  store: IdempotencyStore;
  /** How long a key is remembered, in milliseconds. */
  keepMs: number;
  /** A call that is under way for longer was broken off, in milliseconds. */
  doubtAfterMs: number;
  /** How long the store may take, in milliseconds. */
  storeTimeoutMs: number;
  /** Is told what the store could not be told. */
  onAway: (error: unknown) => void;
}

/** A key that belongs to this request now. */
export interface OnceTicket {
  /** Keeps the answer. */
  finish(answer: StoredAnswer): Promise<void>;
  /** Frees the key after a failure, unless the call may have taken effect. */
  fail(error: Pick<TimError, "outcomeUnknown"> | undefined): Promise<void>;
}

/**
 * Begins a call.
 *
 * @param key The header's value.
 * @param scope Whose key it is; keys of two callers have nothing to do with each other.
 * @param call The command and the body, as text.
 * @returns A ticket, or the answer that was given before.
 * @throws {Refusal} When the key stands for another call, for one under way, or for one in doubt.
 */
export async function beginOnce(
  options: OnceOptions,
  key: string,
  scope: string,
  call: string,
): Promise<OnceTicket | Reply> {
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new Refusal("bad-request", "Idempotency-Key must be 1 to 255 visible ASCII characters");
  }
  const { store, keepMs, doubtAfterMs, storeTimeoutMs } = options;
  const name = await sha256Hex(JSON.stringify([scope, key]));
  const fingerprint = await sha256Hex(call);
  const within = async <T>(step: () => Promise<T> | T): Promise<T> =>
    await inTime((async () => await step())(), storeTimeoutMs);
  const beginning = (async () => await store.begin(name, { fingerprint, keepMs, doubtAfterMs }))();
  const begun = await inTime(beginning, storeTimeoutMs)
    .catch((error) => {
      // What is had too late is given back: a call that was not made is not in doubt.
      beginning.then(({ state }) => state === "new" && store.release(name)).catch(() => {});
      throw new Refusal(
        "store-away",
        "The call was not made, since nothing could promise that it happens once",
        { "retry-after": "2" },
        error,
      );
    });
  if (begun.state === "done") {
    const headers = { ...begun.answer.headers, "idempotency-replayed": "true" };
    return { ...begun.answer, headers };
  }
  if (begun.state !== "new") throw refusalFor(begun.state);
  // The answer goes out even if the store cannot be told: the key is in doubt by itself later.
  const tell = (step: () => Promise<void> | void) => within(step).catch(options.onAway);
  return {
    finish: (answer) => tell(() => store.finish(name, answer)),
    fail: (error) =>
      tell(() => error?.outcomeUnknown === false ? store.release(name) : store.doubt(name)),
  };
}

function refusalFor(state: "other" | "running" | "doubt"): Refusal {
  if (state === "other") {
    return new Refusal("key-reused", "Take a new key for a new call; this one had another body");
  }
  if (state === "running") {
    return new Refusal("still-running", "Ask again in a second", { "retry-after": "1" });
  }
  return new Refusal(
    "in-doubt",
    "The first call ended without an answer. Read the state to see whether it took effect; to make the " +
      "call again, take a new key",
  );
}

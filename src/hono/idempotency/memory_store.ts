/**
 * Idempotency-Keys in the memory of this process.
 *
 * @module
 */

import { checkCount, checkKeys } from "../check_keys.ts";
import { beginRecord, type OnceRecord } from "./record.ts";
import type { IdempotencyStore } from "./store.ts";

/**
 * What {@linkcode memoryIdempotency} takes.
 *
 * @example What is full forgets the oldest key
 * ```ts
 * import { memoryIdempotency, type MemoryIdempotencyOptions } from "@tim/edge/hono";
 *
 * const options: MemoryIdempotencyOptions = { maxKeys: 2, maxCharacters: 1 << 20 };
 * const store = memoryIdempotency(options);
 * const call = { fingerprint: "the same call", keepMs: 86_400_000, doubtAfterMs: 20_000 };
 * for (const key of ["first", "second", "third"]) await store.begin(key, call);
 * console.log((await store.begin("first", call)).state); // new
 * ```
 */
export interface MemoryIdempotencyOptions {
  /** How many keys are remembered. @default {10000} */
  maxKeys?: number;
  /** How many characters of answers are remembered. @default {16777216} */
  maxCharacters?: number;
}

/**
 * Remembers in this process: another process, or another isolate of a Worker, knows nothing of it, and when
 * it is full the oldest keys are forgotten, those of calls under way last.
 *
 * @example A small memory
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, memoryIdempotency } from "@tim/edge/hono";
 *
 * export default createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 *   idempotency: { store: memoryIdempotency({ maxKeys: 1000 }), keepSeconds: 3600 },
 * });
 * ```
 *
 * @param options How much is remembered.
 * @throws {ConfigError} When a number makes no sense.
 */
export function memoryIdempotency(options: MemoryIdempotencyOptions = {}): IdempotencyStore {
  checkKeys("memoryIdempotency", options, ["maxKeys", "maxCharacters"]);
  const { maxKeys = 10_000, maxCharacters = 1 << 24 } = options;
  checkCount("memoryIdempotency.maxKeys", maxKeys, 1);
  checkCount("memoryIdempotency.maxCharacters", maxCharacters, 1);
  const records = new Map<string, OnceRecord>();
  let characters = 0;

  function forget(key: string): void {
    characters -= records.get(key)?.answer?.body.length ?? 0;
    records.delete(key);
  }

  /** The oldest goes, and as long as there are others no call that is under way: its key would make it twice. */
  function forgetOne(): void {
    const [oldest] = records.keys();
    for (const [key, { state }] of records) {
      if (state !== "running") return forget(key);
    }
    forget(oldest!);
  }

  return {
    begin(key, begin) {
      const { begun, record } = beginRecord(records.get(key), begin, Date.now());
      if (record) {
        forget(key);
        if (records.size >= maxKeys) forgetOne();
        records.set(key, record);
      }
      return begun;
    },
    finish(key, answer) {
      const record = records.get(key);
      if (record === undefined) return;
      characters += answer.body.length - (record.answer?.body.length ?? 0);
      Object.assign(record, { state: "done", answer });
      for (const [oldest] of records) {
        if (characters <= maxCharacters || oldest === key) break;
        forget(oldest);
      }
    },
    doubt(key) {
      const record = records.get(key);
      if (record) record.state = "doubt";
    },
    release: forget,
  };
}

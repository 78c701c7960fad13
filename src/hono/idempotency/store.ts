/**
 * Where Idempotency-Keys are kept.
 *
 * @module
 */

/** An answer as it was given, to be given again. */
export interface StoredAnswer {
  /** The HTTP status. */
  status: number;
  /** The body. */
  body: string;
  /** The headers that belong to it. */
  headers: Record<string, string>;
}

/** What is known of a key when a request brings it. */
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

/** How a key is begun. */
export interface BeginOptions {
  /** Stands for the call: the same for the same command and body. */
  fingerprint: string;
  /** How long the key is remembered, in milliseconds. */
  keepMs: number;
  /** A call that is under way for longer was broken off, and is in doubt; in milliseconds. */
  doubtAfterMs: number;
}

/** Remembers what became of calls. Beginning must be one step: of two requests one gets the key. */
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

/**
 * What a client is made of, and what may differ for one call.
 *
 * @module
 */

import type { RetryEvent } from "./attempts.ts";
import type { Middleware } from "./middleware.ts";
import type { Limiter } from "./rate_limit.ts";
import type { Fetch } from "./request.ts";
import type { RetryOptions } from "./retry.ts";
import type { WebCryptoKey } from "./signing.ts";
import type { BodyValidator } from "./validation.ts";

/**
 * How a client proves who it is: with the app's key, or with a UserSig that somebody else signed.
 *
 * @example A program that never sees the key
 * ```ts
 * import { TimClient, type TimCredentials } from "@tim/edge";
 *
 * const owner = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const lent: TimCredentials = {
 *   userSig: await owner.signUserSig({ identifier: "administrator", expireSeconds: 3600 }),
 * };
 * const tim = new TimClient({ sdkAppId: 1400000000, ...lent, region: "sgp" });
 * const { TotalCount } = await tim.call("group_open_http_svc/get_appid_group_list");
 * console.log(TotalCount); // 1
 * ```
 */
export type TimCredentials =
  | {
    /** The app's secret key, or its `CryptoKey`. */
    secretKey: string | WebCryptoKey;
    userSig?: never;
  }
  | {
    /** A ready UserSig of the administrator; it is not renewed. */
    userSig: string;
    secretKey?: never;
  };

/**
 * What a {@linkcode TimClient} is made of.
 *
 * @example Room for a second attempt when the first gets no answer
 * ```ts
 * import { TimClient, type TimClientOptions } from "@tim/edge";
 *
 * const options: TimClientOptions = {
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 *   timeoutMs: 8000,
 *   attemptTimeoutMs: 3500,
 *   retry: { maxAttempts: 2 },
 *   onRetry: ({ command, error }) => console.warn(command, error.kind),
 * };
 * console.log(new TimClient(options).timeoutMs); // 8000
 * ```
 */
export type TimClientOptions = TimCredentials & {
  /** The app's id, from the console. */
  sdkAppId: number;
  /** The app's administrator, who makes the calls. @default {"administrator"} */
  identifier?: string | undefined;
  /** Region in which the app was created, by id or name; see `regions`. @default {"cn"} */
  region?: string | undefined;
  /** Another address instead of a region's: an emulator's, a proxy's. A `/v4` at its end makes no difference. */
  baseUrl?: string | undefined;
  /**
   * Time for one whole call in milliseconds: signing, connecting, sending, the answer. Must be over 3000,
   * since the backend itself takes up to 3 s.
   * @default {5000}
   */
  timeoutMs?: number | undefined;
  /**
   * Time for one attempt in milliseconds, over 3000; shorter than `timeoutMs`, it leaves time for another
   * attempt when no answer comes, of commands that are safe to repeat.
   * @default {TimClientOptions.timeoutMs}
   */
  attemptTimeoutMs?: number | undefined;
  /**
   * How failed attempts are repeated; `false` turns it off. Only what is safe is repeated: failures before
   * the backend acted, and commands that may run twice.
   * @default {{ maxAttempts: 3, baseDelayMs: 100, maxDelayMs: 2000 }}
   */
  retry?: RetryOptions | false | undefined;
  /**
   * A second address for when the first cannot be reached; `false` for none. With a region it is the
   * documented backup host.
   */
  backupBaseUrl?: string | false | undefined;
  /** Keeps calls to their documented rates, in this process. @default {undefined} no limit */
  limiter?: Limiter | undefined;
  /** Is told of each failed attempt that another will follow; must not throw. */
  onRetry?: ((event: RetryEvent) => void) | undefined;
  /** Code around every call, the first one outermost. @default {[]} */
  middleware?: readonly Middleware[] | undefined;
  /**
   * Says what an error code means and what to do, for the `advice` of errors: `explainErrorCode` of
   * `@tim/edge/errors`, in development builds for instance, since its texts are large.
   * @default {undefined} a sentence for each kind of error
   */
  explain?: ((errorCode: number) => { meaning: string; remedy: string } | undefined) | undefined;
  /**
   * Gets a line for every attempt: command, host, time, outcome, RequestId. Never a UserSig or a key; must
   * not throw.
   */
  debug?: ((line: string) => void) | undefined;
  /** An emulator answers at `baseUrl`, though it is no loopback address. @default {false} */
  emulator?: boolean | undefined;
  /**
   * Checks each body before it is sent: `validateBody` of `@tim/edge/validate`, in development for instance
   * (`validate: isDevelopment && validateBody`); a body with faults is not sent.
   * @default {false}
   */
  validate?: BodyValidator | false | undefined;
  /** The `fetch` to call. @default {globalThis.fetch} */
  fetch?: Fetch | undefined;
  /** The clock, in milliseconds since 1970. @default {Date.now} */
  now?: (() => number) | undefined;
  /** The `random` of each request: an unsigned 32-bit integer. @default {of Math.random} */
  random?: (() => number) | undefined;
};

/**
 * What may differ for one call.
 *
 * @example A call that ends when nobody waits for it any more
 * ```ts
 * import { type CallOptions, TimClient } from "@tim/edge";
 *
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const visitor = new AbortController();
 * const options: CallOptions = { signal: visitor.signal, timeoutMs: 10_000 };
 * const call = tim.call("group_open_http_svc/get_appid_group_list", {}, options);
 * visitor.abort(); // he has left
 * console.log(await call.catch(({ kind }) => kind)); // aborted
 * ```
 */
export interface CallOptions {
  /** Ends the call early. */
  signal?: AbortSignal | undefined;
  /** Time for this call in milliseconds, over 3000. @default {TimClientOptions.timeoutMs} */
  timeoutMs?: number | undefined;
  /**
   * Whether this call may run twice without harm, and so be repeated when its answer got lost.
   * @default {true} for the commands that the catalogue marks so, `false` for all others
   */
  idempotent?: boolean | undefined;
  /** More request headers, `traceparent` for instance. @default {{}} */
  headers?: Record<string, string> | undefined;
}

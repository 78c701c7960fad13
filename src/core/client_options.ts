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
import type { BodyValidator } from "./validation.ts";

/** How a client proves who it is: with the app's key, or with a UserSig that somebody else signed. */
export type TimCredentials =
  | {
    /** The app's secret key, or its `CryptoKey`. */
    secretKey: string | CryptoKey;
    userSig?: never;
  }
  | {
    /** A ready UserSig of the administrator; it is not renewed. */
    userSig: string;
    secretKey?: never;
  };

/** What a {@linkcode TimClient} is made of. */
export type TimClientOptions = TimCredentials & {
  /** The app's id, from the console. */
  sdkAppId: number;
  /** The app's administrator, who makes the calls. @default {"administrator"} */
  identifier?: string;
  /** Region in which the app was created, by id or name; see `regions`. @default {"cn"} */
  region?: string;
  /** Another address instead of a region's: an emulator's, a proxy's. */
  baseUrl?: string;
  /**
   * Time for one whole call in milliseconds: signing, connecting, sending, the answer. Must be over 3000,
   * since the backend itself takes up to 3 s.
   * @default {5000}
   */
  timeoutMs?: number;
  /**
   * Time for one attempt in milliseconds, over 3000; shorter than `timeoutMs`, it leaves time for another
   * attempt when no answer comes, of commands that are safe to repeat.
   * @default {TimClientOptions.timeoutMs}
   */
  attemptTimeoutMs?: number;
  /**
   * How failed attempts are repeated; `false` turns it off. Only what is safe is repeated: failures before
   * the backend acted, and commands that may run twice.
   * @default {{ maxAttempts: 3, baseDelayMs: 100, maxDelayMs: 2000 }}
   */
  retry?: RetryOptions | false;
  /**
   * A second address for when the first cannot be reached; `false` for none. With a region it is the
   * documented backup host.
   */
  backupBaseUrl?: string | false;
  /** Keeps calls to their documented rates, in this process. @default {undefined} no limit */
  limiter?: Limiter;
  /** Is told of each failed attempt that another will follow; must not throw. */
  onRetry?: (event: RetryEvent) => void;
  /** Code around every call, the first one outermost. @default {[]} */
  middleware?: readonly Middleware[];
  /**
   * Says what an error code means and what to do, for the `advice` of errors: `explainErrorCode` of
   * `@tim/edge/errors`, in development builds for instance, since its texts are large.
   * @default {undefined} a sentence for each kind of error
   */
  explain?: (errorCode: number) => { meaning: string; remedy: string } | undefined;
  /**
   * Gets a line for every attempt: command, host, time, outcome, RequestId. Never a UserSig or a key; must
   * not throw.
   */
  debug?: (line: string) => void;
  /** An emulator answers at `baseUrl`, though it is no loopback address. @default {false} */
  emulator?: boolean;
  /**
   * Checks each body before it is sent: `validateBody` of `@tim/edge/validate`, in development for instance
   * (`validate: isDevelopment && validateBody`); a body with faults is not sent.
   * @default {false}
   */
  validate?: BodyValidator | false;
  /** The `fetch` to call. @default {globalThis.fetch} */
  fetch?: Fetch;
  /** The clock, in milliseconds since 1970. @default {Date.now} */
  now?: () => number;
  /** The `random` of each request: an unsigned 32-bit integer. @default {crypto.getRandomValues} */
  random?: () => number;
};

/** What may differ for one call. */
export interface CallOptions {
  /** Ends the call early. */
  signal?: AbortSignal;
  /** Time for this call in milliseconds, over 3000. @default {TimClientOptions.timeoutMs} */
  timeoutMs?: number;
  /**
   * Whether this call may run twice without harm, and so be repeated when its answer got lost.
   * @default {true} for the commands that the catalogue marks so, `false` for all others
   */
  idempotent?: boolean;
  /** More request headers, `traceparent` for instance. @default {{}} */
  headers?: Record<string, string>;
}

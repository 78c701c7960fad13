/**
 * Code of the caller's own around every call: for logs, measures, checks, caches.
 *
 * @module
 */

import type { CallOutcome } from "./attempts.ts";
import type { CallOptions } from "./client_options.ts";

/**
 * One call, as a {@linkcode Middleware} sees it. There is no UserSig in it.
 *
 * @example Which fields a call sends, without what stands in them
 * ```ts
 * import { type CallRequest, TimClient } from "@tim/edge";
 *
 * const shape = ({ command, body }: CallRequest) => `${command} ${Object.keys(body).join()}`;
 * const log: string[] = [];
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 *   middleware: [(request, next) => {
 *     log.push(shape(request));
 *     return next(request);
 *   }],
 * });
 * await tim.call("im_open_login_svc/account_import", { UserID: "vera", Nick: "Vera" });
 * console.log(log); // ["im_open_login_svc/account_import UserID,Nick"]
 * ```
 */
export interface CallRequest {
  /** `service/command`. */
  readonly command: string;
  /** The JSON object to send. */
  readonly body: object;
  /** What differs for this call. */
  readonly options: CallOptions;
}

/**
 * The rest of a call.
 *
 * @example A middleware, tried without a client
 * ```ts
 * import type { Middleware, NextCall } from "@tim/edge";
 *
 * const patient: Middleware = (request, next) =>
 *   next({ ...request, options: { timeoutMs: 10_000, ...request.options } });
 *
 * const seen: (number | undefined)[] = [];
 * const backend: NextCall = ({ options }) => {
 *   seen.push(options.timeoutMs);
 *   return Promise.resolve({
 *     answer: { ActionStatus: "OK", ErrorCode: 0 },
 *     attempts: 1,
 *     baseUrl: "",
 *   });
 * };
 * await patient({ command: "open_msg_svc/get_history", body: {}, options: {} }, backend);
 * console.log(seen); // [10000]
 * ```
 */
export type NextCall = (request: CallRequest) => Promise<CallOutcome>;

/**
 * Stands around every call of a client. The contract:
 *
 * - It runs once a call, whatever the number of attempts; the first of the list is the outermost.
 * - `next(request)` does the rest and resolves when the backend said success; every failure is thrown as a
 *   `TimError`, after all attempts, and goes outward unless it is caught.
 * - It may hand on another request, answer without `next`, or call `next` again: that is a call of its own,
 *   with its own deadline, and nothing stops it from happening twice.
 * - Requests and outcomes are shared with the other middleware: make a copy instead of changing them.
 *
 * @example How long do calls take?
 * ```ts
 * import { type Middleware, TimClient } from "@tim/edge";
 *
 * const timed: Middleware = async (request, next) => {
 *   const started = performance.now();
 *   try {
 *     return await next(request);
 *   } finally {
 *     console.log(request.command, performance.now() - started);
 *   }
 * };
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 *   middleware: [timed],
 * });
 * await tim.call("group_open_http_svc/get_appid_group_list");
 * ```
 */
export type Middleware = (request: CallRequest, next: NextCall) => Promise<CallOutcome>;

/** Puts a list of middleware around a call; to them, every failure is a rejection. */
export function compose(middleware: readonly Middleware[], call: NextCall): NextCall {
  if (middleware.length === 0) return call;
  return middleware.reduceRight<NextCall>(
    (next, outer) => async (request) => await outer(request, next),
    async (request) => ({ ...await call(request), text: undefined }),
  );
}

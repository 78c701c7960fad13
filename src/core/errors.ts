/**
 * What a failed call throws: one class tree, tellable by kind, with nothing secret in it.
 *
 * @module
 */

import { redact } from "./redact.ts";

/**
 * What sort of trouble it is, and so who must act.
 *
 * - `config`: the arguments are wrong; nothing was sent
 * - `auth`: the UserSig, key, SDKAppID or identifier does not fit
 * - `permission`: known caller, not allowed
 * - `rate-limit`: too many calls; wait
 * - `quota`: a limit of the plan or of the object is reached
 * - `not-found`: the group, room, account or member does not exist
 * - `conflict`: it exists already, or another write got in between
 * - `validation`: the body or the URL is wrong
 * - `server`: the backend failed
 * - `network`: no answer, or only part of one
 * - `timeout`: the deadline passed
 * - `aborted`: the caller's signal ended it
 * - `protocol`: an answer that is not the documented one, a proxy's page for instance
 * - `unknown`: a code that the table does not hold
 *
 * @example The status that an API of one's own answers
 * ```ts
 * import { errorRow, type TimErrorKind } from "@tim/edge";
 *
 * const statuses: Partial<Record<TimErrorKind, number>> = {
 *   permission: 403,
 *   "not-found": 404,
 *   conflict: 409,
 *   "rate-limit": 503,
 * };
 * const statusOf = (kind: TimErrorKind) => statuses[kind] ?? 502;
 * console.log(statusOf(errorRow(10010).kind), statusOf("network")); // 404 502
 * ```
 */
export type TimErrorKind =
  | "config"
  | "auth"
  | "permission"
  | "rate-limit"
  | "quota"
  | "not-found"
  | "conflict"
  | "validation"
  | "server"
  | "network"
  | "timeout"
  | "aborted"
  | "protocol"
  | "unknown";

/**
 * Which failure it is; stable, and the only thing to branch on besides {@linkcode TimErrorKind}.
 *
 * `TIM_API` is an answer of the backend with an error code; `TIM_HTTP_STATUS` an HTTP status other than
 * 200; `TIM_NOT_JSON` a body that is no JSON; `TIM_BAD_ENVELOPE` JSON without the documented fields;
 * `TIM_TRUNCATED` a body that ended early; `TIM_CONNECTION` no answer at all. Two never reach the wire:
 * `TIM_VALIDATION` is a body that the caller's own check refused, `TIM_RATE_LIMIT` a call that the caller's
 * own limiter did not let out.
 *
 * @example Who answered, if it was not the backend?
 * ```ts
 * import { isTimError, TimClient, type TimErrorCode } from "@tim/edge";
 *
 * const fromAnother: TimErrorCode[] = ["TIM_HTTP_STATUS", "TIM_NOT_JSON", "TIM_BAD_ENVELOPE"];
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 *   fetch: () => Promise.resolve(new Response("<h1>Sign in to the hotel's Wi-Fi</h1>")),
 * });
 * try {
 *   await tim.call("group_open_http_svc/get_appid_group_list");
 * } catch (error) {
 *   if (!isTimError(error)) throw error;
 *   console.log(error.code, fromAnother.includes(error.code)); // TIM_NOT_JSON true
 * }
 * ```
 */
export type TimErrorCode =
  | "TIM_CONFIG"
  | "TIM_VALIDATION"
  | "TIM_API"
  | "TIM_HTTP_STATUS"
  | "TIM_NOT_JSON"
  | "TIM_BAD_ENVELOPE"
  | "TIM_TRUNCATED"
  | "TIM_CONNECTION"
  | "TIM_TIMEOUT"
  | "TIM_ABORTED"
  | "TIM_RATE_LIMIT";

/**
 * Whether the same call may be made again: `"after-delay"` only after a pause.
 *
 * @example What an API of one's own tells its callers
 * ```ts
 * import { errorRow, type Retryable } from "@tim/edge";
 *
 * const headersFor = (retryable: Retryable): Record<string, string> =>
 *   retryable === "after-delay" ? { "retry-after": "1" } : {};
 * const headers = headersFor(errorRow(60007).retryable);
 * console.log(new Response(null, { status: 503, headers }).headers.get("retry-after")); // 1
 * ```
 */
export type Retryable = boolean | "after-delay";

/**
 * What a {@linkcode TimError} is made of.
 *
 * @example A middleware that refuses as the client does
 * ```ts
 * import { type Middleware, TimClient, TimError, type TimErrorInit } from "@tim/edge";
 *
 * const readOnly: Middleware = (request, next) => {
 *   const { command } = request;
 *   if (command.includes("/get_")) return next(request);
 *   const facts: TimErrorInit = { code: "TIM_CONFIG", kind: "permission", command };
 *   throw new TimError(`${command} was not sent: this program only reads`, facts);
 * };
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 *   middleware: [readOnly],
 * });
 * const call = tim.call("im_open_login_svc/kick", { UserID: "alice" });
 * console.log(await call.catch(({ kind }) => kind)); // permission
 * ```
 */
export interface TimErrorInit {
  /** Which failure it is. */
  code: TimErrorCode;
  /** What sort of trouble it is. */
  kind: TimErrorKind;
  /** The command that was called, `service/command`. */
  command?: string;
  /** Whether the same call may be made again. @default {false} */
  retryable?: Retryable;
  /** Whether the backend may have acted on the call. @default {false} */
  outcomeUnknown?: boolean;
  /** What the caller should do. */
  advice?: string;
  /** The backend's `RequestId`, when the answer carried one. */
  requestId?: string;
  /** The HTTP status, when there was an answer. */
  status?: number;
  /** What the platform threw; a copy without the credential is kept. */
  cause?: unknown;
}

const BRAND = Symbol.for("@tim/edge/TimError");

/**
 * Any failure of this module. Never holds a UserSig or a key.
 *
 * @example What a failure tells
 * ```ts
 * import { isTimError, TimClient } from "@tim/edge";
 *
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * try {
 *   await tim.call("group_open_http_svc/destroy_group", { GroupId: "nobody-here" });
 * } catch (error) {
 *   if (!isTimError(error)) throw error;
 *   console.log(error.kind, error.retryable, error.outcomeUnknown); // not-found false false
 *   console.log(error.message, error.advice, error.requestId);
 * }
 * ```
 */
export class TimError extends Error {
  /** Which failure it is. */
  declare readonly code: TimErrorCode;
  /** What sort of trouble it is. */
  declare readonly kind: TimErrorKind;
  /** The command that was called, `service/command`; absent before a call. */
  declare readonly command?: string;
  /** Whether the same call may be made again: `"after-delay"` only after a pause. */
  declare readonly retryable: Retryable;
  /** Whether the backend may have acted on the call although it failed. */
  declare readonly outcomeUnknown: boolean;
  /** What the caller should do. */
  declare readonly advice?: string;
  /** The backend's `RequestId`, for its support. */
  declare readonly requestId?: string;
  /** The HTTP status, when there was an answer. */
  declare readonly status?: number;
  /** How many attempts a call made; 0 when the limiter held it back. */
  declare attempts?: number;

  /**
   * Makes an error, without any credential that the texts may quote.
   *
   * @param message What went wrong.
   * @param init The rest of the facts.
   */
  constructor(message: string, { cause, ...facts }: TimErrorInit) {
    super(redact(message), cause === undefined ? undefined : { cause: redactCause(cause) });
    this.name = "TimError";
    const { code, kind } = facts;
    Object.assign(this, { code, kind, retryable: false, outcomeUnknown: false });
    for (const [name, fact] of Object.entries(facts)) {
      // Absent facts stay absent, so that a printed error is short.
      if (fact !== undefined) Object.assign(this, { [name]: fact });
    }
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** The facts as plain data, for logs: no stack, no cause, nothing secret. */
  toJSON(): Record<string, unknown> {
    return { ...(this as Record<string, unknown>), name: this.name, message: this.message };
  }
}

/**
 * Wrong arguments: nothing was sent.
 *
 * @example Found before anything is sent
 * ```ts
 * import { isTimError, TimClient } from "@tim/edge";
 *
 * try {
 *   new TimClient({ sdkAppId: 0, secretKey: "from the console" });
 * } catch (error) {
 *   if (!isTimError(error, "config")) throw error;
 *   console.log(error.message); // SDKAppID is 0, wanted a whole number from 1 to 4294967295
 * }
 * ```
 */
export class ConfigError extends TimError {
  /**
   * Makes an error about arguments.
   *
   * @param message What is wrong, and what would be right.
   * @param command The command that was about to be called.
   */
  constructor(message: string, command?: string) {
    super(message, { code: "TIM_CONFIG", kind: "config", command });
    this.name = "ConfigError";
  }
}

/**
 * The backend answered, and its answer is an error code.
 *
 * @example By its code
 * ```ts
 * import { isApiError, TimClient } from "@tim/edge";
 *
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * try {
 *   await tim.call("group_open_http_svc/destroy_group", { GroupId: "nobody-here" });
 * } catch (error) {
 *   if (!isApiError(error)) throw error;
 *   console.log(error.errorCode, error.kind); // 10010 not-found
 *   console.log(error.errorInfo, error.answer.RequestId);
 * }
 * ```
 */
export class ApiError extends TimError {
  /** The backend's `ErrorCode`. */
  declare readonly errorCode: number;
  /** The backend's `ErrorInfo`; empty when it sent none. */
  declare readonly errorInfo: string;
  /** The whole answer: some commands say more than a code. Not printed with the error. */
  declare readonly answer: Readonly<Record<string, unknown>>;

  /**
   * Makes an error out of an answer.
   *
   * @param answer The backend's answer, with an `ErrorCode`.
   * @param init The rest of the facts.
   */
  constructor(answer: Readonly<Record<string, unknown>>, init: Omit<TimErrorInit, "code">) {
    const errorCode = answer.ErrorCode as number;
    const errorInfo = typeof answer.ErrorInfo === "string" ? answer.ErrorInfo : "";
    super(`${init.command ?? "Call"} failed: ${errorCode} ${errorInfo || "(no ErrorInfo)"}`, {
      ...init,
      code: "TIM_API",
    });
    this.name = "ApiError";
    Object.assign(this, { errorCode, errorInfo: redact(errorInfo) });
    Object.defineProperty(this, "answer", { value: answer });
  }
}

/**
 * Tells whether something thrown is a {@linkcode TimError}; holds across two copies of this package, where
 * `instanceof` does not.
 *
 * @example Wait on a rate limit
 * ```ts
 * import { isTimError, TimClient } from "@tim/edge";
 *
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * try {
 *   await tim.call("im_open_login_svc/kick", { UserID: "alice" });
 * } catch (error) {
 *   if (!isTimError(error, "rate-limit")) throw error;
 *   await new Promise((resolve) => setTimeout(resolve, 1000));
 * }
 * ```
 *
 * @param error What was thrown.
 */
export function isTimError(error: unknown): error is TimError;
/**
 * Tells whether something thrown is a {@linkcode TimError} of one kind.
 *
 * @param error What was thrown.
 * @param kind The kind to look for.
 */
export function isTimError<Kind extends TimErrorKind>(
  error: unknown,
  kind: Kind,
): error is TimError & { readonly kind: Kind };
export function isTimError(error: unknown, kind?: TimErrorKind): error is TimError {
  return typeof error === "object" && error !== null && BRAND in error &&
    (kind === undefined || (error as unknown as TimError).kind === kind);
}

/**
 * Tells whether something thrown is an {@linkcode ApiError}; holds across two copies of this package.
 *
 * @example Gone is good enough
 * ```ts
 * import { isApiError, TimClient } from "@tim/edge";
 *
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * await tim.call("group_open_http_svc/destroy_group", { GroupId: "nobody-here" }).catch((error) => {
 *   if (!isApiError(error, 10010)) throw error; // 10010: there is no such group
 * });
 * ```
 *
 * @param error What was thrown.
 */
export function isApiError(error: unknown): error is ApiError;
/**
 * Tells whether something thrown is an {@linkcode ApiError} with one error code.
 *
 * @param error What was thrown.
 * @param errorCode The backend's `ErrorCode` to look for.
 */
export function isApiError<Code extends number>(
  error: unknown,
  errorCode: Code,
): error is ApiError & { readonly errorCode: Code };
export function isApiError(error: unknown, errorCode?: number): error is ApiError {
  return isTimError(error) && error.code === "TIM_API" &&
    (errorCode === undefined || (error as ApiError).errorCode === errorCode);
}

/** A copy of what the platform threw: its texts quote the URL, and the URL carries the UserSig. */
function redactCause(cause: unknown, depth = 0): unknown {
  if (!(cause instanceof Error)) return typeof cause === "string" ? redact(cause) : undefined;
  const copy = new Error(redact(cause.message));
  copy.name = cause.name;
  copy.stack = redact(cause.stack ?? "");
  const code = (cause as { code?: unknown }).code;
  if (code !== undefined) Object.assign(copy, { code });
  if (depth < 4) {
    if (cause.cause !== undefined) copy.cause = redactCause(cause.cause, depth + 1);
    if (cause instanceof AggregateError) {
      Object.assign(copy, { errors: cause.errors.map((error) => redactCause(error, depth + 1)) });
    }
  }
  return copy;
}

/**
 * The server REST API of Tencent Cloud's Chat, Room and Live, with nothing but `fetch` and Web Crypto.
 *
 * {@linkcode TimClient} calls it, {@linkcode UserSigSigner} signs for its users, {@linkcode TimError} is how
 * it fails. Apart, so that nobody carries what he does not use:
 *
 * - `@tim/edge/api`: every command as a method, whole lists, batches; `@tim/edge/validate`: bodies checked
 *   before they are sent; `@tim/edge/errors`: every code in words; `@tim/edge/openapi`: all as one document
 * - `@tim/edge/webhooks`: receives the backend's callbacks
 * - `@tim/edge/hono`: the gateway, with `@tim/edge/console` and `@tim/edge/redis`; `@tim/edge/otel`: spans
 * - `@tim/edge/emulator`: the backend in a test, with `@tim/edge/emulator/sqlite` to keep what is in it
 * - `@tim/edge/doctor`: why calls fail, with `@tim/edge/doctor/host` or `@tim/edge/doctor/worker`
 * - `@tim/edge/sync`: signing without a promise
 *
 * @module
 */

import type { Commands } from "./src/api/generated/commands.ts";
import { TimClient as BaseClient } from "./src/core/client.ts";
import type { TimClientOptions } from "./src/core/client_options.ts";

/** A client that knows every documented command. */
export type TimClient = BaseClient<Commands>;

/**
 * Calls the server REST API of Chat, Room and Live.
 *
 * Making one does no work: it may stand at module scope, on Workers too. Bodies and answers are typed by the
 * command's name; the types cost no bytes. The same calls with names are in `@tim/edge/api`.
 *
 * @example List the app's groups
 * ```ts
 * import { TimClient } from "@tim/edge";
 *
 * const tim = new TimClient({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   region: "sgp",
 * });
 * const { GroupIdList, Next } = await tim.call("group_open_http_svc/get_appid_group_list", { Limit: 2 });
 * console.log(GroupIdList.map(({ GroupId }) => GroupId).join(), Next === 0 ? "is all" : "and more");
 * ```
 */
export const TimClient: new (options: TimClientOptions) => TimClient = BaseClient;

export type { Commands } from "./src/api/generated/commands.ts";

export type { CallOutcome, RetryEvent } from "./src/core/attempts.ts";
export { TimClient as BaseClient } from "./src/core/client.ts";
export type { CallOptions, TimClientOptions, TimCredentials } from "./src/core/client_options.ts";
export type {
  Answer,
  CallAnswer,
  CallArguments,
  CommandName,
  UntypedCommands,
} from "./src/core/call_types.ts";
export { type BodyFault, type BodyValidator, ValidationError } from "./src/core/validation.ts";
export { type ErrorRow, errorRow } from "./src/core/error_kinds.ts";
export {
  ApiError,
  ConfigError,
  isApiError,
  isTimError,
  type Retryable,
  TimError,
  type TimErrorCode,
  type TimErrorInit,
  type TimErrorKind,
} from "./src/core/errors.ts";
export type { CallRequest, Middleware, NextCall } from "./src/core/middleware.ts";
export {
  type Limiter,
  type Patience,
  RateLimiter,
  type RateLimiterOptions,
} from "./src/core/rate_limit.ts";
export { findRegion, type Product, type Region, regions } from "./src/core/regions.ts";
export type { Envelope, Fetch } from "./src/core/request.ts";
export type { RetryOptions } from "./src/core/retry.ts";
export {
  decodeUserBuf,
  encodeUserBuf,
  type PrivateMapKeyOptions,
  type RoomPrivilege,
  roomPrivileges,
  type RoomRef,
  signPrivateMapKey,
  type UserBufContent,
  type UserBufOptions,
} from "./src/core/user_buf.ts";
export {
  importSecretKey,
  type SignerOptions,
  type SignRequest,
  signUserSig,
  type SignUserSigOptions,
  type UserSigCompression,
  UserSigSigner,
  type WebCryptoKey,
} from "./src/core/user_sig.ts";
export {
  decodeUserSig,
  type UserSigClaims,
  type UserSigDecoded,
  type UserSigDecodeFault,
  type UserSigFault,
  type UserSigVerdict,
  verifyUserSig,
  type VerifyUserSigOptions,
} from "./src/core/user_sig_verify.ts";

/**
 * The server REST API of Tencent Cloud's Chat, Room and Live, with nothing but `fetch` and Web Crypto.
 *
 * @module
 */

export type { CallOutcome, RetryEvent } from "./src/core/attempts.ts";
export {
  type Answer,
  type CallOptions,
  TimClient,
  type TimClientOptions,
  type TimCredentials,
} from "./src/core/client.ts";
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

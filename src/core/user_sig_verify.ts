/**
 * Reading and checking a UserSig that somebody else made.
 *
 * @module
 */

import { fromBase64, fromUserSigText, toBase64 } from "./base64.ts";
import { ConfigError } from "./errors.ts";
import { checkKey, importSecretKey, millis, type WebCryptoKey } from "./signing.ts";
import { checkSdkAppId, isUint32, shown, textToSign } from "./user_sig_rules.ts";
import { utf8 } from "./utf8.ts";
import { inflate } from "./zlib.ts";

/** A document may not be larger than this when inflated: real ones stay under 2 kB. */
const MAX_DOCUMENT_BYTES = 65_536;

/**
 * Why a UserSig cannot be read. In the order in which they are found:
 *
 * - `empty`: no text at all
 * - `not-base64`: not UserSig's base64 variant (a `+` turned into a space, cut to an odd length)
 * - `not-zlib`: no complete, checksummed zlib stream
 * - `too-large`: inflates beyond 64 KiB
 * - `not-json`: not one JSON object in valid UTF-8
 * - `unsupported-version`: `TLS.ver` is not the string 2.0; a version 1 signature (ECDSA) too
 * - `missing-field`: a needed key is absent
 * - `bad-type`: a key has the wrong JSON type or range
 *
 * @example What to tell whoever pasted it
 * ```ts
 * import { decodeUserSig, type UserSigDecodeFault } from "@tim/edge";
 *
 * const hints: Partial<Record<UserSigDecodeFault, string>> = {
 *   "not-base64": "Copy the whole UserSig",
 *   "not-zlib": "A part of it is missing",
 *   "unsupported-version": "This is an old UserSig, made by a private key",
 * };
 * const pasted = "eJw1jk0LgjAcxrGl";
 * const decoded = await decodeUserSig(pasted);
 * console.log(decoded.ok ? "Fine" : hints[decoded.reason]); // A part of it is missing
 * ```
 */
export type UserSigDecodeFault =
  | "empty"
  | "not-base64"
  | "not-zlib"
  | "too-large"
  | "not-json"
  | "unsupported-version"
  | "missing-field"
  | "bad-type";

/**
 * Why a UserSig is not valid: what {@linkcode UserSigDecodeFault} lists, and then
 *
 * - `wrong-app`: made for another SDKAppID
 * - `wrong-identifier`: made for another user
 * - `bad-signature`: no key fits
 * - `expired`: genuine, but its time is over
 * - `wrong-userbuf`: genuine, but not with the userbuf that the caller expects
 *
 * @example Whom a new UserSig helps
 * ```ts
 * import { signUserSig, type UserSigFault, verifyUserSig } from "@tim/edge";
 *
 * const statusOf = (fault: UserSigFault) => fault === "expired" ? 401 : 403;
 * const app = {
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 * };
 * const currentDate = new Date("2026-01-01");
 * const old = await signUserSig({ ...app, identifier: "alice", expireSeconds: 60, currentDate });
 * const verdict = await verifyUserSig(old, app);
 * console.log(verdict.valid ? 200 : statusOf(verdict.reason)); // 401
 * ```
 */
export type UserSigFault =
  | UserSigDecodeFault
  | "wrong-app"
  | "wrong-identifier"
  | "bad-signature"
  | "expired"
  | "wrong-userbuf";

/**
 * What a UserSig says.
 *
 * @example Time for a new one?
 * ```ts
 * import { decodeUserSig, signUserSig, type UserSigClaims } from "@tim/edge";
 *
 * const endsToday = ({ expiresAt }: UserSigClaims) => expiresAt - Date.now() / 1000 < 86_400;
 * const userSig = await signUserSig({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   identifier: "alice",
 *   expireSeconds: 3600,
 * });
 * const decoded = await decodeUserSig(userSig);
 * console.log(decoded.ok && endsToday(decoded.claims)); // true
 * ```
 */
export interface UserSigClaims {
  /** The app. */
  sdkAppId: number;
  /** The user. */
  identifier: string;
  /** When it was signed, in seconds since 1970. */
  time: number;
  /** Its lifetime in seconds. */
  expire: number;
  /** The last second in which it is valid, in seconds since 1970. */
  expiresAt: number;
  /** The userbuf of a PrivateMapKey; see `decodeUserBuf`. */
  userBuf?: Uint8Array;
}

/**
 * What {@linkcode decodeUserSig} answers.
 *
 * @example Whose it is, or why nobody knows
 * ```ts
 * import { decodeUserSig, type UserSigDecoded } from "@tim/edge";
 *
 * const owner = (decoded: UserSigDecoded) =>
 *   decoded.ok ? decoded.claims.identifier : `unreadable: ${decoded.reason}`;
 * console.log(owner(await decodeUserSig("no UserSig"))); // unreadable: not-base64
 * ```
 */
export type UserSigDecoded =
  | { ok: true; claims: UserSigClaims }
  | { ok: false; reason: UserSigDecodeFault };

/**
 * What {@linkcode verifyUserSig} answers.
 *
 * @example Out of a verdict, an answer
 * ```ts
 * import { signUserSig, type UserSigVerdict, verifyUserSig } from "@tim/edge";
 *
 * const answer = (verdict: UserSigVerdict) =>
 *   verdict.valid
 *     ? new Response(`Welcome, ${verdict.claims.identifier}`)
 *     : new Response(verdict.reason, { status: 403 });
 * const app = {
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 * };
 * const userSig = await signUserSig({ ...app, identifier: "alice" });
 * console.log(await answer(await verifyUserSig(userSig, app)).text()); // Welcome, alice
 * console.log(await answer(await verifyUserSig("", app)).text()); // empty
 * ```
 */
export type UserSigVerdict =
  | { valid: true; claims: UserSigClaims }
  | { valid: false; reason: UserSigFault };

/**
 * What a UserSig is checked against.
 *
 * @example While the app's key is being changed
 * ```ts
 * import { signUserSig, verifyUserSig, type VerifyUserSigOptions } from "@tim/edge";
 *
 * const before = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
 * const now = "0c1f6d7a3be94852a4e0d9b8f7c6152e3d4a5b69788796a5b4c3d2e1f0a9b8c7";
 * const options: VerifyUserSigOptions = {
 *   sdkAppId: 1400000000,
 *   secretKey: [now, before],
 *   clockSkewSeconds: 30,
 * };
 * const userSig = await signUserSig({
 *   sdkAppId: 1400000000,
 *   secretKey: before,
 *   identifier: "alice",
 * });
 * console.log((await verifyUserSig(userSig, options)).valid); // true
 * ```
 */
export interface VerifyUserSigOptions {
  /** The app that it must be for. */
  sdkAppId: number;
  /**
   * The app's secret key; several while keys are changed, the newest first. A text is imported at every
   * check, a `CryptoKey` from `importSecretKey` only once.
   */
  secretKey: string | WebCryptoKey | readonly (string | WebCryptoKey)[];
  /** The user that it must be for; anybody when left out. */
  identifier?: string;
  /** The userbuf that it must carry; not looked at when left out. */
  userBuf?: Uint8Array;
  /** When it is checked. @default {new Date()} */
  currentDate?: Date;
  /** How many seconds after its end it is still taken, for clocks that differ. @default {0} */
  clockSkewSeconds?: number;
}

interface Decoded {
  claims: UserSigClaims;
  /** The HMAC as it stands in the document; empty when it is no base64. */
  sig: Uint8Array<ArrayBuffer>;
}

/**
 * Shows what a UserSig says, without a key: nothing of it is proved.
 *
 * @example Whose is it, and until when
 * ```ts
 * import { decodeUserSig, signUserSig } from "@tim/edge";
 *
 * const secretKey = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
 * const userSig = await signUserSig({ sdkAppId: 1400000000, secretKey, identifier: "alice" });
 * const decoded = await decodeUserSig(userSig);
 * if (decoded.ok) console.log(decoded.claims.identifier, new Date(decoded.claims.expiresAt * 1000));
 * ```
 *
 * @param userSig Any text.
 * @returns The claims, or the first reason why there are none. Never throws.
 */
export async function decodeUserSig(userSig: string): Promise<UserSigDecoded> {
  const decoded = await decode(userSig);
  return typeof decoded === "string"
    ? { ok: false, reason: decoded }
    : { ok: true, claims: decoded.claims };
}

/**
 * Checks a UserSig. The signature is judged before any date, so that a forgery is never called expired.
 * A time of signing in the future is not refused: no source says that the backend looks at it.
 *
 * Source: "Generating UserSig" of the Chat documentation, and the official verifiers in Go, PHP and C++.
 *
 * @example Let only alice in
 * ```ts
 * import { signUserSig, verifyUserSig } from "@tim/edge";
 *
 * const app = {
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 * };
 * const userSig = await signUserSig({ ...app, identifier: "alice" });
 * const verdict = await verifyUserSig(userSig, { ...app, identifier: "alice" });
 * console.log(verdict.valid); // true
 * const other = await verifyUserSig(userSig, { ...app, identifier: "bob" });
 * console.log(other.valid ? other.claims.expiresAt : other.reason);
 * ```
 *
 * @param userSig Any text; whatever it is, the answer is a verdict.
 * @param options What to check it against.
 * @returns The claims, or the first reason why it is not valid.
 * @throws {ConfigError} When the options are wrong, never because of the UserSig.
 */
export async function verifyUserSig(
  userSig: string,
  options: VerifyUserSigOptions,
): Promise<UserSigVerdict> {
  const { sdkAppId, secretKey, currentDate, clockSkewSeconds: skew = 0 } = options;
  // Wrong options show at once, and not only with the first good signature.
  checkSdkAppId(sdkAppId);
  const keys = [secretKey].flat() as (string | WebCryptoKey)[];
  if (keys.length === 0) throw new ConfigError("Cannot verify: the list of secret keys is empty");
  for (const key of keys) checkKey(key, "verify");
  const now = Math.floor((currentDate === undefined ? Date.now() : millis(currentDate)) / 1000);
  if (Number.isNaN(now)) throw new ConfigError("Cannot verify: currentDate is no valid Date");
  if (!(skew >= 0 && skew < Infinity)) {
    throw new ConfigError(
      `Cannot verify: clockSkewSeconds is ${shown(skew)}, wanted seconds from 0 up`,
    );
  }
  const decoded = await decode(userSig);
  const reason = typeof decoded === "string"
    ? decoded
    : await fault(decoded, keys, now - skew, options);
  return reason === undefined
    ? { valid: true, claims: (decoded as Decoded).claims }
    : { valid: false, reason };
}

async function fault(
  { claims, sig }: Decoded,
  keys: (string | WebCryptoKey)[],
  now: number,
  options: VerifyUserSigOptions,
): Promise<UserSigFault | undefined> {
  if (claims.sdkAppId !== options.sdkAppId) return "wrong-app";
  if (options.identifier !== undefined && claims.identifier !== options.identifier) {
    return "wrong-identifier";
  }
  const userBuf = claims.userBuf === undefined ? undefined : toBase64(claims.userBuf);
  const text = utf8(textToSign({ ...claims, userBuf }));
  let genuine = false;
  for (const secret of keys) {
    const key = typeof secret === "string" ? await importSecretKey(secret) : secret;
    genuine = await crypto.subtle.verify("HMAC", key, sig, text);
    if (genuine) break;
  }
  if (!genuine) return "bad-signature";
  if (now > claims.expiresAt) return "expired";
  if (options.userBuf !== undefined && userBuf !== toBase64(options.userBuf)) {
    return "wrong-userbuf";
  }
  return undefined;
}

async function decode(userSig: unknown): Promise<Decoded | UserSigDecodeFault> {
  if (typeof userSig !== "string" || userSig === "") return "empty";
  const container = fromUserSigText(userSig);
  if (container === undefined) return "not-base64";
  const bytes = await inflate(container, MAX_DOCUMENT_BYTES);
  if (typeof bytes === "string") return bytes;
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return "not-json";
  }
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    return "not-json";
  }
  return readDocument(document as Record<string, unknown>);
}

function readDocument(document: Record<string, unknown>): Decoded | UserSigDecodeFault {
  if (document["TLS.ver"] !== "2.0") return "unsupported-version";
  const {
    "TLS.identifier": identifier,
    "TLS.sdkappid": sdkAppId,
    "TLS.time": time,
    // The Go library leaves zeros out.
    "TLS.expire": expire = 0,
    "TLS.userbuf": userBufText,
    "TLS.sig": sig,
  } = document;
  if ([identifier, sdkAppId, time, sig].includes(undefined)) return "missing-field";
  const userBuf = userBufText === undefined
    ? undefined
    : typeof userBufText === "string" && fromBase64(userBufText);
  if (
    // Half a surrogate pair is signed as U+FFFD, so it would be a second name for the same signature.
    typeof identifier !== "string" || !identifier.isWellFormed() || typeof sig !== "string" ||
    userBuf === false || (userBufText !== undefined && userBuf === undefined) ||
    !isUint32(sdkAppId) || !isCount(time) || !isCount(expire) || !isCount(time + expire)
  ) return "bad-type";
  const claims: UserSigClaims = { sdkAppId, identifier, time, expire, expiresAt: time + expire };
  if (userBuf) claims.userBuf = userBuf;
  return { claims, sig: fromBase64(sig) ?? new Uint8Array() };
}

/** Integers only: a text that looks like one would let another signed text pass. */
function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

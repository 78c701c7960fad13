/**
 * Signing without waiting, for code that cannot be made asynchronous.
 *
 * @module
 */

import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Hash } from "@noble/hashes/utils.js";
import { toBase64, toUserSigText } from "../core/base64.ts";
import { ConfigError } from "../core/errors.ts";
import { millis, type SignRequest } from "../core/signing.ts";
import type { SignerOptions } from "../core/user_sig.ts";
import {
  checkedFacts,
  checkExpireSeconds,
  checkSdkAppId,
  checkSecretKey,
  textToSign,
  userSigDocument,
} from "../core/user_sig_rules.ts";
import { utf8 } from "../core/utf8.ts";
import { deflateFixed } from "./deflate_fixed.ts";

interface Hmac extends Hash<Hmac> {}

/**
 * What a {@linkcode SyncUserSigSigner} is made of.
 *
 * @example In place of the official library's `Api`
 * ```ts
 * import { verifyUserSig } from "@tim/edge";
 * import { type SyncSignerOptions, SyncUserSigSigner } from "@tim/edge/sync";
 *
 * const options: SyncSignerOptions = {
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   expireSeconds: 86_400,
 * };
 * const api = new SyncUserSigSigner(options);
 * const genSig = (userId: string) => api.sign({ identifier: userId });
 * console.log((await verifyUserSig(genSig("alice"), options)).valid); // true
 * ```
 */
export type SyncSignerOptions = Pick<SignerOptions, "sdkAppId" | "expireSeconds" | "now"> & {
  /** The app's secret key as the console shows it; a `CryptoKey` cannot sign synchronously. */
  secretKey: string;
};

/**
 * What {@linkcode signUserSigSync} takes.
 *
 * @example It fits what `signUserSig` takes
 * ```ts
 * import { decodeUserSig, signUserSig } from "@tim/edge";
 * import { signUserSigSync, type SignUserSigSyncOptions } from "@tim/edge/sync";
 *
 * const options: SignUserSigSyncOptions = {
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   identifier: "alice",
 *   currentDate: new Date("2026-11-01T00:00:00Z"),
 * };
 * const atOnce = await decodeUserSig(signUserSigSync(options));
 * const awaited = await decodeUserSig(await signUserSig(options));
 * console.log(JSON.stringify(atOnce) === JSON.stringify(awaited)); // true
 * ```
 */
export type SignUserSigSyncOptions = SignRequest & Omit<SyncSignerOptions, "now">;

/**
 * Signs one UserSig at once. For more than one, a {@linkcode SyncUserSigSigner} prepares the key only once.
 *
 * @example In place of the official library's `new Api(sdkAppId, key).genSig("alice", 86400)`
 * ```ts
 * import { signUserSigSync } from "@tim/edge/sync";
 *
 * const userSig = signUserSigSync({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   identifier: "alice",
 *   expireSeconds: 86400,
 * });
 * console.log(userSig.length);
 * ```
 *
 * @param options Whom to sign for, and with what.
 * @returns The UserSig: letters, digits and `* - _`, safe in a URL as it is.
 * @throws {ConfigError} When an argument breaks a rule; the message names it.
 */
export function signUserSigSync(options: SignUserSigSyncOptions): string {
  return new SyncUserSigSigner(options).sign(options);
}

/**
 * Signs many UserSigs with one key, synchronously.
 *
 * Of the key only two SHA-256 states are kept, after the key's first block inside and outside; they are as
 * secret as the key itself, and stay in this module's memory where a `CryptoKey` would keep them out of it.
 *
 * @example A PrivateMapKey, with the userbuf from the core
 * ```ts
 * import { encodeUserBuf } from "@tim/edge";
 * import { SyncUserSigSigner } from "@tim/edge/sync";
 *
 * const sdkAppId = 1400000000;
 * const signer = new SyncUserSigSigner({
 *   sdkAppId,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   expireSeconds: 3600,
 * });
 * const currentDate = new Date();
 * const userBuf = encodeUserBuf({
 *   sdkAppId,
 *   identifier: "alice",
 *   roomId: 10000,
 *   privileges: ["enterRoom", "receiveAudio"],
 *   expiresAt: Math.floor(currentDate.getTime() / 1000) + 3600,
 * });
 * const userSig = signer.sign({ identifier: "alice", currentDate });
 * const privateMapKey = signer.sign({ identifier: "alice", currentDate, userBuf });
 * console.log(userSig.length, privateMapKey.length);
 * ```
 */
export class SyncUserSigSigner {
  /** The app that the signatures are for. */
  readonly sdkAppId: number;
  readonly #expireSeconds: number | undefined;
  readonly #now: () => number;
  /** The HMAC after the key, before any text. */
  readonly #keyed: Hmac;
  /** The copy of it that a signature uses up; kept, since making one costs as much as hashing. */
  readonly #copy: Hmac;

  /**
   * Makes a signer.
   *
   * @param options The app, its key and the defaults.
   * @throws {ConfigError} When an argument breaks a rule.
   */
  constructor(options: SyncSignerOptions) {
    const { sdkAppId, secretKey, expireSeconds, now } = options;
    checkSdkAppId(sdkAppId);
    if (typeof secretKey === "object" && secretKey !== null) {
      throw new ConfigError(
        "Secret key is an object; a CryptoKey cannot sign synchronously, give the key's text or use UserSigSigner",
      );
    }
    checkSecretKey(secretKey);
    if (expireSeconds !== undefined) checkExpireSeconds(expireSeconds);
    this.sdkAppId = sdkAppId;
    this.#expireSeconds = expireSeconds;
    this.#now = now ?? Date.now;
    this.#keyed = hmac.create(sha256, utf8(secretKey));
    this.#copy = this.#keyed.clone();
  }

  /**
   * Signs one UserSig.
   *
   * @param request Whom to sign for.
   * @returns The UserSig.
   * @throws {ConfigError} When the request breaks a rule; the message names it.
   */
  sign(request: SignRequest): string {
    const { identifier, expireSeconds = this.#expireSeconds, currentDate, userBuf } = request;
    const now = currentDate === undefined ? this.#now() : millis(currentDate);
    const facts = checkedFacts(this.sdkAppId, identifier, expireSeconds, now, userBuf);
    this.#keyed._cloneInto(this.#copy).update(scratchUtf8(textToSign(facts))).digestInto(digest);
    const document = userSigDocument(facts, toBase64(digest));
    return toUserSigText(deflateFixed(scratchUtf8(document)));
  }
}

const digest = new Uint8Array(32);
const encoder = new TextEncoder();
let scratch = new Uint8Array(1024);

/** UTF-8 of a text, to be read before the next call: no array is made for it. */
function scratchUtf8(text: string): Uint8Array {
  if (scratch.length < text.length * 3) scratch = new Uint8Array(text.length * 3);
  return scratch.subarray(0, encoder.encodeInto(text, scratch).written);
}

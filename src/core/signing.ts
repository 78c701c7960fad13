/**
 * One signature: the key, what is signed, and the container around it.
 *
 * @module
 */

import { toBase64, toUserSigText } from "./base64.ts";
import { ConfigError } from "./errors.ts";
import { checkedFacts, checkSecretKey, textToSign, userSigDocument } from "./user_sig_rules.ts";
import { utf8 } from "./utf8.ts";
import { deflate } from "./zlib.ts";

/**
 * One UserSig to make.
 *
 * @example Members for a month, guests for a day
 * ```ts
 * import { decodeUserSig, type SignRequest, UserSigSigner } from "@tim/edge";
 *
 * const requests: SignRequest[] = [
 *   { identifier: "alice", expireSeconds: 30 * 86_400 },
 *   { identifier: "guest_17", expireSeconds: 86_400 },
 * ];
 * const signer = new UserSigSigner({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 * });
 * const [alice = ""] = await signer.signMany(requests);
 * const decoded = await decodeUserSig(alice);
 * console.log(decoded.ok && decoded.claims.expire); // 2592000
 * ```
 */
export interface SignRequest {
  /** The user (UserID): 1 to 32 bytes of UTF-8, no control characters. */
  identifier: string;
  /**
   * Lifetime in seconds, 0 to 4294967295. The error table of the documentation advises at least a day.
   * @default {15552000} 180 days
   */
  expireSeconds?: number | undefined;
  /** When it is signed. @default {new Date()} */
  currentDate?: Date | undefined;
  /** The `TLS.userbuf`, for a PrivateMapKey; see `encodeUserBuf`. */
  userBuf?: Uint8Array | undefined;
}

/**
 * The runtime's `CryptoKey`: the name is global only where the types of a browser or of Workers are, not
 * where Node's are alone.
 *
 * @example A key that is imported when the program starts
 * ```ts
 * import { importSecretKey, UserSigSigner, type WebCryptoKey } from "@tim/edge";
 *
 * const signerOf = (secretKey: WebCryptoKey) =>
 *   new UserSigSigner({ sdkAppId: 1400000000, secretKey });
 * const signer = signerOf(
 *   await importSecretKey("5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e"),
 * );
 * console.log((await signer.sign({ identifier: "alice" })).startsWith("eJ")); // true
 * ```
 */
export type WebCryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** Puts a document into its zlib container. */
export type Wrap = (document: Uint8Array<ArrayBuffer>) => Uint8Array | Promise<Uint8Array>;

/** Signs one UserSig; rejects with a {@linkcode ConfigError} when the request breaks a rule. */
export type Sign = (request: SignRequest, expireSeconds?: number) => Promise<string>;

/**
 * Signs for one app with one key: all that a client needs, and what `UserSigSigner` is made of. Takes a key that
 * {@linkcode checkKey} let pass; it is imported at the first signature.
 */
export function signer(
  sdkAppId: number,
  key: string | WebCryptoKey,
  now: () => number,
  wrap: Wrap = deflate,
): Sign {
  return async ({ identifier, expireSeconds, currentDate, userBuf }, usually) => {
    const facts = checkedFacts(
      sdkAppId,
      identifier,
      expireSeconds ?? usually,
      currentDate === undefined ? now() : millis(currentDate),
      userBuf,
    );
    // Only the finished key is kept: a Worker may not wait on another request's promise.
    if (typeof key === "string") key = await importSecretKey(key);
    const sig = await crypto.subtle.sign("HMAC", key, utf8(textToSign(facts)));
    const document = utf8(userSigDocument(facts, toBase64(new Uint8Array(sig))));
    return toUserSigText(await wrap(document));
  };
}

/**
 * Imports an app's secret key as a `CryptoKey` that cannot be read out again and can sign and verify.
 *
 * @example Import once, use often
 * ```ts
 * import { importSecretKey, signUserSig, verifyUserSig } from "@tim/edge";
 *
 * const secretKey = await importSecretKey("5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e");
 * const alice = { sdkAppId: 1400000000, secretKey, identifier: "alice" };
 * const userSig = await signUserSig(alice);
 * console.log((await verifyUserSig(userSig, alice)).valid); // true
 * console.log(secretKey.extractable); // false
 * ```
 *
 * @param secretKey The key as the console shows it.
 * @returns A key for {@linkcode SignerOptions.secretKey} and `verifyUserSig`.
 * @throws {ConfigError} When the text cannot be such a key.
 */
export async function importSecretKey(secretKey: string): Promise<WebCryptoKey> {
  checkSecretKey(secretKey);
  return await crypto.subtle.importKey(
    "raw",
    utf8(secretKey),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign", "verify"],
  );
}

/** Milliseconds of a date; `NaN`, which no rule lets pass, of anything else. */
export function millis(date: Date): number {
  return date instanceof Date ? date.getTime() : NaN;
}

/** Throws unless it can be a key's text, or is an HMAC key over SHA-256 that may be used so. */
export function checkKey(key: string | WebCryptoKey, usage: "sign" | "verify"): void {
  if (typeof key !== "object" || key === null) return checkSecretKey(key);
  const { name, hash } = (key.algorithm ?? {}) as HmacKeyAlgorithm;
  if (name !== "HMAC" || hash?.name !== "SHA-256" || !key.usages.includes(usage)) {
    throw new ConfigError(
      `Secret key is no CryptoKey for HMAC with SHA-256 that may "${usage}"; make one by importSecretKey`,
    );
  }
}

/**
 * Signing: the UserSig that every call and every client login needs.
 *
 * @module
 */

import { toBase64, toUserSigText } from "./base64.ts";
import { ConfigError } from "./errors.ts";
import {
  checkedFacts,
  checkExpireSeconds,
  checkSdkAppId,
  checkSecretKey,
  textToSign,
  userSigDocument,
  utf8,
} from "./user_sig_rules.ts";
import { deflate, store } from "./zlib.ts";

/**
 * How the document is put into its zlib container. Every verifier accepts both.
 *
 * - `deflate`: compressed by the platform's `CompressionStream`, as most official libraries do; about 190
 *   characters. The stream is most of a signature's time: the rate is 0.1 (Node) to 0.5 (Deno) of the official
 *   npm package's, 0.3 to 0.9 with 64 signatures in flight, and thousands a second all the same.
 * - `stored`: not compressed, as the official Go library does by default; about 240 characters, and only the
 *   HMAC is left to wait for: 2 to 4 times the official rate with 64 in flight. One at a time the wait
 *   itself counts, and it is 0.4 to 2 times, by runtime and load.
 *
 * The third way does not wait at all: `@tim/edge/sync` is 4.5 to 7 times as fast as the official package and
 * as short as `deflate`, at the price of a SHA-256 in JavaScript (3.5 kB more, gzipped) and of a key that
 * stays in the program's memory. The figures are those of `deno task bench`.
 */
export type UserSigCompression = "deflate" | "stored";

/** One UserSig to make. */
export interface SignRequest {
  /** The user (UserID): 1 to 32 bytes of UTF-8, no control characters. */
  identifier: string;
  /**
   * Lifetime in seconds, 0 to 4294967295. The error table of the documentation advises at least a day.
   * @default {15552000} 180 days
   */
  expireSeconds?: number;
  /** When it is signed. @default {new Date()} */
  currentDate?: Date;
  /** The `TLS.userbuf`, for a PrivateMapKey; see `encodeUserBuf`. */
  userBuf?: Uint8Array;
}

/** What a {@linkcode UserSigSigner} is made of. */
export interface SignerOptions {
  /** The app's id, from the console: 1 to 4294967295. */
  sdkAppId: number;
  /**
   * The app's secret key as the console shows it (its text is the HMAC key, never hex-decoded), or a
   * `CryptoKey` for HMAC with SHA-256 that may `sign`.
   */
  secretKey: string | CryptoKey;
  /** Lifetime in seconds where a request names none. @default {15552000} 180 days */
  expireSeconds?: number;
  /** How the document is compressed; {@linkcode UserSigCompression} tells the prices. @default {"deflate"} */
  compression?: UserSigCompression;
  /** The clock, in milliseconds since 1970. @default {Date.now} */
  now?: () => number;
}

/** What {@linkcode signUserSig} takes. */
export type SignUserSigOptions = SignRequest & Omit<SignerOptions, "now">;

/**
 * Signs one UserSig. For more than one, a {@linkcode UserSigSigner} imports the key only once.
 *
 * Source: "Generating UserSig" of the Chat documentation, and the official libraries.
 *
 * @example Sign in a user for a day
 * ```ts
 * import { signUserSig } from "@tim/edge";
 *
 * const userSig = await signUserSig({
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
export async function signUserSig(options: SignUserSigOptions): Promise<string> {
  return await new UserSigSigner(options).sign(options);
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
export async function importSecretKey(secretKey: string): Promise<CryptoKey> {
  checkSecretKey(secretKey);
  return await crypto.subtle.importKey(
    "raw",
    utf8(secretKey),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign", "verify"],
  );
}

/**
 * Signs many UserSigs with one key, which is imported at the first signature and kept non-extractable.
 *
 * Making one does no work and may stand at module scope, on Workers too. Signatures in flight together
 * share the waiting: {@linkcode UserSigSigner.signMany} with `compression: "stored"` is the fastest way that keeps the
 * key out of the program's memory.
 *
 * @example Several users at once
 * ```ts
 * import { UserSigSigner } from "@tim/edge";
 *
 * const signer = new UserSigSigner({
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   expireSeconds: 86400,
 * });
 * const [alice, bob] = await signer.signMany([{ identifier: "alice" }, { identifier: "bob" }]);
 * console.log(alice === bob); // false
 * ```
 */
export class UserSigSigner {
  /** The app that the signatures are for. */
  readonly sdkAppId: number;
  readonly #expireSeconds: number | undefined;
  readonly #wrap: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array | Promise<Uint8Array>;
  readonly #now: () => number;
  #key: string | CryptoKey;

  /**
   * Makes a signer; the key is imported at the first signature.
   *
   * @param options The app, its key and the defaults.
   * @throws {ConfigError} When an argument breaks a rule.
   */
  constructor(options: SignerOptions) {
    const { sdkAppId, secretKey, expireSeconds, compression = "deflate", now } = options;
    checkSdkAppId(sdkAppId);
    checkKey(secretKey, "sign");
    if (expireSeconds !== undefined) checkExpireSeconds(expireSeconds);
    if (compression !== "deflate" && compression !== "stored") {
      throw new ConfigError(`compression is "${compression}", wanted "deflate" or "stored"`);
    }
    this.sdkAppId = sdkAppId;
    this.#key = secretKey;
    this.#expireSeconds = expireSeconds;
    this.#wrap = compression === "stored" ? store : deflate;
    this.#now = now ?? Date.now;
  }

  /**
   * Signs one UserSig.
   *
   * @param request Whom to sign for.
   * @returns The UserSig.
   * @throws {ConfigError} When the request breaks a rule; the message names it.
   */
  async sign(request: SignRequest): Promise<string> {
    const facts = checkedFacts(
      this.sdkAppId,
      request.identifier,
      request.expireSeconds ?? this.#expireSeconds,
      request.currentDate === undefined ? this.#now() : millis(request.currentDate),
      request.userBuf,
    );
    // Only the finished key is kept: a Worker may not wait on another request's promise.
    if (typeof this.#key === "string") this.#key = await importSecretKey(this.#key);
    const sig = await crypto.subtle.sign("HMAC", this.#key, utf8(textToSign(facts)));
    const document = utf8(userSigDocument(facts, toBase64(new Uint8Array(sig))));
    return toUserSigText(await this.#wrap(document));
  }

  /**
   * Signs a list, at most 64 signatures at a time in flight.
   *
   * @param requests Whom to sign for.
   * @returns The UserSigs, in the order of the requests.
   * @throws {ConfigError} When any request breaks a rule.
   */
  async signMany(requests: Iterable<SignRequest>): Promise<string[]> {
    const list = [...requests];
    const signed: string[] = [];
    for (let at = 0; at < list.length; at += 64) {
      signed.push(
        ...await Promise.all(list.slice(at, at + 64).map((request) => this.sign(request))),
      );
    }
    return signed;
  }
}

/** Milliseconds of a date; `NaN`, which no rule lets pass, of anything else. */
export function millis(date: Date): number {
  return date instanceof Date ? date.getTime() : NaN;
}

/** Throws unless it can be a key's text, or is an HMAC key over SHA-256 that may be used so. */
export function checkKey(key: string | CryptoKey, usage: "sign" | "verify"): void {
  if (typeof key !== "object" || key === null) return checkSecretKey(key);
  const algorithm = key.algorithm as HmacKeyAlgorithm | undefined;
  if (algorithm?.name !== "HMAC" || algorithm.hash?.name !== "SHA-256") {
    throw new ConfigError(
      "Secret key is an object, but no CryptoKey for HMAC with SHA-256; make one by importSecretKey",
    );
  }
  if (!key.usages.includes(usage)) {
    throw new ConfigError(
      `Secret key is a CryptoKey that may not "${usage}"; import it with that usage, or by importSecretKey`,
    );
  }
}

/**
 * Signing: the UserSig that every call and every client login needs.
 *
 * @module
 */

import { ConfigError } from "./errors.ts";
import { checkKey, type Sign, signer, type SignRequest, type WebCryptoKey } from "./signing.ts";
import { checkExpireSeconds, checkSdkAppId } from "./user_sig_rules.ts";
import { deflate, store } from "./zlib.ts";

export { importSecretKey, type SignRequest, type WebCryptoKey } from "./signing.ts";

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
 * as short as `deflate`, at the price of a SHA-256 in JavaScript (3 kB more, gzipped) and of a key that
 * stays in the program's memory. The figures are those of `deno task bench`.
 *
 * @example Longer, and sooner there
 * ```ts
 * import { signUserSig, type UserSigCompression } from "@tim/edge";
 *
 * const lengthWith = async (compression: UserSigCompression) => {
 *   const userSig = await signUserSig({
 *     sdkAppId: 1400000000,
 *     secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *     identifier: "alice",
 *     compression,
 *   });
 *   return userSig.length;
 * };
 * console.log(await lengthWith("stored") > await lengthWith("deflate")); // true
 * ```
 */
export type UserSigCompression = "deflate" | "stored";

/**
 * What a {@linkcode UserSigSigner} is made of.
 *
 * @example Half a day unless a request says otherwise
 * ```ts
 * import { decodeUserSig, type SignerOptions, UserSigSigner } from "@tim/edge";
 *
 * const options: SignerOptions = {
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   expireSeconds: 43_200,
 *   compression: "stored",
 * };
 * const signer = new UserSigSigner(options);
 * const decoded = await decodeUserSig(await signer.sign({ identifier: "alice" }));
 * console.log(decoded.ok && decoded.claims.expire); // 43200
 * ```
 */
export interface SignerOptions {
  /** The app's id, from the console: 1 to 4294967295. */
  sdkAppId: number;
  /**
   * The app's secret key as the console shows it (its text is the HMAC key, never hex-decoded), or a
   * `CryptoKey` for HMAC with SHA-256 that may `sign`.
   */
  secretKey: string | WebCryptoKey;
  /** Lifetime in seconds where a request names none. @default {15552000} 180 days */
  expireSeconds?: number | undefined;
  /** How the document is compressed; {@linkcode UserSigCompression} tells the prices. @default {"deflate"} */
  compression?: UserSigCompression | undefined;
  /** The clock, in milliseconds since 1970. @default {Date.now} */
  now?: (() => number) | undefined;
}

/**
 * What {@linkcode signUserSig} takes.
 *
 * @example The same UserSig each time, in a test
 * ```ts
 * import { signUserSig, type SignUserSigOptions } from "@tim/edge";
 *
 * const options: SignUserSigOptions = {
 *   sdkAppId: 1400000000,
 *   secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   identifier: "alice",
 *   currentDate: new Date("2026-11-01T00:00:00Z"),
 * };
 * console.log(await signUserSig(options) === await signUserSig(options)); // true
 * ```
 */
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
  readonly #sign: Sign;

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
    this.#expireSeconds = expireSeconds;
    const wrap = compression === "stored" ? store : deflate;
    this.#sign = signer(sdkAppId, secretKey, now ?? Date.now, wrap);
  }

  /**
   * Signs one UserSig.
   *
   * @param request Whom to sign for.
   * @returns The UserSig.
   * @throws {ConfigError} When the request breaks a rule; the message names it.
   */
  sign(request: SignRequest): Promise<string> {
    return this.#sign(request, this.#expireSeconds);
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

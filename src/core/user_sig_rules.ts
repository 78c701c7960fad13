/**
 * What may be signed, and the exact texts that a signature covers and a UserSig holds.
 *
 * @module
 */

import { toBase64 } from "./base64.ts";
import { ConfigError } from "./errors.ts";

/** Lifetime of a UserSig when none is asked for: 180 days, as in the documentation's samples. */
export const DEFAULT_EXPIRE_SECONDS = 15_552_000;
/** The longest lifetime: what the vendor's own verifier reads, an unsigned 32-bit number of seconds. */
export const MAX_EXPIRE_SECONDS = 0xffff_ffff;
/** The longest identifier, in UTF-8 bytes. */
export const MAX_IDENTIFIER_BYTES = 32;

const encoder = new TextEncoder();

/** UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** What one UserSig says. */
export interface SignedFacts {
  sdkAppId: number;
  identifier: string;
  /** Seconds since 1970. */
  time: number;
  /** Seconds of life. */
  expire: number;
  /** The userbuf in standard base64. */
  userBuf?: string;
}

/** Turns what a caller asks for into the facts to sign, or throws a {@linkcode ConfigError}. */
export function checkedFacts(
  sdkAppId: number,
  identifier: string,
  expireSeconds: number | undefined,
  nowMs: number,
  userBuf: Uint8Array | undefined,
): SignedFacts {
  checkSdkAppId(sdkAppId);
  checkIdentifier(identifier);
  const expire = expireSeconds ?? DEFAULT_EXPIRE_SECONDS;
  if (!Number.isInteger(expire) || expire < 0 || expire > MAX_EXPIRE_SECONDS) {
    throw new ConfigError(
      `Cannot sign: expireSeconds is ${expire}, wanted whole seconds from 0 to ${MAX_EXPIRE_SECONDS}`,
    );
  }
  const time = Math.floor(nowMs / 1000);
  if (!(time >= 0 && time < 2 ** 40)) {
    throw new ConfigError(
      `Cannot sign: the current time is ${nowMs} ms, which is no date after 1970`,
    );
  }
  if (userBuf === undefined) return { sdkAppId, identifier, time, expire };
  if (!(userBuf instanceof Uint8Array) || userBuf.length === 0) {
    throw new ConfigError(
      "Cannot sign: userBuf must be a Uint8Array of at least one byte; leave it out for a plain UserSig",
    );
  }
  return { sdkAppId, identifier, time, expire, userBuf: toBase64(userBuf) };
}

/** Throws unless the SDKAppID is a whole number from 1 to 4294967295. */
export function checkSdkAppId(sdkAppId: number): void {
  if (!Number.isInteger(sdkAppId) || sdkAppId < 1 || sdkAppId > 0xffff_ffff) {
    throw new ConfigError(
      `SDKAppID is ${JSON.stringify(sdkAppId)}, wanted a whole number from 1 to 4294967295`,
    );
  }
}

/** Throws unless the identifier may be signed. */
export function checkIdentifier(identifier: string): void {
  const fault = identifierFault(identifier);
  if (fault !== undefined) throw new ConfigError(`Identifier ${fault}`);
}

/** Which rule an identifier breaks; `undefined` when none. */
function identifierFault(identifier: string): string | undefined {
  if (typeof identifier !== "string") return `is a ${typeof identifier}, wanted a string`;
  if (identifier === "") return "is empty, wanted 1 to 32 bytes";
  // Line feeds could imitate the other lines of the signed text, and so another identifier.
  const control = identifier.search(/\p{Cc}/u);
  if (control >= 0) {
    return `has a control character at position ${control}: it could forge other lines of the signed text`;
  }
  if (/\p{Cs}/u.test(identifier)) return "holds half of a surrogate pair, which UTF-8 cannot write";
  const bytes = utf8(identifier).length;
  if (bytes > MAX_IDENTIFIER_BYTES) return `is ${bytes} bytes of UTF-8, limit is 32`;
  return undefined;
}

/** Throws unless the text can be a secret key of the HMAC kind. */
export function checkSecretKey(secretKey: string): void {
  if (typeof secretKey !== "string" || secretKey === "") {
    throw new ConfigError("Secret key is missing; the console shows it as 64 hexadecimal digits");
  }
  if (secretKey.includes("-----BEGIN")) {
    throw new ConfigError(
      "Secret key is a PEM private key of the old ECDSA signatures; switch the app to HMAC-SHA256 in the " +
        "console and take the secret key that it shows (64 hexadecimal digits)",
    );
  }
  if (secretKey.trim() !== secretKey) {
    throw new ConfigError(
      "Secret key has white space at its start or end, perhaps a line feed from a file; every byte counts",
    );
  }
}

/** The text that the HMAC covers. */
export function textToSign(facts: SignedFacts): string {
  return `TLS.identifier:${facts.identifier}\nTLS.sdkappid:${facts.sdkAppId}\nTLS.time:${facts.time}\n` +
    `TLS.expire:${facts.expire}\n` +
    (facts.userBuf === undefined ? "" : `TLS.userbuf:${facts.userBuf}\n`);
}

/** The JSON document that goes into the zlib container; `sig` is the HMAC in standard base64. */
export function userSigDocument(facts: SignedFacts, sig: string): string {
  return `{"TLS.ver":"2.0","TLS.identifier":${JSON.stringify(facts.identifier)},` +
    `"TLS.sdkappid":${facts.sdkAppId},"TLS.time":${facts.time},"TLS.expire":${facts.expire},` +
    (facts.userBuf === undefined ? "" : `"TLS.userbuf":"${facts.userBuf}",`) +
    `"TLS.sig":"${sig}"}`;
}

/**
 * What may be signed, and the exact texts that a signature covers and a UserSig holds.
 *
 * @module
 */

import { toBase64 } from "./base64.ts";
import { ConfigError } from "./errors.ts";
import { utf8 } from "./utf8.ts";

/** Lifetime of a UserSig when none is asked for: 180 days, as in the documentation's samples. */
export const DEFAULT_EXPIRE_SECONDS = 15_552_000;
/** The longest userbuf, in bytes: a document must stay under the 64 KiB at which verifiers stop. */
const MAX_USER_BUF_BYTES = 32_768;

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
  expire: number | undefined = DEFAULT_EXPIRE_SECONDS,
  nowMs: number | undefined,
  userBuf: Uint8Array | undefined,
): SignedFacts {
  checkSdkAppId(sdkAppId);
  checkIdentifier(identifier);
  checkExpireSeconds(expire);
  const time = Math.floor(nowMs! / 1000);
  if (!(time >= 0 && time < 2 ** 40)) {
    throw new ConfigError(`Current time is ${shown(nowMs)} ms, wanted a date after 1970`);
  }
  const facts = { sdkAppId, identifier, time, expire };
  if (userBuf === undefined) return facts;
  const size = userBuf instanceof Uint8Array ? userBuf.length : 0;
  if (size < 1 || size > MAX_USER_BUF_BYTES) {
    throw new ConfigError(
      `userBuf is no Uint8Array of 1 to ${MAX_USER_BUF_BYTES} bytes; leave it out for a plain UserSig`,
    );
  }
  return { ...facts, userBuf: toBase64(userBuf) };
}

/** A wrong value as an error may show it: numbers only, since a text could be a misplaced key. */
export function shown(value: unknown): string {
  return typeof value === "number" || value == null ? `${value}` : `of type ${typeof value}`;
}

/** Whether a value is a whole number from 0 to 4294967295. */
export function isUint32(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 32;
}

/** Throws unless the lifetime is a whole number of seconds from 0 to 4294967295. */
export function checkExpireSeconds(expire: number): void {
  checkNumber("expireSeconds", expire, 0);
}

/** Throws unless the SDKAppID is a whole number from 1 to 4294967295. */
export function checkSdkAppId(sdkAppId: number): void {
  checkNumber("SDKAppID", sdkAppId, 1);
}

function checkNumber(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least && value < 2 ** 32) return;
  throw new ConfigError(
    `${name} is ${shown(value)}, wanted a whole number from ${least} to 4294967295`,
  );
}

/** Throws unless the identifier may be signed. */
export function checkIdentifier(identifier: string): void {
  // Nearly every identifier passes here, at a tenth of the time.
  if (typeof identifier === "string" && /^[ -~]{1,32}$/.test(identifier)) return;
  const fault = identifierFault(identifier);
  if (fault) throw new ConfigError(`Identifier ${fault}`);
}

/** Which rule an identifier breaks, if any. */
function identifierFault(identifier: string): string | false {
  if (typeof identifier !== "string") return `is ${shown(identifier)}, wanted a string`;
  // Line feeds could imitate the other lines of the signed text, and so another identifier.
  const at = identifier.search(/[\p{Cc}\p{Cs}]/u);
  if (at >= 0) return `has a control character, or half a surrogate pair, at position ${at}`;
  const { length } = utf8(identifier);
  return (length < 1 || length > 32) && `is ${length} bytes of UTF-8, wanted 1 to 32`;
}

/** Throws unless the text can be a secret key of the HMAC kind. */
export function checkSecretKey(secretKey: string): void {
  const fault = secretKeyFault(secretKey);
  if (fault) throw new ConfigError(`Secret key ${fault}`);
}

function secretKeyFault(secretKey: string): string | false {
  if (typeof secretKey !== "string" || !secretKey) {
    return "is missing; the console shows it as 64 hexadecimal digits";
  }
  if (secretKey.includes("-----BEGIN")) {
    return "is a PEM key of the old ECDSA signatures; switch the app to HMAC-SHA256, and the console shows it as 64 " +
      "hexadecimal digits";
  }
  return secretKey.trim() !== secretKey && "has white space around it: a line feed at its end?";
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

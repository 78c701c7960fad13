/**
 * Static API keys in `X-API-Key`, for machines; the gateway knows their hashes only.
 *
 * @module
 */

import { sha256, sha256Hex } from "../../core/sha256.ts";
import { ConfigError } from "../../core/errors.ts";
import { checkKeys, checkTexts } from "../check_keys.ts";
import { Refusal } from "../problem.ts";
import type { Caller, Scheme } from "./caller.ts";

/**
 * One API key.
 *
 * @example A key that gives way to another
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { type ApiKey, createGateway, hashApiKey, makeApiKey } from "@tim/edge/hono";
 *
 * const [old, fresh] = [makeApiKey(), makeApiKey()];
 * const apiKeys: ApiKey[] = [
 *   { sha256: await hashApiKey(old), identifier: "reports", expiresAt: "2026-01-31" },
 *   { sha256: await hashApiKey(fresh), identifier: "reports" },
 * ];
 * const client = new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" });
 * const gateway = createGateway({ client, apiKeys });
 * const ask = (key: string) => gateway.request("/whoami", { headers: { "x-api-key": key } });
 * console.log((await ask(old)).status, (await ask(fresh)).status); // 401 200
 * ```
 */
export interface ApiKey {
  /** The key's SHA-256 in hexadecimal; {@linkcode hashApiKey} makes it. */
  sha256: string;
  /** The user (UserID) that it stands for. */
  identifier: string;
  /** What the policy's rules go by. @default {[]} */
  roles?: readonly string[];
  /**
   * When it ends, in ISO 8601: `"2027-01-31"` is the first moment of that day in UTC, and
   * `"2027-01-31T18:00:00+08:00"` has a time.
   * @default {undefined} never
   */
  expiresAt?: string;
}

/** Another form would be read in another way on each runtime; `1/2/2027` is in January. */
const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** A shorter key could be guessed. */
const MIN_LENGTH = 20;

/**
 * Makes a new API key of 256 random bits.
 *
 * @example A key for a machine, and its hash for the gateway
 * ```ts
 * import { hashApiKey, makeApiKey } from "@tim/edge/hono";
 *
 * const key = makeApiKey(); // to its owner
 * const entry = { sha256: await hashApiKey(key), identifier: "reports", roles: ["operator"] };
 * console.log(entry.sha256.length); // 64
 * ```
 *
 * @returns The key, to hand to its owner and forget.
 */
export function makeApiKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return "tek_" +
    btoa(String.fromCharCode(...bytes)).replace(
      /[+/=]/g,
      (sign) => ({ "+": "-", "/": "_" })[sign] ?? "",
    );
}

/**
 * The hash of an API key, which is all that a gateway's options need to hold. A plain SHA-256 is enough for
 * random keys, and too little for words that people choose.
 *
 * @example A gateway that takes it
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, hashApiKey, makeApiKey } from "@tim/edge/hono";
 *
 * const key = makeApiKey();
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: await hashApiKey(key), identifier: "reports", expiresAt: "2099-12-31" }],
 *   log: false,
 * });
 * const answer = await gateway.request("/policy", { headers: { "x-api-key": key } });
 * console.log(answer.status); // 200
 * ```
 *
 * @param key The key, of {@linkcode makeApiKey} for instance.
 * @returns Its SHA-256, 64 hexadecimal digits.
 * @throws {ConfigError} When the key has less than 20 characters.
 */
export async function hashApiKey(key: string): Promise<string> {
  if (key.length < MIN_LENGTH) {
    throw new ConfigError(
      `The API key has ${key.length} characters, wanted ${MIN_LENGTH} at least`,
    );
  }
  return await sha256Hex(key);
}

/** Checks the list once and makes the check. */
export function apiKeyScheme(keys: readonly ApiKey[]): Scheme {
  const entries = keys.map(entryOf);
  keys.forEach(({ sha256 }, index) => {
    const first = keys.findIndex((key) => key.sha256.toLowerCase() === sha256.toLowerCase());
    if (first === index) return;
    throw new ConfigError(`apiKeys[${index}] is the same key as apiKeys[${first}]`);
  });
  return async (request) => {
    const key = request.headers.get("x-api-key");
    if (key === null) return undefined;
    const hash = await sha256(key);
    let found: typeof entries[number] | undefined;
    // Every entry is compared to its end, so that the time tells nothing.
    for (const entry of entries) if (sameBytes(hash, entry.hash)) found = entry;
    if (found === undefined) throw new Refusal("bad-api-key", "The API key is not known");
    if (Date.now() >= found.until) {
      throw new Refusal("bad-api-key", "The API key has expired; ask the operator for a new one");
    }
    return found.caller;
  };
}

function entryOf(key: ApiKey, index: number): { hash: Uint8Array; until: number; caller: Caller } {
  const where = `apiKeys[${index}]`;
  checkKeys(where, key, ["sha256", "identifier", "roles", "expiresAt"]);
  if (!/^[0-9a-f]{64}$/i.test(key.sha256)) {
    throw new ConfigError(
      `${where}.sha256 must be 64 hexadecimal digits: store the hash, by hashApiKey, not the key`,
    );
  }
  if (typeof key.identifier !== "string" || key.identifier === "") {
    throw new ConfigError(`${where}.identifier is missing: whom does the key stand for?`);
  }
  checkTexts(`${where}.roles`, key.roles ?? []);
  const until = key.expiresAt === undefined ? Infinity : Date.parse(key.expiresAt);
  if (Number.isNaN(until) || (key.expiresAt !== undefined && !ISO.test(key.expiresAt))) {
    throw new ConfigError(`${where}.expiresAt is "${key.expiresAt}", wanted a date: "2027-01-31"`);
  }
  const hash = Uint8Array.from(key.sha256.match(/../g)!, (digits) => parseInt(digits, 16));
  const { identifier, roles = [] } = key;
  return { hash, until, caller: { identifier, roles, claims: {}, via: "api-key" } };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < b.length; i++) difference |= a[i]! ^ b[i]!;
  return difference === 0;
}

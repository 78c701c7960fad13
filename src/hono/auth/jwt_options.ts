/**
 * How the gateway checks a caller's JWT, and what in that would leave a hole.
 *
 * @module
 */

import { ConfigError } from "../../core/errors.ts";
import type { WebCryptoKey } from "../../core/signing.ts";
import { urlOf } from "../../core/url.ts";
import { checkCount, checkFunction, checkKeys } from "../check_keys.ts";

/**
 * How the gateway checks a caller's JWT.
 *
 * @example Tokens of a Keycloak realm
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, type JwtOptions } from "@tim/edge/hono";
 *
 * const realm = "https://login.example.com/realms/chat";
 * const jwt: JwtOptions = {
 *   jwksUrl: `${realm}/protocol/openid-connect/certs`,
 *   issuer: realm,
 *   audience: "chat",
 *   algorithms: ["RS256"],
 *   identifierClaim: "preferred_username",
 *   rolesClaim: "realm_access.roles",
 * };
 * const client = new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" });
 * const gateway = createGateway({ client, jwt });
 * console.log((await gateway.request("/whoami")).headers.get("www-authenticate")); // Bearer
 * ```
 */
export interface JwtOptions {
  /**
   * The key: a public key as `CryptoKey`, JWK or PEM text, or a shared secret's bytes. This or
   * {@linkcode JwtOptions.jwksUrl}.
   */
  key?: WebCryptoKey | Uint8Array | string | {
    kty?: string;
    kid?: string;
    use?: string;
    alg?: string;
    key_ops?: string[];
    ext?: boolean;
    crv?: string;
    x?: string;
    y?: string;
    n?: string;
    e?: string;
    k?: string;
    x5c?: string[];
    x5t?: string;
  };
  /** Address of a JWK set, fetched when needed, kept, and fetched again when a key is unknown. */
  jwksUrl?: string;
  /** Who must have issued the token (`iss`); several for a change of issuers. */
  issuer: string | readonly string[];
  /** For whom it must be meant (`aud`). */
  audience: string | readonly string[];
  /** The algorithms that are taken, for instance `["ES256"]`; never `none`. */
  algorithms: readonly string[];
  /** The claim that names the user. @default {"sub"} */
  identifierClaim?: string;
  /**
   * The claim that lists the roles: a list, or words with spaces between them as in `scope`. Dots lead into
   * objects, as in `realm_access.roles`.
   * @default {"roles"}
   */
  rolesClaim?: string;
  /** How many seconds clocks may differ, at most 300. @default {0} */
  clockSkewSeconds?: number;
  /**
   * How many verified tokens are remembered until they expire; `false` turns that off. A token that its
   * issuer revoked, or whose key left the JWK set, is taken that long.
   * @default {10000}
   */
  cache?: number | false;
  /** Longest wait for the JWK set, in milliseconds. @default {3000} */
  jwksTimeoutMs?: number;
  /** Shortest time between two fetches of the JWK set, in milliseconds. @default {30000} */
  jwksCooldownMs?: number;
  /** The `fetch` for the JWK set. @default {globalThis.fetch} */
  fetch?: (input: string, init: RequestInit) => Promise<Response>;
}

const KEYS = [
  "key",
  "jwksUrl",
  "issuer",
  "audience",
  "algorithms",
  "identifierClaim",
  "rolesClaim",
  "clockSkewSeconds",
  "cache",
  "jwksTimeoutMs",
  "jwksCooldownMs",
  "fetch",
];
const SECRET_BYTES: Record<string, number> = { HS256: 32, HS384: 48, HS512: 64 };
const PUBLIC_KEY = /^(RS|PS)(256|384|512)$|^ES(256|384|512)$|^EdDSA$|^Ed25519$|^ML-DSA-(44|65|87)$/;

/**
 * Throws when the options would leave a hole.
 *
 * @throws {ConfigError} The message names what is wrong and what would be right.
 */
export function checkJwtOptions(options: JwtOptions): void {
  checkKeys("jwt", options, KEYS);
  const { issuer, audience, algorithms, key, jwksUrl, clockSkewSeconds: tolerance = 0 } = options;
  const { identifierClaim = "sub", rolesClaim = "roles" } = options;
  for (const [name, value] of Object.entries({ issuer, audience })) {
    const texts: unknown[] = Array.isArray(value) ? value : [value];
    if (texts.length === 0 || texts.some((text) => typeof text !== "string" || text === "")) {
      throw new ConfigError(
        `jwt.${name} is missing: without it any token of the same key would do`,
      );
    }
  }
  for (const [name, value] of Object.entries({ identifierClaim, rolesClaim })) {
    if (typeof value === "string" && value !== "") continue;
    throw new ConfigError(`jwt.${name} must be the name of a claim`);
  }
  checkFunction("jwt.fetch", options.fetch, "like fetch");
  if (!Array.isArray(algorithms) || algorithms.length === 0 || algorithms.includes("none")) {
    throw new ConfigError(
      'jwt.algorithms must list what is taken, like ["ES256"], and never "none"',
    );
  }
  if ((key === undefined) === (jwksUrl === undefined)) {
    throw new ConfigError("jwt needs key or jwksUrl, one of the two");
  }
  if (!(tolerance >= 0 && tolerance <= 300)) {
    throw new ConfigError(
      `jwt.clockSkewSeconds is ${tolerance}, wanted 0 to 300: more would revive old tokens`,
    );
  }
  if (options.cache !== undefined && options.cache !== false) {
    checkCount("jwt.cache", options.cache, 1);
  }
  checkCount("jwt.jwksTimeoutMs", options.jwksTimeoutMs ?? 3000, 1);
  checkCount("jwt.jwksCooldownMs", options.jwksCooldownMs ?? 30_000, 0);
  checkKind(options);
  if (jwksUrl !== undefined) checkJwksUrl(jwksUrl);
}

/** A public key taken for a shared secret is the oldest trick, so one list never holds both kinds. */
function checkKind({ key, algorithms }: JwtOptions): void {
  const shared = key instanceof Uint8Array || (key instanceof CryptoKey && key.type === "secret") ||
    (key as { kty?: string } | undefined)?.kty === "oct";
  for (const algorithm of algorithms) {
    const needed = SECRET_BYTES[algorithm];
    if (needed === undefined && !PUBLIC_KEY.test(algorithm)) {
      throw new ConfigError(`jwt.algorithms holds "${algorithm}", which is not known`);
    }
    if ((needed !== undefined) !== shared) {
      throw new ConfigError(
        `jwt.algorithms holds "${algorithm}", which does not go with a ${
          shared ? "shared secret: HS256, HS384 and HS512 do" : "public key: ES256, RS256 … do"
        }`,
      );
    }
    if (key instanceof Uint8Array && key.length < needed!) {
      throw new ConfigError(
        `jwt.key has ${key.length} bytes, wanted ${needed} at least for ${algorithm}`,
      );
    }
  }
  if (key instanceof CryptoKey && !key.usages.includes("verify")) {
    throw new ConfigError('jwt.key may not "verify": give the public key');
  }
  if (typeof key === "string" && !key.trimStart().startsWith("-----BEGIN PUBLIC KEY-----")) {
    throw new ConfigError(
      "jwt.key is a text, wanted PEM that begins with -----BEGIN PUBLIC KEY-----; " +
        "a shared secret goes as bytes, new TextEncoder().encode(secret)",
    );
  }
  if ((key as { d?: string } | undefined)?.d !== undefined) {
    throw new ConfigError("jwt.key is a private key: give the public one, checking needs no more");
  }
}

function checkJwksUrl(text: string): void {
  const url = urlOf(text);
  const loopback = url !== undefined && /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname);
  if (url?.protocol === "https:" || (url?.protocol === "http:" && loopback)) return;
  throw new ConfigError(
    `jwt.jwksUrl is ${
      JSON.stringify(text)
    }, wanted https://…: whoever can change the keys on the way ` +
      "can log in as anybody (http:// is taken for loopback only)",
  );
}

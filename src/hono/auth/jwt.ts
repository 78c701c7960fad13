/**
 * A JWT in `Authorization: Bearer`, checked by `jose`.
 *
 * @module
 */

import {
  errors,
  importJWK,
  importSPKI,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
} from "jose";
import type { Fetch } from "../../core/request.ts";
import { Refusal } from "../problem.ts";
import type { Caller, Scheme } from "./caller.ts";
import { claimAt } from "./claim.ts";
import { remoteKeys } from "./jwks.ts";
import { checkJwtOptions, type JwtOptions } from "./jwt_options.ts";
import { TokenCache } from "./token_cache.ts";

/** The check, and whether it could be made now. */
export interface JwtScheme {
  scheme: Scheme;
  /** Throws a refusal when the keys cannot be had. */
  ready(): Promise<void>;
}

/** No honest token is longer; most servers allow no longer header anyway. */
const MAX_TOKEN = 16_384;

/** Checks the options once and makes the check. */
export function jwtScheme(options: JwtOptions): JwtScheme {
  checkJwtOptions(options);
  const { issuer, audience, algorithms, identifierClaim = "sub", rolesClaim = "roles" } = options;
  const tolerance = options.clockSkewSeconds ?? 0;
  const rules = {
    issuer: [issuer].flat(),
    audience: [audience].flat(),
    algorithms: [...algorithms],
    clockTolerance: tolerance,
    requiredClaims: [identifierClaim, "exp"],
  };
  const cache = options.cache === false ? undefined : new TokenCache(options.cache ?? 10_000);
  const { key, ready } = keySource(options);

  async function payloadOf(token: string): Promise<JWTPayload> {
    try {
      return (await jwtVerify(token, key, rules)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
      // The token names no key, and the login server has several: old ones and new ones.
      for await (const candidate of error) {
        try {
          return (await jwtVerify(token, candidate, rules)).payload;
        } catch (fault) {
          if (!(fault instanceof errors.JWSSignatureVerificationFailed)) throw fault;
        }
      }
      throw error;
    }
  }

  async function verify(token: string): Promise<Caller> {
    const payload = await payloadOf(token);
    const identifier = payload[identifierClaim];
    if (typeof identifier !== "string" || identifier === "") {
      throw badToken(`claim "${identifierClaim}" is no text`);
    }
    const caller = { identifier, roles: rolesOf(payload, rolesClaim), claims: payload, via: "jwt" };
    cache?.set(token, caller, (payload.exp! + tolerance) * 1000);
    return caller;
  }

  return {
    ready,
    scheme: (request) => {
      const header = request.headers.get("authorization");
      if (header === null) return undefined;
      const token = /^bearer +([\w.~+/=-]+)$/i.exec(header)?.[1];
      if (token === undefined || token.length > MAX_TOKEN) {
        throw badToken("the header must be Authorization: Bearer <JWT>");
      }
      return cache?.get(token) ?? verify(token).catch((error) => {
        throw error instanceof Refusal ? error : badToken(faultOf(error), error);
      });
    },
  };
}

function keySource(options: JwtOptions): { key: JWTVerifyGetKey; ready(): Promise<void> } {
  const { key, jwksUrl, algorithms } = options;
  if (jwksUrl !== undefined) {
    const fetch: Fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
    const { jwksTimeoutMs = 3000, jwksCooldownMs = 30_000 } = options;
    return remoteKeys({ jwksUrl, fetch, jwksTimeoutMs, jwksCooldownMs });
  }
  const ready = () => Promise.resolve();
  if (key instanceof CryptoKey || key instanceof Uint8Array) return { key: () => key, ready };
  // Imported once for each algorithm that tokens come with; only finished keys are kept.
  const imported = new Map<string, CryptoKey | Uint8Array>();
  return {
    ready,
    key: async ({ alg }) => {
      const kept = imported.get(alg);
      if (kept !== undefined) return kept;
      if (!algorithms.includes(alg)) throw new errors.JOSEAlgNotAllowed("not listed");
      const fresh = typeof key === "string"
        ? await importSPKI(key, alg)
        : await importJWK(key!, alg);
      imported.set(alg, fresh);
      return fresh;
    },
  };
}

function rolesOf(claims: JWTPayload, name: string): string[] {
  const found = claimAt(claims, name);
  if (typeof found === "string") return found.split(" ").filter(Boolean);
  return Array.isArray(found) ? found.filter((role) => typeof role === "string") : [];
}

/** Says what is wrong only where the signature held; a forger learns nothing, the log all. */
function faultOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return "it has expired; get a new one";
  if (error instanceof errors.JWTClaimValidationFailed) {
    return `claim "${error.claim}" does not fit`;
  }
  return "it does not verify";
}

function badToken(detail: string, cause?: unknown): Refusal {
  const headers = { "www-authenticate": 'Bearer error="invalid_token"' };
  return new Refusal("bad-token", `The JWT is refused: ${detail}`, headers, cause);
}

/**
 * Who asks: a JWT in `Authorization: Bearer`, checked by `jose`.
 *
 * @module
 */

import { createRemoteJWKSet, errors, importJWK, type JWTPayload, jwtVerify } from "jose";
import { ConfigError } from "../core/errors.ts";
import { problem } from "./problem.ts";

/** How the gateway checks a caller's JWT. */
export interface JwtOptions {
  /** The key: a `CryptoKey`, a shared secret's bytes, or a JWK. This or {@linkcode JwtOptions.jwksUrl}. */
  key?: CryptoKey | Uint8Array | JsonWebKey;
  /** Address of a JWK set, fetched when needed, kept, and fetched again when a key is unknown. */
  jwksUrl?: string;
  /** Who must have issued the token (`iss`). */
  issuer: string;
  /** For whom it must be meant (`aud`). */
  audience: string;
  /** The algorithms that are taken, for instance `["ES256"]`; never `none`. */
  algorithms: string[];
  /** The claim that names the user. @default {"sub"} */
  identifierClaim?: string;
  /** How many seconds clocks may differ. @default {0} */
  clockToleranceSeconds?: number;
}

/** A caller who proved who it is. */
export interface Caller {
  /** The user (UserID). */
  identifier: string;
  /** The claims of the token. */
  claims: Record<string, unknown>;
}

/** Finds out who asks: a caller, or the refusal to answer with. */
export type WhoAsks = (request: Request) => Promise<Caller | Response>;

/** Checks the options once and makes the check. */
export function jwtCheck(options: JwtOptions): WhoAsks {
  const { issuer, audience, algorithms, identifierClaim = "sub" } = options;
  for (const [name, value] of Object.entries({ issuer, audience })) {
    if (typeof value !== "string" || value === "") {
      throw new ConfigError(
        `jwt.${name} is missing: without it any token of the same key would do`,
      );
    }
  }
  if (!Array.isArray(algorithms) || algorithms.length === 0 || algorithms.includes("none")) {
    throw new ConfigError(
      'jwt.algorithms must list what is taken, like ["ES256"], and never "none"',
    );
  }
  if ((options.key === undefined) === (options.jwksUrl === undefined)) {
    throw new ConfigError("jwt needs key or jwksUrl, one of the two");
  }
  const verify = verifier(options);
  return async (request) => {
    const header = request.headers.get("authorization") ?? "";
    const token = /^bearer +(\S+)$/i.exec(header)?.[1];
    if (token === undefined) {
      return problem("no-token", "Send the header Authorization: Bearer <JWT>", {
        "www-authenticate": "Bearer",
      });
    }
    try {
      const claims = await verify(token, {
        issuer,
        audience,
        algorithms,
        clockTolerance: options.clockToleranceSeconds ?? 0,
        requiredClaims: [identifierClaim, "exp"],
      });
      const identifier = claims[identifierClaim];
      if (typeof identifier === "string" && identifier !== "") return { identifier, claims };
      return badToken(`claim "${identifierClaim}" is no text`);
    } catch (error) {
      return badToken(faultOf(error));
    }
  };
}

type Verify = (token: string, options: Parameters<typeof jwtVerify>[2]) => Promise<JWTPayload>;

function verifier({ key, jwksUrl }: JwtOptions): Verify {
  if (jwksUrl !== undefined) {
    const keys = createRemoteJWKSet(new URL(jwksUrl));
    return async (token, options) => (await jwtVerify(token, keys, options)).payload;
  }
  if (key instanceof CryptoKey || key instanceof Uint8Array) {
    return async (token, options) => (await jwtVerify(token, key, options)).payload;
  }
  return async (token, options) => {
    const imported = await importJWK(key!, key!.alg ?? options?.algorithms?.[0]);
    return (await jwtVerify(token, imported, options)).payload;
  };
}

/** Says what is wrong only where the signature held; a forger learns nothing. */
function faultOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return "it has expired; get a new one";
  if (error instanceof errors.JWTClaimValidationFailed) {
    return `claim "${error.claim}" does not fit`;
  }
  if (error instanceof errors.JWKSTimeout) return "its key could not be fetched; try again";
  return "it does not verify";
}

function badToken(detail: string): Response {
  return problem("bad-token", `The JWT is refused: ${detail}`, {
    "www-authenticate": 'Bearer error="invalid_token"',
  });
}

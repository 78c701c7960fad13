/**
 * The keys of a login server, by the address of its JWK set.
 *
 * Kept until they are old; fetched again when a token names a key that is not there, yet not more often
 * than the cooldown, so that made-up tokens cannot turn the gateway against the login server.
 *
 * @module
 */

import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import type { Fetch } from "../../core/request.ts";
import { Refusal } from "../problem.ts";
import { since } from "../since.ts";

/** The set is fetched anew when it is older, though every key is known. */
const MAX_AGE_MS = 600_000;
/** After a failed fetch nobody tries again so soon. */
const FAILURE_PAUSE_MS = 2_000;
/** Who waits for another request's fetch looks so often: a Worker may not wait on its promise. */
const LOOK_MS = 10;
/** No JWK set is larger. */
const MAX_CHARACTERS = 512 * 1024;

/** What a {@linkcode remoteKeys} is made of. */
export interface RemoteKeysOptions {
  jwksUrl: string;
  jwksTimeoutMs: number;
  jwksCooldownMs: number;
  fetch: Fetch;
}

/** Keys that may have to be fetched. */
export interface RemoteKeys {
  /** Finds the key of a token. */
  key: JWTVerifyGetKey;
  /** Fetches the keys if there are none; throws a refusal when that fails. */
  ready(): Promise<void>;
}

/** Makes the source of keys; nothing is fetched yet. */
export function remoteKeys(options: RemoteKeysOptions): RemoteKeys {
  const { jwksTimeoutMs, jwksCooldownMs } = options;
  let keys: JWTVerifyGetKey | undefined;
  let fetchedAt = -Infinity;
  let failedAt = -Infinity;
  let failure: unknown;
  let busyFrom = -Infinity;

  async function refresh(): Promise<void> {
    if (since(busyFrom) < jwksTimeoutMs) return await waitForOther();
    if (since(failedAt) < FAILURE_PAUSE_MS) return;
    busyFrom = Date.now();
    try {
      keys = createLocalJWKSet(await fetchKeys(options));
      fetchedAt = Date.now();
    } catch (error) {
      failedAt = Date.now();
      failure = error;
    } finally {
      busyFrom = -Infinity;
    }
  }

  /** Ends at the latest when the other's time is over, even if its request was cancelled. */
  async function waitForOther(): Promise<void> {
    while (since(busyFrom) < jwksTimeoutMs) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  async function ready(): Promise<JWTVerifyGetKey> {
    // Old keys do while new ones cannot be had: a login server that is down locks nobody out.
    if (keys === undefined || since(fetchedAt) > MAX_AGE_MS) await refresh();
    if (keys !== undefined) return keys;
    throw new Refusal(
      "keys-away",
      "The login server's keys cannot be fetched; try again in a few seconds",
      { "retry-after": String(FAILURE_PAUSE_MS / 1000) },
      failure,
    );
  }

  return {
    ready: async () => void await ready(),
    key: async (header, token) => {
      const known = await ready();
      try {
        return await known(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        if (since(fetchedAt) < jwksCooldownMs) throw error;
        await refresh();
        return await keys!(header, token);
      }
    },
  };
}

async function fetchKeys(options: RemoteKeysOptions): Promise<JSONWebKeySet> {
  const { fetch, jwksUrl, jwksTimeoutMs } = options;
  const end = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Not every `fetch` obeys its signal, and the body counts too.
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      end.abort();
      reject(new Error("timeout"));
    }, jwksTimeoutMs);
  });
  const reading = (async () => {
    const response = await fetch(jwksUrl, {
      headers: { accept: "application/jwk-set+json, application/json" },
      redirect: "manual",
      signal: end.signal,
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Error(`status ${response.status}`);
    }
    const text = await response.text();
    if (text.length > MAX_CHARACTERS) throw new Error("too large");
    return JSON.parse(text);
  })();
  reading.catch(() => {});
  try {
    return await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
  }
}

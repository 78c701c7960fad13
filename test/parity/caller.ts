/**
 * Calls a backend as any client would: a signed URL, a JSON body, the answer as it came. `TimClient` would not do:
 * it refuses what these scenarios send on purpose, and tries again by itself.
 */

import { RateLimiter, signUserSig } from "../../mod.ts";
import { documentedRate } from "../../src/api/mod.ts";
import { redact } from "../../src/core/redact.ts";
import type { RequestChange } from "./scenario.ts";

/** Calls a command; throws only when there is no answer in JSON. */
export type Caller = (
  command: string,
  body: unknown,
  change?: RequestChange,
) => Promise<Record<string, unknown>>;

/** Which app, where. */
export interface Target {
  sdkAppId: number;
  secretKey: string;
  identifier: string;
  /** The origin. */
  baseUrl: string;
  /** @default {fetch} */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Whether calls keep to the documented rates. @default {false} */
  paced?: boolean;
}

const TIMEOUT_MS = 20_000;

/** Makes the function that calls. */
export function callerOf(target: Target): Caller {
  const { sdkAppId, identifier, baseUrl } = target;
  const fetcher = target.fetch ?? ((url: string, init: RequestInit) => fetch(url, init));
  const limiter = new RateLimiter({ rateOf: documentedRate });
  const patience = {
    remainingMs: () => 60_000,
    pause: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  };
  return async (command, body, change = {}) => {
    if (target.paced) await limiter.take(command, patience);
    const query = new URLSearchParams();
    const parameters: Record<string, string | null> = {
      sdkappid: String(sdkAppId),
      identifier,
      usersig: await userSig(target, change),
      random: String(crypto.getRandomValues(new Uint32Array(1))[0]),
      contenttype: "json",
      ...change.query,
    };
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== null) query.set(name, value);
    }
    try {
      const response = await fetcher(`${baseUrl}/v4/${command}?${query}`, {
        method: "POST",
        body: change.text ?? JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return await response.json();
    } catch (error) {
      // Runtimes put the whole URL, UserSig and all, into their messages.
      throw new Error(`${command} was not answered: ${redact(String(error))}`);
    }
  };
}

async function userSig(
  { sdkAppId, secretKey, identifier }: Target,
  { signFor, signedAt = 0, forge }: RequestChange,
): Promise<string> {
  const key = forge ? secretKey.replace(/^./, (first) => first === "0" ? "1" : "0") : secretKey;
  return await signUserSig({
    sdkAppId,
    secretKey: key,
    identifier: signFor ?? identifier,
    expireSeconds: 3600,
    currentDate: new Date(Date.now() + signedAt * 1000),
  });
}

/**
 * What happens while a limiter's store is away.
 *
 * @module
 */

import { since } from "../since.ts";
import type { GatewayLimiter, LimitVerdict } from "./limiter.ts";

/** For so long nobody asks a store that did not answer. */
const PAUSE_MS = 2_000;

/**
 * What to do while the store is away: count in this process with the given limiter, let everything through,
 * or refuse everything.
 */
export type WhenAway = GatewayLimiter | "allow" | "refuse";

/** A limiter that always answers in time. */
export interface GuardedLimiter {
  /** Takes a cost; `"away"` when the store is away and `refuse` was chosen. */
  take(key: string, cost: number): Verdict | Promise<Verdict>;
}

type Verdict = LimitVerdict | "away";

/**
 * Puts a bound on a store.
 *
 * @param limiter The store's limiter.
 * @param whenAway What to do meanwhile.
 * @param timeoutMs How long the store may take.
 * @param onAway Is told that the store did not answer, once each pause.
 */
export function guardedLimiter(
  limiter: GatewayLimiter,
  whenAway: WhenAway,
  timeoutMs: number,
  onAway: (error: unknown) => void,
): GuardedLimiter {
  let pausedAt = 0;
  const paused = () => pausedAt > 0 && since(pausedAt) < PAUSE_MS;

  function instead(key: string, cost: number): Verdict | Promise<Verdict> {
    if (whenAway === "refuse") return "away";
    return whenAway === "allow" ? { allowed: true } : whenAway.take(key, cost);
  }

  function away(error: unknown): void {
    const first = !paused();
    pausedAt = Date.now();
    if (first) onAway(error);
  }

  return {
    take(key, cost) {
      if (paused()) return instead(key, cost);
      try {
        const verdict = limiter.take(key, cost);
        // What is counted in memory costs no wait.
        if (!(verdict instanceof Promise)) return verdict;
        return inTime(verdict, timeoutMs).catch((error) => {
          away(error);
          return instead(key, cost);
        });
      } catch (error) {
        away(error);
        return instead(key, cost);
      }
    },
  };
}

/** Waits for a promise, but not longer. */
export async function inTime<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

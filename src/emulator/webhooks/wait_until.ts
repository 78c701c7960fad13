/**
 * Work that goes on after the answer.
 *
 * @module
 */

import type { Context } from "hono";

/** Tells the host of work that goes on after the answer. */
export type WaitUntil = (work: Promise<unknown>) => void;

/** How a Worker is told, which ends what it does not know of; other hosts have no such thing, and need none. */
export function waitUntilOf(context: Context): WaitUntil | undefined {
  try {
    const { executionCtx } = context;
    return (work) => executionCtx.waitUntil(work);
  } catch {
    return undefined;
  }
}

/**
 * Work that goes on after the answer.
 *
 * @module
 */

import type { Context } from "hono";

/** Tells the host of work that goes on after the answer: a Worker ends what it does not know of. */
export function waitUntil(context: Context): (work: Promise<unknown>) => void {
  return (work) => {
    try {
      context.executionCtx.waitUntil(work);
    } catch {
      // Other hosts have no such context, and let promises run.
    }
  };
}

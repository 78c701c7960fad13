/**
 * Work that goes on after its answer.
 *
 * @module
 */

import type { Exchange } from "./exchange.ts";

/** What is under way; a shutdown waits for it. */
export type LateWork = Set<Promise<unknown>>;

/** Lets work outlive the answer: a shutdown waits for it, and on Workers the platform does. */
export function outlive({ context }: Exchange, late: LateWork, work: Promise<unknown>): void {
  late.add(work);
  const done = () => late.delete(work);
  work.then(done, done);
  try {
    context.executionCtx.waitUntil(work);
  } catch {
    // Elsewhere there is no such context, and no need.
  }
}

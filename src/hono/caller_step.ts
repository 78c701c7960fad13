/**
 * The first step of most routes: who asks, and may he ask that often?
 *
 * @module
 */

import type { Caller } from "./auth/caller.ts";
import type { WhoAsks } from "./auth/who_asks.ts";
import type { Exchange } from "./exchange.ts";
import type { Limits } from "./limits/options.ts";

/** Finds out who asks and takes one request of his limit; throws a refusal. */
export type CallerStep = (exchange: Exchange) => Promise<Caller>;

/** Makes the step. */
export function callerStep(who: WhoAsks, limits: Limits): CallerStep {
  return async (exchange) => {
    const found = who.identify(exchange.request);
    const caller = found instanceof Promise ? await exchange.timing.ofAuth(found) : found;
    limits.concurrency.enterCaller(caller.identifier);
    exchange.caller = caller;
    const taking = limits.takeCaller(caller.identifier);
    if (taking) await taking;
    return caller;
  };
}

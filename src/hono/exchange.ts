/**
 * One request on its way through the gateway, and what is known of it so far.
 *
 * @module
 */

import type { Context } from "hono";
import type { WebhookFault } from "../api/webhooks/fault.ts";
import type { Caller } from "./auth/caller.ts";
import { requestIdOf, traceparentOf } from "./operate/trace.ts";
import { Timing } from "./operate/timing.ts";

/** Filled in by the steps; read by answer headers, log, metrics and audit. */
export class Exchange {
  readonly request: Request;
  readonly context: Context;
  /** The route's pattern. */
  readonly route: string;
  readonly requestId: string;
  readonly traceparent: string | undefined;
  readonly timing: Timing = new Timing();
  /** Who asks, once that is known. */
  caller: Caller | undefined;
  /** What is asked for, once it is known to be well-formed. */
  command: string | undefined;
  /** The backend's callback, when its name is well-formed. */
  callback: string | undefined;
  /** Why the callback was turned away. */
  callbackFault: WebhookFault | undefined;
  /** The rule that allowed it. */
  rule: string | undefined;
  /** How many times the backend was asked. */
  attempts = 0;
  /** Which of the backend's addresses answered. */
  baseUrl: string | undefined;
  /** The backend's answer's code and id. */
  errorCode: number | undefined;
  upstreamRequestId: string | undefined;
  /** `ok`, or the kind of failure, once the backend was asked. */
  outcome: string | undefined;

  /**
   * @param context Hono's.
   * @param route The route's pattern.
   */
  constructor(context: Context, route: string) {
    this.context = context;
    this.request = context.req.raw;
    this.route = route;
    this.requestId = requestIdOf(this.request.headers);
    this.traceparent = traceparentOf(this.request.headers);
  }
}

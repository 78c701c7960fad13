/**
 * Calls the backend for a request, and says whose fault it is when no answer comes.
 *
 * @module
 */

import type { CallOutcome } from "../core/attempts.ts";
import { type ApiError, isApiError, isTimError, type TimError } from "../core/errors.ts";
import type { Exchange } from "./exchange.ts";
import { BACKEND_MS, type Limits } from "./limits/options.ts";
import type { GatewayClient } from "./options.ts";
import type { LookUp } from "./policy/condition.ts";
import { IN_LOG, type ProblemReason, Refusal } from "./problem.ts";

/** Makes calls within the gateway's limits. */
export interface Backend {
  /** Calls a command; throws a `TimError`, or a refusal before anything was sent. */
  call(exchange: Exchange, command: string, body: Record<string, unknown>): Promise<CallOutcome>;
  /** Calls a command to find out about an object, for a condition. */
  lookUp(exchange: Exchange): LookUp;
}

/** Makes it. */
export function backend(client: GatewayClient, limits: Limits): Backend {
  async function call(
    exchange: Exchange,
    command: string,
    body: Record<string, unknown>,
  ): Promise<CallOutcome> {
    const taking = limits.takeCall(command, exchange.caller!.identifier);
    if (taking) await taking;
    const { requestId, traceparent, timing } = exchange;
    const from = performance.now();
    const left = Math.floor(limits.deadlineMs - (from - timing.from));
    if (left <= BACKEND_MS) {
      throw new Refusal(
        "backend-timeout",
        "There was no time left to ask the backend; nothing was sent",
      );
    }
    try {
      const outcome = await client.callInDetail(command, body, {
        timeoutMs: Math.min(client.timeoutMs, left),
        headers: { "x-request-id": requestId, ...traceparent && { traceparent } },
      });
      exchange.attempts += outcome.attempts;
      exchange.baseUrl = outcome.baseUrl;
      return outcome;
    } catch (error) {
      if (isTimError(error)) exchange.attempts += error.attempts ?? 0;
      throw error;
    } finally {
      timing.upstream += performance.now() - from;
    }
  }

  return {
    call,
    lookUp: (exchange) => async (command, body) => {
      try {
        return (await call(exchange, command, body)).answer;
      } catch (error) {
        if (isApiError(error) && !unsure(error)) return undefined;
        throw error;
      }
    },
  };
}

/** What the backend answers when it is not about the object: it was too busy, failed, or knows no such app or administrator. */
const UNSURE: TimError["kind"][] = ["server", "rate-limit", "auth", "permission"];

function unsure(error: ApiError): boolean {
  return error.outcomeUnknown || UNSURE.includes(error.kind);
}

const REASONS: Partial<Record<TimError["kind"], ProblemReason>> = {
  timeout: "backend-timeout",
  aborted: "backend-timeout",
  network: "backend-unreachable",
  protocol: "backend-answer",
  config: "bad-request",
  validation: "bad-request",
  "rate-limit": "command-ceiling",
};

/** What the caller is told of a failure. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (!isTimError(error)) {
    return new Refusal("gateway-fault", IN_LOG, {}, error);
  }
  const unknown = error.outcomeUnknown ? "; the backend may have acted on it all the same" : "";
  const reason = REASONS[error.kind] ?? "backend-answer";
  return new Refusal(reason, error.message + unknown, undefined, error);
}

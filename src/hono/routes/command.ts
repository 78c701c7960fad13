import type { Context } from "hono";
import { isApiError, isTimError, type TimError } from "../../core/errors.ts";
import type { GatewayContext } from "../gateway.ts";
import { problem, type ProblemReason } from "../problem.ts";
import type { WhoAsks } from "../who_asks.ts";
import { readBody } from "./body.ts";

/** `POST /v4/:service/:command`: passes an allowed command on, signed as the administrator. */
export function commandRoute(whoAsks: WhoAsks, context: GatewayContext) {
  return async (c: Context): Promise<Response> => {
    const caller = await whoAsks(c.req.raw);
    if (caller instanceof Response) return caller;
    const command = `${c.req.param("service")}/${c.req.param("command")}`;
    if (!context.isAllowed(command)) {
      return problem("command-not-allowed", `${command} is not among the commands of this gateway`);
    }
    const body = await readBody(c.req.raw);
    if (body instanceof Response) return body;
    try {
      return envelope(c, await context.client.call(command, body, { signal: c.req.raw.signal }));
    } catch (error) {
      if (isApiError(error)) return envelope(c, error.answer);
      if (isTimError(error)) return noAnswer(error);
      throw error;
    }
  };
}

/** The backend's answer as it is: its failures too come with 200, as they do from the backend. */
function envelope(c: Context, answer: object): Response {
  return c.json(answer, 200, { "cache-control": "no-store" });
}

function noAnswer(error: TimError): Response {
  const reasons: Partial<Record<TimError["kind"], ProblemReason>> = {
    timeout: "backend-timeout",
    network: "backend-unreachable",
    protocol: "backend-answer",
    config: "bad-request",
    aborted: "backend-timeout",
  };
  const unknown = error.outcomeUnknown ? "; the backend may have acted on it all the same" : "";
  return problem(reasons[error.kind] ?? "gateway-fault", error.message + unknown);
}

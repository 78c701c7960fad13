import { type ApiError, isApiError, isTimError, type TimError } from "../../core/errors.ts";
import { BACKEND_MS } from "../limits/options.ts";
import type { Exchange } from "../exchange.ts";
import type { Parts } from "../gateway.ts";
import type { Route } from "../handle.ts";
import { beginOnce, type OnceTicket } from "../idempotency/once.ts";
import type { CompiledRule } from "../policy/compile.ts";
import type { Decision } from "../policy/policy.ts";
import { Refusal } from "../problem.ts";
import { jsonReply, type Reply } from "../reply.ts";
import { readBody } from "./body.ts";

type Body = Record<string, unknown>;

/** `POST /v4/:service/:command`: passes an allowed command on, signed as the administrator. */
export function commandRoute(parts: Parts): Route {
  const { limits, policy, audit, once } = parts;

  async function answer(exchange: Exchange, rules: readonly CompiledRule[]): Promise<Reply> {
    const body = await readBody(exchange, limits);
    const key = exchange.request.headers.get("idempotency-key");
    if (key === null) return await make(exchange, rules, body);
    const { command, caller } = exchange;
    const call = `${command} ${JSON.stringify(body)}`;
    const ticket = await beginOnce(once, key, caller!.identifier, call);
    return "status" in ticket ? ticket : await make(exchange, rules, body, ticket);
  }

  async function make(
    exchange: Exchange,
    rules: readonly CompiledRule[],
    body: Body,
    ticket?: OnceTicket,
  ): Promise<Reply> {
    let sent = false;
    try {
      const lookUp = parts.backend.lookUp(exchange);
      const judged = policy.judge(rules, exchange.caller!, body, lookUp);
      const allowed = bodyOf(exchange, judged instanceof Promise ? await judged : judged);
      sent = true;
      const reply = await send(exchange, allowed);
      await ticket?.finish({ status: reply.status, body: reply.body!, headers: {} });
      return reply;
    } catch (error) {
      // A refusal was thrown before anything was sent.
      const surelyNot = !sent || error instanceof Refusal;
      if (!sent && isTimError(error)) noteLookUp(exchange, error);
      await ticket?.fail(
        surelyNot ? { outcomeUnknown: false } : isTimError(error) ? error : undefined,
      );
      if (isApiError(error)) return failure(error);
      throw error;
    }
  }

  /** The body that goes out; throws a refusal. */
  function bodyOf(exchange: Exchange, decision: Decision): Body {
    if (!decision.allowed) {
      throw new Refusal(
        "command-not-allowed",
        `${exchange.command} is refused: ${decision.because}`,
      );
    }
    exchange.rule = decision.rule;
    return decision.body;
  }

  /** A look-up failed, and the call was not made. */
  function noteLookUp(exchange: Exchange, error: TimError): void {
    const code = isApiError(error) ? error.errorCode : undefined;
    noteAnswer(exchange, code, error.requestId);
    audit?.call(exchange, "failed", String(code ?? error.code));
  }

  async function send(exchange: Exchange, body: Body): Promise<Reply> {
    try {
      const { answer, text } = await parts.backend.call(exchange, exchange.command!, body);
      note(exchange, "ok", 0, answer.RequestId);
      audit?.call(exchange, "ok", undefined, body);
      // As it came, if it may: read and written anew, integers of 64 bits would be rounded.
      return text === undefined ? jsonReply(answer) : { status: 200, body: text };
    } catch (error) {
      if (isTimError(error)) {
        const code = isApiError(error) ? error.errorCode : undefined;
        note(exchange, error.kind, code, error.requestId);
        const outcome = error.outcomeUnknown ? "unknown" : "failed";
        audit?.call(exchange, outcome, String(code ?? error.code), body);
      }
      throw error;
    }
  }

  return async (exchange) => {
    const caller = await parts.identify(exchange);
    const { req } = exchange.context;
    const name = `${req.param("service")}/${req.param("command")}`;
    if (!/^\w{1,64}\/\w{1,64}$/.test(name)) {
      throw new Refusal("not-found", "A command is called by POST /v4/<service>/<command>");
    }
    exchange.command = name;
    try {
      const rules = policy.rulesFor(caller, name);
      if (rules.length > 0) return await answer(exchange, rules);
      throw new Refusal("command-not-allowed", `No rule of this gateway gives you ${name}`);
    } catch (error) {
      if (exchange.outcome === undefined && error instanceof Refusal) {
        audit?.call(exchange, "refused", error.reason);
      }
      throw error;
    }
  };
}

/** How long a call can be under way: whoever finds an older one knows that it was broken off. */
export function longestCallMs(deadlineMs: number): number {
  return deadlineMs + BACKEND_MS;
}

function note(exchange: Exchange, outcome: string, code: number | undefined, id: unknown): void {
  exchange.outcome = outcome;
  noteAnswer(exchange, code, id);
}

function noteAnswer(exchange: Exchange, code: number | undefined, id: unknown): void {
  exchange.errorCode = code;
  // It becomes a header and a line of the log, so it must be as harmless as the backend's own are.
  if (typeof id === "string" && /^[\w.:-]{1,128}$/.test(id)) exchange.upstreamRequestId = id;
}

/** The backend's failures come with 200, as they do from the backend. */
function failure(error: ApiError): Reply {
  return jsonReply({ ...error.answer, ErrorInfo: error.errorInfo });
}

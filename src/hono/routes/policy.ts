import type { Caller } from "../auth/caller.ts";
import type { Parts } from "../gateway.ts";
import type { Route } from "../handle.ts";
import { Refusal } from "../problem.ts";
import { jsonReply } from "../reply.ts";
import { readBody } from "./body.ts";

/** `GET /policy`: what the caller may do; for operators, the whole policy. */
export function policyRoute(parts: Parts): Route {
  return async (exchange) => {
    const caller = await parts.identify(exchange);
    return jsonReply(parts.policy.list(parts.isOperator(caller) ? undefined : caller));
  };
}

/**
 * `POST /why`: whether a call would be allowed, and why. Body `{"command": "service/command", "body": {…}}`;
 * operators may ask for another with `"as": {"identifier": "…", "roles": […]}`. Objects are looked up.
 */
export function whyRoute(parts: Parts): Route {
  return async (exchange) => {
    const caller = await parts.identify(exchange);
    const { command, body = {}, as, ...rest } = await readBody(exchange, parts.limits);
    const extra = Object.keys(rest).length > 0;
    if (extra || typeof command !== "string" || !/^\w{1,64}\/\w{1,64}$/.test(command)) {
      throw bad('Send {"command": "service/command", "body": {…}}');
    }
    if (typeof body !== "object" || body === null || Array.isArray(body)) {
      throw bad("body must be an object");
    }
    const asked = as === undefined ? caller : otherCaller(as);
    if (as !== undefined && !parts.isOperator(caller)) {
      throw new Refusal("role-missing", '"as" is for operators');
    }
    const lookUp = parts.backend.lookUp(exchange);
    const explanation = await parts.policy.why(
      asked,
      command,
      body as Record<string, unknown>,
      lookUp,
    );
    return jsonReply(explanation);
  };
}

function otherCaller(as: unknown): Caller {
  const { identifier, roles = [], claims = {} } = Object(as);
  const fits = typeof identifier === "string" && Array.isArray(roles) &&
    typeof claims === "object" && claims !== null;
  if (!fits) throw bad('as must be {"identifier": "…", "roles": […], "claims": {…}}');
  return { identifier, roles, claims, via: "why" };
}

function bad(detail: string): Refusal {
  return new Refusal("bad-request", detail);
}

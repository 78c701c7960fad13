import type { Parts } from "../gateway.ts";
import type { Route } from "../handle.ts";
import { jsonReply } from "../reply.ts";

/** What `GET /whoami` answers. */
export interface WhoAmI {
  /** The caller. */
  identifier: string;
  /** What the policy's rules go by. */
  roles: readonly string[];
  /** How it proved itself: `jwt`, `api-key` or `hook`. */
  via: string;
  /** Whether it may see `/metrics` and `/doctor`. */
  operator: boolean;
}

/** `GET /whoami`: what the gateway makes of the caller's credentials. */
export function whoAmIRoute(parts: Parts): Route {
  return async (exchange) => {
    const caller = await parts.identify(exchange);
    const { identifier, roles, via } = caller;
    return jsonReply({ identifier, roles, via, operator: parts.isOperator(caller) });
  };
}

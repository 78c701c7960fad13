import type { Parts } from "../gateway.ts";
import type { Route } from "../handle.ts";
import { Refusal } from "../problem.ts";
import { jsonReply } from "../reply.ts";

/** `GET /healthz`: the process is up. Asks nobody else, so that a restart loop cannot come from outside. */
export function healthRoute(): Route {
  return () => jsonReply({ status: "ok" });
}

/** `GET /readyz`: requests may be sent here. Not while it shuts down, or while callers cannot be checked. */
export function readyRoute(parts: Parts): Route {
  return async () => {
    if (parts.isDraining()) {
      throw new Refusal("shutting-down", "Send requests to another one");
    }
    await parts.ready();
    return jsonReply({ status: "ready" });
  };
}

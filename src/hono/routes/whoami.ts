import type { Parts } from "../gateway.ts";
import type { Route } from "../handle.ts";
import { jsonReply } from "../reply.ts";

/**
 * What `GET /whoami` answers.
 *
 * @example What a page shows to whom
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, hashApiKey, makeApiKey, type WhoAmI } from "@tim/edge/hono";
 *
 * const key = makeApiKey();
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: await hashApiKey(key), identifier: "mira", roles: ["operator"] }],
 * });
 * const answer = await gateway.request("/whoami", { headers: { "x-api-key": key } });
 * const { identifier, operator }: WhoAmI = await answer.json();
 * console.log(identifier, operator ? "sees /doctor" : "does not"); // mira sees /doctor
 * ```
 */
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

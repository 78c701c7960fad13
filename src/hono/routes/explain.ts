import type { Parts } from "../gateway.ts";
import type { Route } from "../handle.ts";
import type { GatewayOptions } from "../options.ts";
import { Refusal } from "../problem.ts";
import { jsonReply } from "../reply.ts";

/** `GET /explain/:code`: what an error code of the backend means, in English or by `Accept-Language` in Chinese. */
export function explainRoute(
  parts: Parts,
  explain: NonNullable<GatewayOptions["explain"]>,
): Route {
  return async (exchange) => {
    await parts.identify(exchange);
    const code = exchange.context.req.param("code") ?? "";
    const language = /^zh\b/i.test(exchange.request.headers.get("accept-language") ?? "")
      ? "zh"
      : "en";
    const found = /^-?\d{1,9}$/.test(code) ? explain(Number(code), language) : undefined;
    if (found === undefined) throw new Refusal("not-found", "There is no such error code");
    return jsonReply(found);
  };
}

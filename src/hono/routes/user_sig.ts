import type { Context } from "hono";
import { isTimError } from "../../core/errors.ts";
import type { GatewayContext } from "../gateway.ts";
import { problem } from "../problem.ts";
import type { WhoAsks } from "../who_asks.ts";
import { readBody } from "./body.ts";

/** `POST /usersig`: a UserSig for the caller and nobody else; body `{"expireSeconds": n}` or nothing. */
export function userSigRoute(whoAsks: WhoAsks, context: GatewayContext) {
  return async (c: Context): Promise<Response> => {
    const caller = await whoAsks(c.req.raw);
    if (caller instanceof Response) return caller;
    const { identifier } = caller;
    if (context.isAdmin(identifier)) {
      return problem(
        "identifier-not-allowed",
        "Administrators sign on the server, never by the gateway",
      );
    }
    const body = await readBody(c.req.raw);
    if (body instanceof Response) return body;
    const longest = context.maxUserSigSeconds;
    const expireSeconds = body.expireSeconds ?? longest;
    if (!Number.isInteger(expireSeconds) || !(expireSeconds as number > 0)) {
      return problem("bad-request", `expireSeconds must be whole seconds from 1 to ${longest}`);
    }
    const expire = Math.min(expireSeconds as number, longest);
    const currentDate = new Date();
    try {
      const userSig = await context.client.signUserSig({
        identifier,
        expireSeconds: expire,
        currentDate,
      });
      const expiresAt = Math.floor(currentDate.getTime() / 1000) + expire;
      return c.json({ sdkAppId: context.client.sdkAppId, identifier, userSig, expiresAt }, 200, {
        "cache-control": "no-store",
      });
    } catch (error) {
      if (!isTimError(error, "config")) throw error;
      return problem("identifier-not-allowed", error.message);
    }
  };
}

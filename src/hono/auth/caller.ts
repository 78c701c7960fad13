/**
 * Who asks.
 *
 * @module
 */

/** A caller who proved who it is. */
export interface Caller {
  /** The user (UserID). */
  identifier: string;
  /** What the policy's rules go by. */
  roles: readonly string[];
  /** What else is known of it, a token's claims for instance; rules may refer to them. */
  claims: Readonly<Record<string, unknown>>;
  /** How it proved itself: `jwt`, `api-key` or `hook`; for log and audit. */
  via: string;
}

/**
 * What an `authenticate` hook tells of a caller.
 *
 * @example Callers with a session
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, type HookCaller } from "@tim/edge/hono";
 *
 * const sessions = new Map<string, HookCaller>([
 *   ["5f0c", { identifier: "alice", roles: ["moderator"], claims: { team: "support" } }],
 * ]);
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   authenticate: ({ headers }) => sessions.get(headers.get("x-session") ?? ""),
 * });
 * const answer = await gateway.request("/whoami", { headers: { "x-session": "5f0c" } });
 * console.log((await answer.json()).roles); // ["moderator"]
 * ```
 */
export interface HookCaller {
  /** The user (UserID). */
  identifier: string;
  /** What the policy's rules go by. @default {[]} */
  roles?: readonly string[];
  /** What rules may refer to as `$claim.name` or `$claim.path.to.name`. @default {{}} */
  claims?: Record<string, unknown>;
}

/** One way to prove who asks: a caller, or `undefined` when the request does not try this way. */
export type Scheme = (request: Request) => Promise<Caller | undefined> | Caller | undefined;

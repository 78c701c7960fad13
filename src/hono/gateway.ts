/**
 * The gateway: one place that holds the secret key and answers users over HTTP.
 *
 * @module
 */

import { Hono } from "hono";
import { asGateway } from "./as_gateway.ts";
import type { Caller } from "./auth/caller.ts";
import { whoAsks } from "./auth/who_asks.ts";
import { type Backend, backend } from "./backend.ts";
import { type CallerStep, callerStep } from "./caller_step.ts";
import type { Gateway, GatewayControl } from "./gateway_type.ts";
import { handling } from "./handle.ts";
import type { LateWork } from "./late_work.ts";
import { memoryIdempotency } from "./idempotency/memory_store.ts";
import type { OnceOptions } from "./idempotency/once.ts";
import { compileLimits, type Limits } from "./limits/options.ts";
import { type Auditor, auditor } from "./operate/auditor.ts";
import { compileCors } from "./operate/cors.ts";
import { Metrics } from "./operate/metrics.ts";
import { consoleLog, type Note, noteTo, safeSink } from "./operate/request_log.ts";
import { checkOptions, type GatewayClient, type GatewayOptions } from "./options.ts";
import { catalogueOf } from "./policy/catalogue.ts";
import { roleMatch } from "./policy/compile.ts";
import { commandMatch } from "./policy/patterns.ts";
import { type CompiledPolicy, compilePolicy } from "./policy/policy.ts";
import { compileUserSig, type UserSigRules } from "./policy/user_sig_rules.ts";
import { Refusal } from "./problem.ts";
import { longestCallMs } from "./routes/command.ts";
import { type RouteLine, routeTable } from "./routes/table.ts";

/** What the routes work with. */
export interface Parts {
  client: GatewayClient;
  identify: CallerStep;
  policy: CompiledPolicy;
  userSig: UserSigRules;
  limits: Limits;
  once: OnceOptions;
  backend: Backend;
  metrics: Metrics;
  audit: Auditor | undefined;
  /** Work that goes on after its answer. */
  late: LateWork;
  isAdmin(identifier: string): boolean;
  isOperator(caller: Caller): boolean;
  isDraining(): boolean;
  ready(): Promise<void>;
}

/**
 * Makes the gateway: a Hono app to mount anywhere, or to serve as it is.
 *
 * `POST /usersig` issues a UserSig for the caller and nobody else; `POST /v4/:service/:command` passes an
 * allowed command on and answers the backend's envelope. `GET /policy` and `POST /why` tell callers what
 * they may do; `GET /healthz`, `/readyz` and `/metrics` are for whoever runs it. Refusals of its own are
 * problem documents (RFC 9457) with statuses 400 to 504; the backend's come with 200. Options switch on
 * `POST /webhooks`, `/explain/:code`, `/doctor`, `/openapi.json`, `/docs` and the console at `/`.
 *
 * @example In another app
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway } from "@tim/edge/hono";
 * import { Hono } from "hono";
 *
 * const gateway = createGateway({
 *   client: new TimClient({
 *     sdkAppId: 1400000000,
 *     secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
 *   }),
 *   jwt: {
 *     jwksUrl: "https://login.example.com/.well-known/jwks.json",
 *     issuer: "https://login.example.com",
 *     audience: "chat",
 *     algorithms: ["ES256"],
 *   },
 *   policy: [{
 *     roles: ["*"],
 *     commands: ["openim/sendmsg"],
 *     set: { From_Account: "$caller" },
 *   }],
 * });
 * const app = new Hono().route("/tim", gateway);
 * console.log((await app.request("/tim/healthz")).status); // 200
 * console.log((await app.request("/tim/usersig", { method: "POST" })).status); // 401
 * ```
 *
 * @param options The client, who may ask and for what.
 * @returns The app, and its controls.
 * @throws {ConfigError} When an option is wrong; a gateway never starts half configured.
 */
export function createGateway(options: GatewayOptions): Gateway & GatewayControl {
  checkOptions(options);
  const log = options.log === false ? undefined : safeSink(options.log ?? consoleLog);
  const metrics = new Metrics();
  const write = noteTo(log);
  const note: Note = (event, error, more) => {
    if (event === "store-away") metrics.storeAway();
    write(event, error, more);
  };
  let draining = false;
  const parts = partsOf(options, metrics, note, () => draining);
  const { limits } = parts;
  const { baseUrl } = options.client;
  const cors = compileCors(options.cors);
  const handle = handling({ baseUrl, limits, cors, metrics, log });

  const app = new Hono();
  const known = routeTable(parts, options, note);
  for (const [method, pattern, route] of known) app.on(method, pattern, handle(pattern, route));
  for (const pattern of new Set(known.map(([, pattern]) => pattern))) {
    const preflight = handle(
      pattern,
      ({ request }) => cors.preflight(request.headers.get("origin")),
    );
    app.options(pattern, preflight);
    const methods = known.filter(([, other]) => other === pattern).map(([method]) => method);
    const others = METHODS.filter((method) => !methods.includes(method as RouteLine[0]));
    // Not `app.all`: a second handler for a method would cost every request of the first.
    app.on(
      others,
      pattern,
      handle(pattern, () => {
        const allow = methods.join(", ");
        throw new Refusal("wrong-method", `It takes ${allow}`, { allow });
      }),
    );
  }
  app.notFound(handle("none", () => {
    const list = known.map(([method, pattern]) => `${method} ${pattern}`).join(", ");
    throw new Refusal("not-found", `There are ${list}`);
  }));
  const control: GatewayControl = {
    listPolicy: () => parts.policy.list(),
    async drain(graceMs = 10_000) {
      draining = true;
      const end = Date.now() + graceMs;
      while (limits.concurrency.underWay + parts.late.size > 0 && Date.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
  return Object.assign(asGateway(app), control);
}

function partsOf(
  options: GatewayOptions,
  metrics: Metrics,
  note: Note,
  isDraining: () => boolean,
): Parts {
  const { client, idempotency = {} } = options;
  const catalogue = catalogueOf(options.commands ?? []);
  const allow = options.allow ?? [];
  commandMatch("allow", allow, catalogue);
  const policy = compilePolicy([
    ...options.policy ?? [],
    ...allow.length > 0 ? [{ name: "allow", roles: ["*"], commands: allow }] : [],
  ], catalogue);
  const onAway = (error: unknown) => note("store-away", error);
  const limits = compileLimits(options.limits ?? {}, catalogue, onAway);
  const admins = new Set([client.identifier, ...options.admins ?? []]);
  const isOperator = roleMatch("operatorRoles", options.operatorRoles ?? ["operator"]);
  const who = whoAsks(options, limits.bodyTime.ms);
  const doubtAfterMs = longestCallMs(limits.deadlineMs);
  const late: LateWork = new Set();
  const onUnwritten = (error: unknown) => note("audit-failed", error);
  return {
    client,
    policy,
    limits,
    metrics,
    identify: callerStep(who, limits),
    ready: who.ready,
    userSig: compileUserSig(options.userSig ?? {}, catalogue),
    once: {
      store: idempotency.store ?? memoryIdempotency(),
      // A call that is under way is never forgotten.
      keepMs: Math.max((idempotency.keepSeconds ?? 86_400) * 1000, doubtAfterMs),
      doubtAfterMs,
      storeTimeoutMs: limits.storeTimeoutMs,
      onAway,
    },
    backend: backend(client, limits),
    audit: options.audit &&
      auditor(options.audit, options.auditBody ?? false, late, onUnwritten),
    late,
    isAdmin: (identifier) => admins.has(identifier),
    isOperator: ({ roles }) => isOperator(roles),
    isDraining,
  };
}

const METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH"];

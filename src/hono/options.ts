/**
 * What a gateway is made of.
 *
 * @module
 */

import type { CallOutcome } from "../core/attempts.ts";
import type { CallOptions } from "../core/client_options.ts";
import { ConfigError } from "../core/errors.ts";
import type { SignRequest } from "../core/user_sig.ts";
import type { AuthOptions } from "./auth/who_asks.ts";
import {
  checkCount,
  checkFunction,
  checkKeys,
  checkList,
  checkStore,
  checkTexts,
} from "./check_keys.ts";
import type { IdempotencyStore } from "./idempotency/store.ts";
import type { LimitOptions } from "./limits/options.ts";
import type { AuditSink } from "./operate/audit.ts";
import type { CorsOptions } from "./operate/cors.ts";
import type { LogSink } from "./operate/request_log.ts";
import type { CommandFacts } from "./policy/catalogue.ts";
import type { Policy } from "./policy/rule.ts";
import type { GatewayPage } from "./pages/page.ts";
import type { UserSigOptions } from "./policy/user_sig_rules.ts";
import type { GatewayDoctor } from "./routes/doctor.ts";
import type { GatewayOpenApi } from "./routes/openapi.ts";
import type { GatewayWebhooks } from "./routes/webhooks.ts";

/**
 * What makes the calls and signs: a `TimClient` that was made with the secret key.
 *
 * @example In a test: nothing is called, nothing is signed
 * ```ts
 * import { createGateway, type GatewayClient, hashApiKey, makeApiKey } from "@tim/edge/hono";
 *
 * const client: GatewayClient = {
 *   ...{ sdkAppId: 1400000000, identifier: "administrator", timeoutMs: 5000 },
 *   baseUrl: "https://backend.test",
 *   callInDetail: () => Promise.reject(new Error("not in this test")),
 *   signUserSig: ({ identifier }) => Promise.resolve(`a UserSig of ${identifier}`),
 * };
 * const key = makeApiKey();
 * const apiKeys = [{ sha256: await hashApiKey(key), identifier: "alice" }];
 * const answer = await createGateway({ client, apiKeys }).request("/usersig", {
 *   method: "POST",
 *   headers: { "x-api-key": key },
 *   body: "{}",
 * });
 * console.log((await answer.json()).userSig); // a UserSig of alice
 * ```
 */
export interface GatewayClient {
  /** The app. */
  readonly sdkAppId: number;
  /** The administrator who makes the calls. */
  readonly identifier: string;
  /** Where the calls go. */
  readonly baseUrl: string;
  /** Time for one call, in milliseconds. */
  readonly timeoutMs: number;
  /** Calls one command; throws a `TimError`. */
  callInDetail(command: string, body?: object, options?: CallOptions): Promise<CallOutcome>;
  /** Signs a UserSig; throws a `ConfigError`. */
  signUserSig(request: SignRequest): Promise<string>;
}

/**
 * How Idempotency-Keys are remembered.
 *
 * @example A call that is asked for twice and made once
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, hashApiKey, type IdempotencyOptions, makeApiKey } from "@tim/edge/hono";
 *
 * const idempotency: IdempotencyOptions = { keepSeconds: 3600 };
 * const secretKey = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
 * const client = new TimClient({ sdkAppId: 1400000000, secretKey, region: "sgp" });
 * const key = makeApiKey();
 * const apiKeys = [{ sha256: await hashApiKey(key), identifier: "reports" }];
 * const command = "im_open_login_svc/account_import";
 * const gateway = createGateway({ client, apiKeys, idempotency, allow: [command] });
 * const headers = { "x-api-key": key, "idempotency-key": "import-17" };
 * const call = { method: "POST", headers, body: JSON.stringify({ UserID: "nora" }) };
 * await gateway.request(`/v4/${command}`, call);
 * const again = await gateway.request(`/v4/${command}`, call);
 * console.log(again.headers.get("idempotency-replayed")); // true
 * ```
 */
export interface IdempotencyOptions {
  /** Where. @default {memoryIdempotency()} this process */
  store?: IdempotencyStore;
  /** How long, in seconds; never shorter than a call may be under way. @default {86400} a day */
  keepSeconds?: number;
}

/**
 * What `createGateway` takes.
 *
 * @example What two gateways have in common
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { commands } from "@tim/edge/api";
 * import { createGateway, type GatewayOptions } from "@tim/edge/hono";
 *
 * const common: Omit<GatewayOptions, "client"> = {
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "reports", roles: ["operator"] }],
 *   commands,
 *   userSig: { maxSeconds: 3600 },
 * };
 * const client = new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" });
 * const inside = createGateway({ ...common, client, allow: ["group_open_http_svc/get_*"] });
 * const outside = createGateway({ ...common, client });
 * console.log(inside.listPolicy().length, outside.listPolicy().length); // 1 0
 * ```
 */
export interface GatewayOptions extends AuthOptions {
  /** Makes the calls as the app's administrator, and signs for the users; made with the secret key. */
  client: GatewayClient;
  /**
   * Commands for every caller, whatever the body: `"service/command"`, `"service/*"`, `"*"`. They run with
   * the administrator's rights, whoever asks; `policy` says it more finely.
   * @default {[]} none
   */
  allow?: readonly string[];
  /** Rules by role. What neither they nor `allow` name is refused. @default {[]} */
  policy?: Policy;
  /**
   * The table of commands, `commands` of `@tim/edge/api`: names in rules are checked against it, and its
   * limits are kept.
   * @default {[]}
   */
  commands?: readonly CommandFacts[];
  /** Who gets a UserSig. @default {{}} every caller, for itself, for a day at most */
  userSig?: UserSigOptions;
  /** Identifiers for which no UserSig is issued, besides the client's own. @default {[]} */
  admins?: readonly string[];
  /** Limits. @default {{}} */
  limits?: LimitOptions;
  /** How Idempotency-Keys are remembered. @default {{}} */
  idempotency?: IdempotencyOptions;
  /** Which pages of browsers may call. @default {undefined} none */
  cors?: CorsOptions;
  /** Roles that may see `/metrics` and `/doctor`, and ask about others at `/policy` and `/why`. @default {["operator"]} */
  operatorRoles?: readonly string[];
  /** Takes the request log; `false` writes none. @default {consoleLog} JSON lines on the console */
  log?: LogSink | false;
  /** Takes a record of every command and every UserSig. @default {undefined} */
  audit?: AuditSink;
  /** Whether audit records hold the body. @default {false} */
  auditBody?: boolean;
  /** Explains error codes at `/explain/<code>`: `explainErrorCode` of `@tim/edge/errors`. @default {undefined} no such address */
  explain?: (code: number, language?: "en" | "zh") => unknown;
  /** Receives the backend's callbacks at `POST /webhooks`. @default {undefined} no such address */
  webhooks?: GatewayWebhooks;
  /** Examines the way to the backend at `/doctor`, for operators. @default {undefined} no such address */
  doctor?: GatewayDoctor;
  /** Describes the allowed commands at `/openapi.json`. @default {undefined} no such address */
  openapi?: GatewayOpenApi;
  /** The reference at `/docs`: `docsPage` of `@tim/edge/console`; wants `openapi`. @default {undefined} no such address */
  docs?: GatewayPage;
  /** The console at `/`: `consolePage` of `@tim/edge/console`. @default {undefined} no such address */
  console?: GatewayPage;
}

const KEYS = [
  "client",
  "jwt",
  "apiKeys",
  "authenticate",
  "allow",
  "policy",
  "commands",
  "userSig",
  "admins",
  "limits",
  "idempotency",
  "cors",
  "operatorRoles",
  "log",
  "audit",
  "auditBody",
  "explain",
  "webhooks",
  "doctor",
  "openapi",
  "docs",
  "console",
];

/** Throws when an option is misspelt or of the wrong kind; what has rules of its own is checked there. */
export function checkOptions(options: GatewayOptions): void {
  checkKeys("createGateway", options, KEYS);
  const { client, log, audit, auditBody = false, docs, idempotency = {} } = options;
  if (typeof client?.callInDetail !== "function" || typeof client.signUserSig !== "function") {
    throw new ConfigError("client must be a TimClient that was made with the secret key");
  }
  for (const [name, value] of Object.entries({ log: log || undefined, audit })) {
    checkFunction(name, value, "that takes a record");
  }
  checkFunction("authenticate", options.authenticate, "that takes a request");
  checkFunction("explain", options.explain, "like explainErrorCode of @tim/edge/errors");
  // A text out of the environment, "false" for instance, would be taken for yes.
  if (typeof auditBody !== "boolean") throw new ConfigError("auditBody must be true or false");
  checkTexts("admins", options.admins ?? []);
  for (const name of ["policy", "commands", "apiKeys"] as const) {
    checkList(name, options[name] ?? []);
  }
  for (const [name, value] of Object.entries({ console: options.console, docs })) {
    if (value === undefined || typeof value === "function") continue;
    throw new ConfigError(`${name} must be a page of @tim/edge/console`);
  }
  if (docs && !options.openapi) throw new ConfigError("docs shows openapi; give that, too");
  checkKeys("idempotency", idempotency, ["store", "keepSeconds"]);
  checkCount("idempotency.keepSeconds", idempotency.keepSeconds ?? 86_400, 1);
  checkStore("idempotency.store", idempotency.store);
}

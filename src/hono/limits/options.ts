/**
 * The gateway's limits, as options and at work.
 *
 * @module
 */

import { Alarms } from "../../core/alarms.ts";
import { ConfigError } from "../../core/errors.ts";
import { checkCount, checkKeys } from "../check_keys.ts";
import type { Catalogue } from "../policy/catalogue.ts";
import { Refusal } from "../problem.ts";
import { Concurrency } from "./concurrency.ts";
import { type FairShare, fairShare } from "./fair_share.ts";
import { type GuardedLimiter, guardedLimiter, type WhenAway } from "./guarded_limiter.ts";
import type { GatewayLimiter, LimitVerdict, Rate } from "./limiter.ts";
import { memoryLimiter } from "./memory_limiter.ts";

/** The backend may take so long for itself; there is no use in asking with less time left. */
export const BACKEND_MS = 3000;

/**
 * Limits; each has a default.
 *
 * @example Small bodies, and three processes that share the app's limits
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createGateway, hashApiKey, type LimitOptions, makeApiKey } from "@tim/edge/hono";
 *
 * const limits: LimitOptions = {
 *   bodyBytes: 16_384,
 *   perCaller: { calls: 20 },
 *   commandCeilings: { instances: 3 },
 * };
 * const key = makeApiKey();
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: await hashApiKey(key), identifier: "reports" }],
 *   limits,
 * });
 * const [body, headers] = ["x".repeat(20_000), { "x-api-key": key }];
 * console.log((await gateway.request("/why", { method: "POST", headers, body })).status); // 413
 * ```
 */
export interface LimitOptions {
  /** The largest request body, in bytes. @default {1048576} as the backend's own limit */
  bodyBytes?: number;
  /** How deep a body may be nested. @default {32} */
  jsonDepth?: number;
  /**
   * Time for a whole request in milliseconds, over 4000: the body must be here while there are 3 s left,
   * which the backend may take for itself.
   * @default {10000}
   */
  deadlineMs?: number;
  /** Requests under way at the same time. @default {1000} */
  concurrency?: number;
  /** Requests of one caller under way at the same time. @default {50} */
  concurrencyPerCaller?: number;
  /** How often one caller may ask: a rate counted in this process, or a limiter; `false` for no limit. @default {{ calls: 50 }} a second */
  perCaller?: Rate | GatewayLimiter | false;
  /** How often all callers together may reach the backend. @default {{ calls: 1000 }} a second */
  perApp?: Rate | GatewayLimiter | false;
  /**
   * What to do while a limiter's store is away: count in this process by the default rates, let everything
   * through, or refuse everything with 503.
   * @default {"memory"}
   */
  whenStoreAway?: "memory" | "allow" | "refuse";
  /** How long a store may take, in milliseconds. @default {500} */
  storeTimeoutMs?: number;
  /**
   * Whether the backend's own limit for each command, from the catalogue, is shared fairly among callers.
   * Counted in this process: tell among how many processes it is divided.
   * @default {{ instances: 1 }}
   */
  commandCeilings?: { instances: number } | false;
}

/** The limits at work. */
export interface Limits {
  bodyBytes: number;
  jsonDepth: number;
  deadlineMs: number;
  /** How long a body may take: what the backend takes for itself must be left of the deadline. */
  bodyTime: Alarms;
  storeTimeoutMs: number;
  concurrency: Concurrency;
  /** Takes one request of a caller; throws a refusal. */
  takeCaller(identifier: string): Promise<void> | void;
  /** Takes one call of the app and of the command; throws a refusal. */
  takeCall(command: string, identifier: string): Promise<void> | void;
}

const KEYS = [
  "bodyBytes",
  "jsonDepth",
  "deadlineMs",
  "concurrency",
  "concurrencyPerCaller",
  "perCaller",
  "perApp",
  "whenStoreAway",
  "storeTimeoutMs",
  "commandCeilings",
];
const PER_CALLER: Rate = { calls: 50 };
const PER_APP: Rate = { calls: 1000 };

/**
 * Checks the options once.
 *
 * @throws {ConfigError} When one of them makes no sense.
 */
export function compileLimits(
  options: LimitOptions,
  catalogue: Catalogue,
  onAway: (error: unknown) => void,
): Limits {
  checkKeys("limits", options, KEYS);
  const { bodyBytes = 1 << 20, jsonDepth = 32, deadlineMs = 10_000, storeTimeoutMs = 500 } =
    options;
  const { concurrency = 1000, concurrencyPerCaller = 50, whenStoreAway = "memory" } = options;
  checkCount("limits.bodyBytes", bodyBytes, 2);
  checkCount("limits.jsonDepth", jsonDepth, 1);
  checkCount("limits.concurrency", concurrency, 1);
  checkCount("limits.concurrencyPerCaller", concurrencyPerCaller, 1);
  checkCount("limits.storeTimeoutMs", storeTimeoutMs, 1);
  if (!(deadlineMs > 4000 && deadlineMs < 2 ** 31)) {
    throw new ConfigError(
      `limits.deadlineMs is ${deadlineMs}, wanted more than 4000: the backend itself takes up to 3 s`,
    );
  }
  if (!["memory", "allow", "refuse"].includes(whenStoreAway)) {
    throw new ConfigError(
      `limits.whenStoreAway is "${whenStoreAway}", wanted "memory", "allow" or "refuse"`,
    );
  }
  const build = (name: "perCaller" | "perApp", usual: Rate) => {
    const instead = whenStoreAway === "memory" ? memoryLimiter(usual) : whenStoreAway;
    return limiterOf(`limits.${name}`, options[name] ?? usual, instead, storeTimeoutMs, onAway);
  };
  const perCaller = build("perCaller", PER_CALLER);
  const perApp = build("perApp", PER_APP);
  const share = shareOf(options.commandCeilings);
  return {
    bodyBytes,
    jsonDepth,
    deadlineMs,
    bodyTime: new Alarms(deadlineMs - BACKEND_MS),
    storeTimeoutMs,
    concurrency: new Concurrency(concurrency, concurrencyPerCaller),
    takeCaller: (identifier) =>
      perCaller ? take(perCaller, `caller:${identifier}`, "Your limit") : undefined,
    takeCall(command, identifier) {
      const perSecond = catalogue.get(command)?.rateLimit;
      if (share && perSecond) takeShare(share, command, identifier, perSecond);
      return perApp ? take(perApp, "app", "The limit of all callers together") : undefined;
    },
  };
}

function limiterOf(
  where: string,
  given: Rate | GatewayLimiter | false,
  whenAway: WhenAway,
  timeoutMs: number,
  onAway: (error: unknown) => void,
): GuardedLimiter | undefined {
  if (given === false) return undefined;
  if (typeof (given as Partial<GatewayLimiter>).take === "function") {
    return guardedLimiter(given as GatewayLimiter, whenAway, timeoutMs, onAway);
  }
  checkKeys(where, given, ["calls", "perSeconds"]);
  return guardedLimiter(memoryLimiter(given as Rate), whenAway, timeoutMs, onAway);
}

function shareOf(option: LimitOptions["commandCeilings"]): FairShare | undefined {
  if (option === false) return undefined;
  const { instances } = option ?? { instances: 1 };
  if (option) checkKeys("limits.commandCeilings", option, ["instances"]);
  checkCount("limits.commandCeilings.instances", instances, 1);
  return fairShare(instances);
}

function take(limiter: GuardedLimiter, key: string, whose: string): Promise<void> | void {
  const verdict = limiter.take(key, 1);
  if (verdict instanceof Promise) return verdict.then((late) => heed(late, whose));
  heed(verdict, whose);
}

function heed(verdict: LimitVerdict | "away", whose: string): void {
  if (verdict === "away") {
    throw new Refusal("store-away", "Nothing is let through until it is back", retryAfter(2000));
  }
  if (verdict.allowed) return;
  throw new Refusal(
    "too-many-requests",
    `${whose} is reached; wait before the next request`,
    retryAfter(verdict.retryAfterMs ?? 1000),
  );
}

function takeShare(share: FairShare, command: string, identifier: string, perSecond: number): void {
  const { waitMs, own } = share.take(command, identifier, perSecond);
  if (waitMs === 0) return;
  throw new Refusal(
    "command-ceiling",
    `${command} takes ${perSecond} calls a second of the whole app; ${
      own ? "your share of them is used up" : "they are used up"
    }`,
    retryAfter(waitMs),
  );
}

function retryAfter(ms: number): Record<string, string> {
  return { "retry-after": String(Math.max(1, Math.ceil(ms / 1000))) };
}

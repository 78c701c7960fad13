import { ConfigError } from "../../core/errors.ts";
import { type PageLanguage, pageLanguage } from "../../ui/language.ts";
import { checkCount, checkKeys } from "../check_keys.ts";
import type { Exchange } from "../exchange.ts";
import type { Parts } from "../gateway.ts";
import type { Route } from "../handle.ts";
import { Refusal } from "../problem.ts";
import { jsonReply, type Reply } from "../reply.ts";
import { since } from "../since.ts";

/**
 * One examination, ready to be shown.
 *
 * @example An examination of one's own
 * ```ts
 * import type { DoctorResult, GatewayDoctor } from "@tim/edge/hono";
 *
 * async function examine(signal: AbortSignal): Promise<DoctorResult> {
 *   const { ok } = await fetch("https://status.example.com/tim", { signal });
 *   return {
 *     json: () => ({ ok }),
 *     html: (language) => Promise.resolve(`<html lang="${language}">${ok ? "✓" : "✗"}</html>`),
 *   };
 * }
 * export const doctorOf = (everySeconds: number): GatewayDoctor => ({ examine, everySeconds });
 * ```
 */
export interface DoctorResult {
  /** The report as data. */
  json(language: PageLanguage): object;
  /** The report as a page with a Content-Security-Policy of its own. */
  html(language: PageLanguage): Promise<string>;
}

/**
 * What `/doctor` runs; passed in, so that no gateway carries a doctor that it does not use.
 *
 * @example At most one examination a minute
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { examiner } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 * import { createGateway, type GatewayDoctor, hashApiKey, makeApiKey } from "@tim/edge/hono";
 *
 * const examine = examiner({ platform: hostPlatform(), region: "sgp", only: ["tcp", "head"] });
 * const doctor: GatewayDoctor = { examine, everySeconds: 60 };
 * const client = new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" });
 * const key = makeApiKey();
 * const apiKeys = [{ sha256: await hashApiKey(key), identifier: "ops", roles: ["operator"] }];
 * const gateway = createGateway({ client, apiKeys, doctor });
 * const run = () => gateway.request("/doctor", { method: "POST", headers: { "x-api-key": key } });
 * console.log((await run()).status, (await run()).status); // 200 429
 * ```
 */
export interface GatewayDoctor {
  /** Examines the way to the backend: `examiner(…)` of `@tim/edge/doctor`. */
  examine: (signal: AbortSignal) => Promise<DoctorResult>;
  /** Least time between two examinations, in seconds. @default {10} */
  everySeconds?: number;
  /** When an examination is ended with what it knows, in milliseconds. @default {25000} */
  timeoutMs?: number;
}

/** Over this nobody waits for an examination that was to be over: its request was cut off. */
const GRACE_MS = 5_000;

/**
 * `GET /doctor`: the last report, as JSON or, when the request prefers it, as a page; 204 while there is none. `POST /doctor`: examines
 * and answers the new one. Both are for operators. The last report is remembered in this process.
 *
 * @throws {ConfigError} When an option is wrong.
 */
export function doctorRoutes(parts: Parts, doctor: GatewayDoctor): { last: Route; run: Route } {
  checkKeys("doctor", doctor, ["examine", "everySeconds", "timeoutMs"]);
  const { examine, everySeconds = 10, timeoutMs = 25_000 } = doctor;
  if (typeof examine !== "function") {
    throw new ConfigError(
      "doctor.examine must be a function, like examiner(…) of @tim/edge/doctor",
    );
  }
  checkCount("doctor.everySeconds", everySeconds, 0);
  checkCount("doctor.timeoutMs", timeoutMs, 1);
  let last: DoctorResult | undefined;
  let began = -Infinity;
  let underWay: symbol | undefined;

  async function operatorOnly(exchange: Exchange): Promise<void> {
    const caller = await parts.identify(exchange);
    if (!parts.isOperator(caller)) throw new Refusal("role-missing", "It is for operators");
  }

  /** Throws a refusal while one is under way, or when the last was a moment ago. */
  function begin(): symbol {
    const over = since(began);
    if (underWay !== undefined && over < timeoutMs + GRACE_MS) {
      throw new Refusal("still-running", "An examination is under way; ask for it in a moment", {
        "retry-after": "2",
      });
    }
    const waitMs = everySeconds * 1000 - over;
    if (waitMs > 0) {
      throw new Refusal("too-many-requests", `One examination in ${everySeconds} s is enough`, {
        "retry-after": String(Math.ceil(waitMs / 1000)),
      });
    }
    began = Date.now();
    return underWay = Symbol();
  }

  return {
    async last(exchange) {
      await operatorOnly(exchange);
      return last ? await show(last, exchange) : { status: 204, body: null };
    },
    async run(exchange) {
      await operatorOnly(exchange);
      const mine = begin();
      const ending = new AbortController();
      const timer = setTimeout(() => ending.abort(), timeoutMs);
      try {
        last = await examine(ending.signal);
        return await show(last, exchange);
      } finally {
        clearTimeout(timer);
        if (underWay === mine) underWay = undefined;
      }
    },
  };
}

async function show(result: DoctorResult, { request }: Exchange): Promise<Reply> {
  const language = pageLanguage(request.headers.get("accept-language") ?? "");
  if (!/\btext\/html\b/.test(request.headers.get("accept") ?? "")) {
    return jsonReply(result.json(language), { vary: "Accept, Accept-Language" });
  }
  return {
    status: 200,
    body: await result.html(language),
    headers: {
      "content-type": "text/html; charset=utf-8",
      // The page says the rest itself; these cannot be said in a page, and it needs nothing of this origin.
      "content-security-policy": "frame-ancestors 'none'; sandbox allow-scripts",
      vary: "Accept, Accept-Language",
    },
  };
}

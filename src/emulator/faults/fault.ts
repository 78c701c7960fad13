/**
 * What can go wrong on purpose, and how it is asked for.
 *
 * @module
 */

import { ConfigError } from "../../core/errors.ts";
import { checkNames } from "../check_names.ts";
import { LONGEST_TIMER } from "../longest_timer.ts";

/** The request header that asks for a fault of one call: `hang`, `delay=300`, `error=10002; acted`. */
export const FAULT_HEADER = "x-emulator-fault";

/**
 * What goes wrong: `delay` answers late; `hang` never; `close` closes the connection without an answer;
 * `truncate` closes it in the middle of the answer; `status` is a proxy's page with that HTTP status;
 * `html` is a page with status 200; `json` is an answer that is no JSON; `error` is an error code.
 *
 * @example What a client makes of it
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createEmulator, EMULATOR_APP, type FaultKind } from "@tim/edge/emulator";
 *
 * const { sdkAppId, secretKey } = EMULATOR_APP;
 * const emulator = createEmulator();
 * const tim = new TimClient({
 *   ...{ sdkAppId, secretKey, baseUrl: "http://127.0.0.1:8788", retry: false },
 *   fetch: async (url, init) => await emulator.request(url, init),
 * });
 * async function kindAfter(fault: FaultKind): Promise<string> {
 *   const headers = { "x-emulator-fault": fault };
 *   const call = tim.call("group_open_http_svc/get_appid_group_list", {}, { headers });
 *   return await call.then(() => "none", (error) => error.kind);
 * }
 * console.log(await kindAfter("close"), await kindAfter("html")); // network protocol
 * ```
 */
export type FaultKind =
  | "delay"
  | "hang"
  | "close"
  | "truncate"
  | "status"
  | "html"
  | "json"
  | "error";

/**
 * One fault.
 *
 * @example Two bad answers, and a client that gets over them
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { createEmulator, EMULATOR_APP, type Fault } from "@tim/edge/emulator";
 *
 * const faults: Fault[] = [{ kind: "close" }, { kind: "status", value: 503 }];
 * const emulator = createEmulator();
 * for (const fault of faults) {
 *   const body = JSON.stringify({ ...fault, times: 1 });
 *   await emulator.request("/_emulator/faults", { method: "POST", body });
 * }
 * const { sdkAppId, secretKey } = EMULATOR_APP;
 * const fetch = async (url: string, init: RequestInit) => await emulator.request(url, init);
 * const tim = new TimClient({ sdkAppId, secretKey, baseUrl: "http://127.0.0.1:8788", fetch });
 * const { attempts } = await tim.callInDetail("group_open_http_svc/get_appid_group_list");
 * console.log(attempts); // 3
 * ```
 */
export interface Fault {
  /** What goes wrong. */
  kind: FaultKind;
  /** `delay`: by how many milliseconds; `status`: the HTTP status, 502 by default; `error`: the code. */
  value?: number;
  /**
   * Whether the command is carried out all the same: what makes a repetition dangerous.
   *
   * @default {true} for `delay`, `truncate` and `json`, else false
   */
  acted?: boolean;
}

/**
 * When a fault strikes.
 *
 * @example Every second message is refused
 * ```ts
 * import { createEmulator, type FaultRule } from "@tim/edge/emulator";
 *
 * const rule: FaultRule = { kind: "error", value: 20012, command: "openim/sendmsg", every: 2 };
 * const emulator = createEmulator();
 * const control = { method: "POST", body: JSON.stringify(rule) };
 * await emulator.request("/_emulator/faults", control);
 * const send = () => emulator.request("/v4/openim/sendmsg", { method: "POST", body: "{}" });
 * await send();
 * console.log((await (await send()).json()).ErrorCode); // 20012
 * ```
 */
export interface FaultRule extends Fault {
  /** `service/command`, or `service/*`; every command when left out. */
  command?: string;
  /** One app; all when left out. */
  sdkAppId?: number;
  /** Every n-th call that matches. @default {1} */
  every?: number;
  /** With this probability, 0 to 1. @default {1} */
  probability?: number;
  /** At most so many times. */
  times?: number;
  /** Seed of the probability's chance: the same calls meet the same faults. @default {1} */
  seed?: number;
}

/** What the value of a kind is, if it has one, and from where to where it goes. */
interface ValueRules {
  what: string;
  least: number;
  most: number;
  fallback?: number;
}

const KINDS: Record<FaultKind, ValueRules | undefined> = {
  delay: { what: "milliseconds", least: 0, most: LONGEST_TIMER },
  hang: undefined,
  close: undefined,
  truncate: undefined,
  status: { what: "an HTTP status", least: 200, most: 599, fallback: 502 },
  html: undefined,
  json: undefined,
  error: { what: "an error code", least: 1, most: 2 ** 31 - 1 },
};

/** The fields of a rule, and what a listed one has besides. */
const NAMES: readonly (keyof FaultRule | "id" | "matched" | "struck")[] = [
  "kind",
  "value",
  "acted",
  "command",
  "sdkAppId",
  "every",
  "probability",
  "times",
  "seed",
  "id",
  "matched",
  "struck",
];

/** Whether the command is carried out. */
export function acts({ kind, acted }: Fault): boolean {
  return acted ?? (kind === "delay" || kind === "truncate" || kind === "json");
}

/** Shows a fault as the header writes it. */
export function faultText(fault: Fault): string {
  const value = fault.value === undefined ? "" : `=${fault.value}`;
  return `${fault.kind}${value}${fault.acted ? "; acted" : ""}`;
}

/**
 * Reads the header.
 *
 * @throws {ConfigError} When it says nothing that is known.
 */
export function parseFault(text: string): Fault {
  const match = /^\s*([a-z]+)\s*(?:=\s*(\d+))?\s*(;\s*acted)?\s*$/.exec(text);
  if (!match) {
    throw new ConfigError(
      `${FAULT_HEADER} is ${
        JSON.stringify(text)
      }, wanted a fault like hang, delay=300 or close; acted`,
    );
  }
  const [, kind, value, acted] = match;
  const fault: Fault = { kind: kind as FaultKind };
  if (value !== undefined) fault.value = Number(value);
  if (acted) fault.acted = true;
  return checkedFault(fault, FAULT_HEADER);
}

/**
 * Checks a rule that came from outside.
 *
 * @throws {ConfigError} When a field is not as it must be; the message names it.
 */
export function checkedRule(rule: FaultRule): FaultRule {
  checkedFault(rule, "Fault rule");
  checkNames("A fault rule", rule, NAMES);
  const integer = (least: number) => (value: unknown) =>
    Number.isInteger(value) && value as number >= least;
  const fields: [name: keyof FaultRule, fits: (value: unknown) => boolean, wanted: string][] = [
    [
      "command",
      (value) => typeof value === "string" && /^[\w*]+(\/[\w*]+)?$/.test(value),
      "service/command, service/* or *",
    ],
    ["sdkAppId", integer(1), "a number"],
    ["every", integer(1), "a whole number from 1"],
    ["times", integer(1), "a whole number from 1"],
    ["seed", integer(0), "a whole number from 0"],
    ["acted", (value) => typeof value === "boolean", "true or false"],
    ["probability", (value) => typeof value === "number" && value >= 0 && value <= 1, "0 to 1"],
  ];
  for (const [name, fits, wanted] of fields) {
    const value = rule[name];
    if (value !== undefined && !fits(value)) {
      throw new ConfigError(`Fault rule has ${name} ${JSON.stringify(value)}, wanted ${wanted}`);
    }
  }
  return rule;
}

function checkedFault<F extends Fault>(fault: F, where: string): F {
  if (!Object.hasOwn(KINDS, fault?.kind ?? "")) {
    throw new ConfigError(
      `${where} has kind ${JSON.stringify(fault?.kind)}, wanted one of ${
        Object.keys(KINDS).join(", ")
      }`,
    );
  }
  const rules = KINDS[fault.kind];
  if (!rules) return fault;
  const { what, least, most, fallback } = rules;
  fault.value ??= fallback;
  const { kind, value } = fault;
  if (!Number.isInteger(value)) {
    throw new ConfigError(`${where} has kind ${kind} without ${what} as its value`);
  }
  if (value! < least || value! > most) {
    throw new ConfigError(`${where} has kind ${kind} with ${value}, wanted ${least} to ${most}`);
  }
  return fault;
}

/**
 * Which checks to make, out of all that could be made.
 *
 * @module
 */

import { ConfigError } from "../core/errors.ts";
import type { Check, CheckId } from "./check.ts";

/**
 * What the caller wants of the checks.
 *
 * @example All but what takes long
 * ```ts
 * import { type CheckChoice, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const quick: CheckChoice = { off: ["reuse", "large", "resumption"] };
 * const { findings } = await runDoctor({ platform: hostPlatform(), region: "sgp", ...quick });
 * console.log(findings.some(({ check }) => check === "large")); // false
 * ```
 */
export interface CheckChoice {
  /** Only these checks, and those they need; all when left out. A name that is no check is an error. */
  only?: readonly (CheckId | (string & Record<never, never>))[];
  /** Checks to leave out. No other check may need them. */
  off?: readonly (CheckId | (string & Record<never, never>))[];
}

/**
 * Chooses.
 *
 * @throws {ConfigError} When a name is no check, or a check that is left out is needed.
 */
export function chooseChecks(
  all: readonly Check[],
  planned: readonly Check[],
  { only, off = [] }: CheckChoice,
): readonly Check[] {
  for (const [option, names] of [["only", only ?? []], ["off", off]] as const) {
    const unknown = names.find((name) => !all.some(({ id }) => id === name));
    if (unknown !== undefined) {
      throw new ConfigError(
        `${option} names the check "${unknown}", wanted of: ${all.map(({ id }) => id).join(", ")}`,
      );
    }
  }
  const absent = only?.find((name) => !planned.some(({ id }) => id === name));
  if (absent !== undefined) {
    throw new ConfigError(`${absent} cannot be made: ${NEEDS[absent] ?? ""}`);
  }
  const wanted = only ? withNeeds(planned, only) : new Set(planned.map(({ id }) => id));
  for (const name of off) wanted.delete(name as CheckId);
  const chosen = planned.filter(({ id }) => wanted.has(id));
  for (const { id, needs } of chosen) {
    const missing = needs.find((need) => off.includes(need));
    if (missing) throw new ConfigError(`${missing} cannot be left out: ${id} needs it`);
  }
  return chosen;
}

/** What must be given for checks that are not made by themselves. */
const NEEDS: Record<string, string> = {
  idle: "say how long to watch (--idle SECONDS)",
  credentials: "set TIM_SDK_APP_ID and TIM_SECRET_KEY",
  regions: "it needs their hosts (--regions)",
  egress: "it asks third parties, which is switched off",
  control: "it asks third parties, which is switched off, or the host is on this machine",
};

function withNeeds(planned: readonly Check[], names: readonly string[]): Set<CheckId> {
  const wanted = new Set<CheckId>();
  const add = (id: string) => {
    const check = planned.find((each) => each.id === id);
    if (!check || wanted.has(check.id)) return;
    wanted.add(check.id);
    check.needs.forEach(add);
    check.with?.forEach(add);
  };
  names.forEach(add);
  return wanted;
}

/** Carries a scenario out and writes down what was answered. */

import { findCommand } from "../../src/api/mod.ts";
import type { Caller } from "./caller.ts";
import { Made } from "./clean_up.ts";
import { type Difference, differences } from "./diff.ts";
import { Names } from "./names.ts";
import type { Exchange, Scenario } from "./scenario.ts";

/** How to run. */
export interface RunOptions {
  /** What all ids of this run begin with. */
  run: string;
  identifier: string;
  call: Caller;
  /** What the emulator answers each step; nothing when that is to be recorded. */
  expected?: readonly unknown[];
  /** How often a harmless call is repeated while its answer differs: real backends settle in their own time. */
  tries?: number;
  /** @default {Date.now} */
  now?: () => number;
  /** Asked before every step; what was made is deleted all the same. */
  stopped?: () => boolean;
}

/** What one step was answered otherwise. */
export interface StepDifference {
  step: number;
  command: string;
  found: Difference[];
  /** The backend's own words, where the code differs. */
  info?: string;
}

/** How a scenario went. */
export interface Outcome {
  exchanges: Exchange[];
  /** By step. */
  differences: StepDifference[];
  /** What could not be deleted. */
  left: string[];
  /** Why it broke off. */
  broke?: string;
}

const SETTLING_MS = 1000;

/** How far into a second it still counts as new. */
const FRESH_MS = 200;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function beginningOfSecond(): Promise<void> {
  const past = Date.now() % 1000;
  if (past > FRESH_MS) await pause(1000 - past);
}

/** Runs a scenario; what it made is deleted even when it breaks off. */
export async function runScenario(scenario: Scenario, options: RunOptions): Promise<Outcome> {
  const { run, identifier, call, expected } = options;
  let names = new Names(run, identifier, options.now ?? Date.now);
  const made = new Made(run);
  const outcome: Outcome = { exchanges: [], differences: [], left: [] };
  try {
    for (const [step, [command, body, _code, change]] of scenario.steps.entries()) {
      if (options.stopped?.()) throw new Error("stopped");
      if (step === scenario.freshSecond) await beginningOfSecond();
      const wanted = expected && (expected[step] ?? {});
      let tries = findCommand(command)?.idempotent && !change ? options.tries ?? 1 : 1;
      let found: Difference[];
      let info: unknown;
      for (;;) {
        const filled = names.fill(body);
        const answer = await call(command, filled, change);
        made.note(command, filled, answer);
        info = answer.ErrorInfo;
        const after = names.copy();
        const blanked = after.blank(answer);
        found = wanted === undefined ? [] : differences(wanted, blanked);
        if (found.length > 0 && --tries > 0) {
          await pause(SETTLING_MS);
          continue;
        }
        names = after;
        outcome.exchanges.push({ command, body, answer: blanked });
        break;
      }
      if (found.length > 0) {
        const code = found.some(({ path }) => path === "ErrorCode");
        outcome.differences.push({
          step,
          command,
          found,
          ...(code && { info: names.plain(String(info)) }),
        });
      }
    }
  } catch (error) {
    outcome.broke = (error as Error).message;
  }
  for (const [command, body] of scenario.after ?? []) {
    await Promise.resolve().then(() => call(command, names.fill(body))).catch(() => {});
  }
  outcome.left = await made.remove(call);
  return outcome;
}

/**
 * `deno task parity`: calls an app as the scenarios say and tells where its answers differ from the emulator's.
 *
 * Without `TIM_PARITY` the app is the emulator itself. With `TIM_PARITY=1` it is the real one that
 * `TIM_SDK_APP_ID`, `TIM_SECRET_KEY`, `TIM_IDENTIFIER` and `TIM_REGION` or `TIM_BASE_URL` name: accounts, groups
 * and rooms with a prefix of the run's own are made there, at the documented rates, and deleted again, however
 * the run ends. Use an app that nobody's users are in. Nothing of the app that was there before is read or
 * changed.
 *
 * Words choose scenarios whose area or name holds one of them. `--report FILE` writes what was answered, with
 * ids, times and the app blanked, to be sent in as an issue. `--record` writes the emulator's answers to
 * `expected.json`.
 */

import { writeFile } from "node:fs/promises";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { callerOf } from "./caller.ts";
import { type Expected, expectedOf, expectedText } from "./expected.ts";
import { type Finding, findingText, reportOf, totalText, verdictOf } from "./report.ts";
import { type RunOptions, runScenario } from "./run_scenario.ts";
import { areas } from "./scenarios/all.ts";
import { appTarget, emulatorTarget, placeOf, scrubbed } from "./target.ts";

const EXPECTED = fileURLToPath(new URL("expected.json", import.meta.url));

const { values, positionals: words } = parseArgs({
  allowPositionals: true,
  options: { report: { type: "string" }, record: { type: "boolean" } },
});
const real = Boolean(process.env.TIM_PARITY) && process.env.TIM_PARITY !== "0";
if (values.record && (real || words.length > 0)) {
  console.error("--record writes all of the emulator's answers: without TIM_PARITY, without words");
  process.exit(2);
}

const run = `p${Date.now().toString(36)}${crypto.randomUUID().slice(0, 3)}`;
let stopped = false;
process.on("SIGINT", () => {
  if (stopped) process.exit(130);
  stopped = true;
  console.error("\nDeleting what was made; Ctrl-C again leaves it there");
});

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`parity: ${(error as Error).message}`);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const target = real ? appTarget(process.env) : undefined;
  const chosen = areas.flatMap((area) => area.scenarios.map((scenario) => ({ area, scenario })))
    .filter(({ area, scenario }) =>
      words.length === 0 || words.some((word) => `${area.name}: ${scenario.name}`.includes(word))
    );
  if (chosen.length === 0) throw new Error(`No scenario has ${words.join(" or ")} in its name`);
  const place = target ? placeOf(target) : "the emulator";
  const whom = target ? `the app of TIM_SDK_APP_ID (${place}), ids begin with ${run}_` : place;
  console.log(`${chosen.length} scenarios against ${whom}\n`);
  const findings: Finding[] = [];
  for (const [at, { area, scenario }] of chosen.entries()) {
    if (stopped) break;
    const own = target ?? emulatorTarget();
    const options: RunOptions = {
      // A name is used once in a run: what was deleted may take its time to be gone.
      run: `${run}${at}`,
      identifier: own.identifier,
      call: callerOf(own),
      ...(!values.record && { expected: expectedOf(area, scenario) }),
      tries: real ? 3 : 1,
      stopped: () => stopped,
    };
    const finding = { area, scenario, outcome: await runScenario(scenario, options) };
    findings.push(finding);
    console.log(scrubbed(findingText(finding), own));
  }
  if (values.record) await record(findings);
  if (values.report !== undefined) {
    const text = JSON.stringify(reportOf(findings, place, new Date()), null, 1);
    await writeFile(values.report, `${scrubbed(text, target ?? emulatorTarget())}\n`);
    console.log(`\nWritten to ${values.report}; look through it before you send it in`);
  }
  console.log(`\n${totalText(findings)}`);
  return findings.every((finding) => verdictOf(finding) === "same") && !stopped ? 0 : 1;
}

async function record(findings: Finding[]): Promise<void> {
  const expected: Expected = {};
  for (const { area, scenario, outcome } of findings) {
    const answers = outcome.exchanges.map(({ answer }) => answer);
    (expected[area.name] ??= {})[scenario.name] = answers;
  }
  await writeFile(EXPECTED, expectedText(expected));
}

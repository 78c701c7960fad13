/**
 * Finds out what an empty emulator must be told before the example of each command works, and writes it to
 * `src/cli/call/generated/example_needs.ts` for `tim call --help`. A test holds that file to the truth; run this when
 * it fails: `deno task generate:examples`. It takes a minute or two.
 *
 * It begins with all that the tests' world of examples holds, and leaves out what is not needed: calls,
 * then fields and entries of lists.
 */

import { createEmulator } from "../src/emulator/mod.ts";
import { catalogue, exampleOf } from "../test/support/catalogue.ts";
import { raw, type RawAnswer } from "../test/support/emulated.ts";
import { before, hasGivenIds, settled, worlds } from "../test/support/example_world.ts";
import { type Path, without } from "./generate/smaller.ts";

type Call = [command: string, body: Record<string, unknown>];

/** More is nothing to paste. */
const MOST = 5;
const NOW = Date.UTC(2026, 10, 20);
const needs: Record<string, Call[]> = {};
/** Bodies that are not the catalogue's own. */
const bodies: Record<string, Record<string, unknown>> = {};

for (const { id, document, request } of catalogue.commands) {
  const example = settled(exampleOf(request));
  if (JSON.stringify(example) !== JSON.stringify(exampleOf(request))) bodies[id] = example;
  if (hasGivenIds(example)) continue;
  const world = [...worlds[document] ?? [], ...before[id] ?? []]
    .map(([command, body]) => [command, settled(body)] as Call);
  const whole = await answerAfter([...world, [id, example]]);
  if (!whole) {
    console.error(`${id}: its example fails in the whole world`);
    continue;
  }
  // As much is to be seen as in the whole world; or at least nothing is to fail.
  for (const enough of [isAsRich, failsNoMore]) {
    const found = await smallest(world, async (calls) => {
      const answer = await answerAfter([...calls, [id, example]]);
      return answer !== undefined && failsNoMore(answer, whole) && enough(answer, whole);
    });
    if (found && found.length <= MOST) {
      needs[id] = found;
      break;
    }
    console.error(`${id}: ${enough.name} takes ${found?.length} calls before it`);
  }
}
await write();

/** The last answer, when all of these calls succeed in an emulator of their own. */
async function answerAfter(calls: Call[]): Promise<RawAnswer | undefined> {
  const app = createEmulator({ now: () => NOW });
  let answer: RawAnswer | undefined;
  for (const [command, body] of calls) {
    answer = await raw(app, { path: `/v4/${command}`, body: JSON.stringify(body) });
    if (answer.ErrorCode !== 0) return undefined;
  }
  return answer;
}

/** Whether every list that has something in it in one answer has so in the other. */
function isAsRich(answer: unknown, whole: unknown): boolean {
  const there = new Set(filled(answer));
  return filled(whole).every((path) => there.has(path));
}

function filled(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, field]) =>
    filled(field, Array.isArray(value) ? `${path}[]` : `${path}.${key}`)
  );
  return Object.keys(value).length === 0 ? inner : [path, ...inner];
}

/** Whether an answer tells of no more failures inside than the other. */
function failsNoMore(answer: unknown, whole: unknown): boolean {
  return failures(answer) <= failures(whole);
}

function failures(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, field]) => {
    const listed = /^(Fail|Invalid|Error)/.test(key) && Array.isArray(field) ? field.length : 0;
    const coded = /^(Result|Error)Code$/.test(key) && field !== 0 ? 1 : 0;
    return sum + listed + coded + failures(field);
  }, 0);
}

async function smallest(
  all: Call[],
  works: (calls: Call[]) => Promise<boolean>,
): Promise<Call[] | undefined> {
  if (await works([])) return [];
  if (!await works(all)) return undefined;
  let calls = await fewest(all, works);
  for (const [at, [command, body]] of calls.entries()) {
    const bodyWorks = (smaller: Record<string, unknown>) =>
      works(calls.with(at, [command, smaller]));
    calls = calls.with(at, [command, await smallestBody(body, bodyWorks)]);
  }
  // A smaller body may need less before it.
  return await fewest(calls, works);
}

/** Leaves out calls: many at once, then each, then each two, since one may undo the other. */
async function fewest(all: Call[], works: (calls: Call[]) => Promise<boolean>): Promise<Call[]> {
  let calls = all;
  for (let size = Math.ceil(calls.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = calls.length - size; at > -size; at -= size) {
      const fewer = calls.toSpliced(Math.max(at, 0), size + Math.min(at, 0));
      if (await works(fewer)) calls = fewer;
    }
  }
  for (let first = 0; first < calls.length; first++) {
    for (let second = first + 1; second < calls.length; second++) {
      const fewer = calls.filter((_, at) => at !== first && at !== second);
      if (await works(fewer)) [calls, second] = [fewer, first];
    }
  }
  return calls;
}

/** Leaves out one field or entry after the other, wherever it stands. */
async function smallestBody(
  body: Record<string, unknown>,
  works: (body: Record<string, unknown>) => Promise<boolean>,
): Promise<Record<string, unknown>> {
  let whole = body;
  const visit = async (path: Path): Promise<void> => {
    const at = path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], whole);
    if (typeof at !== "object" || at === null) return;
    const keys = Array.isArray(at) ? [...at.keys()].reverse() : Object.keys(at);
    for (const key of keys) {
      const smaller = without(whole, [...path, key]) as Record<string, unknown>;
      if (await works(smaller)) whole = smaller;
    }
    const rest = path.reduce<unknown>(
      (value, key) => (value as Record<string, unknown>)[key],
      whole,
    );
    for (const key of Object.keys(rest as object)) {
      await visit([...path, Array.isArray(rest) ? Number(key) : key]);
    }
  };
  await visit([]);
  return whole;
}

async function write(): Promise<void> {
  const path = "src/cli/call/generated/example_needs.ts";
  const calls = [...new Set(Object.values(needs).flat().map((call) => JSON.stringify(call)))];
  const rows = Object.entries(needs).map(([id, list]) => {
    const places = list.map((call) => calls.indexOf(JSON.stringify(call)));
    return `${JSON.stringify(id)}: ${JSON.stringify(places)},\n`;
  });
  await Deno.writeTextFile(
    path,
    `/**
 * What an empty emulator must be told before the example of each command works.
 *
 * Made by \`deno task generate:examples\`, and held to the truth by a test.
 *
 * @module
 */

/** Commands with their bodies. */
export const calls: readonly (readonly [command: string, body: Record<string, unknown>])[] = [
${calls.map((call) => `${call},\n`).join("")}];

/** Places in that list by command; none where the backend gives out an id, or much must be told. */
export const needs: Readonly<Record<string, readonly number[]>> = {\n${rows.join("")}};

/** Examples whose ids are not the catalogue's: only a backend makes ids like those. */
export const bodies: Readonly<Record<string, Record<string, unknown>>> = ${
      JSON.stringify(bodies)
    };\n`,
  );
  await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", path] }).output();
  console.log(`${rows.length} of ${catalogue.commands.length} examples, ${calls.length} calls`);
}

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { coverage } from "../../src/emulator/control/coverage.ts";
import { createEmulator, type HonoApp } from "../../src/emulator/mod.ts";
import { registry } from "../../src/emulator/services/services.ts";
import { catalogue } from "../support/catalogue.ts";
import { control } from "../support/control.ts";
import { raw } from "../support/emulated.ts";
import { type Effect, effects } from "../support/example_effects.ts";
import { asGiven, before, type Calls, worlds } from "../support/example_world.ts";

const table = coverage(registry);
const row = new Map(table.commands.map((one) => [one.command, one]));

test("coverage is as sure of a command as the catalogue is, and names what was not seen", () => {
  const words: Record<string, string> = {
    documented: "documented",
    sdk: "seen",
    partial: "guessed",
  };
  for (const { id, operation } of catalogue.commands) {
    const { confidence, missing, choices } = row.get(id)!;
    assert.is(confidence, words[operation["x-confidence"] ?? "documented"], id);
    assert.equal(missing, operation["x-missing"] ?? [], id);
    assert.equal(choices, operation["x-emulator-choice"] ?? [], id);
    if (confidence === "guessed") {
      assert.is.not(missing.length, 0, `${id} does not say what is guessed`);
    }
  }
});

test("a callback is called sent if something in the emulator sends it, and only then", async () => {
  const comments = /^\s*(\*|\/\/).*$/gm;
  const folders = ["src/emulator/services", "src/emulator/control"];
  const source = (await Promise.all(folders.map((folder) => textOf(folder, comments)))).join() +
    await readFile("src/emulator/webhooks/over_limit.ts", "utf8");
  for (const { name, sent } of table.callbacks) {
    assert.is(source.includes(`"${name}"`), sent, name);
  }
  assert.ok(table.callbacks.filter(({ sent }) => sent).length > 50);
});

/** Faults that no call to an emulator can have, or that are judged before any command. */
const NOT_THE_COMMANDS = new RegExp(
  [
    "internal|retry|time[sd]? out|timeout|network|system error|SQL|failed|clearing|collided|conflict in",
    "administrator|signed in|UserSig|SDKAppID|check the URL|^not allowed$",
    "switched on|not enabled|disabled|plan|package|edition|payment|daily",
  ].join("|"),
  "i",
);

test("a documented code that the emulator never answers is the backend's own trouble, or is named in coverage", async () => {
  const source = await textOf("src/emulator") + await textOf("src/api/generated/schemas");
  const answered = new Set(source.match(/(?<![\w.])\d{4,6}(?!\w)/g));
  const unnamed: string[] = [];
  let never = 0;
  for (const { id, operation } of catalogue.commands) {
    const { choices, knownDifferences } = row.get(id)!;
    for (const { code, meaning } of (operation["x-errors"] ?? []) as Fault[]) {
      if (answered.has(String(code))) continue;
      never++;
      if (NOT_THE_COMMANDS.test(meaning)) continue;
      if (![...choices, ...knownDifferences].join().includes(String(code))) {
        unnamed.push(`${id} ${code}: ${meaning}`);
      }
    }
  }
  assert.equal(unnamed, []);
  assert.ok(never > 100, `${never} codes were looked at`);
});

interface Fault {
  code: number;
  meaning: string;
}

/** The sources, without comments and texts: what is said about codes is no use of them. */
async function textOf(folder: string, without = /"[^"\n]*"|^\s*(\*|\/\/).*$/gm): Promise<string> {
  let text = "";
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) text += await textOf(path, without);
    else text += (await readFile(path, "utf8")).replaceAll(without, "");
  }
  return text;
}

type Given = Map<string, unknown>;

const reads = new Set([...registry.all()].filter((command) => command.reads).map(({ id }) => id));

async function send(app: HonoApp, command: string, body: unknown, given: Given) {
  const { RequestId: _, ...answer } = await raw(app, {
    path: `/v4/${command}`,
    body: asGiven(body, given),
  });
  for (const part of [answer, answer.Response ?? {}]) {
    for (const [field, value] of Object.entries(part)) given.set(field, value);
  }
  return answer;
}

/** A world of a document's examples, and how many callbacks it has sent. */
async function worldFor(document: string, more: Calls) {
  let callbacks = 0;
  const fetcher = (() => {
    callbacks++;
    return Promise.resolve(Response.json({ ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" }));
  }) as typeof fetch;
  const now = () => 1_795_000_000_000;
  const app = createEmulator({ now, fetch: fetcher, webhooks: { url: "http://app.test/" } });
  const given: Given = new Map();
  for (const [command, body] of [...worlds[document]!, ...more]) {
    const { ErrorCode, ErrorInfo } = await send(app, command, body, given);
    assert.is(ErrorCode, 0, `${command}: ${ErrorInfo}`);
  }
  return { app, given, callbacks: () => callbacks };
}

/** What all examples that only read are answered, and the one call that the effect is looked for with. */
async function shownBy(app: HonoApp, document: string, given: Given, shown: Effect["shown"]) {
  const answers: unknown[] = [];
  for (const { id, request, document: own } of catalogue.commands) {
    if (own !== document || !reads.has(id)) continue;
    answers.push(await send(app, id, request.example, new Map(given)));
  }
  if (shown) answers.push(await send(app, shown[0], shown[1], new Map(given)));
  return JSON.stringify(answers);
}

for (const document of Object.keys(worlds)) {
  test(`every write of ${document} shows an effect where coverage calls it emulated, and else none`, async () => {
    const without = new Map<string, string>();
    for (const { id, request, document: own } of catalogue.commands) {
      if (own !== document || reads.has(id)) continue;
      const { first = [], change, shown } = effects[id] ?? {};
      const more = [...before[id] ?? [], ...first];
      const key = JSON.stringify([more, shown]);
      if (!without.has(key)) {
        const twin = await worldFor(document, more);
        without.set(key, await shownBy(twin.app, document, twin.given, shown));
      }
      const { app, given, callbacks } = await worldFor(document, more);
      const earlier = callbacks();
      const body = { ...request.example as object, ...change };
      const { ErrorCode, ErrorInfo } = await send(app, id, body, given);
      assert.is(ErrorCode, 0, `${id}: ${ErrorInfo}`);
      const effect = callbacks() > earlier ||
        await shownBy(app, document, given, shown) !== without.get(key) ||
        (await send(app, id, body, given)).ErrorCode !== 0;
      assert.is(effect, row.get(id)!.status === "emulated", id);
    }
  });
}

test("the control API gives the same table", async () => {
  assert.equal(await control(createEmulator(), "GET", "coverage"), table);
});

test.run();

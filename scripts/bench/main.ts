/**
 * Runs the benches on every runtime and prints tables. `deno task bench user_sig` runs one of them,
 * `--on=deno,node` chooses runtimes.
 *
 * It measures and does not judge: on a busy machine the ratios hold better than the rates.
 */

import { installRuntimes } from "../runtimes.ts";
import { printGateway } from "./gateway_table.ts";
import { printUserSig } from "./user_sig_table.ts";

interface Bench {
  /** What runs on Deno, Bun and Node, and prints JSON as its last line. */
  file: string;
  /** What Node runs to measure inside workerd. */
  workerd?: string;
  /** Prints the JSON of each runtime. */
  print(answers: Record<string, string>): void;
}

const benches: Record<string, Bench> = {
  user_sig: {
    file: "scripts/bench/user_sig.ts",
    workerd: "scripts/bench/user_sig_workerd.mjs",
    print: printUserSig,
  },
  gateway: { file: "scripts/bench/gateway.ts", print: printGateway },
};

const names = Deno.args.filter((word) => !word.startsWith("--"));
const chosen = Deno.args.find((word) => word.startsWith("--on="))?.slice(5).split(",");
const unknown = names.find((name) => !(name in benches));
if (unknown !== undefined) {
  console.error(`No bench is called "${unknown}"; there are: ${Object.keys(benches).join(", ")}`);
  Deno.exit(2);
}

const { node, bun } = await installRuntimes();
for (const [name, bench] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const programs: Record<string, string[]> = {
    deno: [Deno.execPath(), "run", "-A", "--no-check", bench.file],
    bun: [bun, bench.file],
    node: [node, bench.file],
    ...bench.workerd && { workerd: [node, bench.workerd] },
  };
  const answers: Record<string, string> = {};
  // One after the other: they must not take each other's processor.
  for (const [runtime, [program, ...args]] of Object.entries(programs)) {
    if (chosen === undefined || chosen.includes(runtime)) {
      answers[runtime] = await lastLine(program!, args);
    }
  }
  bench.print(answers);
}

async function lastLine(program: string, args: string[]): Promise<string> {
  const child = new Deno.Command(program, { args, stdout: "piped", stderr: "inherit" });
  const { success, stdout } = await child.output();
  if (!success) throw new Error(`The bench failed: ${[program, ...args].join(" ")}`);
  return new TextDecoder().decode(stdout).trimEnd().split("\n").at(-1)!;
}

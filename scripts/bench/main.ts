/**
 * Runs the benches on every runtime and prints tables. `deno task bench user_sig` runs one of them,
 * `--on=deno,node` chooses runtimes.
 *
 * It measures and does not judge: on a busy machine the ratios hold better than the rates.
 */

import { installRuntimes } from "../runtimes.ts";
import { printCall, printSizes } from "./call_table.ts";
import { printGateway, printMemory } from "./gateway_table.ts";
import { printEmulator } from "./emulator_table.ts";
import { printWorker } from "./worker_table.ts";
import { printTypes } from "./types_table.ts";
import { printUserSig } from "./user_sig_table.ts";

interface Bench {
  /** What runs on Deno, Bun and Node, and prints JSON as its last line. */
  file: string;
  /** Arguments of it. @default {[]} */
  args?: string[];
  /** What Node runs to measure inside workerd. */
  workerd?: string;
  /** The runtimes that it runs on. @default {["deno", "bun", "node"]} */
  on?: string[];
  /** What the backend answers, in a process of its own; its address is the file's argument. */
  server?: object;
  /** Prints the JSON of each runtime. */
  print(answers: Record<string, string>): void;
}

const benches: Record<string, Bench> = {
  user_sig: {
    file: "scripts/bench/user_sig.ts",
    workerd: "scripts/bench/user_sig_workerd.mjs",
    print: printUserSig,
  },
  call: {
    file: "scripts/bench/call.ts",
    server: {
      ActionStatus: "OK",
      ErrorInfo: "",
      ErrorCode: 0,
      GroupInfo: [{ GroupId: "book-club" }],
    },
    print: printCall,
  },
  gateway: { file: "scripts/bench/gateway.ts", print: printGateway },
  memory: { file: "scripts/bench/gateway.ts", args: ["memory"], print: printMemory },
  types: { file: "scripts/bench/types.ts", on: ["node"], print: printTypes },
  sizes: { file: "scripts/bench/sizes.ts", on: ["deno"], print: printSizes },
  emulator: { file: "scripts/bench/emulator.ts", print: printEmulator },
  worker: { file: "scripts/bench/worker.ts", on: ["node"], print: printWorker },
};

const names = Deno.args.filter((word) => !word.startsWith("--"));
const chosen = Deno.args.find((word) => word.startsWith("--on="))?.slice(5).split(",");
const unknown = names.find((name) => !(name in benches));
if (unknown !== undefined) {
  console.error(`No bench is called "${unknown}"; there are: ${Object.keys(benches).join(", ")}`);
  Deno.exit(2);
}

const runtimes = await installRuntimes();
const { node, bun } = runtimes;
for (const [name, bench] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const server = bench.server &&
    Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answerWith(bench.server));
  const address = server ? [`http://127.0.0.1:${server.addr.port}`] : [];
  const args = [bench.file, ...address, ...bench.args ?? []];
  const programs: Record<string, string[]> = {
    deno: [Deno.execPath(), "run", "-A", "--no-check", ...args],
    bun: [bun, ...args],
    node: [node, ...args],
    ...bench.workerd && { workerd: [node, bench.workerd] },
  };
  const answers: Record<string, string> = {};
  // One after the other: they must not take each other's processor.
  for (const [runtime, [program, ...args]] of Object.entries(programs)) {
    if ((chosen ?? bench.on ?? [runtime]).includes(runtime)) {
      answers[runtime] = await lastLine(program!, args);
    }
  }
  bench.print(answers);
  await server?.shutdown();
}

function answerWith(answer: object): (request: Request) => Promise<Response> {
  const text = JSON.stringify(answer);
  return async (request) => {
    await request.arrayBuffer();
    return new Response(text, { headers: { "content-type": "application/json" } });
  };
}

async function lastLine(program: string, args: string[]): Promise<string> {
  const child = new Deno.Command(program, {
    args,
    stdout: "piped",
    stderr: "inherit",
    env: { TEST_PROGRAMS: JSON.stringify({ deno: Deno.execPath(), ...runtimes }) },
  });
  const { success, stdout } = await child.output();
  if (!success) throw new Error(`The bench failed: ${[program, ...args].join(" ")}`);
  return new TextDecoder().decode(stdout).trimEnd().split("\n").at(-1)!;
}

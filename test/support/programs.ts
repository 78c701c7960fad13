/**
 * Other programs, run from `*_node_test.ts`: runtimes, bundlers, npm.
 */

import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";

/** Paths of the runtimes; the older ones are missing where this system has no package of them. */
export interface Programs {
  deno: string;
  node: string;
  bun: string;
  node22?: string;
  node20?: string;
}

/** What a program's surroundings are; of this process's environment it gets only where programs are. */
export interface Surroundings {
  cwd?: string;
  env?: Record<string, string>;
}

/** A server that has said that it listens. */
export interface Started {
  /** What its words matched. */
  match: RegExpExecArray;
  /** All that it has printed. */
  output(): string;
  /** Asks it to end, and waits. */
  stop(): Promise<void>;
}

/** A program that takes longer hangs. */
const LIMIT_MS = 240_000;

/** Where the runtimes are, as `scripts/test.ts` found them. */
export function programs(): Programs {
  const found = process.env.TEST_PROGRAMS;
  if (found === undefined) throw new Error("TEST_PROGRAMS is not set: run deno task test");
  return JSON.parse(found);
}

/** Runs a program to its end and gives what it printed; throws when it fails, unless it may. */
export async function run(
  command: string[],
  where: Surroundings & { fails?: boolean } = {},
): Promise<string> {
  const { child, output } = launch(command, where);
  const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
  const code = await ended(child);
  clearTimeout(timer);
  if (code !== 0 && !where.fails) {
    throw new Error(`${command.join(" ")} ended with ${code}:\n${output()}`);
  }
  return output();
}

/** Starts a server and waits for the words that tell where it listens. */
export async function start(
  command: string[],
  listening: RegExp,
  where: Surroundings = {},
): Promise<Started> {
  const { child, output } = launch(command, where);
  const end = ended(child);
  const match = await new Promise<RegExpExecArray>((resolve, reject) => {
    const fail = (why: unknown) => {
      child.kill("SIGKILL");
      reject(new Error(`${command.join(" ")} ${why}:\n${output()}`));
    };
    const timer = setTimeout(() => fail("does not listen"), LIMIT_MS);
    const look = () => {
      const found = listening.exec(output());
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout!.on("data", look);
    child.stderr!.on("data", look);
    end.then((code) => fail(`ended with ${code}`));
  });
  return {
    match,
    output,
    stop: async () => {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await end;
      clearTimeout(timer);
    },
  };
}

function launch(
  [program, ...args]: string[],
  { cwd, env }: Surroundings,
): { child: ChildProcess; output: () => string } {
  const { PATH, HOME } = process.env;
  const child = spawn(program!, args, {
    cwd,
    env: { PATH, HOME, NO_COLOR: "1", ...env } as Record<string, string>,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  child.stdout.on("data", (chunk) => text += chunk);
  child.stderr.on("data", (chunk) => text += chunk);
  return { child, output: () => text };
}

function ended(child: ChildProcess): Promise<number | string | null> {
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(String(error)));
    child.on("close", (code, signal) => resolve(signal ?? code));
  });
}

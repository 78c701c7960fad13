/**
 * Runs `tim` in a process of its own, on the runtime that runs the tests.
 */

import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** A `tim` that runs. */
export interface TimProcess {
  /** What it has printed so far. */
  out: () => string;
  err: () => string;
  /** Waits until standard output matches. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Waits for its end, and tells its exit code or the signal that ended it. */
  ended: Promise<number | string | null>;
  child: ChildProcess;
}

/** What a `tim` that came to its end left behind. */
export interface Ended {
  code: number | string | null;
  stdout: string;
  stderr: string;
}

const PROGRAM = fileURLToPath(new URL("../../src/cli/bin.ts", import.meta.url));

/** The words that start `tim` on this runtime, with all permissions or with those given. */
export function timWords(permissions?: string[]): [program: string, ...args: string[]] {
  const flags = "deno" in process.versions
    ? ["run", "--quiet", "--no-check", ...permissions ?? ["-A"]]
    : permissions ?? [];
  return [process.execPath, ...flags, PROGRAM];
}

/**
 * Starts `tim`.
 *
 * @param args Arguments after the program.
 * @param env The environment, besides where programs are and a locale.
 * @param stdin What it reads.
 * @param permissions The runtime's own permission flags, in place of all.
 */
export function tim(
  args: string[],
  env: Record<string, string> = {},
  stdin = "",
  permissions?: string[],
): TimProcess {
  const [program, ...words] = timWords(permissions);
  const child = spawn(program, [...words, ...args], {
    env: {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      LANG: "C.UTF-8",
      NODE_NO_WARNINGS: "1",
      ...env,
    },
  });
  let out = "";
  let err = "";
  const waiting = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (chunk) => {
    out += chunk;
    for (const look of waiting) look();
  });
  child.stderr.setEncoding("utf8").on("data", (chunk) => err += chunk);
  child.stdin.end(stdin);
  const ended = new Promise<number | string | null>((resolve) =>
    child.on("close", (code, signal) => resolve(signal ?? code))
  );
  return {
    child,
    ended,
    out: () => out,
    err: () => err,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(out);
          if (match === null) return;
          waiting.delete(look);
          resolve(match);
        };
        waiting.add(look);
        ended.then((code) =>
          reject(new Error(`tim ended (${code}) before ${pattern}:\n${out}${err}`))
        );
        look();
      }),
  };
}

/** Runs `tim` to its end; after a minute it is ended. */
export async function runCli(
  args: string[],
  env: Record<string, string> = {},
  permissions?: string[],
): Promise<Ended> {
  const running = tim(args, env, "", permissions);
  const timer = setTimeout(() => running.child.kill("SIGKILL"), 60_000);
  const code = await running.ended;
  clearTimeout(timer);
  return { code, stdout: running.out(), stderr: running.err() };
}

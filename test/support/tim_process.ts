import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";

/** A `tim` command that runs on the runtime of the test itself. */
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

/** Starts `tim` with arguments; of the environment it gets only what is named, and where programs are. */
export function tim(args: string[], env: Record<string, string> = {}, stdin = ""): TimProcess {
  const runtime = "Deno" in globalThis ? ["run", "--quiet", "-A", "--no-check"] : [];
  const child = spawn(process.execPath, [...runtime, "src/cli/bin.ts", ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env } as Record<string, string>,
  });
  let out = "";
  let err = "";
  const waiting = new Set<() => void>();
  child.stdout.on("data", (chunk) => {
    out += chunk;
    for (const look of waiting) look();
  });
  child.stderr.on("data", (chunk) => err += chunk);
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

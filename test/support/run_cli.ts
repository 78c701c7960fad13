/**
 * Runs the command line in a process of its own, on the runtime that runs the tests.
 */

import { spawn } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** What a process left behind. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

const MAIN = fileURLToPath(new URL("../../src/cli/bin.ts", import.meta.url));

/** How this runtime starts a program, with all permissions or with those given. */
function runtimeArgs(permissions?: string[]): string[] {
  if ("deno" in process.versions) return ["run", "--quiet", "--no-check", ...permissions ?? ["-A"]];
  return permissions ?? [];
}

/**
 * Runs `tim` with these arguments.
 *
 * @param args Arguments after the program.
 * @param env The whole environment besides `PATH`.
 * @param permissions The runtime's own permission flags, in place of all.
 */
export function runCli(
  args: string[],
  env: Record<string, string> = {},
  permissions?: string[],
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...runtimeArgs(permissions), MAIN, ...args], {
      env: {
        PATH: process.env.PATH ?? "",
        HOME: process.env.HOME ?? "",
        LANG: "C.UTF-8",
        NODE_NO_WARNINGS: "1",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 60_000,
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => stdout += text);
    child.stderr.setEncoding("utf8").on("data", (text: string) => stderr += text);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

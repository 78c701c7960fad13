/**
 * The npm package as a user gets it: built, packed and installed into an empty folder. Made once, for all
 * tests that ask.
 */

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { programs, run } from "./programs.ts";

/** Where the package is. */
export interface Packed {
  /** The tarball. */
  tarball: string;
  /** A folder whose `node_modules` has the package, and a copy of `examples/`. */
  folder: string;
}

let made: Promise<Packed> | undefined;

/** Builds and installs the package, the first time. */
export function packed(): Promise<Packed> {
  return made ??= make();
}

/** Installs packages into a folder, of which what npm has already is not fetched again. */
export async function npmInstall(folder: string, packages: string[]): Promise<void> {
  const flags = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
  await run(["npm", "install", ...flags, ...packages], { cwd: folder });
}

async function make(): Promise<Packed> {
  const root = mkdtempSync(join(tmpdir(), "tim-edge-package-"));
  process.on("exit", () => rmSync(root, { recursive: true, force: true }));
  const printed = await run(
    [programs().deno, "run", "-A", "scripts/build_npm.ts", `--out=${root}/npm`],
    // As in the workflow that publishes.
    { env: { GITHUB_REPOSITORY: "someone/tim-edge" } },
  );
  const tarball = resolve(/^ready: (.+)$/m.exec(printed)![1]!);
  const folder = join(root, "project");
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  cpSync("examples", join(folder, "examples"), { recursive: true });
  await npmInstall(folder, [tarball, "@types/node@26.6.6"]);
  return { tarball, folder };
}

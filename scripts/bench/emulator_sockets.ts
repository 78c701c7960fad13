/**
 * What the emulator's bench measures with other programs: calls over sockets, and starts.
 */

import { spawn } from "node:child_process";
import process from "node:process";
import type { HonoApp } from "../../src/emulator/mod.ts";
import { serveEmulator } from "../../src/runtime/serve_emulator.ts";

const STARTS = 9;
const runtime = "Deno" in globalThis ? ["run", "--quiet", "-A", "--no-check"] : [];

/** From the start of `tim emulator` to its first line, in milliseconds: the median of some starts. */
export async function startMs(): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < STARTS; n++) {
    const started = performance.now();
    const args = [...runtime, "src/cli/bin.ts", "emulator", "--port", "0"];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    await new Promise<void>((resolve, reject) => {
      child.stdout.on("data", (chunk) => /backend on http/.test(String(chunk)) && resolve());
      child.once("exit", () => reject(new Error("The emulator ended")));
    });
    times.push(performance.now() - started);
    child.kill("SIGKILL");
    await ended;
  }
  return times.toSorted((a, b) => a - b)[STARTS >> 1]!;
}

/** Calls of one command over sockets: how many a second of this process's processor time. */
export async function socketRate(
  emulator: HonoApp,
  path: string,
  body: object,
  calls: number,
): Promise<number> {
  const server = await serveEmulator((request) => emulator.fetch(request), {
    hostname: "127.0.0.1",
    port: 0,
  });
  const { hostname, port } = new URL(server.url);
  const target = { hostname, port: Number(port), path, body: JSON.stringify(body), headers: {} };
  const before = process.cpuUsage();
  const file = "scripts/bench/emulator_load.ts";
  const args = [...runtime, file, JSON.stringify(target), String(calls)];
  const child = spawn(process.execPath, args, { stdio: "inherit" });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  if (code !== 0) throw new Error(`The load ended with ${code}`);
  const { user, system } = process.cpuUsage(before);
  await server.close();
  return calls / (user + system) * 1e6;
}

/**
 * Calls of `tim emulator` over sockets: its processor time for each, its memory, and how long it takes to start.
 */

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import process from "node:process";
import { signUserSig } from "../../mod.ts";
import { EMULATOR_APP } from "../../src/emulator/mod.ts";
import { load } from "./gateway_load.ts";

/** What was measured. */
export interface SocketFigures {
  /** From the start of the program to its first line, in milliseconds: the median. */
  startMs: number;
  /** Calls a second that one core would answer. */
  rate: number;
  /** The program's memory after the first and after the last tenth of the calls. */
  memoryMiB: [first: number, last: number];
}

const STARTS = 9;
const CALLS = 20_000;
const PARTS = 10;
/** Clock ticks a second, in /proc. */
const TICKS = 100;

interface Running {
  pid: number;
  url: string;
  ms: number;
  stop(): Promise<void>;
}

function start(): Promise<Running> {
  const deno = "Deno" in globalThis ? ["run", "--quiet", "-A", "--no-check"] : [];
  const started = performance.now();
  const args = [...deno, "src/cli/bin.ts", "emulator", "--port", "0", "--quiet"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return new Promise((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      const url = /backend on (http:\S+)/.exec(String(chunk))?.[1];
      if (!url) return;
      const stop = () => {
        child.kill("SIGKILL");
        return ended;
      };
      resolve({ pid: child.pid!, url, ms: performance.now() - started, stop });
    });
    ended.then(() => reject(new Error("The emulator ended")));
  });
}

/** Processor time so far, in milliseconds, and resident memory, in MiB; on Linux. */
function usage(pid: number): { cpu: number; memory: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return {
    cpu: (Number(fields[11]) + Number(fields[12])) * 1000 / TICKS,
    memory: Number(fields[21]) * 4096 / 2 ** 20,
  };
}

/** Measures; nothing where there is no `/proc`. */
export async function overSockets(): Promise<SocketFigures | undefined> {
  if (process.platform !== "linux") return undefined;
  const starts: number[] = [];
  for (let n = 0; n < STARTS; n++) {
    const { ms, stop } = await start();
    starts.push(ms);
    await stop();
  }
  const { pid, url, stop } = await start();
  const usersig = await signUserSig({ ...EMULATOR_APP, identifier: "administrator" });
  const { hostname, port } = new URL(url);
  const target = {
    hostname,
    port: Number(port),
    path: `/v4/im_open_login_svc/account_check?sdkappid=${EMULATOR_APP.sdkAppId}` +
      `&identifier=administrator&usersig=${usersig}&random=1&contenttype=json`,
    body: JSON.stringify({ CheckItem: [{ UserID: "administrator" }] }),
    headers: { "content-type": "application/json" },
  };
  try {
    await load(target, Infinity, CALLS);
    const first = usage(pid);
    for (let part = 1; part < PARTS; part++) await load(target, Infinity, CALLS);
    const last = usage(pid);
    return {
      startMs: starts.toSorted((a, b) => a - b)[STARTS >> 1]!,
      rate: CALLS * (PARTS - 1) / (last.cpu - first.cpu) * 1000,
      memoryMiB: [first.memory, last.memory],
    };
  } finally {
    await stop();
  }
}

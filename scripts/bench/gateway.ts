/**
 * Requests a second through the gateway, beside a bare Hono `proxy()` in front of the same upstream. Runs on
 * Deno, Bun and Node; prints its figures as JSON, and a memory run with the word `memory`.
 *
 * Upstream, gateway and proxy are processes of their own; rounds alternate between the two. On a machine with
 * few cores all processes take from each other, so the processor time for a request is told too.
 */

import { spawn } from "node:child_process";
import process from "node:process";
import { SignJWT } from "jose";
import { load, type Target } from "./gateway_load.ts";

/** What one way came to. */
export interface GatewayFigures {
  way: string;
  /** Requests a second, the median of the rounds. */
  rate: number;
  /** The median of each round's rate beside the proxy's in the same round: what else runs hits both. */
  ratio: number;
  /** Processor time of the process for a request, in microseconds. */
  cpuMicros: number;
}

/** Memory at the start and after each tenth of the requests, in megabytes. */
export interface MemoryFigures {
  resident: number[];
  heap: number[];
}

const ROUNDS = 21;
const ROUND_MS = 500;
const MEMORY_REQUESTS = 200_000;
const PATH = "/v4/group_open_http_svc/get_group_info";
const BODY = JSON.stringify({
  GroupIdList: ["@TGS#1", "@TGS#2"],
  ResponseFilter: { GroupBaseInfoFilter: ["Type", "Name", "Introduction", "Owner_Account"] },
});

const secret = "a shared secret of thirty-two bytes";
const token = await new SignJWT({ iss: "login", aud: "chat", sub: "alice" })
  .setProtectedHeader({ alg: "HS256" })
  .setExpirationTime("1h")
  .sign(new TextEncoder().encode(secret));

interface Server {
  url: string;
  stop(): void;
}

const upstream = await start("upstream");
const servers: Record<string, Server> = {
  proxy: await start("proxy", upstream.url),
  gateway: await start("gateway", upstream.url),
  "gateway, no token cache": await start("gateway-uncached", upstream.url),
};
if (process.argv.includes("memory")) await memoryRun();
else await compare();
for (const { stop } of [upstream, ...Object.values(servers)]) stop();
process.exit(0);

async function compare(): Promise<void> {
  const ways = Object.keys(servers);
  const rates: Record<string, number[]> = {};
  const cpu: Record<string, number[]> = {};
  for (const way of ways) await load(target(way), 800);
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of round % 2 ? ways : ways.toReversed()) {
      const before = await cpuOf(way);
      const { requests, ms } = await load(target(way), ROUND_MS);
      (rates[way] ??= []).push(requests * 1000 / ms);
      (cpu[way] ??= []).push((await cpuOf(way) - before) / requests);
    }
  }
  const figures: GatewayFigures[] = ways.map((way) => ({
    way,
    rate: Math.round(median(rates[way]!)),
    ratio: median(rates[way]!.map((rate, round) => rate / rates.proxy![round]!)),
    cpuMicros: Math.round(median(cpu[way]!)),
  }));
  console.log("\n" + JSON.stringify(figures));
}

async function memoryRun(): Promise<void> {
  const figures: MemoryFigures = { resident: [], heap: [] };
  for (let part = 0; part <= 10; part++) {
    const { rss, heap } = await stateOf("gateway");
    figures.resident.push(Math.round(rss / 1e6));
    figures.heap.push(Math.round(heap / 1e6));
    if (part < 10) await load(target("gateway"), Infinity, MEMORY_REQUESTS / 10);
  }
  console.log("\n" + JSON.stringify(figures));
}

function target(way: string): Target {
  const { hostname, port } = new URL(servers[way]!.url);
  return {
    hostname,
    port: Number(port),
    path: PATH,
    body: BODY,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  };
}

async function stateOf(way: string): Promise<{ cpu: number; rss: number; heap: number }> {
  return await (await fetch(`${servers[way]!.url}/bench-state`)).json();
}

async function cpuOf(way: string): Promise<number> {
  return (await stateOf(way)).cpu;
}

async function start(role: string, upstreamUrl = ""): Promise<Server> {
  const deno = "Deno" in globalThis ? ["run", "-A", "--no-check"] : [];
  const file = new URL("./gateway_server.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [...deno, file, role, secret, upstreamUrl], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      const found = /LISTENING (\S+)/.exec(String(chunk));
      if (found) resolve(found[1]!);
    });
    child.on("exit", (code) => reject(new Error(`${role} ended with ${code}`)));
  });
  return { url, stop: () => void child.kill("SIGKILL") };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

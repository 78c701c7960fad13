import { spawn } from "node:child_process";
import net from "node:net";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Running } from "./tls_backend.ts";

/** More than any system's queue holds. */
const MOST = 5000;
/** A SYN on loopback that has no answer by then gets none, in milliseconds. */
const PATIENCE_MS = 400;

/** Starts a port of 127.0.0.1 that leaves SYNs unanswered, as a firewall does that drops packets. */
export async function startDeaf(): Promise<Running> {
  const script = fileURLToPath(new URL("deaf_server.mjs", import.meta.url));
  const runtime = "Deno" in globalThis ? ["run", "--quiet", "-A", "--no-check"] : [];
  const child = spawn(process.execPath, [...runtime, script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`the deaf server ended: ${code}`)));
    child.stdout!.once("data", (line) => resolve(Number(String(line))));
  });
  const held: net.Socket[] = [];
  const connects = () =>
    new Promise<boolean>((resolve) => {
      const socket = net.connect(port, "127.0.0.1");
      held.push(socket);
      const timer = setTimeout(() => resolve(false), PATIENCE_MS);
      socket.on("connect", () => {
        clearTimeout(timer);
        resolve(true);
      });
      socket.on("error", () => {});
    });
  // Twice, since a busy machine may be late once.
  while (held.length < MOST && (await connects() || await connects()));
  return {
    port,
    requests: [],
    connections: () => 0,
    close: () => {
      for (const socket of held) socket.destroy();
      child.kill("SIGKILL");
      return Promise.resolve();
    },
  };
}

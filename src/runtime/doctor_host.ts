/**
 * The doctor's machine on Deno, Bun and Node.
 *
 * @module
 */

import { getServers } from "node:dns";
import dns from "node:dns/promises";
import { readFile } from "node:fs/promises";
import process from "node:process";
import {
  type Address,
  type Connection,
  type DoctorPlatform,
  ProbeError,
  type SecureConnection,
  type SecureOptions,
  type TlsSession,
} from "../doctor/platform.ts";
import { probeError } from "./socket_faults.ts";
import { connect, secure } from "./sockets.ts";
import { askUdp } from "./udp.ts";

export type { Address, Connection, DoctorPlatform, SecureConnection, SecureOptions, TlsSession };
export type { PeerCertificate, ProbeError, ProbeErrorKind } from "../doctor/platform.ts";

/**
 * The machine this program runs on, for `runDoctor`.
 *
 * @example
 * ```ts
 * import { renderText, runDoctor } from "@tim/edge/doctor";
 * import { hostPlatform } from "@tim/edge/doctor/host";
 *
 * const report = await runDoctor({ platform: hostPlatform(), region: "sgp" });
 * console.log(renderText(report));
 * ```
 */
export function hostPlatform(): DoctorPlatform {
  return {
    runtime: runtimeName(),
    env: process.env,
    hostsFile: process.platform === "win32"
      ? `${process.env.SystemRoot ?? "C:\\Windows"}\\System32\\drivers\\etc\\hosts`
      : "/etc/hosts",
    readText: (path) => readFile(path, "utf8").catch(() => undefined),
    resolvers,
    now: () => Date.now(),
    elapsed: () => performance.now(),
    lookup,
    askUdp,
    fetch: (url, init) => fetch(url, init),
    connect,
    secure,
  };
}

async function lookup(host: string, limitMs: number): Promise<Address[]> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ProbeError("resolver-silent", `no answer within ${limitMs} ms`)),
      limitMs,
    );
  });
  try {
    const found = await Promise.race([dns.lookup(host, { all: true, order: "verbatim" }), late]);
    return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
  } catch (error) {
    throw probeError(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Deno names a single server twice, and a permission may be missing. */
function resolvers(): string[] {
  try {
    return [...new Set(getServers())];
  } catch {
    return [];
  }
}

function runtimeName(): DoctorPlatform["runtime"] {
  const { deno, bun, node } = process.versions as Record<string, string | undefined>;
  if (deno) return { name: "Deno", version: deno };
  if (bun) return { name: "Bun", version: bun };
  return { name: "Node", version: node ?? "" };
}

/**
 * What the fault laboratory is made of: a host on loopback, the doctor that looks at it, and ways to be ill.
 */

import type { RequestListener } from "node:http";
import {
  type DoctorOptions,
  type DoctorPlatform,
  type DoctorReport,
  runDoctor,
} from "../../../src/doctor/mod.ts";
import { hostPlatform } from "../../../src/runtime/doctor_host.ts";
import type { Authority, ServerIdentity } from "../../support/certificates.ts";
import { answerAsBackend, type Running, startBackend } from "../../support/tls_backend.ts";

/** The roots: the doctor is told to trust the first. */
export interface Roots {
  root: Authority;
  stranger: Authority;
}

/** What an examination came to. */
export interface Examined {
  report: DoctorReport;
  port: number;
  requests: string[];
  connections: number;
  tookMs: number;
}

/** One illness. */
export interface Fault {
  name: string;
  /** Takes seconds. */
  slow?: true;
  cause: string;
  status: "error" | "warning";
  /** The headline; PORT stands for the port. */
  sentence: string;
  /** What else the report must say. */
  lines?: RegExp[];
  examine(roots: Roots): Promise<Examined>;
}

/** Name under which the test hosts go. */
export const HOST = "api.test";

/** This machine, but with nothing in its configuration that could change the outcome. */
export function quietPlatform(changes: Partial<DoctorPlatform> = {}): DoctorPlatform {
  return {
    ...hostPlatform(),
    env: {},
    hostsFile: "/nowhere/hosts",
    resolvers: () => [],
    ...changes,
  };
}

/** Looks at a running server under its test name, and ends it. */
export async function examineServer(
  { root }: Roots,
  server: Running,
  options: Partial<DoctorOptions> = {},
): Promise<Examined> {
  const started = performance.now();
  try {
    const report = await runDoctor({
      platform: quietPlatform(),
      host: `${HOST}:${server.port}`,
      resolve: ["127.0.0.1"],
      extraCa: root.pem,
      ...options,
    });
    return {
      report,
      port: server.port,
      requests: server.requests,
      connections: server.connections(),
      tookMs: performance.now() - started,
    };
  } finally {
    await server.close();
  }
}

/** A host in good health. */
export async function examineHealthy(roots: Roots): Promise<Examined> {
  return await examineServer(roots, await startBackend(await roots.root.issue({ names: [HOST] })));
}

export const days = (count: number) =>
  new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10);

export function withCertificate(
  make: (roots: Roots) => Promise<ServerIdentity>,
): (roots: Roots) => Promise<Examined> {
  return async (roots) => await examineServer(roots, await startBackend(await make(roots)));
}

export function answering(
  answer: RequestListener,
  options?: Partial<DoctorOptions>,
): (roots: Roots) => Promise<Examined> {
  return async (roots) => {
    const identity = await roots.root.issue({ names: [HOST] });
    return await examineServer(roots, await startBackend(identity, answer), options);
  };
}

/** Answers one method in another way, and the rest as the backend does. */
export function only(method: string, answer: RequestListener): RequestListener {
  return (request, response) =>
    request.method === method ? answer(request, response) : answerAsBackend(request, response);
}

export function skewed(ms: number): (roots: Roots) => Promise<Examined> {
  const platform = quietPlatform();
  return answering(answerAsBackend, { platform: { ...platform, now: () => platform.now() + ms } });
}

export const page: RequestListener = (request, response) => {
  request.resume();
  response.setHeader("content-type", "text/html");
  response.end(request.method === "HEAD" ? undefined : "<!doctype html><title>Log in</title>");
};

/** An environment that sends calls through a proxy on every runtime. */
export function proxyEnv(port: number): Record<string, string> {
  return { HTTPS_PROXY: `http://user:secret@127.0.0.1:${port}`, NODE_USE_ENV_PROXY: "1" };
}

/** A hosts file with a line for the host, and what answers there. */
export function overridden(server: () => Promise<Running>): (roots: Roots) => Promise<Examined> {
  return async (roots) =>
    await examineServer(roots, await server(), {
      resolve: undefined,
      platform: quietPlatform({
        lookup: () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]),
        readText: (path) =>
          Promise.resolve(
            path === "/nowhere/hosts"
              ? "127.0.0.1 localhost\n\n# pinned\n 127.0.0.1\tother.test  API.test # since 2019\n"
              : undefined,
          ),
      }),
    });
}

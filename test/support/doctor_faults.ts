/**
 * Hosts that are ill in one way each, all on loopback, and what the doctor must say of them.
 */

import type { RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:tls";
import {
  type DoctorOptions,
  type DoctorPlatform,
  type DoctorReport,
  ProbeError,
  runDoctor,
} from "../../src/doctor/mod.ts";
import { hostPlatform } from "../../src/runtime/doctor_host.ts";
import { type Authority, createAuthority, type ServerIdentity } from "./certificates.ts";
import {
  answerAsBackend,
  closedPort,
  listen,
  type Running,
  startBackend,
  startProxy,
  startTcp,
} from "./tls_backend.ts";

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

const days = (count: number) =>
  new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10);

function withCertificate(
  make: (roots: Roots) => Promise<ServerIdentity>,
): (roots: Roots) => Promise<Examined> {
  return async (roots) => await examineServer(roots, await startBackend(await make(roots)));
}

function answering(
  answer: RequestListener,
  options?: Partial<DoctorOptions>,
): (roots: Roots) => Promise<Examined> {
  return async (roots) => {
    const identity = await roots.root.issue({ names: [HOST] });
    return await examineServer(roots, await startBackend(identity, answer), options);
  };
}

/** Answers one method in another way, and the rest as the backend does. */
function only(method: string, answer: RequestListener): RequestListener {
  return (request, response) =>
    request.method === method ? answer(request, response) : answerAsBackend(request, response);
}

function skewed(ms: number): (roots: Roots) => Promise<Examined> {
  const platform = quietPlatform();
  return answering(answerAsBackend, { platform: { ...platform, now: () => platform.now() + ms } });
}

const page: RequestListener = (request, response) => {
  request.resume();
  response.setHeader("content-type", "text/html");
  response.end(request.method === "HEAD" ? undefined : "<!doctype html><title>Log in</title>");
};

/** An environment that sends calls through a proxy on every runtime. */
export function proxyEnv(port: number): Record<string, string> {
  return { HTTPS_PROXY: `http://user:secret@127.0.0.1:${port}`, NODE_USE_ENV_PROXY: "1" };
}

/** A hosts file with a line for the host, and what answers there. */
function overridden(server: () => Promise<Running>): (roots: Roots) => Promise<Examined> {
  return async (roots) =>
    await examineServer(roots, await server(), {
      platform: quietPlatform({
        readText: (path) =>
          Promise.resolve(
            path === "/nowhere/hosts"
              ? "127.0.0.1 localhost\n\n# pinned\n 127.0.0.1\tother.test  API.test # since 2019\n"
              : undefined,
          ),
      }),
    });
}

/** Every illness the simple doctor knows. */
export const faults: readonly Fault[] = [
  {
    name: "a name that does not exist",
    cause: "name-unknown",
    status: "error",
    sentence: "The name something.invalid does not exist, says this machine's resolver.",
    lines: [/– TCP +skipped because DNS failed/],
    examine: async (roots) =>
      await examineServer(roots, await startTcp(() => {}), {
        host: "something.invalid",
        resolve: undefined,
      }),
  },
  {
    name: "a proxy variable that leads to a dead proxy",
    cause: "proxy-dead",
    status: "error",
    sentence: "RUNTIME sends every call through HTTPS_PROXY=http://127.0.0.1:",
    lines: [/and that proxy does not answer \(refused\)\./, /– DNS +skipped because Proxy failed/],
    examine: async (roots) =>
      await examineServer(roots, await startTcp(() => {}), {
        platform: quietPlatform({ env: proxyEnv(await closedPort()) }),
      }),
  },
  {
    name: "a proxy that wants other credentials",
    cause: "proxy-refuses",
    status: "error",
    sentence: "The proxy HTTPS_PROXY=http://127.0.0.1:",
    lines: [/does not let calls to api\.test through \(HTTP 407\)\./, /It wants credentials/],
    examine: async (roots) => {
      const proxy = await startProxy(407, 1);
      return await examineServer(roots, proxy, {
        platform: quietPlatform({ env: proxyEnv(proxy.port) }),
      });
    },
  },
  {
    name: "certificate checks that are switched off",
    cause: "trust-switched-off",
    status: "warning",
    sentence: "This machine's NODE_TLS_REJECT_UNAUTHORIZED=0 switches certificate checks off",
    examine: answering(answerAsBackend, {
      platform: quietPlatform({ env: { NODE_TLS_REJECT_UNAUTHORIZED: "0" } }),
    }),
  },
  {
    name: "a line in the hosts file that leads to a closed port",
    cause: "hosts-file",
    status: "error",
    sentence: "/nowhere/hosts overrides DNS for api.test with the line " +
      '"127.0.0.1 other.test API.test".',
    lines: [/✗ TCP +127\.0\.0\.1 refused/],
    examine: overridden(async () => {
      const server = await startTcp(() => {});
      await server.close();
      return server;
    }),
  },
  {
    name: "a line in the hosts file that leads somewhere else",
    cause: "hosts-file",
    status: "error",
    sentence: "/nowhere/hosts overrides DNS for api.test",
    lines: [/✗ TLS /],
    examine: overridden(() => startBackend()),
  },
  {
    name: "a resolver that sends the host into a sinkhole",
    cause: "wrong-address",
    status: "error",
    sentence: "The resolver sends console.tim.qq.com to 127.0.0.1 (loopback), where it cannot be.",
    lines: [/✗ Answers +127\.0\.0\.1 is loopback/],
    examine: async (roots) => {
      const server = await startBackend();
      return await examineServer(roots, server, {
        host: `console.tim.qq.com:${server.port}`,
        resolve: undefined,
        platform: quietPlatform({
          lookup: () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]),
        }),
      });
    },
  },
  {
    name: "a resolver that does not answer",
    cause: "resolver-silent",
    status: "error",
    sentence: "The DNS server does not answer: api.test got no address within 5 s.",
    examine: async (roots) =>
      await examineServer(roots, await startTcp(() => {}), {
        resolve: undefined,
        platform: quietPlatform({
          lookup: () => Promise.reject(new ProbeError("resolver-silent", "EAI_AGAIN")),
        }),
      }),
  },
  {
    name: "a service that is not HTTP behind TLS",
    cause: "post-failed",
    status: "error",
    sentence: "Calls to api.test get no proper answer (the answer is not HTTP).",
    examine: async (roots) => {
      const { key, cert } = await roots.root.issue({ names: [HOST] });
      const server = createTlsServer({ key, cert }, (socket) => {
        socket.on("error", () => {});
        socket.write("220 mail.test ESMTP\r\n");
      });
      return await examineServer(roots, await listen(server, []));
    },
  },
  {
    name: "one address of two that is dead",
    cause: "address-dead",
    status: "warning",
    sentence: "Port PORT answers on some addresses of the host, but not on 127.0.0.2.",
    lines: [/! TCP +127\.0\.0\.2 refused, 127\.0\.0\.1 in /],
    examine: answering(answerAsBackend, { resolve: ["127.0.0.2", "127.0.0.1"] }),
  },
  {
    name: "a closed port",
    cause: "port-refused",
    status: "error",
    sentence: "Port PORT of api.test is closed: the connection was refused 3 times.",
    lines: [/✗ TCP +127\.0\.0\.1 refused \(3 attempts\)/, /– Clock +skipped because TCP failed/],
    examine: async (roots) => {
      const server = await startTcp(() => {});
      await server.close();
      return await examineServer(roots, server);
    },
  },
  {
    name: "a server that accepts and says nothing",
    slow: true,
    cause: "tls-silent",
    status: "error",
    sentence: "api.test accepts the connection, but its TLS handshake does not come within 1 s.",
    lines: [/✓ TCP +connected to 127\.0\.0\.1 in /, /– POST +skipped because TLS failed/],
    examine: async (roots) =>
      await examineServer(roots, await startTcp(() => {}), { timeoutMs: 1000 }),
  },
  {
    name: "plain HTTP on the TLS port",
    cause: "not-tls",
    status: "error",
    sentence:
      "Port PORT of api.test does not speak TLS: plain HTTP or another protocol answers there.",
    examine: async (roots) => await examineServer(roots, await startBackend()),
  },
  {
    name: "a connection closed within the handshake",
    cause: "tls-reset",
    status: "error",
    sentence: "TCP connects, but the TLS handshake with api.test is cut off, 3 times out of 3.",
    examine: async (roots) =>
      await examineServer(
        roots,
        await startTcp((socket) => socket.once("data", () => socket.end())),
      ),
  },
  {
    name: "a connection reset within the handshake",
    cause: "tls-reset",
    status: "error",
    sentence: "TCP connects, but the TLS handshake with api.test is cut off, 3 times out of 3.",
    examine: async (roots) =>
      await examineServer(
        roots,
        await startTcp((socket) => socket.once("data", () => socket.resetAndDestroy())),
      ),
  },
  {
    name: "a server that has no safe version of TLS",
    cause: "tls-too-old",
    status: "error",
    sentence: "api.test offers only TLS versions that this runtime refuses as unsafe.",
    // A fatal alert, protocol_version, as such servers send it.
    examine: async (roots) =>
      await examineServer(
        roots,
        await startTcp((socket) =>
          socket.once("data", () => socket.end(Uint8Array.of(0x15, 3, 1, 0, 2, 2, 70)))
        ),
      ),
  },
  {
    name: "an expired certificate",
    cause: "certificate-expired",
    status: "error",
    sentence: `The certificate of api.test expired on ${days(-1)}; this machine's date is ${
      days(0)
    }.`,
    lines: [/✗ TLS +the certificate \(issuer Test Root\) ended on .*, 1 day ago/],
    examine: withCertificate(({ root }) =>
      root.issue({ names: [HOST], fromDays: -20, toDays: -1 })
    ),
  },
  {
    name: "a certificate that is not yet valid",
    cause: "certificate-not-yet-valid",
    status: "error",
    sentence: `The certificate of api.test is valid from ${days(2)} only; this machine's date is ${
      days(0)
    }.`,
    examine: withCertificate(({ root }) => root.issue({ names: [HOST], fromDays: 2 })),
  },
  {
    name: "a certificate that ends soon",
    cause: "certificate-expiring",
    status: "warning",
    sentence: `The certificate of api.test ends in 4 days, on ${days(5)}.`,
    examine: withCertificate(({ root }) => root.issue({ names: [HOST], toDays: 5 })),
  },
  {
    name: "a certificate for another host",
    cause: "wrong-host-name",
    status: "error",
    sentence: "Another server answers for api.test: its certificate is for DNS:portal.test, " +
      "IP Address:127.0.0.1.",
    examine: withCertificate(({ root }) => root.issue({ names: ["portal.test"] })),
  },
  {
    name: "an issuer that nobody knows",
    cause: "issuer-untrusted",
    status: "error",
    sentence:
      'The certificate of api.test comes from "Corporate Proxy", which this runtime does not trust.',
    lines: [/UNABLE_TO_VERIFY_LEAF_SIGNATURE/],
    examine: withCertificate(({ stranger }) => stranger.issue({ names: [HOST] })),
  },
  {
    name: "a proxy that decrypts and sends its own root",
    cause: "issuer-untrusted",
    status: "error",
    sentence:
      'The certificate of api.test comes from "Corporate Proxy", which this runtime does not trust.',
    lines: [/SELF_SIGNED_CERT_IN_CHAIN \(chain of 2\)/],
    examine: withCertificate(({ stranger }) => stranger.issue({ names: [HOST], withRoot: true })),
  },
  {
    name: "a product that decrypts",
    cause: "intercepted",
    status: "error",
    sentence:
      'TLS to api.test is decrypted on the way: its certificate comes from "Zscaler Root CA", ' +
      "which this runtime does not trust.",
    examine: async (roots) => {
      const zscaler = await createAuthority("Zscaler Root CA");
      const identity = await zscaler.issue({ names: [HOST], withRoot: true });
      return await examineServer(roots, await startBackend(identity));
    },
  },
  {
    name: "a product that decrypts and is trusted",
    cause: "intercepted",
    status: "warning",
    sentence: 'TLS to api.test is decrypted on the way: its certificate comes from "mitmproxy".',
    examine: async (roots) => {
      const proxy = await createAuthority("mitmproxy");
      const identity = await proxy.issue({ names: [HOST] });
      return await examineServer(roots, await startBackend(identity), { extraCa: proxy.pem });
    },
  },
  {
    name: "idle connections that die unseen",
    cause: "idle-connections-lost",
    status: "warning",
    sentence:
      "Idle connections to api.test die unseen: after 2.5 s a call over one fails (timeout).",
    slow: true,
    examine: async (roots) => {
      const answered = new WeakMap<object, number>();
      const answer = only("POST", (request, response) => {
        const before = answered.get(request.socket);
        answered.set(request.socket, performance.now());
        const idle = before !== undefined && performance.now() - before > 2000;
        if (!idle) answerAsBackend(request, response);
      });
      return await answering(answer, { idleMs: 2500 })(roots);
    },
  },
  {
    name: "HEAD answered 403",
    cause: "head-refused",
    status: "error",
    sentence: "HEAD / of api.test is answered 403 instead of 200 (server: waf).",
    lines: [/✓ POST +21 calls: p50 /],
    examine: answering(
      only("HEAD", (_, response) => response.writeHead(403, { server: "waf" }).end()),
    ),
  },
  {
    name: "HEAD redirected",
    cause: "redirected",
    status: "error",
    sentence: "HEAD / of api.test is redirected (302) to http://login.test/, " +
      "which the backend never does.",
    examine: answering(
      only(
        "HEAD",
        (_, response) => response.writeHead(302, { location: "http://login.test/" }).end(),
      ),
    ),
  },
  {
    name: "HEAD never answered",
    slow: true,
    cause: "head-silent",
    status: "error",
    sentence: "HEAD / of api.test gets no answer within 2 s.",
    examine: answering(only("HEAD", () => {}), { timeoutMs: 2000 }),
  },
  {
    name: "an HTML page in place of JSON",
    cause: "not-the-backend",
    status: "error",
    sentence:
      "Something else answers in place of api.test: a call gets an HTML page instead of JSON.",
    lines: [/the answer is text\/html, not JSON: <!doctype html><title>Log in<\/title>/],
    examine: answering(page),
  },
  {
    name: "JSON that is not the backend's",
    cause: "not-the-backend",
    status: "error",
    sentence: "Something else answers in place of api.test: its JSON is not the backend's.",
    examine: answering(only("POST", (request, response) => {
      request.resume();
      response.end('{"message":"no Route matched"}');
    })),
  },
  {
    name: "POST answered 502",
    cause: "post-refused",
    status: "error",
    sentence: "Calls to api.test are answered HTTP 502; the backend itself always answers 200.",
    examine: answering(only("POST", (request, response) => {
      request.resume();
      response.writeHead(502).end("bad gateway");
    })),
  },
  {
    name: "calls closed without an answer",
    cause: "post-failed",
    status: "error",
    sentence: "Calls to api.test get no proper answer (closed without an answer).",
    examine: answering(only("POST", (request) => request.socket.end())),
  },
  {
    name: "calls slower than the backend's limit",
    slow: true,
    cause: "post-slow",
    status: "error",
    sentence: "Calls to api.test are too slow",
    lines: [/✗ POST +6 calls: p50 3\.\d+ s, .* worst 3\.\d+ s of 3 s/, /✓ HEAD \/ +200/],
    examine: answering(only("POST", (request, response) => {
      setTimeout(() => answerAsBackend(request, response), 3200);
    })),
  },
  {
    name: "calls that are never answered",
    slow: true,
    cause: "http-silent",
    status: "error",
    sentence: "api.test takes calls but answers none of 3 within 4 s.",
    examine: answering(() => {}, { timeoutMs: 2000 }),
  },
  {
    name: "one call in ten that is never answered",
    slow: true,
    cause: "post-sometimes-silent",
    status: "error",
    sentence: "Only 1",
    examine: async (roots) => {
      let calls = 0;
      const answer = only("POST", (request, response) => {
        if (++calls % 10 !== 0) answerAsBackend(request, response);
      });
      return await answering(answer, { timeoutMs: 2000 })(roots);
    },
  },
  {
    name: "first bytes after 2.5 s",
    slow: true,
    cause: "post-near-limit",
    status: "warning",
    sentence: "Calls to api.test come near the backend's limit: worst 2.",
    lines: [/let clients wait \d+ s/],
    examine: answering(only("POST", (request, response) => {
      setTimeout(() => answerAsBackend(request, response), 2500);
    })),
  },
  {
    name: "large bodies that are never answered",
    slow: true,
    cause: "large-bodies-lost",
    status: "error",
    sentence: "Small calls to api.test are answered, but no body of 8 KB: large packets get lost.",
    lines: [/✓ POST +21 calls/, /✗ 8 KB +none of 3 bodies of 8 KB answered within 5 s/],
    examine: answering((request, response) => {
      if (Number(request.headers["content-length"] ?? 0) < 1400) answerAsBackend(request, response);
    }),
  },
  {
    name: "large bodies refused by a proxy",
    cause: "large-bodies-refused",
    status: "error",
    sentence: "Calls with 8 KB to api.test are refused on the way with HTTP 413.",
    examine: answering((request, response) => {
      if (Number(request.headers["content-length"] ?? 0) < 1400) {
        return answerAsBackend(request, response);
      }
      request.resume();
      request.on("end", () => response.writeHead(413, { server: "nginx" }).end());
    }),
  },
  {
    name: "a connection that announces its end after each answer",
    cause: "connections-closed",
    status: "warning",
    sentence: "api.test closes the connection after every answer",
    lines: [/! Reuse +closed after one answer \(connection: close\)/],
    examine: answering((request, response) => {
      response.setHeader("connection", "close");
      answerAsBackend(request, response);
    }),
  },
  {
    name: "a connection closed after each answer without a word",
    cause: "connections-closed",
    status: "warning",
    sentence: "api.test closes the connection after every answer",
    lines: [/! Reuse +closed after one answer; each call pays a handshake of /],
    examine: answering((request, response) => {
      response.on("finish", () => setTimeout(() => request.socket.end(), 5));
      answerAsBackend(request, response);
    }),
  },
  {
    name: "a clock 10 minutes ahead",
    cause: "clock-wrong",
    status: "error",
    sentence:
      "This machine's clock is 10 min ahead of the server's: a UserSig signed here claims to " +
      "come from the future, which the backend may refuse.",
    examine: skewed(600_000),
  },
  {
    name: "a clock 10 minutes behind",
    cause: "clock-wrong",
    status: "error",
    sentence:
      "This machine's clock is 10 min behind the server's: a UserSig signed here ends that much " +
      "earlier (code 70001, expired).",
    examine: skewed(-600_000),
  },
  {
    name: "a clock 2 minutes ahead",
    cause: "clock-off",
    status: "warning",
    sentence: "This machine's clock is 2 min ahead of the server's.",
    examine: skewed(120_000),
  },
];

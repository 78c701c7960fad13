/**
 * Hosts that are ill in one way each, all on loopback, and what the doctor must say of them.
 */

import type { RequestListener } from "node:http";
import { type DoctorOptions, type DoctorReport, runDoctor } from "../../src/doctor/mod.ts";
import { hostPlatform } from "../../src/runtime/doctor_host.ts";
import type { Authority, ServerIdentity } from "./certificates.ts";
import { answerAsBackend, type Running, startBackend, startTcp } from "./tls_backend.ts";

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

/** Looks at a running server under its test name, and ends it. */
export async function examineServer(
  { root }: Roots,
  server: Running,
  options: Partial<DoctorOptions> = {},
): Promise<Examined> {
  const started = performance.now();
  try {
    const report = await runDoctor({
      platform: hostPlatform(),
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
  const platform = hostPlatform();
  return answering(answerAsBackend, { platform: { ...platform, now: () => platform.now() + ms } });
}

const page: RequestListener = (request, response) => {
  request.resume();
  response.setHeader("content-type", "text/html");
  response.end(request.method === "HEAD" ? undefined : "<!doctype html><title>Log in</title>");
};

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
    cause: "tls-silent",
    status: "error",
    sentence: "api.test accepts the connection, but its TLS handshake does not come within 400 ms.",
    lines: [/✓ TCP +connected to 127\.0\.0\.1 in /, /– POST +skipped because TLS failed/],
    examine: async (roots) =>
      await examineServer(roots, await startTcp(() => {}), { timeoutMs: 400 }),
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
    sentence: "HEAD / of api.test gets no answer within 1 s.",
    examine: answering(only("HEAD", () => {}), { timeoutMs: 1000 }),
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
    examine: answering(() => {}, { timeoutMs: 500 }),
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
      return await answering(answer, { timeoutMs: 500 })(roots);
    },
  },
  {
    name: "first bytes after 2.5 s",
    slow: true,
    cause: "post-near-limit",
    status: "warning",
    sentence: "Calls to api.test come near the backend's limit: worst 2.",
    lines: [/let clients wait [678] s/],
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
    lines: [/✓ POST +21 calls/, /✗ 8 KB +none of 3 bodies of 8 KB answered within 4 s/],
    examine: answering((request, response) => {
      if (Number(request.headers["content-length"] ?? 0) < 1400) answerAsBackend(request, response);
    }, { timeoutMs: 1000 }),
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

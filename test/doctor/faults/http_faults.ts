/**
 * Illnesses of calls, connections and the clock.
 */

import { createServer as createTlsServer } from "node:tls";
import { answering, examineServer, type Fault, HOST, only, page, skewed } from "./examine.ts";
import { answerAsBackend, listen } from "../../support/tls_backend.ts";

/** Illnesses of calls, connections and the clock. */
export const httpFaults: readonly Fault[] = [
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
    name: "first bytes after 3.5 s, slower than the backend's limit",
    slow: true,
    cause: "post-slow",
    status: "error",
    sentence: "Calls to api.test are too slow",
    lines: [
      /✗ POST +\d+ calls, \d+ over 3 s: p50 [345]\.?\d* s, .* worst [345]\.?\d* s of 3 s/,
      /✓ HEAD \/ +200/,
    ],
    examine: answering(only("POST", (request, response) => {
      setTimeout(() => answerAsBackend(request, response), 3500);
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
    name: "first bytes after 2.9 s",
    slow: true,
    cause: "post-near-limit",
    status: "warning",
    sentence: "Calls to api.test come near the backend's limit: worst ",
    lines: [/! POST +\d+ calls.* p50 2\.9/, /let clients wait \d+ s/],
    examine: async (roots) => {
      const examine = answering(only("POST", (request, response) => {
        setTimeout(() => answerAsBackend(request, response), 2900);
      }));
      const examined = await examine(roots);
      // A machine that adds 100 ms to most of the calls is itself too slow for this fault; it gets another go.
      const busy = examined.report.findings.some(({ id }) => id === "post.slow");
      return busy ? await examine(roots) : examined;
    },
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
];

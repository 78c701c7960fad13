/** The servers of the gateway's bench: `upstream`, `proxy` or `gateway`, the secret, and the upstream's address. */

import process from "node:process";
import { writeSync } from "node:fs";
import { Hono } from "hono";
import { proxy } from "hono/proxy";
import { TimClient } from "../../mod.ts";
import { createGateway } from "../../src/hono/mod.ts";
import { serve } from "../../src/runtime/serve.ts";

type Fetch = (request: Request) => Response | Promise<Response>;

const [role, secret, upstream] = process.argv.slice(2) as [string, string, string];
const ANSWER = JSON.stringify({
  ActionStatus: "OK",
  ErrorInfo: "",
  ErrorCode: 0,
  RequestId: "Id-0123456789abcdef0123456789abcdef-O-Seq-1",
  GroupInfo: ["@TGS#1", "@TGS#2"].map((GroupId) => ({
    GroupId,
    ErrorCode: 0,
    ErrorInfo: "",
    Type: "Public",
    Name: "Morning coffee",
    Introduction: "Where the day begins",
    Owner_Account: "alice",
  })),
});

const roles: Record<string, () => Fetch> = {
  upstream: () => async (request) => {
    await request.text();
    return new Response(ANSWER, { headers: { "content-type": "application/json" } });
  },
  proxy: () => {
    const app = new Hono();
    app.all("*", (c) => proxy(`${upstream}${c.req.path}`, c.req));
    return app.fetch;
  },
  gateway: () => gateway(),
  "gateway-uncached": () => gateway(false),
};

/** With everything on: tokens, a rule with a condition, limits, and a log that is written. */
function gateway(cache?: false): Fetch {
  let lines: string[] = [];
  const app = createGateway({
    client: new TimClient({
      sdkAppId: 1400000000,
      secretKey: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
      baseUrl: upstream,
    }),
    jwt: {
      key: new TextEncoder().encode(secret),
      issuer: "login",
      audience: "chat",
      algorithms: ["HS256"],
      cache,
    },
    policy: [{
      roles: ["*"],
      commands: ["group_open_http_svc/get_group_info"],
      when: [{ field: "GroupIdList[]", startsWith: "@TGS#" }],
    }],
    commands: [{ service: "group_open_http_svc", command: "get_group_info", rateLimit: 1e9 }],
    limits: { perCaller: { calls: 1e9 }, perApp: { calls: 1e9 } },
    log: (record) => {
      lines.push(JSON.stringify(record));
      if (lines.length < 256) return;
      writeSync(log, lines.join("\n") + "\n");
      lines = [];
    },
  });
  return (request) => app.fetch(request);
}

const { openSync } = await import("node:fs");
const log = openSync("/dev/null", "w");
const answer = roles[role]!();
const { url } = await serve((request) => {
  if (!request.url.endsWith("/bench-state")) return answer(request);
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed: heap } = process.memoryUsage();
  return Response.json({ cpu: user + system, rss, heap });
}, { hostname: "127.0.0.1", port: 0 });
process.on("SIGINT", () => process.exit(0));
console.log(`LISTENING ${url}`);

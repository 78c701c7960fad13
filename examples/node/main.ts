/** A Hono app on Node with the gateway under /tim, which ends in order. */
import process from "node:process";
import { serve } from "@hono/node-server";
import { TimClient } from "@tim/edge";
import { createGateway } from "@tim/edge/hono";
import { Hono } from "hono";

const gateway = createGateway({
  client: new TimClient({
    sdkAppId: Number(process.env.TIM_SDK_APP_ID),
    secretKey: process.env.TIM_SECRET_KEY!,
    baseUrl: process.env.TIM_BASE_URL,
    region: process.env.TIM_REGION,
  }),
  jwt: {
    key: new TextEncoder().encode(process.env.LOGIN_SECRET), // or jwksUrl, with ["ES256"]
    issuer: "https://login.example.com",
    audience: "chat",
    algorithms: ["HS256"],
  },
  policy: [
    { roles: ["*"], commands: ["group_open_http_svc/get_group_info"] },
    { roles: ["*"], commands: ["openim/sendmsg"], set: { From_Account: "$caller" } },
  ],
});

const app = new Hono()
  .get("/", (context) => context.text("An app of your own"))
  .route("/tim", gateway);

const server = serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) }, ({ port }) => {
  console.log(`http://localhost:${port}/tim`);
});
process.once("SIGTERM", async () => {
  await gateway.drain(); // /tim/readyz says so, and what is under way gets its answer
  server.close();
});

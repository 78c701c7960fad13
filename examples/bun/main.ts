/** The gateway on Bun. */
import process from "node:process";
import { TimClient } from "@tim/edge";
import { createGateway } from "@tim/edge/hono";

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

export default {
  port: Number(process.env.PORT ?? 3000),
  idleTimeout: 60, // ten seconds, as usual, would cut off whoever waits for a slow backend
  fetch: (request: Request) => gateway.fetch(request),
};

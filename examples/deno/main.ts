/** The gateway on Deno. */
import { TimClient } from "@tim/edge";
import { createGateway } from "@tim/edge/hono";

const gateway = createGateway({
  client: new TimClient({
    sdkAppId: Number(Deno.env.get("TIM_SDK_APP_ID")),
    secretKey: Deno.env.get("TIM_SECRET_KEY")!,
    baseUrl: Deno.env.get("TIM_BASE_URL"),
    region: Deno.env.get("TIM_REGION"),
  }),
  jwt: {
    key: new TextEncoder().encode(Deno.env.get("LOGIN_SECRET")), // or jwksUrl, with ["ES256"]
    issuer: "https://login.example.com",
    audience: "chat",
    algorithms: ["HS256"],
  },
  policy: [
    { roles: ["*"], commands: ["group_open_http_svc/get_group_info"] },
    { roles: ["*"], commands: ["openim/sendmsg"], set: { From_Account: "$caller" } },
  ],
});

export default { fetch: (request) => gateway.fetch(request) } satisfies Deno.ServeDefaultExport;

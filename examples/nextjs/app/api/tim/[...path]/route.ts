/** The gateway as a Next.js route handler, under /api/tim. */
import process from "node:process";
import { TimClient } from "@tim/edge";
import { createGateway } from "@tim/edge/hono";
import { Hono } from "hono";

// Made at the first request: `next build` loads this file too, where there should be no key.
let app: ReturnType<typeof makeApp> | undefined;

function makeApp() {
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
  return new Hono().route("/api/tim", gateway);
}

const handle = (request: Request) => (app ??= makeApp()).fetch(request);

export { handle as GET, handle as POST };

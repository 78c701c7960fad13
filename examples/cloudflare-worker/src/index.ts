/** The gateway as a Worker: limits that are exact for all locations, and the region by configuration. */
import { TimClient } from "@tim/edge";
import {
  createGateway,
  durableIdempotency,
  durableLimiter,
  type DurableNamespace,
  type Gateway,
} from "@tim/edge/hono";

export { GatewayObject } from "@tim/edge/hono"; // bound as TIM_EDGE in wrangler.jsonc

interface Env {
  TIM_SDK_APP_ID: string;
  TIM_SECRET_KEY: string;
  TIM_REGION: string;
  TIM_BASE_URL?: string;
  LOGIN_SECRET: string;
  TIM_EDGE: DurableNamespace;
}

// One for all requests of an isolate: it remembers verified tokens.
let gateway: Gateway | undefined;

function makeGateway(env: Env) {
  return createGateway({
    client: new TimClient({
      sdkAppId: Number(env.TIM_SDK_APP_ID),
      secretKey: env.TIM_SECRET_KEY,
      ...(env.TIM_BASE_URL ? { baseUrl: env.TIM_BASE_URL } : { region: env.TIM_REGION }),
    }),
    jwt: {
      key: new TextEncoder().encode(env.LOGIN_SECRET), // or jwksUrl, with ["ES256"]
      issuer: "https://login.example.com",
      audience: "chat",
      algorithms: ["HS256"],
    },
    policy: [
      { roles: ["*"], commands: ["group_open_http_svc/get_group_info"] },
      { roles: ["*"], commands: ["openim/sendmsg"], set: { From_Account: "$caller" } },
    ],
    limits: { perCaller: durableLimiter(env.TIM_EDGE, { calls: 20, perSeconds: 10 }) },
    idempotency: { store: durableIdempotency(env.TIM_EDGE) },
  });
}

export default {
  // With the context, audit records and callbacks may go on after the answer.
  fetch: (request: Request, env: Env, context: Parameters<Gateway["fetch"]>[2]) =>
    (gateway ??= makeGateway(env)).fetch(request, env, context),
};

/**
 * What the compiler must accept, refuse and infer of the gateway; `deno check` is the test.
 */

import { Hono } from "hono";
import { hc } from "hono/client";
import { TimClient } from "../../mod.ts";
import { commands } from "../../src/api/mod.ts";
import {
  createGateway,
  type Gateway,
  type GatewayOptions,
  hashApiKey,
  memoryLimiter,
  type Policy,
  type UserSigAnswer,
} from "../../src/hono/mod.ts";
import { type Equal, holds, type IsAny } from "../support/type_claims.ts";

const client = new TimClient({ sdkAppId: 1400000000, secretKey: "f".repeat(64) });
const jwt = {
  jwksUrl: "https://login.example.com/jwks",
  issuer: "login",
  audience: "chat",
  algorithms: ["ES256"],
};

export async function options() {
  const sha256 = await hashApiKey("tek_twenty characters at least");
  createGateway({
    client,
    jwt,
    commands,
    apiKeys: [{ sha256, identifier: "reports", roles: ["operator"] }],
    policy: [{ roles: ["*"], commands: ["openim/sendmsg"], set: { From_Account: "$caller" } }],
    limits: { perCaller: memoryLimiter({ calls: 20 }), perApp: false },
    log: ({ event, status }) => console.log(event, status),
  });
  // @ts-expect-error: who makes the calls?
  createGateway({ jwt });
  // @ts-expect-error: anybody could issue a token
  createGateway({ client, jwt: { ...jwt, issuer: undefined } });
  // @ts-expect-error: no such option
  createGateway({ client, jwt, allows: ["*"] });
  // @ts-expect-error: a rule is for roles
  createGateway({ client, jwt, policy: [{ commands: ["*"] }] });
  // @ts-expect-error: no such way
  createGateway({ client, jwt, limits: { whenStoreAway: "panic" } });
  // @ts-expect-error: only its hash is kept
  createGateway({ client, apiKeys: [{ key: "secret", identifier: "reports" }] });
  // @ts-expect-error: an answer is the caller, or nothing
  createGateway({ client, authenticate: () => "alice" });
}

const readOnly = { ...jwt, issuer: ["login"], audience: ["chat"], algorithms: ["ES256"] } as const;
export const fromReadOnly = { client, jwt: readOnly } satisfies GatewayOptions;

export const fromData = { client, jwt, policy: [] as Policy } satisfies GatewayOptions;

export function mounted() {
  const gateway = createGateway({ client, jwt });
  return new Hono().get("/", (context) => context.text("mine")).route("/tim", gateway);
}

export async function fromOutside() {
  const gateway = hc<Gateway>("https://gateway.example.com");
  const issued = await (await gateway.usersig.$post({ json: { expireSeconds: 60 } })).json();
  holds<Equal<typeof issued, UserSigAnswer>>();
  // @ts-expect-error: a number of seconds
  await gateway.usersig.$post({ json: { expireSeconds: "60" } });
  // @ts-expect-error: no such field
  await gateway.usersig.$post({ json: { expires: 60 } });

  const rules = await (await gateway.policy.$get()).json();
  holds<Equal<IsAny<typeof rules>, false>>();
  const answer = await (await gateway.v4[":service"][":command"].$post({
    param: { service: "openim", command: "sendmsg" },
    json: { To_Account: "bob" },
  })).json();
  holds<Equal<typeof answer.ErrorCode, number>>();
  // @ts-expect-error: which command?
  await gateway.v4[":service"][":command"].$post({ param: { service: "openim" }, json: {} });
  // @ts-expect-error: no such route
  gateway.admin;
}

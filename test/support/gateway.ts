import { SignJWT } from "jose";
import * as assert from "uvu/assert";
import { TimClient, type TimClientOptions } from "../../mod.ts";
import {
  createEmulator,
  EMULATOR_SDK_APP_ID,
  EMULATOR_SECRET_KEY,
  type HonoApp,
} from "../../src/emulator/mod.ts";
import {
  createGateway,
  type Gateway,
  type GatewayControl,
  type GatewayOptions,
} from "../../src/hono/mod.ts";

/** The emulator's app. */
export const app = { sdkAppId: EMULATOR_SDK_APP_ID, secretKey: EMULATOR_SECRET_KEY };
/** A command that needs no arguments. */
export const LIST = "/v4/group_open_http_svc/get_appid_group_list";
/** What the tests' tokens are signed with. */
export const secret = new TextEncoder().encode("a shared secret of thirty-two bytes");
/** What goes with it. */
export const jwt = { key: secret, issuer: "login", audience: "chat", algorithms: ["HS256"] };

/** A client of an emulator that needs no port. */
export function emulatorClient(
  emulator: HonoApp = createEmulator(),
  options: Partial<TimClientOptions> = {},
): TimClient {
  return new TimClient({
    ...app,
    baseUrl: "http://127.0.0.1:8788",
    fetch: async (url, init) => await emulator.request(url, init),
    ...options,
  } as TimClientOptions);
}

/** A gateway in front of an emulator of its own. */
export function gateway(
  options: Partial<GatewayOptions> = {},
  client: Partial<TimClientOptions> = {},
): Gateway & GatewayControl {
  return createGateway({
    client: emulatorClient(createEmulator(), client),
    jwt,
    log: false,
    allow: ["group_open_http_svc/*", "live_engine_http_srv/create_room"],
    ...options,
  });
}

/** A token of alice's, or of whomever the claims say. */
export function token(
  claims: Record<string, unknown> = {},
  key: Uint8Array = secret,
): Promise<string> {
  return new SignJWT({ iss: "login", aud: "chat", sub: "alice", ...claims })
    .setProtectedHeader({ alg: "HS256" })
    .setExpirationTime(claims.exp as number ?? "5m")
    .sign(key);
}

/** A POST with a token and a body; a text goes as it is. */
export function post(
  bearer: string | undefined,
  body: unknown = {},
  headers: Record<string, string> = {},
): RequestInit {
  return {
    method: "POST",
    headers: bearer === undefined ? headers : { authorization: `Bearer ${bearer}`, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  };
}

/** Reads a problem document; every refusal must be one. */
export async function problemOf(response: Response): Promise<Record<string, unknown>> {
  assert.is(response.headers.get("content-type"), "application/problem+json");
  const document = await response.json();
  assert.is(document.status, response.status);
  assert.is(document.requestId, response.headers.get("x-request-id"));
  return document;
}

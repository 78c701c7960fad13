/**
 * The examples' surroundings: an emulator that listens, and what their environment says of it.
 */

import { readFileSync } from "node:fs";
import { SignJWT } from "jose";
import * as assert from "uvu/assert";
import { TimClient, verifyUserSig } from "../../mod.ts";
import {
  createEmulator,
  EMULATOR_APP,
  type EmulatorOptions,
  type HonoApp,
} from "../../src/emulator/mod.ts";
import { serveEmulator } from "../../src/runtime/serve_emulator.ts";

/** What an example talks to. */
export interface Backend {
  emulator: HonoApp;
  tim: TimClient;
  /** `emulator.env`, with the address of this emulator. */
  env: Record<string, string>;
  /** That address alone, for programs that read `emulator.env` themselves. */
  address: { TIM_BASE_URL: string };
  close(): Promise<void>;
}

/** Starts an emulator with two users and a group of theirs. */
export async function startBackend(options: EmulatorOptions = {}): Promise<Backend> {
  const emulator = createEmulator(options);
  const { url, close } = await serveEmulator(async (request) => await emulator.fetch(request), {
    hostname: "127.0.0.1",
    port: 0,
  });
  const { sdkAppId, secretKey } = EMULATOR_APP;
  const tim = new TimClient({ sdkAppId, secretKey, baseUrl: url });
  await tim.call("im_open_login_svc/multiaccount_import", { Accounts: ["alice", "bob"] });
  await tim.call("group_open_http_svc/create_group", {
    GroupId: "book-club",
    Name: "Book club",
    Type: "Public",
    Owner_Account: "alice",
  });
  const address = { TIM_BASE_URL: url };
  return { emulator, tim, env: { ...readEnv(), ...address }, address, close };
}

function readEnv(): Record<string, string> {
  const lines = readFileSync("examples/emulator.env", "utf8").matchAll(/^(\w+)="?(.+?)"?$/gm);
  return Object.fromEntries([...lines].map(([, name, value]) => [name!, value!]));
}

/** A token as the examples' login issues it. */
export function loginToken(env: Record<string, string>, user = "alice"): Promise<string> {
  return new SignJWT({})
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer("https://login.example.com")
    .setAudience("chat")
    .setSubject(user)
    .setExpirationTime("5m")
    .sign(new TextEncoder().encode(env.LOGIN_SECRET));
}

/** Does with an example's gateway what its users would, and what they must not. */
export async function tryGateway(
  post: (path: string, body: object, token?: string) => Promise<Response>,
  { env, tim }: Backend,
): Promise<void> {
  const token = await loginToken(env);
  const read = (response: Response, status: number) => {
    assert.is(response.status, status);
    return response.json();
  };
  const groupInfo = "/v4/group_open_http_svc/get_group_info";
  await read(await post(groupInfo, { GroupIdList: ["book-club"] }), 401);
  const group = await read(await post(groupInfo, { GroupIdList: ["book-club"] }, token), 200);
  assert.is(group.GroupInfo[0].Name, "Book club");
  await read(
    await post("/v4/group_open_http_svc/destroy_group", { GroupId: "book-club" }, token),
    403,
  );
  const { userSig } = await read(await post("/usersig", {}, token), 200);
  const verdict = await verifyUserSig(userSig, {
    ...EMULATOR_APP,
    identifier: "alice",
  });
  assert.ok(verdict.valid, JSON.stringify(verdict));

  const MsgBody = [{ MsgType: "TIMTextElem", MsgContent: { Text: "hello" } }];
  const message = { From_Account: "bob", To_Account: "bob", MsgRandom: 7, MsgBody };
  const sent = await read(await post("/v4/openim/sendmsg", message, token), 200);
  assert.is(sent.ErrorCode, 0, sent.ErrorInfo);
  const { MsgList } = await tim.call("openim/admin_getroammsg", {
    Operator_Account: "bob",
    Peer_Account: "alice",
    MaxCnt: 10,
    MinTime: 0,
    MaxTime: 2 ** 31,
  });
  assert.is(MsgList![0]!.From_Account, "alice", "whoever the body said");
}

/** Posts to a gateway by HTTP. */
export function posting(
  base: string,
): (path: string, body: object, token?: string) => Promise<Response> {
  return (path, body, token) =>
    fetch(base + path, {
      method: "POST",
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
}

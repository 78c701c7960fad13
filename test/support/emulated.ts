import * as assert from "uvu/assert";
import { BaseClient, isApiError, signUserSig } from "../../mod.ts";
import {
  createEmulator,
  EMULATOR_ADMIN,
  EMULATOR_APP,
  type EmulatorApp,
  type EmulatorOptions,
  type HonoApp,
} from "../../src/emulator/mod.ts";
import { rejects } from "./rejects.ts";

/** An emulator without a port, and a client of it. */
export function emulated(options: EmulatorOptions = {}): { app: HonoApp; tim: BaseClient } {
  const app = createEmulator(options);
  return { app, tim: clientOf(app, options.apps?.[0] ?? EMULATOR_APP) };
}

/** A client of one app of an emulator. */
export function clientOf(app: HonoApp, { sdkAppId, secretKey, admins }: EmulatorApp): BaseClient {
  return new BaseClient({
    sdkAppId,
    secretKey,
    identifier: admins?.[0],
    baseUrl: "http://127.0.0.1:8788",
    fetch: async (url, init) => await app.request(url, init),
    // A refusal is to be seen, and not to be waited out.
    retry: false,
  });
}

/** Waits for a call to be refused, and tells with which code and text. */
export async function refused(call: Promise<unknown>): Promise<[code: number, info: string]> {
  const error = await rejects(call);
  assert.ok(isApiError(error), `expected an ApiError, got ${error}`);
  return [error.errorCode, error.errorInfo];
}

/** A request that may break any rule; what is left out is as it should be, `null` is not sent. */
export interface RawCall {
  method?: string;
  path?: string;
  sdkappid?: string | null;
  identifier?: string | null;
  usersig?: string | null;
  /** What the UserSig is signed with, where it differs from what the emulator wants. */
  signWith?: { secretKey?: string; identifier?: string };
  random?: string | null;
  contenttype?: string | null;
  body?: string | Uint8Array<ArrayBuffer>;
}

/** An answer's envelope. */
export interface RawAnswer {
  ActionStatus: string;
  ErrorCode: number;
  ErrorInfo: string;
  RequestId: string;
  [field: string]: unknown;
}

/** Sends a request as it stands. */
export async function send(app: HonoApp, call: RawCall): Promise<Response> {
  const {
    method = "POST",
    path = "/v4/im_open_login_svc/account_check",
    body = `{"CheckItem":[]}`,
    signWith,
    ...given
  } = call;
  const query = new URLSearchParams();
  const parameters = {
    sdkappid: String(EMULATOR_APP.sdkAppId),
    identifier: EMULATOR_ADMIN,
    usersig: given.usersig === undefined
      ? await signUserSig({
        ...EMULATOR_APP,
        identifier: given.identifier || EMULATOR_ADMIN,
        ...signWith,
      })
      : null,
    random: "4294967295",
    contenttype: "json",
    ...given,
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null) query.set(name, value);
  }
  return await app.request(`http://127.0.0.1:8788${path}?${query}`, {
    method,
    ...(method === "GET" || method === "HEAD" ? {} : { body }),
  });
}

/** Sends a request as it stands and reads the answer, whose status is always 200. */
export async function raw(app: HonoApp, call: RawCall): Promise<RawAnswer> {
  const response = await send(app, call);
  assert.is(response.status, 200);
  return await response.json();
}

import * as assert from "uvu/assert";
import { BaseClient, type Commands, isApiError } from "../../mod.ts";
import { createEmulator, EMULATOR_APP, type EmulatorOptions } from "../../src/emulator/mod.ts";
import { rejects } from "./rejects.ts";

/** Calls a command with the catalogue's types. */
export type Call = <Id extends keyof Commands>(
  command: Id,
  body: Commands[Id]["request"],
) => Promise<Commands[Id]["response"]>;

/** A clock that a test moves. */
export interface TestClock {
  /** Milliseconds since 1970. */
  now: number;
  /** The same in whole seconds. */
  readonly seconds: number;
  pass(seconds: number): void;
}

/** A clock that stands still until it is moved. */
function testClock(now = 1_795_000_000_000): TestClock {
  return {
    now,
    get seconds() {
      return Math.floor(this.now / 1000);
    },
    pass(seconds) {
      this.now += seconds * 1000;
    },
  };
}

/** Calls of an emulator of its own, with accounts in it and a clock to move. */
export async function calls(
  accounts: string[] = ["mira", "omar", "lin", "zoe"],
  options: EmulatorOptions = {},
): Promise<{ call: Call; clock: TestClock; tim: BaseClient }> {
  const clock = testClock();
  const now = () => clock.now;
  const app = createEmulator({ now, ...options });
  const tim = new BaseClient({
    sdkAppId: EMULATOR_APP.sdkAppId,
    secretKey: EMULATOR_APP.secretKey,
    baseUrl: "http://127.0.0.1:8788",
    fetch: async (url, init) => await app.request(url, init),
    now,
    // A refusal for too many calls is to be seen, and not to be waited out.
    retry: false,
  });
  const call: Call = async (command, body) =>
    (await tim.callInDetail(command, body as object)).answer as never;
  for (let at = 0; at < accounts.length; at += 100) {
    await call("im_open_login_svc/multiaccount_import", { Accounts: accounts.slice(at, at + 100) });
  }
  return { call, clock, tim };
}

/** Waits for a call to be refused, and tells with which code. */
export async function codeOf(refused: Promise<unknown>): Promise<number> {
  const error = await rejects(refused);
  assert.ok(isApiError(error), `expected an ApiError, got ${error}`);
  return error.errorCode;
}

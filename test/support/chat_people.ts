import { TimClient } from "../../mod.ts";
import { createEmulator, EMULATOR_APP, type EmulatorOptions } from "../../src/emulator/mod.ts";

/** Where the clock of {@linkcode people} begins, in seconds since 1970. */
export const NOW = 1_795_000_000;
/** A day in seconds. */
export const DAY = 86_400;

/** An emulator with accounts in it. */
export interface People {
  tim: TimClient;
  /** Sets the clock that both the emulator and the client go by, in seconds since 1970. */
  at: (seconds: number) => void;
}

/** Four accounts, unless others are named, and a clock that stands still. */
export async function people(
  Accounts = ["mira", "omar", "lin", "zoe"],
  options: EmulatorOptions = {},
): Promise<People> {
  let milliseconds = NOW * 1000;
  const now = () => milliseconds;
  const app = createEmulator({ now, ...options });
  const { sdkAppId, secretKey } = EMULATOR_APP;
  const tim = new TimClient({
    sdkAppId,
    secretKey,
    now,
    retry: false,
    baseUrl: "http://127.0.0.1:8788",
    fetch: async (url, init) => await app.request(url, init),
  });
  await tim.call("im_open_login_svc/multiaccount_import", { Accounts });
  return { tim, at: (seconds) => milliseconds = seconds * 1000 };
}

/** The body of a message that is one text. */
export function text(Text: string): [{ MsgType: "TIMTextElem"; MsgContent: { Text: string } }] {
  return [{ MsgType: "TIMTextElem", MsgContent: { Text } }];
}

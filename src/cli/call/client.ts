/**
 * Who makes the calls of `tim call`.
 *
 * @module
 */

import { documentedRate } from "../../api/documented_rate.ts";
import { TimClient } from "../../core/client.ts";
import {
  EMULATOR_ADMIN,
  EMULATOR_SDK_APP_ID,
  EMULATOR_SECRET_KEY,
} from "../../core/emulator_credentials.ts";
import { RateLimiter } from "../../core/rate_limit.ts";
import { type CliIo, UsageError } from "../io.ts";
import { readSettings, type Settings } from "../settings.ts";

/** Where `tim emulator` listens unless told otherwise. */
const EMULATOR_URL = "http://127.0.0.1:8788";

/** Makes the client, out of the environment or for the emulator; never faster than documented. */
export function clientOf(
  { emulator, verbose }: { emulator?: boolean; verbose?: boolean },
  io: CliIo,
): TimClient {
  const settings = emulator ? emulatorSettings(io) : readSettings(io.env);
  if (settings === undefined) {
    throw new UsageError(
      "TIM_SDK_APP_ID and TIM_SECRET_KEY are not set; to call tim emulator add --emulator",
    );
  }
  return new TimClient({
    ...settings,
    limiter: new RateLimiter({ rateOf: documentedRate }),
    ...(verbose && { debug: (line: string) => io.err(line.trimEnd() + "\n") }),
  });
}

function emulatorSettings({ env }: CliIo): Settings {
  return {
    sdkAppId: EMULATOR_SDK_APP_ID,
    secretKey: EMULATOR_SECRET_KEY,
    identifier: EMULATOR_ADMIN,
    baseUrl: env.TIM_BASE_URL || EMULATOR_URL,
  };
}

import { createEmulator, EMULATOR_APP } from "../../src/emulator/mod.ts";
import { serve } from "../../src/runtime/serve.ts";

/** An emulator that listens, and the environment with which `tim` calls it. */
export interface ServedEmulator {
  env: { TIM_SDK_APP_ID: string; TIM_SECRET_KEY: string; TIM_BASE_URL: string };
  close(): Promise<void>;
}

/** Starts one on a free port of loopback. */
export async function serveEmulator(): Promise<ServedEmulator> {
  const emulator = createEmulator();
  const { url, close } = await serve((request) => emulator.fetch(request), {
    hostname: "127.0.0.1",
    port: 0,
  });
  return {
    env: {
      TIM_SDK_APP_ID: String(EMULATOR_APP.sdkAppId),
      TIM_SECRET_KEY: EMULATOR_APP.secretKey,
      TIM_BASE_URL: url,
    },
    close,
  };
}

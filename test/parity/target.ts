/** Where the suite is pointed: at the emulator in this process, or at the app that the environment names. */

import { regions } from "../../mod.ts";
import { readSettings } from "../../src/cli/settings.ts";
import { checkEmulatorKey } from "../../src/core/base_url.ts";
import { redact } from "../../src/core/redact.ts";
import { createEmulator, EMULATOR_ADMIN, EMULATOR_APP } from "../../src/emulator/mod.ts";
import type { Target } from "./caller.ts";

/** The emulator, with no port. */
export function emulatorTarget(): Target {
  const emulator = createEmulator();
  return {
    ...EMULATOR_APP,
    identifier: EMULATOR_ADMIN,
    baseUrl: "http://127.0.0.1:8788",
    fetch: async (url, init) => await emulator.request(url, init),
  };
}

/**
 * The app of `TIM_SDK_APP_ID`, `TIM_SECRET_KEY`, `TIM_IDENTIFIER` and `TIM_REGION` or `TIM_BASE_URL`.
 *
 * @throws {Error} When the environment does not name one.
 */
export function appTarget(env: Record<string, string | undefined>): Target {
  const settings = readSettings(env);
  if (settings) {
    checkEmulatorKey(settings.secretKey, settings.baseUrl, false);
    return { ...settings, paced: true };
  }
  throw new Error(
    "TIM_PARITY is set, but no app is: set TIM_SDK_APP_ID and TIM_SECRET_KEY, and TIM_REGION or " +
      "TIM_BASE_URL; TIM_IDENTIFIER, where its administrator is not called administrator",
  );
}

/** What may be told of a target: the region, never the app or an address of one's own. */
export function placeOf({ baseUrl }: Target): string {
  const { host } = new URL(baseUrl);
  return regions.find((region) => region.host === host)?.id ?? "an address of its own";
}

/** Takes out of a text what is the app's own and of nobody else's concern. */
export function scrubbed(text: string, { sdkAppId, secretKey, identifier }: Target): string {
  return redact(text)
    .replaceAll(secretKey, "<key>")
    .replaceAll(String(sdkAppId), "<app>")
    .replaceAll(`"${identifier}"`, '"$administrator"');
}

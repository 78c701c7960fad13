/**
 * The apps that an emulator knows: their ids, keys and administrators.
 *
 * @module
 */

import {
  EMULATOR_ADMIN,
  EMULATOR_SDK_APP_ID,
  EMULATOR_SECRET_KEY,
} from "../core/emulator_credentials.ts";
import { ConfigError } from "../core/errors.ts";
import { checkIdentifier, checkSdkAppId, checkSecretKey } from "../core/user_sig_rules.ts";

/**
 * One app of an emulator.
 *
 * @example An app of the free edition, with an administrator of its own
 * ```ts
 * import { createEmulator, type EmulatorApp } from "@tim/edge/emulator";
 *
 * const app: EmulatorApp = {
 *   sdkAppId: 1400000001,
 *   secretKey: "a key for tests",
 *   admins: ["root"],
 *   trial: true,
 * };
 * const emulator = createEmulator({ apps: [app] });
 * const { apps } = await (await emulator.request("/_emulator/state")).json();
 * console.log(apps[0].sdkAppId, apps[0].admins[0], apps[0].trial); // 1400000001 root true
 * ```
 */
export interface EmulatorApp {
  /** The app's id: 1 to 4294967295. */
  sdkAppId: number;
  /** Its secret key, with which UserSigs for it are signed. */
  secretKey: string;
  /** Its administrators, who alone may call commands. @default {["administrator"]} */
  admins?: readonly string[];
  /** Whether it has the free edition's limits: 100 accounts, groups of 20, and so on. @default {false} */
  trial?: boolean;
}

/**
 * The app with the well-known credentials; every emulator has it unless other apps are named.
 *
 * @example A client of an emulator that listens
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { EMULATOR_APP } from "@tim/edge/emulator";
 *
 * const { sdkAppId, secretKey } = EMULATOR_APP;
 * const tim = new TimClient({ sdkAppId, secretKey, baseUrl: "http://127.0.0.1:8788" });
 * console.log(tim.sdkAppId); // 88888888
 * ```
 */
export const EMULATOR_APP: EmulatorApp = {
  sdkAppId: EMULATOR_SDK_APP_ID,
  secretKey: EMULATOR_SECRET_KEY,
  admins: [EMULATOR_ADMIN],
};

/**
 * Reads the command line's way of naming an app, `SDKAPPID:KEY[:ADMIN]`.
 *
 * @example An app with an administrator of its own
 * ```ts
 * import { parseAppOption } from "@tim/edge/emulator";
 *
 * console.log(parseAppOption("1400000000:5bd2850fff3ecb11:root").admins); // ["root"]
 * ```
 *
 * @param text The option's value.
 * @returns The app; its administrator is `administrator` when none is named.
 * @throws {ConfigError} When a part is missing or breaks a rule; the key is never quoted.
 */
export function parseAppOption(text: string): EmulatorApp {
  const [id = "", secretKey = "", ...rest] = text.split(":");
  const form = "wanted SDKAPPID:KEY[:ADMIN] like 1400000000:5bd2850f...:administrator";
  if (!/^\d+$/.test(id)) {
    throw new ConfigError(`App option does not begin with an SDKAppID in digits, ${form}`);
  }
  if (secretKey === "") {
    throw new ConfigError(`App option for ${id} has no secret key after the colon, ${form}`);
  }
  const admin = rest.length > 0 ? rest.join(":") : EMULATOR_ADMIN;
  const app: EmulatorApp = { sdkAppId: Number(id), secretKey, admins: [admin] };
  checkApp(app);
  return app;
}

/** Refuses an app that breaks a rule. */
export function checkApp({ sdkAppId, secretKey, admins }: EmulatorApp): void {
  checkSdkAppId(sdkAppId);
  checkSecretKey(secretKey);
  if (admins?.length === 0) {
    throw new ConfigError(`App ${sdkAppId} has an empty list of admins; nobody could call it`);
  }
  admins?.forEach(checkIdentifier);
}

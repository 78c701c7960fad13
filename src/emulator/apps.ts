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
import { importSecretKey } from "../core/user_sig.ts";
import { checkIdentifier, checkSdkAppId, checkSecretKey } from "../core/user_sig_rules.ts";
import { World } from "./store/world.ts";

/** One app of an emulator. */
export interface EmulatorApp {
  /** The app's id: 1 to 4294967295. */
  sdkAppId: number;
  /** Its secret key, with which UserSigs for it are signed. */
  secretKey: string;
  /** Its administrators, who alone may call commands. @default {["administrator"]} */
  admins?: readonly string[];
}

/** The app with the well-known credentials; every emulator has it unless other apps are named. */
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

/** An app at work: its key, imported once, and its world. */
export class RunningApp {
  readonly sdkAppId: number;
  readonly admins: ReadonlySet<string>;
  readonly world: World;
  #key: string | CryptoKey;

  constructor(app: EmulatorApp) {
    checkApp(app);
    this.sdkAppId = app.sdkAppId;
    this.admins = new Set(app.admins ?? [EMULATOR_ADMIN]);
    this.world = new World(app.sdkAppId, this.admins);
    this.#key = app.secretKey;
  }

  /** The key, imported at its first use: an emulator may be made at a Worker's module scope. */
  async key(): Promise<CryptoKey> {
    // Only the finished key is kept: a Worker may not wait on another request's promise.
    if (typeof this.#key === "string") this.#key = await importSecretKey(this.#key);
    return this.#key;
  }
}

/** Sets the apps up, each with an empty world. */
export function runApps(apps: readonly EmulatorApp[]): ReadonlyMap<number, RunningApp> {
  if (apps.length === 0) {
    throw new ConfigError(
      "Emulator has no app; leave `apps` out to get the one with the well-known key",
    );
  }
  const running = new Map<number, RunningApp>();
  for (const app of apps) {
    if (running.has(app.sdkAppId)) {
      throw new ConfigError(`Emulator has two apps with SDKAppID ${app.sdkAppId}; name each once`);
    }
    running.set(app.sdkAppId, new RunningApp(app));
  }
  return running;
}

function checkApp({ sdkAppId, secretKey, admins }: EmulatorApp): void {
  checkSdkAppId(sdkAppId);
  checkSecretKey(secretKey);
  if (admins?.length === 0) {
    throw new ConfigError(`App ${sdkAppId} has an empty list of admins; nobody could call it`);
  }
  admins?.forEach(checkIdentifier);
}

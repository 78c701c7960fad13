/**
 * An app at work: its key, its administrators, its world.
 *
 * @module
 */

import { EMULATOR_ADMIN } from "../../core/emulator_credentials.ts";
import { importSecretKey } from "../../core/user_sig.ts";
import type { EmulatorApp } from "../apps.ts";
import type { Journal } from "./journal.ts";
import { KeptWorld } from "./kept_world.ts";

/** One app of the emulator. */
export class RunningApp extends KeptWorld {
  readonly sdkAppId: number;
  readonly admins: ReadonlySet<string>;
  /** UserSigs whose signature was found genuine, with whose they are and their last second. */
  readonly verified: Map<string, { identifier: string; expiresAt: number }> = new Map();
  #key: string | CryptoKey;

  constructor(app: EmulatorApp, journal: Journal) {
    const admins = new Set(app.admins ?? [EMULATOR_ADMIN]);
    super(app.sdkAppId, admins, app.trial ?? false, journal);
    this.sdkAppId = app.sdkAppId;
    this.admins = admins;
    this.#key = app.secretKey;
  }

  /** The key, imported at its first use: an emulator may be made at a Worker's module scope. */
  async key(): Promise<CryptoKey> {
    // Only the finished key is kept: a Worker may not wait on another request's promise.
    if (typeof this.#key === "string") this.#key = await importSecretKey(this.#key);
    return this.#key;
  }
}

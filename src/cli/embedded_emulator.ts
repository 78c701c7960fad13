/**
 * The emulator that `tim start` brings along, with something in it to look at.
 *
 * @module
 */

import { TimClient } from "../core/client.ts";
import {
  createEmulator,
  EMULATOR_ADMIN,
  EMULATOR_SDK_APP_ID,
  EMULATOR_SECRET_KEY,
} from "../emulator/mod.ts";
import { serveEmulator } from "../runtime/serve_emulator.ts";
import type { Settings } from "./settings.ts";

/** An emulator that runs, and how to reach it. */
export interface EmbeddedEmulator {
  settings: Settings;
  /** Has its callbacks sent to an address from now on, signed with a token. */
  sendCallbacks(url: string, token: string): Promise<void>;
}

/** Starts an emulator on loopback. */
export async function startEmbeddedEmulator(port: number): Promise<EmbeddedEmulator> {
  const emulator = createEmulator();
  const { url } = await serveEmulator((request) => emulator.fetch(request), {
    hostname: "127.0.0.1",
    port,
    portOption: "--emulator-port",
  });
  const settings: Settings = {
    sdkAppId: EMULATOR_SDK_APP_ID,
    secretKey: EMULATOR_SECRET_KEY,
    identifier: EMULATOR_ADMIN,
    baseUrl: url,
  };
  await fill(new TimClient(settings));
  return {
    settings,
    sendCallbacks: async (url, token) => {
      const body = JSON.stringify({ url, token });
      await emulator.request("/_emulator/webhooks", { method: "PUT", body });
    },
  };
}

/** A few accounts and groups, made by the calls that everybody makes. */
async function fill(tim: TimClient): Promise<void> {
  const people = [["alice", "Alice"], ["bob", "Bob"], ["ines", "Ines"]];
  for (const [UserID, Nick] of people) {
    await tim.call("im_open_login_svc/account_import", { UserID, Nick });
  }
  const groups = [["book-club", "Book club"], ["chess", "Chess"], ["running", "Running"]];
  for (const [GroupId, Name] of groups) {
    await tim.call("group_open_http_svc/create_group", {
      GroupId,
      Name,
      Type: "Public",
      Owner_Account: "alice",
    });
  }
}

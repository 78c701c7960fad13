import { signUserSig } from "../../mod.ts";
import { EMULATOR_ADMIN, EMULATOR_APP } from "../../src/emulator/mod.ts";

/** What stands behind the question mark of a call that the emulator's administrator makes by himself. */
export async function signedQuery(): Promise<string> {
  return new URLSearchParams({
    sdkappid: String(EMULATOR_APP.sdkAppId),
    identifier: EMULATOR_ADMIN,
    usersig: await signUserSig({ ...EMULATOR_APP, identifier: EMULATOR_ADMIN }),
    random: "1",
    contenttype: "json",
  }).toString();
}

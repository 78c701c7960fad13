/** The emulator judges what the vendor's own npm package signs. */

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createEmulator, EMULATOR_ADMIN, EMULATOR_APP } from "../../src/emulator/mod.ts";
import { raw } from "../support/emulated.ts";
import { Api } from "../support/official.ts";

const { sdkAppId, secretKey } = EMULATOR_APP;
const official = new Api(sdkAppId, secretKey);
const HOUR = 3600;

for (const identifier of [EMULATOR_ADMIN, "腾讯云", 'say "hi"', "a\\b", "😀"]) {
  test(`a UserSig of the official package lets ${identifier} in`, async () => {
    const app = createEmulator({ apps: [{ ...EMULATOR_APP, admins: [identifier] }] });
    for (const userBuf of [null, new TextEncoder().encode("a room")]) {
      const usersig = official.genSig(identifier, HOUR, userBuf);
      const answer = await raw(app, { identifier, usersig });
      assert.is(answer.ErrorCode, 0, answer.ErrorInfo);
    }
  });
}

test("one of another key, for another name or app, or that is over, is refused with its code", async () => {
  const app = createEmulator();
  const signed = (api = official, identifier = EMULATOR_ADMIN, expire = HOUR) =>
    raw(app, { usersig: api.genUserSig(identifier, expire) });
  assert.is((await signed(new Api(sdkAppId, "another key"))).ErrorCode, 70009);
  assert.is((await signed(official, "mira")).ErrorCode, 70013);
  assert.is((await signed(new Api(1400000000, secretKey))).ErrorCode, 70014);
  assert.is((await signed(official, EMULATOR_ADMIN, -HOUR)).ErrorCode, 70001);
});

test.run();

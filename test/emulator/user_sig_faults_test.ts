import { test } from "uvu";
import * as assert from "uvu/assert";
import { signPrivateMapKey, signUserSig } from "../../mod.ts";
import { createEmulator, EMULATOR_APP } from "../../src/emulator/mod.ts";
import golden from "../core/usersig-vectors.json" with { type: "json" };
import { raw } from "../support/emulated.ts";

for (const vector of golden.invalid) {
  const { sdkAppId, secretKey, identifier, userSig } = vector;
  // A call has no userbuf to compare with, so these two UserSigs are good.
  const code = vector.reason === "wrong-userbuf" ? 0 : vector.backendCode;
  test(`the emulator answers ${code} to the UserSig ${vector.name}`, async () => {
    const app = createEmulator({
      apps: [{ sdkAppId, secretKey, admins: [identifier] }],
      now: () => vector.now * 1000,
    });
    const answer = await raw(app, { sdkappid: String(sdkAppId), identifier, usersig: userSig });
    assert.is(answer.ErrorCode, code);
    assert.is(answer.ActionStatus, code === 0 ? "OK" : "FAIL");
    assert.is(answer.ErrorInfo.length > 0, code !== 0);
  });
}

for (const vector of golden.vectors) {
  const { sdkAppId, secretKey, identifier, userSig, currTime } = vector;
  test(`the emulator lets the UserSig ${vector.name} in`, async () => {
    const app = createEmulator({
      apps: [{ sdkAppId, secretKey, admins: [identifier] }],
      now: () => currTime * 1000,
    });
    const answer = await raw(app, { sdkappid: String(sdkAppId), identifier, usersig: userSig });
    assert.is(answer.ErrorCode, 0);
  });
}

test("a UserSig expires by the emulator's own clock", async () => {
  let now = 1_700_000_000_000;
  const app = createEmulator({ now: () => now });
  const usersig = await signUserSig({
    ...EMULATOR_APP,
    identifier: "administrator",
    expireSeconds: 60,
    currentDate: new Date(now),
  });
  now += 60_000;
  assert.is((await raw(app, { usersig })).ErrorCode, 0);
  now += 1000;
  assert.is((await raw(app, { usersig })).ErrorCode, 70001);
});

test("a PrivateMapKey is a UserSig, too", async () => {
  const usersig = await signPrivateMapKey({
    ...EMULATOR_APP,
    identifier: "administrator",
    strRoomId: "lobby",
    privileges: "all",
  });
  assert.is((await raw(createEmulator(), { usersig })).ErrorCode, 0);
});

test.run();

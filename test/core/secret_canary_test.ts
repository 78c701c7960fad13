import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  ConfigError,
  importSecretKey,
  signPrivateMapKey,
  signUserSig,
  UserSigSigner,
  verifyUserSig,
} from "../../mod.ts";
import { signUserSigSync, SyncUserSigSigner } from "../../src/sync/mod.ts";
import { CANARY, failures, signers, texts } from "../support/canary.ts";
import golden from "./usersig-vectors.json" with { type: "json" };

test("a signer shows no key: as text, as JSON, by its properties or by a copy", async () => {
  for (const signer of await signers()) {
    for (const text of texts(signer)) assert.not.match(text, CANARY);
    let copied: unknown;
    try {
      copied = structuredClone(signer);
    } catch {
      continue;
    }
    for (const text of texts(copied)) assert.not.match(text, CANARY);
  }
});

test("no error shows a key, wherever it was put by mistake", async () => {
  const errors = await failures();
  assert.ok(errors.length >= 12, `${errors.length} mistakes were refused`);
  for (const error of errors) {
    for (const text of texts(error)) assert.not.match(text, CANARY);
  }
});

test("the search would find a key that is shown", () => {
  assert.ok(texts({ secretKey: CANARY }).some((text) => text.includes(CANARY)));
  assert.ok(texts(new Error(CANARY)).some((text) => text.includes(CANARY)));
});

test("a signature does not hold its key", async () => {
  const options = { sdkAppId: 1400000000, secretKey: CANARY, identifier: "alice" };
  const room = { roomId: 1, privileges: "all" } as const;
  const key = await importSecretKey(CANARY);
  for (
    const userSig of [
      await signUserSig({ ...options, compression: "stored" }),
      await signPrivateMapKey({ ...options, ...room, compression: "stored" }),
      await new UserSigSigner({ ...options, secretKey: key }).sign(options),
      new SyncUserSigSigner(options).sign(options),
    ]
  ) {
    const verdict = await verifyUserSig(userSig, options);
    assert.ok(verdict.valid);
    for (const text of [userSig, atob(userSig.replace(/[*_-]/g, "A")), ...texts(verdict)]) {
      assert.not.match(text, CANARY);
    }
  }
});

test("an error takes every sort of UserSig out of its message, whichever library made it", async () => {
  const options = { sdkAppId: 1400000000, secretKey: CANARY, identifier: "alice" };
  const made = [
    ...[...golden.vectors, ...golden.accepted].map(({ userSig }) => userSig),
    await signUserSig(options),
    await signUserSig({ ...options, compression: "stored" }),
    ...["a", "b", "~", "é", "腾"].map((identifier) => signUserSigSync({ ...options, identifier })),
  ];
  for (const userSig of made) {
    const { message } = new ConfigError(`Cannot use ${userSig}, sorry`);
    assert.is(message, "Cannot use ***, sorry");
  }
});

test.run();

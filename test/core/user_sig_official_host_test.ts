/** Side by side with the official npm package, which signs but cannot verify. */

import { inflateSync } from "node:zlib";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  decodeUserBuf,
  encodeUserBuf,
  signPrivateMapKey,
  signUserSig,
  verifyUserSig,
} from "../../mod.ts";
import { signUserSigSync } from "../../src/sync/mod.ts";
import { Api } from "../support/official.ts";
import golden from "./usersig-vectors.json" with { type: "json" };

const { sdkAppId, secretKey } = golden.vectors[0]!;
const official = new Api(sdkAppId, secretKey);
const now = 1_793_000_000_789;
const currentDate = new Date(now);
const expire = 86_400;
const identifiers = [
  "alice",
  "room_host-01",
  "腾讯云",
  "😀",
  'say "hi"',
  "a\\b",
  "<a&b>/path/",
  "\u2028",
];

/** Runs the package with a clock that stands still. */
function atNow<T>(work: () => T): T {
  const clock = Date.now;
  Date.now = () => now;
  try {
    return work();
  } finally {
    Date.now = clock;
  }
}

/** The document inside, by Node's own zlib and the package's own way from its base64 variant. */
function documentOf(userSig: string): string {
  const base64 = userSig.replace(/_/g, "=").replace(/-/g, "/").replace(/\*/g, "+");
  return inflateSync(Buffer.from(base64, "base64")).toString();
}

/** What a verifier that follows the package's algorithm does: sign the claims again and compare. */
function acceptedByOfficial(userSig: string): boolean {
  const document = JSON.parse(documentOf(userSig));
  const again = new Api(document["TLS.sdkappid"], secretKey)._hmacsha256(
    document["TLS.identifier"],
    document["TLS.time"],
    document["TLS.expire"],
    document["TLS.userbuf"] ?? null,
  );
  return document["TLS.ver"] === "2.0" && again === document["TLS.sig"];
}

for (const identifier of identifiers) {
  const theirs = atNow(() => official.genUserSig(identifier, expire));
  const options = { sdkAppId, secretKey, identifier, currentDate, expireSeconds: expire };

  test(`every way of ours writes the official document for ${JSON.stringify(identifier)}`, async () => {
    const ours = [
      await signUserSig(options),
      await signUserSig({ ...options, compression: "stored" }),
      signUserSigSync(options),
    ];
    for (const userSig of ours) {
      assert.is(documentOf(userSig), documentOf(theirs));
      assert.ok(acceptedByOfficial(userSig));
    }
  });

  test(`verifyUserSig accepts the official signature for ${JSON.stringify(identifier)}`, async () => {
    const verdict = await verifyUserSig(theirs, options);
    assert.ok(verdict.valid);
    assert.is(verdict.claims.expiresAt, Math.floor(now / 1000) + expire);
  });

  test(`a userbuf goes both ways for ${JSON.stringify(identifier)}`, async () => {
    const userBuf = Uint8Array.from({ length: 256 }, (_, i) => i);
    const theirs = atNow(() => official.genSig(identifier, expire, userBuf));
    assert.ok((await verifyUserSig(theirs, { ...options, userBuf })).valid);
    for (
      const ours of [
        await signUserSig({ ...options, userBuf }),
        signUserSigSync({ ...options, userBuf }),
      ]
    ) {
      assert.is(documentOf(ours), documentOf(theirs));
      assert.ok(acceptedByOfficial(ours));
    }
  });
}

const rooms = [{ roomId: 10000 }, { roomId: 4294967295 }, { strRoomId: "hall-1" }];
for (const room of rooms) {
  test(`signPrivateMapKey writes what the official one does for ${JSON.stringify(room)}`, async () => {
    const theirs = atNow(() =>
      room.strRoomId === undefined
        ? official.genPrivateMapKey("alice", expire, room.roomId, 42)
        : official.genPrivateMapKeyWithStringRoomID("alice", expire, room.strRoomId, 42)
    );
    const place = room as { roomId: number };
    const ours = await signPrivateMapKey({
      sdkAppId,
      secretKey,
      identifier: "alice",
      currentDate,
      expireSeconds: expire,
      privileges: 42,
      ...place,
    });
    assert.is(documentOf(ours), documentOf(theirs));
    const expiresAt = Math.floor(now / 1000) + expire;
    const userBuf = encodeUserBuf({
      sdkAppId,
      identifier: "alice",
      privileges: 42,
      expiresAt,
      ...place,
    });
    const verdict = await verifyUserSig(theirs, { sdkAppId, secretKey, currentDate, userBuf });
    assert.ok(verdict.valid);
    assert.equal(decodeUserBuf(verdict.claims.userBuf!)!.privileges, [
      "enterRoom",
      "receiveAudio",
      "receiveVideo",
    ]);
  });
}

test("a forgery is refused by the official algorithm as well, so the comparison can fail", async () => {
  const forged = await signUserSig({ sdkAppId, secretKey: "other", identifier: "alice" });
  assert.is(acceptedByOfficial(forged), false);
});

test.run();

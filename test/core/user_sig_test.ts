import { test } from "uvu";
import * as assert from "uvu/assert";
import { decodeUserBuf, encodeUserBuf, signUserSig, verifyUserSig } from "../../mod.ts";
import { fromUserSigText } from "../../src/core/base64.ts";
import { inflate } from "../../src/core/zlib.ts";
import golden from "./usersig-vectors.json" with { type: "json" };

const at = (seconds: number) => new Date(seconds * 1000);
const fromHex = (hex: string) =>
  Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));

async function documentOf(userSig: string): Promise<string> {
  const bytes = await inflate(fromUserSigText(userSig)!, 65536);
  return new TextDecoder().decode(bytes as Uint8Array);
}

for (const vector of golden.vectors) {
  const { sdkAppId, secretKey, identifier, currTime, expire } = vector;
  const userBuf = vector.userBufHex === null ? undefined : fromHex(vector.userBufHex);
  const verify = (seconds: number) =>
    verifyUserSig(vector.userSig, {
      sdkAppId,
      secretKey,
      identifier,
      userBuf,
      currentDate: at(seconds),
    });

  test(`verifyUserSig holds through the lifetime of ${vector.name}`, async () => {
    const verdict = await verify(currTime);
    assert.equal(verdict.valid, true);
    assert.equal(verdict.valid && verdict.claims.expiresAt, currTime + expire);
    // A Date cannot name the last second of the vector that lives for 285 million years.
    if (currTime + expire > 8.64e12) return;
    assert.equal((await verify(currTime + expire)).valid, true);
    assert.equal(await verify(currTime + expire + 1), { valid: false, reason: "expired" });
  });

  // The vendor's C++ verifier takes no lifetime above 32 bits, so we do not sign one.
  if (expire > 0xffff_ffff) continue;
  for (const compression of ["deflate", "stored"] as const) {
    test(`signUserSig writes the document of ${vector.name} (${compression})`, async () => {
      const userSig = await signUserSig({
        sdkAppId,
        secretKey,
        identifier,
        expireSeconds: expire,
        currentDate: at(currTime),
        userBuf,
        compression,
      });
      assert.is(await documentOf(userSig), vector.json);
    });
  }
}

for (const vector of golden.accepted) {
  test(`verifyUserSig accepts ${vector.name}`, async () => {
    const { sdkAppId, secretKey, identifier, currTime } = "of" in vector
      ? golden.vectors.find((known) => known.name === vector.of)!
      : vector as unknown as typeof golden.vectors[0];
    const verdict = await verifyUserSig(vector.userSig, {
      sdkAppId,
      secretKey,
      identifier,
      currentDate: at(currTime),
    });
    assert.equal(verdict.valid, true);
  });
}

for (const vector of golden.invalid) {
  test(`verifyUserSig refuses ${vector.name}: ${vector.reason}`, async () => {
    const verdict = await verifyUserSig(vector.userSig, {
      sdkAppId: vector.sdkAppId,
      secretKey: vector.secretKey,
      identifier: vector.identifier,
      userBuf: vector.userBufHex ? fromHex(vector.userBufHex) : undefined,
      currentDate: at(vector.now),
    });
    assert.equal(verdict, { valid: false, reason: vector.reason as never });
  });
}

/** Where the vectors leave the choice, ours: the strict one for texts, so that a signature has only one. */
const choices: Record<string, [verdict: string, why: string]> = {
  "standard-base64-alphabet": ["not-base64", "a + would arrive as a space"],
  "padding-left-out": ["not-base64", "one signature, one text"],
  "line-feed-inside": ["not-base64", "one signature, one text"],
  "bytes-after-the-stream": ["not-zlib", "one signature, one text"],
  "duplicate-key-last-wins": ["valid", "the value is the same, and it is the one that is signed"],
  "time-in-the-future": ["valid", "no source says that the backend looks"],
  "integer-with-exponent": ["valid", "JSON.parse cannot tell, and the number is the signed one"],
};

for (const vector of golden.either) {
  const [expected, why] = choices[vector.name]!;
  test(`verifyUserSig answers ${expected} to ${vector.name}: ${why}`, async () => {
    const verdict = await verifyUserSig(vector.userSig, {
      sdkAppId: vector.sdkAppId,
      secretKey: vector.secretKey,
      identifier: vector.identifier,
      currentDate: at(vector.now),
    });
    assert.is(verdict.valid ? "valid" : verdict.reason, expected);
  });
}

/** What each library's userbuf decodes to; ours counts and writes UTF-8 bytes as Go, PHP and C++ do. */
const readings: Record<
  string,
  { identifier?: string; roomId?: number; strRoomId?: string } | null
> = {
  // Low bytes of UTF-16 units are no UTF-8.
  "privatemapkey-identifier-chinese": null,
  "privatemapkey-string-room-chinese": null,
  "privatemapkey-emoji-both": null,
  "privatemapkey-identifier-latin1": null,
  "privatemapkey-identifier-latin1-go": { identifier: "café", roomId: 1 },
  // Neither names a room, so ours refuses to write them.
  "privatemapkey-string-room-empty": { identifier: "x", strRoomId: "" },
  "privatemapkey-string-room-empty-go": { identifier: "x", roomId: 0 },
  // A userbuf of no bytes is no layout.
  "userbuf-empty": null,
};
const { secretKey, sdkAppId, currTime } = golden.vectors[0]!;

for (const vector of golden.divergent) {
  const { input } = vector;
  const verify = () =>
    verifyUserSig(vector.userSig, {
      sdkAppId,
      secretKey,
      identifier: input.identifier,
      currentDate: at(currTime),
    });
  if (vector.name === "userbuf-empty-go") {
    test("verifyUserSig refuses what the Go library makes of an empty userbuf: signed, but left out", async () => {
      assert.equal(await verify(), { valid: false, reason: "bad-signature" });
    });
    continue;
  }
  const reading = readings[vector.name]!;
  const outcome = reading === null ? "nothing" : JSON.stringify(reading);
  test(`decodeUserBuf reads ${outcome} out of ${vector.name} by ${vector.library}`, async () => {
    const verdict = await verify();
    assert.ok(verdict.valid, "the signature itself is genuine");
    const content = decodeUserBuf(verdict.claims.userBuf!);
    if (reading === null) return assert.is(content, undefined);
    const { identifier, roomId, strRoomId } = content!;
    assert.equal({ identifier, roomId, strRoomId }, {
      roomId: undefined,
      strRoomId: undefined,
      ...reading,
    });
    if (!roomId) return;
    const ours = encodeUserBuf({
      sdkAppId,
      identifier: input.identifier,
      roomId,
      privileges: input.privilegeMap!,
      expiresAt: verdict.claims.expiresAt,
    });
    assert.equal(ours, verdict.claims.userBuf, "ours is the same to the byte");
  });
}

test.run();

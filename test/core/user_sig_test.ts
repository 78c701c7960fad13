import { test } from "uvu";
import * as assert from "uvu/assert";
import { signUserSig, verifyUserSig } from "../../mod.ts";
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

test.run();

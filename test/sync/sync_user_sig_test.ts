import { test } from "uvu";
import * as assert from "uvu/assert";
import { verifyUserSig } from "../../mod.ts";
import { fromUserSigText } from "../../src/core/base64.ts";
import { inflate } from "../../src/core/zlib.ts";
import { deflateFixed } from "../../src/sync/deflate_fixed.ts";
import { signUserSigSync, SyncUserSigSigner } from "../../src/sync/mod.ts";
import golden from "../core/usersig-vectors.json" with { type: "json" };

const LIMIT = 65_536;

for (const vector of golden.vectors) {
  // The vendor's C++ verifier takes no lifetime above 32 bits, so we do not sign one.
  if (vector.expire > 0xffff_ffff) continue;
  const { sdkAppId, secretKey, identifier, expire, currTime } = vector;
  test(`signUserSigSync writes the document of ${vector.name}`, async () => {
    const currentDate = new Date(currTime * 1000);
    const userBuf = vector.userBufHex === null
      ? undefined
      : Uint8Array.from(vector.userBufHex.match(/../g)!, (byte) => parseInt(byte, 16));
    const options = { sdkAppId, secretKey, identifier, userBuf, currentDate };
    const userSig = signUserSigSync({ ...options, expireSeconds: expire });
    const document = await inflate(fromUserSigText(userSig)!, LIMIT);
    assert.is(new TextDecoder().decode(document as Uint8Array), vector.json);
    assert.ok((await verifyUserSig(userSig, options)).valid);
    // The vectors' texts are zlib's own, which has codes made to measure for long userbufs.
    const most = vector.userBufHex === null
      ? vector.userSig.length * 1.06
      : vector.json.length * 1.5;
    assert.ok(userSig.length <= most, `${userSig.length} characters, wanted at most ${most}`);
  });
}

const { secretKey, sdkAppId } = golden.vectors[0]!;

test("SyncUserSigSigner signs again and again with the same key, and two keys do not mix", async () => {
  const otherKey = "k".repeat(100);
  const signers = [secretKey, otherKey].map((secretKey) =>
    new SyncUserSigSigner({ sdkAppId, secretKey, expireSeconds: 60, now: () => 1700000000_000 })
  );
  const currentDate = new Date(1700000000_000);
  const first = signers[0]!.sign({ identifier: "alice" });
  for (let round = 0; round < 3; round++) {
    for (const identifier of ["alice", "bob", "腾讯云"]) {
      const [one, two] = signers.map((signer) => signer.sign({ identifier }));
      assert.ok(
        (await verifyUserSig(one!, { sdkAppId, secretKey, identifier, currentDate })).valid,
      );
      assert.equal(await verifyUserSig(two!, { sdkAppId, secretKey, identifier, currentDate }), {
        valid: false,
        reason: "bad-signature",
      });
      const options = { sdkAppId, secretKey: otherKey, identifier, currentDate };
      assert.ok((await verifyUserSig(two!, options)).valid);
    }
  }
  assert.is(signers[0]!.sign({ identifier: "alice" }), first);
});

test("deflateFixed holds every kind of bytes, of every size up to the largest", async () => {
  const random = new Uint8Array(LIMIT - 1);
  crypto.getRandomValues(random);
  const kinds = [
    (i: number) => random[i]!,
    (i: number) => random[i]! % 3,
    (i: number) => 0x90 + random[i]! % 0x70,
    () => 0,
    // A few bytes again at the farthest distance that deflate can name, and one beyond it.
    (i: number) => i % 32_768 < 9 ? 65 + i % 32_768 : 0,
    (i: number) => i % 32_769 < 9 ? 65 + i % 32_769 : 0,
  ];
  for (const size of [0, 1, 2, 3, 4, 10, 11, 257, 1000, 33_200, LIMIT - 1]) {
    for (const kind of kinds) {
      const bytes = Uint8Array.from({ length: size }, (_, i) => kind(i));
      assert.equal(await inflate(deflateFixed(bytes).slice(), LIMIT), bytes);
    }
  }
});

test.run();

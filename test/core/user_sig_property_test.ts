import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  decodeUserBuf,
  decodeUserSig,
  encodeUserBuf,
  type RoomPrivilege,
  roomPrivileges,
  signUserSig,
  type UserSigDecoded,
  type UserSigVerdict,
  verifyUserSig,
} from "../../mod.ts";
import { fromUserSigText, toUserSigText } from "../../src/core/base64.ts";
import { inflate, store } from "../../src/core/zlib.ts";
import { SyncUserSigSigner } from "../../src/sync/mod.ts";
import golden from "./usersig-vectors.json" with { type: "json" };

const secretKey = golden.vectors[0]!.secretKey;
const utf8 = (text: string) => new TextEncoder().encode(text);
const fits = (most: number) => (text: string) => {
  const size = utf8(text).length;
  return size > 0 && size <= most;
};

const identifiers = fc.oneof(
  fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 32 }),
  fc.string({ unit: "binary", minLength: 1, maxLength: 16 }),
).filter((text) => fits(32)(text) && !/\p{Cc}/u.test(text));
const uint32 = fc.nat(0xffff_ffff);
const requests = fc.record({
  sdkAppId: uint32.map((id) => id || 1),
  identifier: identifiers,
  expireSeconds: uint32,
  currentDate: fc.date({
    min: new Date(0),
    max: new Date("3000-01-01"),
    noInvalidDate: true,
  }),
}, { noNullPrototype: true });
const userBufs = fc.option(fc.uint8Array({ minLength: 1, maxLength: 300 }), { nil: undefined });

test("what is signed verifies, for any legal identifier and userbuf, by every way", async () => {
  await fc.assert(fc.asyncProperty(requests, userBufs, async (request, userBuf) => {
    const options = { ...request, secretKey, userBuf };
    const texts = [
      await signUserSig(options),
      await signUserSig({ ...options, compression: "stored" }),
      new SyncUserSigSigner(options).sign(options),
    ];
    for (const userSig of texts) {
      assert.match(userSig, /^[\w*-]+$/);
      const verdict = await verifyUserSig(userSig, options);
      assert.ok(verdict.valid, JSON.stringify(verdict));
      const { claims } = verdict;
      const time = Math.floor(request.currentDate.getTime() / 1000);
      assert.equal(claims, {
        sdkAppId: request.sdkAppId,
        identifier: request.identifier,
        time,
        expire: request.expireSeconds,
        expiresAt: time + request.expireSeconds,
        ...userBuf && { userBuf },
      });
    }
  }));
});

test("what is encoded into a userbuf decodes to the same, for any room", () => {
  const rooms = fc.oneof(
    uint32.map((id) => ({ roomId: id || 1 })),
    fc.string({ unit: "binary", minLength: 1, maxLength: 64 }).filter(fits(64))
      .map((strRoomId) => ({ strRoomId })),
  );
  const names = fc.subarray(Object.keys(roomPrivileges) as RoomPrivilege[]);
  fc.assert(fc.property(requests, rooms, names, uint32, (request, room, privileges, expiresAt) => {
    const { sdkAppId, identifier } = request;
    const content = decodeUserBuf(
      encodeUserBuf({ sdkAppId, identifier, ...room, privileges, expiresAt }),
    );
    const privilegeMap = privileges.reduce((bits, name) => bits | roomPrivileges[name], 0);
    assert.equal(content, {
      sdkAppId,
      identifier,
      ...room,
      expiresAt,
      privileges,
      privilegeMap,
      accountType: 0,
    });
  }));
});

const reasons = new Set(golden.order);

/** Asks both, and checks that the answers are of the documented form and agree. */
async function judge(
  userSig: unknown,
): Promise<{ verdict: UserSigVerdict; decoded: UserSigDecoded }> {
  const { sdkAppId, currTime } = golden.vectors[0]!;
  const verdict = await verifyUserSig(userSig as string, {
    sdkAppId,
    secretKey,
    currentDate: new Date(currTime * 1000),
  });
  const decoded = await decodeUserSig(userSig as string);
  if (!verdict.valid) assert.ok(reasons.has(verdict.reason), verdict.reason);
  if (!decoded.ok) assert.equal(verdict, { valid: false, reason: decoded.reason });
  return { verdict, decoded };
}

test("no value of any kind throws from verifyUserSig or decodeUserSig", async () => {
  const anything = fc.anything({ withBigInt: true, withDate: true, withTypedArray: true });
  await fc.assert(fc.asyncProperty(fc.oneof(anything, fc.string({ unit: "binary" })), async (x) => {
    assert.is((await judge(x)).verdict.valid, false);
  }));
});

test("no bytes in the base64 variant throw, with a zlib header or without", async () => {
  const bytes = fc.uint8Array({ maxLength: 600 });
  const headed = bytes.map((rest) => Uint8Array.of(0x78, 0x9c, ...rest));
  await fc.assert(fc.asyncProperty(fc.oneof(bytes, headed, bytes.map(store)), async (container) => {
    assert.is((await judge(toUserSigText(container))).verdict.valid, false);
  }));
});

test("no document throws, whatever stands in its fields", async () => {
  const real = JSON.parse(golden.vectors[0]!.json);
  const fields = fc.record(
    Object.fromEntries(
      [...Object.keys(real), "TLS.userbuf", "__proto__", "TLS.version"].map((
        key,
      ) => [key, fc.oneof(fc.constant(real[key]), fc.jsonValue())]),
    ),
    { requiredKeys: [] },
  );
  await fc.assert(fc.asyncProperty(fc.oneof(fields, fc.jsonValue()), async (document) => {
    await judge(toUserSigText(store(utf8(JSON.stringify(document) ?? "null"))));
  }));
});

test("decodeUserBuf throws for no bytes", () => {
  const headed = fc.uint8Array({ minLength: 2, maxLength: 80 })
    .map((rest) => Uint8Array.of(rest[0]! & 1, 0, rest[1]! & 15, ...rest));
  fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), headed), (bytes) => {
    const content = decodeUserBuf(bytes);
    assert.ok(content === undefined || typeof content.identifier === "string");
  }));
});

const { sdkAppId, identifier, currTime, expire } = golden.vectors[0]!;
const options = { sdkAppId, secretKey, identifier, currentDate: new Date(currTime * 1000) };

/** Every way in which one bit of some bytes can differ. */
function* flips(bytes: Uint8Array): Generator<Uint8Array> {
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const copy = bytes.slice();
    copy[bit >> 3]! ^= 1 << (bit & 7);
    yield copy;
  }
}

for (const compression of ["deflate", "stored"] as const) {
  // Deflate has bits that no inflater looks at (the padding before a stored block, the zlib level) and
  // several spellings of one text, so a flip there can leave the very same document.
  test(`one flipped bit is refused or changes nothing, every bit of the container (${compression})`, async () => {
    const userSig = await signUserSig({ ...options, expireSeconds: expire, compression });
    const genuine = await verifyUserSig(userSig, options);
    assert.ok(genuine.valid);
    let refused = 0;
    let same = 0;
    for (const container of flips(fromUserSigText(userSig)!)) {
      const verdict = await verifyUserSig(toUserSigText(container), options);
      if (verdict.valid) {
        assert.equal(verdict, genuine);
        same++;
      } else refused++;
    }
    assert.ok(same < 16 && refused > 1000, `${refused} refused, ${same} the same`);
  });
}

test("one flipped bit of the document is refused, every bit", async () => {
  const userSig = await signUserSig({ ...options, expireSeconds: expire });
  const document = await inflate(fromUserSigText(userSig)!, 65536) as Uint8Array;
  for (const flipped of flips(document)) {
    const verdict = await verifyUserSig(toUserSigText(store(flipped)), options);
    assert.is(verdict.valid, false, new TextDecoder().decode(flipped));
  }
});

test("one flipped bit of any UserSig's text is refused or changes nothing", async () => {
  const flipped = fc.tuple(requests, userBufs, fc.nat(), fc.nat(15));
  await fc.assert(fc.asyncProperty(flipped, async ([request, userBuf, place, bit]) => {
    const options = { ...request, secretKey, userBuf };
    const userSig = await signUserSig(options);
    const genuine = await verifyUserSig(userSig, options);
    const at = place % userSig.length;
    const other = String.fromCharCode(userSig.charCodeAt(at) ^ 1 << bit);
    const text = userSig.slice(0, at) + other + userSig.slice(at + 1);
    const verdict = await verifyUserSig(text, options);
    if (verdict.valid) assert.equal(verdict, genuine);
  }));
});

test.run();

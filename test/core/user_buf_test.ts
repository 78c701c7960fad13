import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  decodeUserBuf,
  encodeUserBuf,
  type PrivateMapKeyOptions,
  type RoomPrivilege,
  roomPrivileges,
  signPrivateMapKey,
  type UserBufOptions,
  verifyUserSig,
} from "../../mod.ts";
import { rejects } from "../support/rejects.ts";
import golden from "./usersig-vectors.json" with { type: "json" };

const toHex = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The named bits of a map, the documentation's way. */
const namesOf = (map: number) =>
  (Object.keys(roomPrivileges) as RoomPrivilege[]).filter((name) => map & roomPrivileges[name]);

for (const vector of golden.vectors) {
  if (!vector.userBufFrom) continue;
  const { sdkAppId, identifier, currTime, expire, secretKey, userBufFrom } = vector;
  const { authId, roomStr, privilegeMap } = userBufFrom;
  const place = roomStr === null ? { roomId: authId } : { strRoomId: roomStr };
  const expiresAt = currTime + expire;

  test(`encodeUserBuf writes ${vector.name} to the byte`, () => {
    const bytes = encodeUserBuf({
      sdkAppId,
      identifier,
      expiresAt,
      privileges: privilegeMap,
      ...place,
    });
    assert.is(toHex(bytes), vector.userBufHex);
  });

  test(`decodeUserBuf reads ${vector.name} back`, () => {
    const bytes = Uint8Array.from(vector.userBufHex!.match(/../g)!, (byte) => parseInt(byte, 16));
    // Inside another buffer, so that an offset that is forgotten shows.
    const inside = new Uint8Array(bytes.length + 8);
    inside.set(bytes, 5);
    assert.equal(decodeUserBuf(inside.subarray(5, 5 + bytes.length)), {
      sdkAppId,
      identifier,
      ...place,
      expiresAt: expiresAt % 2 ** 32,
      privileges: namesOf(privilegeMap),
      privilegeMap,
      accountType: 0,
    });
  });

  test(`signPrivateMapKey carries ${vector.name}`, async () => {
    const currentDate = new Date(currTime * 1000);
    const userSig = await signPrivateMapKey(
      {
        sdkAppId,
        secretKey,
        identifier,
        expireSeconds: expire,
        currentDate,
        privileges: privilegeMap,
        ...place,
      } as PrivateMapKeyOptions,
    );
    const verdict = await verifyUserSig(userSig, { sdkAppId, secretKey, identifier, currentDate });
    assert.ok(verdict.valid);
    assert.is(toHex(verdict.claims.userBuf!), vector.userBufHex);
  });
}

const alice = {
  sdkAppId: 1400000000,
  identifier: "alice",
  roomId: 1,
  privileges: "all",
  expiresAt: 1700000000,
} as const;

test("encodeUserBuf takes privileges by name, all at once, or as bits", () => {
  const map = (privileges: UserBufOptions["privileges"]) =>
    decodeUserBuf(encodeUserBuf({ ...alice, privileges }))!.privilegeMap;
  assert.is(map(["enterRoom", "receiveAudio", "receiveVideo"]), 42);
  assert.is(map(["receiveScreen", "receiveScreen"]), 128);
  assert.is(map([]), 0);
  assert.is(map("all"), 255);
  assert.is(map(0xffff_ffff), 0xffff_ffff);
});

test("decodeUserBuf names the documented bits and keeps the others as a number", () => {
  const { privileges, privilegeMap } = decodeUserBuf(
    encodeUserBuf({ ...alice, privileges: 0x8000_0083 }),
  )!;
  assert.equal(privileges, ["createRoom", "enterRoom", "receiveScreen"]);
  assert.is(privilegeMap, 0x8000_0083);
});

test("signPrivateMapKey reads the clock once: both ends are the same second", async () => {
  const { roomId, sdkAppId, identifier } = alice;
  const secretKey = golden.vectors[0]!.secretKey;
  const userSig = await signPrivateMapKey({
    sdkAppId,
    identifier,
    secretKey,
    roomId,
    privileges: "all",
    expireSeconds: 60,
  });
  const verdict = await verifyUserSig(userSig, { sdkAppId, secretKey });
  assert.ok(verdict.valid);
  assert.is(decodeUserBuf(verdict.claims.userBuf!)!.expiresAt, verdict.claims.expiresAt);
});

const refused: [name: string, options: Record<string, unknown>, rule: RegExp][] = [
  ["no room", { roomId: undefined }, /roomId is undefined, wanted a whole number/],
  ["room 0", { roomId: 0 }, /roomId is 0, wanted a whole number from 1 to 4294967295/],
  ["a room above 32 bits", { roomId: 2 ** 32 }, /roomId is 4294967296/],
  ["a room number as text", { roomId: "1" }, /roomId is of type string.*goes into strRoomId/],
  ["two rooms", { strRoomId: "a" }, /name a room twice/],
  ["an empty room", { roomId: undefined, strRoomId: "" }, /strRoomId is 0 bytes/],
  [
    "a room of 65 bytes",
    { roomId: undefined, strRoomId: "x".repeat(65) },
    /strRoomId is 65 bytes of UTF-8, wanted 1 to 64/,
  ],
  [
    "a room of 22 Chinese characters",
    { roomId: undefined, strRoomId: "房".repeat(22) },
    /strRoomId is 66 bytes/,
  ],
  ["half a character", { roomId: undefined, strRoomId: "\ud83d" }, /strRoomId must be a text/],
  ["an unknown privilege", { privileges: ["fly"] }, /privileges holds "fly", wanted .*createRoom/],
  ["an inherited name", { privileges: ["toString"] }, /privileges holds "toString"/],
  ["bits above 32", { privileges: 2 ** 32 }, /privileges is 4294967296/],
  ["no privileges", { privileges: undefined }, /privileges is undefined/],
  ["half a second", { expiresAt: 1.5 }, /expiresAt is 1.5, wanted whole seconds/],
  ["an app of 0", { sdkAppId: 0 }, /SDKAppID is 0/],
  ["no user", { identifier: "" }, /Identifier is 0 bytes/],
];

for (const [name, options, rule] of refused) {
  test(`encodeUserBuf refuses ${name} and names the rule`, () => {
    assert.throws(() => encodeUserBuf({ ...alice, ...options } as UserBufOptions), rule);
  });
}

test("signPrivateMapKey refuses a date that is none", async () => {
  const options = { ...alice, secretKey: "k", currentDate: new Date(NaN) };
  assert.match((await rejects(signPrivateMapKey(options)) as Error).message, /Current time is NaN/);
});

test("decodeUserBuf answers undefined to bytes that are laid out otherwise", () => {
  const room = encodeUserBuf({ ...alice, roomId: undefined, strRoomId: "hall" });
  const changed = (at: number, value: number) => {
    const copy = room.slice();
    copy[at] = value;
    return copy;
  };
  const strange: unknown[] = [
    new Uint8Array(),
    room.slice(0, -1),
    Uint8Array.of(...room, 0),
    changed(0, 2),
    changed(0, 0),
    changed(1, 0xff),
    changed(3, 0xff),
    changed(room.length - 1, 0x80),
    undefined,
    "AAAF",
    [0, 0, 5],
  ];
  for (const bytes of strange) assert.is(decodeUserBuf(bytes as Uint8Array), undefined);
});

test.run();

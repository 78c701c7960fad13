import { test } from "uvu";
import * as assert from "uvu/assert";
import { decodeUserBuf, verifyUserSig } from "../../mod.ts";
import type { RoomRule, UserSigOptions } from "../../src/hono/mod.ts";
import { app as emulated, gateway, post, problemOf, token } from "../support/gateway.ts";

const listeners: RoomRule = {
  roles: ["*"],
  privileges: ["enterRoom", "receiveAudio", "receiveVideo"],
  when: [{ field: "strRoomId", startsWith: "live_" }],
};

async function ask(userSig: UserSigOptions, body: unknown, claims = {}): Promise<Response> {
  return await gateway({ userSig }).request("/usersig", post(await token(claims), body));
}

test("POST /usersig adds a PrivateMapKey for a room and privileges that a rule allows", async () => {
  const room = { strRoomId: "live_7", privileges: ["enterRoom", "receiveAudio"] };
  const response = await ask({ rooms: [listeners] }, { expireSeconds: 60, room });
  assert.is(response.status, 200);
  const { privateMapKey, expiresAt } = await response.json();
  const verdict = await verifyUserSig(privateMapKey, { ...emulated, identifier: "alice" });
  assert.ok(verdict.valid);
  const content = decodeUserBuf(verdict.claims.userBuf!)!;
  assert.is(content.identifier, "alice");
  assert.is(content.strRoomId, "live_7");
  assert.equal(content.privileges, ["enterRoom", "receiveAudio"]);
  assert.is(content.expiresAt, expiresAt);
});

test("POST /usersig refuses rooms and privileges beyond the rules", async () => {
  const rooms = [listeners, {
    roles: ["host"],
    privileges: ["createRoom", "enterRoom", "sendAudio"] as const,
    when: [{ field: "roomId", oneOf: [7] }],
  }];
  const cases: [unknown, string[], number][] = [
    [{ strRoomId: "other", privileges: ["enterRoom"] }, [], 403],
    [{ strRoomId: "live_7", privileges: ["enterRoom", "sendAudio"] }, [], 403],
    [{ roomId: 7, privileges: ["sendAudio"] }, [], 403],
    [{ roomId: 7, privileges: ["sendAudio"] }, ["host"], 200],
    [{ roomId: 8, privileges: ["sendAudio"] }, ["host"], 403],
    [{ roomId: 7, privileges: ["sendVideo"] }, ["host"], 403],
    [{ roomId: 7, privileges: "all" }, ["host"], 400],
    [{ roomId: 7, privileges: [255] }, ["host"], 400],
    [{ roomId: 7, privileges: [] }, ["host"], 400],
    [{ roomId: 7, strRoomId: "live_7", privileges: ["enterRoom"] }, ["host"], 400],
    [{ privileges: ["enterRoom"] }, ["host"], 400],
    [{ roomId: 7, privileges: ["enterRoom"], userBuf: "x" }, ["host"], 400],
    [null, ["host"], 400],
  ];
  for (const [room, roles, expected] of cases) {
    const response = await ask({ rooms }, { room }, { roles });
    assert.is(response.status, expected, JSON.stringify([room, roles]));
    if (expected !== 200) await problemOf(response);
  }
});

test("POST /usersig gives no PrivateMapKey where no rule is, and no UserSig beside a refusal", async () => {
  const room = { roomId: 7, privileges: ["enterRoom"] };
  const response = await ask({}, { room });
  assert.is(response.status, 403);
  const document = await problemOf(response);
  assert.is(document.type, "urn:tim-edge:room-not-allowed");
  assert.not("userSig" in document);
});

test("POST /usersig may be for some roles only", async () => {
  assert.is((await ask({ roles: ["member"] }, "")).status, 403);
  assert.is((await ask({ roles: ["member"] }, "", { roles: ["member"] })).status, 200);
});

test("rules for rooms that are misspelt are errors at start", () => {
  const make = (rule: Record<string, unknown>) => () =>
    gateway({ userSig: { rooms: [{ ...listeners, ...rule } as RoomRule] } });
  assert.throws(make({ privileges: ["sendAudoi"] }), /did you mean "sendAudio"/);
  assert.throws(make({ privileges: [] }), /must list some of/);
  assert.throws(make({ roles: [] }), /roles must list/);
  assert.throws(make({ wehn: [] }), /did you mean "when"/);
  // Ignored, it would let everybody into every room.
  const when = [{ field: "strRoomID", startsWith: "public-", optional: true }];
  assert.throws(make({ when }), /goes by "strRoomID".*did you mean "strRoomId"/);
  assert.throws(() => gateway({ userSig: { maxSeconds: 0 } }), /userSig.maxSeconds is 0/);
});

test.run();

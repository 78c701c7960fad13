/** Tests of `club.ts` on an emulator: no account, no network, no port. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isApiError, TimClient } from "@tim/edge";
import { createEmulator, EMULATOR_APP } from "@tim/edge/emulator";
import { joinClub } from "./club.ts";

/** A backend of its own for each test. */
function backend() {
  const emulator = createEmulator();
  const tim = new TimClient({
    sdkAppId: EMULATOR_APP.sdkAppId,
    secretKey: EMULATOR_APP.secretKey,
    baseUrl: "http://127.0.0.1",
    fetch: async (url, init) => await emulator.request(url, init),
  });
  return { emulator, tim };
}

test("who comes first owns the club", async () => {
  const { tim } = backend();
  await joinClub(tim, "book-club", "mira");
  await joinClub(tim, "book-club", "omar");
  const { MemberList } = await tim.call("group_open_http_svc/get_group_member_info", {
    GroupId: "book-club",
  });
  assert.deepEqual(
    MemberList.map(({ Member_Account, Role }) => `${Member_Account}: ${Role}`),
    ["mira: Owner", "omar: Member"],
  );
});

test("a backend in trouble is told of, and no club comes about", async () => {
  const { emulator, tim } = backend();
  await emulator.request("/_emulator/faults", {
    method: "POST",
    body: JSON.stringify({
      kind: "error",
      value: 10004,
      command: "group_open_http_svc/add_group_member",
    }),
  });
  await assert.rejects(
    joinClub(tim, "book-club", "mira"),
    (error) => isApiError(error, 10004),
  );
  const { GroupIdList } = await tim.call("group_open_http_svc/get_appid_group_list");
  assert.deepEqual(GroupIdList, []);
});

import { Hono } from "hono";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { ConfigError, signUserSig } from "../../mod.ts";
import {
  createEmulator,
  EMULATOR_ADMIN,
  EMULATOR_APP,
  EMULATOR_SDK_APP_ID,
  EMULATOR_SECRET_KEY,
  type EmulatorApp,
  type EmulatorCall,
  parseAppOption,
} from "../../src/emulator/mod.ts";
import { clientOf, emulated, raw, refused, send } from "../support/emulated.ts";

const KEY = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
const other: EmulatorApp = { sdkAppId: 1400000000, secretKey: KEY, admins: ["root"] };

test("two apps of one emulator do not see each other", async () => {
  const app = createEmulator({ apps: [EMULATOR_APP, other] });
  const [one, two] = [clientOf(app, EMULATOR_APP), clientOf(app, other)];
  const check = { CheckItem: [{ UserID: "mira" }, { UserID: "root" }] };
  const group = { Type: "Public", Name: "Club", GroupId: "club" };
  const room = { RoomInfo: { RoomId: "room", RoomType: "Live" } };

  await one.call("im_open_login_svc/account_import", { UserID: "mira" });
  await one.call("group_open_http_svc/create_group", group);
  await one.call("live_engine_http_srv/create_room", room);

  const { ResultItem } = await two.call<string, { ResultItem: { AccountStatus: string }[] }>(
    "im_open_login_svc/account_check",
    check,
  );
  assert.equal(ResultItem.map((item) => item.AccountStatus), ["NotImported", "Imported"]);
  assert.is((await two.call("group_open_http_svc/get_appid_group_list")).TotalCount, 0);
  const read = two.call("live_engine_http_srv/get_room_info", { RoomId: "room" });
  assert.is((await refused(read))[0], 100004);
  await two.call("group_open_http_svc/create_group", group);
  await two.call("live_engine_http_srv/create_room", room);
});

test("a key and an administrator are good for their own app only", async () => {
  const app = createEmulator({ apps: [EMULATOR_APP, other] });
  const call = (change: EmulatorApp) =>
    refused(clientOf(app, change).call("im_open_login_svc/account_check", { CheckItem: [] }));
  assert.is((await call({ ...other, secretKey: EMULATOR_SECRET_KEY }))[0], 70009);
  assert.is((await call({ ...other, admins: [EMULATOR_ADMIN] }))[0], 60010);
  assert.is((await call({ ...other, sdkAppId: 1400000001 }))[0], 60006);
});

test("two emulators do not share anything", async () => {
  const [one, two] = [emulated().tim, emulated().tim];
  await one.call("group_open_http_svc/create_group", { Type: "Public", Name: "Club" });
  assert.is((await two.call("group_open_http_svc/get_appid_group_list")).TotalCount, 0);
});

test("an emulator can be mounted into another app", async () => {
  const outer = new Hono().route("/backend", createEmulator());
  const answer = await raw(outer, { path: "/backend/v4/im_open_login_svc/account_check" });
  assert.is(answer.ErrorCode, 0);
  assert.is((await raw(outer, { path: "/backend/v4/x" })).ErrorCode, 60009);
});

test("createEmulator explains what is wrong with its apps", () => {
  const wrong = (apps: EmulatorApp[], says: RegExp) =>
    assert.throws(
      () => createEmulator({ apps }),
      (error: Error) => error instanceof ConfigError && says.test(error.message),
    );
  wrong([], /no app/);
  wrong([other, other], /two apps with SDKAppID 1400000000/);
  wrong([{ ...other, sdkAppId: 0 }], /SDKAppID is 0/);
  wrong([{ ...other, secretKey: "" }], /Secret key is missing/);
  wrong([{ ...other, admins: [] }], /empty list of admins/);
  wrong([{ ...other, admins: ["a".repeat(33)] }], /33 bytes/);
});

test("parseAppOption reads SDKAPPID:KEY[:ADMIN]", () => {
  assert.equal(parseAppOption(`1400000000:${KEY}:root`), other);
  assert.equal(parseAppOption(`1400000000:${KEY}`), { ...other, admins: ["administrator"] });
  assert.equal(parseAppOption(`1400000000:${KEY}:a:b`).admins, ["a:b"]);
});

for (
  const [text, says] of [
    ["", /does not begin with an SDKAppID in digits/],
    [KEY, /does not begin with an SDKAppID in digits/],
    [`my-app:${KEY}`, /does not begin with an SDKAppID in digits/],
    ["1400000000", /App option for 1400000000 has no secret key/],
    ["1400000000:", /App option for 1400000000 has no secret key/],
    ["1400000000::root", /App option for 1400000000 has no secret key/],
    [`1400000000:${KEY}:`, /Identifier is 0 bytes/],
    [`4294967296:${KEY}`, /SDKAppID is 4294967296/],
    [`1400000000:${KEY} :root`, /white space/],
  ] as const
) {
  test(`parseAppOption explains ${text.replace(KEY, "KEY") || "nothing"}`, () => {
    try {
      parseAppOption(text);
    } catch (error) {
      assert.instance(error, ConfigError);
      assert.match((error as Error).message, says);
      assert.not.match((error as Error).message, KEY);
      return;
    }
    assert.unreachable();
  });
}

test("onCall is told of every request", async () => {
  const calls: EmulatorCall[] = [];
  const { app, tim } = emulated({ onCall: (call) => calls.push(call) });
  await tim.call("im_open_login_svc/account_import", { UserID: "mira" });
  await refused(tim.call("live_engine_http_srv/get_room_info", { RoomId: "r" }));
  await send(app, { method: "GET", path: "/nowhere" });
  await app.request("/", { method: "HEAD" });
  assert.equal(calls.map(({ tookMs: _took, requestId: _id, errorInfo: _info, ...call }) => call), [
    {
      method: "POST",
      path: "/v4/im_open_login_svc/account_import",
      command: "im_open_login_svc/account_import",
      errorCode: 0,
    },
    {
      method: "POST",
      path: "/v4/live_engine_http_srv/get_room_info",
      command: "live_engine_http_srv/get_room_info",
      errorCode: 100004,
    },
    { method: "GET", path: "/nowhere", errorCode: 60002 },
    { method: "HEAD", path: "/", errorCode: 0 },
  ]);
  assert.match(calls[1]!.errorInfo, /no live room "r"/);
  assert.match(calls[0]!.requestId!, /-O-Seq-1$/);
  assert.ok(calls.every(({ tookMs }) => tookMs >= 0));
});

test("no answer and no log ever shows a UserSig, wherever it stands in the request", async () => {
  const calls: EmulatorCall[] = [];
  const app = createEmulator({ onCall: (call) => calls.push(call) });
  const canary = await signUserSig({ ...EMULATOR_APP, identifier: "canary" });
  let answers = "";
  const places = [
    { usersig: canary },
    { identifier: canary, signWith: { identifier: EMULATOR_ADMIN } },
    { sdkappid: canary },
    { random: canary },
    { contenttype: canary },
    { path: `/v4/${canary}` },
    { path: `/v4/${canary}/account_check` },
    { path: `/v4/im_open_login_svc/${canary}` },
    { path: `/v4/im_open_login_svc/account_check&usersig=${canary}` },
    { body: canary },
    { body: JSON.stringify({ CheckItem: canary }) },
    { body: JSON.stringify({ Owner_Account: [canary, 1] }) },
    { [canary]: "", sdkappid: null },
  ];
  for (const place of places) answers += await (await send(app, place)).text();
  assert.is(calls.length, places.length);
  assert.ok(calls.every(({ errorCode }) => errorCode !== 0));
  const printed = answers + JSON.stringify(calls);
  for (let at = 0; at + 24 <= canary.length; at += 8) {
    assert.not(printed.includes(canary.slice(at, at + 24)), `characters ${at} to ${at + 24}`);
  }
});

test("a body that is no JSON is not quoted", async () => {
  const secret = "eJw" + "x".repeat(30);
  // Some parsers quote up to the first sign that is no letter.
  const text = await (await send(createEmulator(), { body: `${secret}-${secret}` })).text();
  assert.match(text, /"ErrorCode":60003/);
  assert.not(text.includes(secret));
});

test("the well-known app is the one that the documentation's sample call shows", () => {
  assert.equal(EMULATOR_APP, {
    sdkAppId: EMULATOR_SDK_APP_ID,
    secretKey: EMULATOR_SECRET_KEY,
    admins: [EMULATOR_ADMIN],
  });
});

test.run();

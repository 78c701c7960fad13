import { test } from "uvu";
import * as assert from "uvu/assert";
import { EMULATOR_APP } from "../../src/emulator/mod.ts";
import { control } from "../support/control.ts";
import { clientOf, emulated, raw, refused } from "../support/emulated.ts";

const NOW = 1_795_000_000_000;
const IMPORT = "im_open_login_svc/account_import";
const CHECK = "im_open_login_svc/account_check";
const CREATE = "group_open_http_svc/create_group";

test("the log is searched by command, account, RequestId, and from a number on", async () => {
  const { app, tim } = emulated({ now: () => NOW });
  const { RequestId } = await tim.call(IMPORT, { UserID: "mira" });
  await tim.call(CHECK, { CheckItem: [{ UserID: "omar" }] });
  await refused(tim.call(CREATE, { Type: "Club", Name: "x" }));
  const find = async (query: string) =>
    (await control(app, "GET", `log?${query}`)).requests.map(({ n }: { n: number }) => n);
  assert.equal(await find(""), [1, 2, 3]);
  assert.equal(await find(`command=${CHECK}`), [2]);
  assert.equal(await find("command=im_open_login_svc"), [1, 2]);
  assert.equal(await find("account=omar"), [2]);
  assert.equal(await find("account=administrator"), [1, 2, 3]);
  assert.equal(await find("account=mir"), []);
  assert.equal(await find(`requestId=${RequestId}`), [1]);
  assert.equal(await find("after=1"), [2, 3]);
  assert.equal(await find("limit=2"), [2, 3]);
  const [first] = (await control(app, "GET", "log?limit=3")).requests;
  assert.equal({ ...first, tookMs: 0 }, {
    n: 1,
    method: "POST",
    path: `/v4/${IMPORT}`,
    command: IMPORT,
    errorCode: 0,
    errorInfo: "",
    requestId: RequestId,
    tookMs: 0,
    time: NOW,
    sdkAppId: EMULATOR_APP.sdkAppId,
    identifier: "administrator",
    body: { UserID: "mira" },
    answer: { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0, RequestId },
    hints: [],
  });
  await control(app, "GET", "log?limit=x", undefined, 400);
  await control(app, "DELETE", "log");
  assert.equal(await find(""), []);
});

test("the log hints at what was nearly right", async () => {
  const { app, tim } = emulated();
  await tim.call(IMPORT, { UserID: "mira", nick: "Mira" });
  await raw(app, { path: "/v4/im_open_login_svc/account_imprt" });
  const { requests } = await control(app, "GET", "log");
  assert.match(requests[0].hints[0], /You sent nick \(nick\); the field is Nick/);
  assert.match(requests[1].hints[0], /no command .*; im_open_login_svc\/account_import is near/);
  assert.match(requests[1].errorInfo, /did you mean account_import\?/);
});

test("the log keeps the last thousand requests", async () => {
  const { app } = emulated();
  for (let n = 0; n < 2100; n++) await app.request("/nothing");
  const { requests } = await control(app, "GET", "log?limit=5000");
  assert.is(requests.length, 1000);
  assert.is(requests.at(-1).n, 2100);
});

test("the log shows no UserSig, even in a body", async () => {
  const { app, tim } = emulated();
  const UserID = "eJw1j8" + "x".repeat(80);
  await refused(tim.call(IMPORT, { UserID, usersig: UserID }));
  await raw(app, { identifier: UserID, signWith: { identifier: "administrator" } });
  const text = JSON.stringify(await control(app, "GET", "log"));
  assert.not.match(text, "x".repeat(20));
});

test("the clock is frozen, moved and let go, and signatures follow it", async () => {
  let now = NOW;
  const { app, tim } = emulated({ now: () => now });
  const time = async (change?: object) =>
    (await control(app, change ? "POST" : "GET", "clock", change)).now;
  assert.is(await time(), NOW);
  now += 1000;
  assert.is(await time(), NOW + 1000);
  assert.is(await time({ freeze: true }), NOW + 1000);
  now += 5000;
  assert.is(await time(), NOW + 1000);
  assert.is(await time({ advance: 500 }), NOW + 1500);
  assert.is(await time({ freeze: false }), NOW + 1500);
  now += 1;
  assert.is(await time(), NOW + 1501);
  assert.is(await time({ set: "2027-01-01T00:00:00Z", freeze: true }), Date.UTC(2027, 0, 1));
  assert.is(await time({ reset: true }), now);
  assert.is(await time({ set: 5 }), 5);

  await control(app, "POST", "clock", { reset: true });
  await tim.call(CHECK, { CheckItem: [] });
  await control(app, "POST", "clock", { set: Date.now() + 400 * 86_400_000 });
  const [code, info] = await refused(tim.call(CHECK, { CheckItem: [] }));
  assert.is(code, 70001);
  assert.match(info, /by the emulator's clock, which was moved to \d{4}-/);
});

for (
  const [change, says] of [
    [{ forward: 1 }, /no forward; it takes freeze, set/],
    [{ set: "soon" }, /set is soon, wanted milliseconds/],
    [{ advance: "1" }, /advance is 1, wanted milliseconds/],
    [{ freeze: true, advance: 1e300 }, /would show 1e\+300, wanted a time from 1970 to 9999/],
    [{ reset: true, set: -1 }, /would show -1, wanted/],
    [{ freeze: "yes" }, /freeze is "yes", wanted true or false/],
    [5, /The body is 5, wanted a JSON object/],
  ] as [object, RegExp][]
) {
  test(`a wrong change of the clock is explained, and changes nothing: ${says.source}`, async () => {
    const { app } = emulated({ now: () => NOW });
    await control(app, "POST", "clock", { advance: 1000 });
    const { error } = await control(app, "POST", "clock", change, 400);
    assert.match(error, says);
    const { now, frozen } = await control(app, "GET", "clock");
    assert.equal([now, frozen], [NOW + 1000, false]);
  });
}

test("a client's wrong fields are explained", async () => {
  const { app } = emulated();
  const client = async (body: unknown) => (await control(app, "POST", "clients", body, 400)).error;
  assert.match(await client(null), "The body is null, wanted a JSON object");
  assert.match(
    await client({ UserID: "administrator", platform: "Web" }),
    "A client has no platform",
  );
});

test("the state shows accounts, groups and rooms of an app", async () => {
  const { app, tim } = emulated();
  await tim.call(IMPORT, { UserID: "mira" });
  await tim.call(CREATE, { Type: "Public", Name: "Club", GroupId: "club", Owner_Account: "mira" });
  const { apps: [state] } = await control(app, "GET", "state");
  assert.equal(state, {
    sdkAppId: EMULATOR_APP.sdkAppId,
    admins: ["administrator"],
    trial: false,
    calls: 2,
    accounts: { total: 2, list: ["administrator", "mira"] },
    groups: {
      total: 1,
      list: [{ id: "club", type: "Public", name: "Club", owner: "mira", members: 1 }],
    },
    rooms: { total: 0, list: [] },
  });
  await control(app, "GET", "state?sdkAppId=1", undefined, 400);
  const { error } = await control(app, "GET", "state?app=1", undefined, 400);
  assert.match(error, "?app= means nothing here");
});

test("the control API explains what it does not have, and refuses pages of other sites", async () => {
  const { app } = emulated();
  const { error } = await control(app, "GET", "nonsense", undefined, 404);
  assert.match(error, /no GET/);
  const answer = await app.request("/_emulator/reset", {
    method: "POST",
    headers: { "sec-fetch-site": "cross-site" },
  });
  assert.is(answer.status, 403);
});

test("with limits, calls a second are counted for each app and command, by the emulator's clock", async () => {
  let now = NOW;
  const apps = [EMULATOR_APP, { ...EMULATOR_APP, sdkAppId: 1400000000 }];
  const { app } = emulated({ limits: true, now: () => now, apps });
  const call = async (sdkAppId = EMULATOR_APP.sdkAppId) =>
    (await raw(app, {
      sdkappid: String(sdkAppId),
      signWith: { sdkAppId } as { identifier?: string },
    })).ErrorCode;
  for (let n = 0; n < 100; n++) assert.is(await call(), 0);
  assert.is(await call(), 60007);
  assert.is(await call(1400000000), 0);
  now += 999;
  assert.is(await call(), 60007);
  now += 1;
  assert.is(await call(), 0);
});

test("without limits nobody counts", async () => {
  const { app } = emulated({ now: () => NOW });
  for (let n = 0; n < 300; n++) assert.is((await raw(app, {})).ErrorCode, 0);
});

test("a remembered signature is still bound to its owner, its app and its end", async () => {
  let now = NOW;
  const { app } = emulated({
    now: () => now,
    apps: [EMULATOR_APP, { ...EMULATOR_APP, sdkAppId: 1400000000 }],
  });
  const tim = clientOf(app, EMULATOR_APP);
  await tim.call(CHECK, { CheckItem: [] });
  const { requests } = await control(app, "GET", "log");
  assert.is(requests[0].errorCode, 0);
  const { signUserSig } = await import("../../mod.ts");
  const usersig = await signUserSig({
    ...EMULATOR_APP,
    identifier: "administrator",
    expireSeconds: 60,
    currentDate: new Date(NOW),
  });
  const code = async (change: object) => (await raw(app, { usersig, ...change })).ErrorCode;
  assert.is(await code({}), 0);
  assert.is(await code({}), 0);
  assert.is(await code({ identifier: "mira" }), 70013);
  assert.is(await code({ sdkappid: "1400000000" }), 70014);
  now += 61_000;
  assert.is(await code({}), 70001);
});

test.run();

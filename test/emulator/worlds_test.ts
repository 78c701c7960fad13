import { test } from "uvu";
import * as assert from "uvu/assert";
import { ConfigError } from "../../mod.ts";
import {
  createEmulator,
  EMULATOR_APP,
  type EmulatorSnapshot,
  type HonoApp,
} from "../../src/emulator/mod.ts";
import { control } from "../support/control.ts";
import { clientOf, emulated, refused } from "../support/emulated.ts";

const IMPORT = "im_open_login_svc/account_import";
const CREATE = "group_open_http_svc/create_group";

function imported(UserID: string): { command: string; body: Record<string, unknown> } {
  return { command: IMPORT, body: { UserID } };
}

async function accounts(app: HonoApp, sdkAppId = EMULATOR_APP.sdkAppId): Promise<string[]> {
  const { apps } = await control(app, "GET", `state?sdkAppId=${sdkAppId}`);
  return apps[0].accounts.list;
}

test("any-app gives every app id a world of its own, signed with the well-known key", async () => {
  const app = createEmulator({ anyApp: true });
  const [one, two] = [1400000001, 4294967295].map((sdkAppId) =>
    clientOf(app, { ...EMULATOR_APP, sdkAppId })
  );
  await one!.call(IMPORT, { UserID: "mira" });
  await two!.call(IMPORT, { UserID: "omar" });
  assert.equal(await accounts(app, 1400000001), ["administrator", "mira"]);
  assert.equal(await accounts(app, 4294967295), ["administrator", "omar"]);
  const foreign = clientOf(app, { sdkAppId: 1400000001, secretKey: "f".repeat(64) });
  assert.is((await refused(foreign.call(IMPORT, { UserID: "x" })))[0], 70009);
  const strict = clientOf(createEmulator(), { ...EMULATOR_APP, sdkAppId: 1400000001 });
  assert.is((await refused(strict.call(IMPORT, { UserID: "x" })))[0], 60006);
});

test("a seed fills the apps that it names, and without an id every other app", async () => {
  const seed: EmulatorSnapshot = {
    version: 1,
    apps: [
      { sdkAppId: EMULATOR_APP.sdkAppId, calls: [imported("mira")] },
      { calls: [imported("everybody")] },
    ],
  };
  const app = createEmulator({ anyApp: true, seed });
  assert.equal(await accounts(app), ["administrator", "mira"]);
  assert.equal(await accounts(app, 1400000001), ["administrator", "everybody"]);
});

for (
  const [seed, says] of [
    [{}, /has no version/],
    [{ version: 99, apps: [] }, /has version 99, this emulator reads 1 to 2/],
    [{ version: 1 }, /has no list of apps/],
    [{ version: 1, apps: [{ sdkAppId: "1" }] }, /apps\[0\]\.sdkAppId "1"/],
    [{ version: 1, apps: [{}] }, /no list apps\[0\]\.calls/],
    [{ version: 1, apps: [{ calls: [{}] }] }, /no apps\[0\]\.calls\[0\]\.command/],
    [
      { version: 1, apps: [{ calls: [{ command: IMPORT }] }] },
      /no object apps\[0\]\.calls\[0\]\.body/,
    ],
    [
      { version: 1, apps: [{ calls: [{ ...imported("a"), at: "x" }] }] },
      /calls\[0\]\.at of the wrong/,
    ],
    [
      { version: 1, apps: [{ calls: [imported("")] }] },
      /call 0 \(.*account_import\) is refused: UserID/,
    ],
    [
      { version: 1, apps: [{ calls: [{ command: "a/b", body: {} }] }] },
      /call 0 \(a\/b\) is refused: There is no service "a"/,
    ],
    [
      { version: 1, apps: [{ sdkAppId: 5, calls: [] }] },
      /app 5, which this emulator does not have/,
    ],
  ] as [object, RegExp][]
) {
  test(`a wrong seed is explained: ${says.source}`, () => {
    assert.throws(
      () => createEmulator({ seed: seed as EmulatorSnapshot }),
      (error: Error) => error instanceof ConfigError && says.test(error.message),
    );
  });
}

test("reset goes back to the seed, to nothing, or to a snapshot", async () => {
  const seed = { version: 1, apps: [{ calls: [imported("seeded")] }] };
  const { app, tim } = emulated({ seed });
  await tim.call(IMPORT, { UserID: "mira" });
  await control(app, "POST", "snapshots/with-mira");
  await tim.call(IMPORT, { UserID: "omar" });
  assert.equal(await accounts(app), ["administrator", "seeded", "mira", "omar"]);
  await control(app, "POST", "reset?to=with-mira");
  assert.equal(await accounts(app), ["administrator", "seeded", "mira"]);
  await control(app, "POST", "reset?to=empty");
  assert.equal(await accounts(app), ["administrator"]);
  await control(app, "POST", "reset");
  assert.equal(await accounts(app), ["administrator", "seeded"]);
  const { error } = await control(app, "POST", "reset?to=nowhere", undefined, 400);
  assert.match(error, /no snapshot nowhere; there are: with-mira/);
});

test("reset of one app leaves the others as they are", async () => {
  const other = { ...EMULATOR_APP, sdkAppId: 1400000000 };
  const app = createEmulator({ apps: [EMULATOR_APP, other] });
  await clientOf(app, EMULATOR_APP).call(IMPORT, { UserID: "mira" });
  await clientOf(app, other).call(IMPORT, { UserID: "omar" });
  await control(app, "POST", "reset?sdkAppId=1400000000&to=empty");
  assert.equal(await accounts(app), ["administrator", "mira"]);
  assert.equal(await accounts(app, 1400000000), ["administrator"]);
});

test("a seed may narrow an app to the free edition, and a snapshot keeps that", async () => {
  const Accounts = Array.from({ length: 99 }, (_, n) => `user${n}`);
  const calls = [{ command: "im_open_login_svc/multiaccount_import", body: { Accounts } }];
  const seed = { version: 1, apps: [{ sdkAppId: EMULATOR_APP.sdkAppId, trial: true, calls }] };
  const { app, tim } = emulated({ seed });
  assert.is((await refused(tim.call(IMPORT, { UserID: "one-more" })))[0], 70398);
  const copy = emulated({ seed: await control(app, "GET", "snapshot") });
  assert.is((await refused(copy.tim.call(IMPORT, { UserID: "one-more" })))[0], 70398);
});

test("a reset to a snapshot of one app leaves the others alone", async () => {
  const other = { ...EMULATOR_APP, sdkAppId: 1400000000 };
  const app = createEmulator({ apps: [EMULATOR_APP, other] });
  await control(app, "POST", "snapshots/other?sdkAppId=1400000000");
  await clientOf(app, EMULATOR_APP).call(IMPORT, { UserID: "mira" });
  await clientOf(app, other).call(IMPORT, { UserID: "omar" });
  await control(app, "POST", "reset?to=other");
  assert.equal(await accounts(app), ["administrator", "mira"]);
  assert.equal(await accounts(app, 1400000000), ["administrator"]);
});

test("a snapshot is a seed: another emulator makes the same world of it, made-up ids included", async () => {
  let now = 1_795_000_000_000;
  const { app, tim } = emulated({ now: () => now });
  await tim.call(IMPORT, { UserID: "mira", Nick: 'M "K" é' });
  const made = await tim.call(CREATE, { Type: "Public", Name: "A", Owner_Account: "mira" });
  now += 60_000;
  const second = await tim.call(CREATE, { Type: "Public", Name: "B" });
  await refused(tim.call(CREATE, { Type: "Public", Name: "C", Owner_Account: "ghost" }));
  const snapshot = await control(app, "GET", "snapshot");
  assert.is(snapshot.version, 2);

  const copy = emulated({ seed: snapshot, now: () => now + 1000 });
  const read = { GroupIdList: [made.GroupId, second.GroupId] };
  const info = async (client: typeof tim) => {
    const { RequestId: _, ...answer } = await client.call(
      "group_open_http_svc/get_group_info",
      read,
    );
    return answer;
  };
  assert.equal(await info(copy.tim), await info(tim));
  assert.equal(await control(copy.app, "GET", "snapshot"), snapshot);

  const next = await tim.call(CREATE, { Type: "Public", Name: "D" });
  assert.ok(![made.GroupId, second.GroupId].includes(next.GroupId));
});

test("a snapshot that was taken away can be brought back by its name", async () => {
  const one = emulated();
  await one.tim.call(IMPORT, { UserID: "mira" });
  const file = await control(one.app, "GET", "snapshot");
  const two = emulated();
  await control(two.app, "PUT", "snapshots/brought", file);
  assert.equal(await control(two.app, "GET", "snapshots/brought"), file);
  await control(two.app, "POST", "reset?to=brought");
  assert.equal(await accounts(two.app), ["administrator", "mira"]);
  await control(two.app, "DELETE", "snapshots/brought");
  assert.equal((await control(two.app, "GET", "snapshots")).snapshots, []);
  await control(two.app, "PUT", "snapshots/bad", { version: 1 }, 400);
  await control(two.app, "POST", "snapshots/seed", undefined, 400);
});

test("a reset to calls that are refused leaves the world as it was", async () => {
  const { app, tim } = emulated();
  await tim.call(IMPORT, { UserID: "mira" });
  const bad = { version: 1, apps: [{ calls: [imported("omar"), { command: "x/y", body: {} }] }] };
  await control(app, "PUT", "snapshots/bad", bad);
  const { error } = await control(app, "POST", "reset?to=bad", undefined, 400);
  assert.match(error, /call 1 \(x\/y\) is refused/);
  assert.equal(await accounts(app), ["administrator", "mira"]);
});

test("with any-app, no world is made for what cannot be an SDKAppID", async () => {
  const { app } = emulated({ anyApp: true });
  for (const id of ["1.5", "0", "1e3", "0x10", "4294967296", "-1", ""]) {
    await control(app, "GET", `state?sdkAppId=${id}`, undefined, 400);
  }
  assert.is((await control(app, "GET", "state")).apps.length, 1);
});

test("a reset that one app refuses leaves the others and the clock as they were, too", async () => {
  const other = { ...EMULATOR_APP, sdkAppId: 1400000000 };
  const { app, tim } = emulated({ apps: [EMULATOR_APP, other], now: () => 1_795_000_000_000 });
  await tim.call(IMPORT, { UserID: "mira" });
  await control(app, "PUT", "snapshots/bad", {
    version: 2,
    clock: { frozenAt: 5 },
    apps: [
      { sdkAppId: EMULATOR_APP.sdkAppId, calls: [], trial: true },
      { sdkAppId: other.sdkAppId, calls: [{ command: "x/y", body: {} }] },
    ],
  });
  const look = async () => [await control(app, "GET", "state"), await control(app, "GET", "clock")];
  const before = await look();
  await control(app, "POST", "reset?to=bad", undefined, 400);
  assert.equal(await look(), before);
});

test("a snapshot that is none is explained", async () => {
  const { app } = emulated();
  const put = async (body: unknown) => (await control(app, "PUT", "snapshots/x", body, 400)).error;
  assert.match(await put({ version: 2, apps: [null] }), "no list apps[0].calls");
  const clock = { frozenAt: 1e300 };
  assert.match(await put({ version: 2, apps: [], clock }), "clock.frozenAt 1e+300");
  const calls = [{ command: IMPORT, body: {}, seed: "x" }];
  assert.match(
    await put({ version: 2, apps: [{ calls }] }),
    "apps[0].calls[0].seed of the wrong type",
  );
});

test.run();

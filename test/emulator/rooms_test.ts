import { test } from "uvu";
import * as assert from "uvu/assert";
import type { BaseClient } from "../../mod.ts";
import { emulated, refused } from "../support/emulated.ts";

const NOW = 1_795_000_000_000;
const START = NOW / 1000;

type RoomInfo = Record<string, unknown>;

/** The two services whose commands have the same names, each with a room that has all it needs. */
const services = [
  { service: "room_engine_http_srv", RoomType: "Conference" },
  { service: "live_engine_http_srv", RoomType: "Live" },
];

async function peopled(now: () => number = () => NOW): Promise<BaseClient> {
  const { tim } = emulated({ now });
  await tim.call("im_open_login_svc/multiaccount_import", { Accounts: ["mira", "ines"] });
  return tim;
}

async function read(tim: BaseClient, service: string, RoomId: string): Promise<RoomInfo> {
  const answer = await tim.call<string, { Response: { RoomInfo: RoomInfo } }>(
    `${service}/get_room_info`,
    {
      RoomId,
    },
  );
  return answer.Response.RoomInfo;
}

test("a conference is read back as it was created", async () => {
  const tim = await peopled();
  const RoomInfo = {
    RoomId: "standup-0412",
    RoomName: "Design stand-up",
    RoomType: "Conference",
    Owner_Account: "mira",
    MaxMemberCount: 50,
    ScheduleStartTime: START + 600,
    ScheduleEndTime: START + 4200,
    IsVideoDisabled: false,
    IsAudioDisabled: false,
    IsMessageDisabled: true,
    IsScreenSharingDisabled: false,
    IsCloudRecordingDisabled: true,
    CustomInfo: "team=design",
    IsSeatEnabled: true,
    MaxSeatCount: 8,
    TakeSeatMode: "ApplyToTake",
    IsPasswordEnabled: true,
    Password: "204817",
  };
  await tim.call("room_engine_http_srv/create_room", {
    RoomInfo,
    ScheduleInviteeList_Account: ["ines"],
  });
  assert.equal(await read(tim, "room_engine_http_srv", "standup-0412"), {
    ...RoomInfo,
    RoomStatus: "NotStarted",
    CreateTime: START,
    MemberCount: 0,
  });
});

test("a conference has the documented defaults and starts by the clock", async () => {
  let now = NOW;
  const tim = await peopled(() => now);
  const create = (RoomInfo: object) => tim.call("room_engine_http_srv/create_room", { RoomInfo });
  await create({ RoomId: "now", RoomType: "Conference" });
  const room = await read(tim, "room_engine_http_srv", "now");
  assert.is(room.RoomName, "now");
  assert.is(room.Owner_Account, "administrator");
  assert.is(room.ScheduleStartTime, START);
  assert.is(room.ScheduleEndTime, START + 3600);
  assert.is(room.RoomStatus, "Running");
  assert.is(room.IsSeatEnabled, false);
  assert.is(room.TakeSeatMode, "None");
  await create({ RoomId: "later", RoomType: "Conference", ScheduleStartTime: START + 60 });
  const status = async () => (await read(tim, "room_engine_http_srv", "later")).RoomStatus;
  assert.is(await status(), "NotStarted");
  now += 60_000;
  assert.is(await status(), "Running");
});

test("a live room is read back as it was created", async () => {
  const tim = await peopled();
  const RoomInfo = {
    RoomId: "live_coffee_7",
    RoomType: "Live",
    RoomName: "Morning coffee",
    Owner_Account: "ines",
    SeatTemplate: "VideoDynamicGrid9Seats",
    TakeSeatMode: "ApplyToTake",
    MaxMemberCount: 300,
    CoverURL: "https://img.example.com/c7.png",
    Category: [2, 5],
    IsPublicVisible: false,
    ActivityStatus: 1,
  };
  const { Response } = await tim.call("live_engine_http_srv/create_room", { RoomInfo });
  assert.equal(Response, { RoomId: "live_coffee_7" });
  assert.equal(await read(tim, "live_engine_http_srv", "live_coffee_7"), {
    ...RoomInfo,
    CreateTime: START,
    IsSeatEnabled: true,
    MaxSeatCount: 9,
    IsMessageDisabled: false,
    Notice: "",
    ViewCount: 0,
  });
});

test("a live room has the documented defaults", async () => {
  const tim = await peopled();
  await tim.call("live_engine_http_srv/create_room", {
    RoomInfo: { RoomId: "plain", RoomType: "Live" },
  });
  const room = await read(tim, "live_engine_http_srv", "plain");
  assert.is(room.RoomName, "plain");
  assert.is(room.Owner_Account, "administrator");
  assert.is(room.TakeSeatMode, "FreeToTake");
  assert.is(room.IsMessageDisabled, false);
  assert.is(room.IsPublicVisible, true);
  assert.is(room.IsSeatEnabled, false);
});

test("destroy_room of a live room answers the final statistics", async () => {
  const tim = await peopled();
  await tim.call("live_engine_http_srv/create_room", {
    RoomInfo: { RoomId: "plain", RoomType: "Live" },
  });
  const { Response } = await tim.call("live_engine_http_srv/destroy_room", { RoomId: "plain" });
  assert.equal(Response, {
    Statistic: {
      TotalViewers: 0,
      TotalGiftsSent: 0,
      TotalGiftCoins: 0,
      TotalUniqueGiftSenders: 0,
      TotalLikesReceived: 0,
    },
  });
});

test("update_room_info of a conference leaves seats, schedule and owner alone", async () => {
  const tim = await peopled();
  const command = (name: string) => `room_engine_http_srv/${name}`;
  await tim.call(command("create_room"), { RoomInfo: { RoomId: "r", RoomType: "Conference" } });
  const before = await read(tim, "room_engine_http_srv", "r");
  await tim.call(command("update_room_info"), {
    RoomInfo: {
      RoomId: "r",
      RoomName: "Design review",
      MaxMemberCount: 0,
      IsAudioDisabled: true,
      TakeSeatMode: "FreeToTake",
      IsSeatEnabled: true,
      MaxSeatCount: 3,
      Owner_Account: "mira",
      ScheduleStartTime: 1,
    },
  });
  assert.equal(await read(tim, "room_engine_http_srv", "r"), {
    ...before,
    RoomName: "Design review",
    IsAudioDisabled: true,
  });
});

test("update_room_info of a live room changes what is given", async () => {
  const tim = await peopled();
  await tim.call("live_engine_http_srv/create_room", {
    RoomInfo: { RoomId: "r", RoomType: "Live", Category: [1] },
  });
  const before = await read(tim, "live_engine_http_srv", "r");
  const change = { RoomName: "Evening coffee", IsMessageDisabled: true, Notice: "Be kind" };
  const answer = await tim.call("live_engine_http_srv/update_room_info", {
    RoomInfo: { RoomId: "r", MaxMemberCount: 0, ...change },
  });
  assert.is(answer.ErrorCode, 0);
  assert.equal(await read(tim, "live_engine_http_srv", "r"), { ...before, ...change });
});

for (const { service, RoomType } of services) {
  const create = (tim: BaseClient, RoomInfo: object) =>
    tim.call(`${service}/create_room`, { RoomInfo: { RoomType, RoomId: "r", ...RoomInfo } });

  test(`${service}: a taken id is 100010 for its owner, 100003 for others`, async () => {
    const tim = await peopled();
    await create(tim, { Owner_Account: "mira" });
    assert.is((await refused(create(tim, { Owner_Account: "mira" })))[0], 100010);
    assert.is((await refused(create(tim, { Owner_Account: "ines" })))[0], 100003);
    assert.is((await refused(create(tim, {})))[0], 100003);
  });

  test(`${service}: the ids of Chat groups are taken (100011), and the other way (10021)`, async () => {
    const tim = await peopled();
    const group = (GroupId: string) =>
      tim.call("group_open_http_svc/create_group", { Type: "Public", Name: "g", GroupId });
    await group("club");
    const [code, info] = await refused(create(tim, { RoomId: "club" }));
    assert.is(code, 100011);
    assert.match(info, /Chat group with the id "club"/);
    await create(tim, {});
    assert.is((await refused(group("r")))[0], 10021);
  });

  test(`${service}: a dissolved room is gone, and its id is free`, async () => {
    const tim = await peopled();
    await create(tim, {});
    await tim.call(`${service}/destroy_room`, { RoomId: "r" });
    for (const command of ["get_room_info", "destroy_room"]) {
      const [code, info] = await refused(tim.call(`${service}/${command}`, { RoomId: "r" }));
      assert.is(code, 100004);
      assert.match(info, /There is no .* "r"/);
    }
    const update = tim.call(`${service}/update_room_info`, { RoomInfo: { RoomId: "r" } });
    assert.is((await refused(update))[0], 100004);
    await create(tim, { Owner_Account: "mira" });
    assert.is((await read(tim, service, "r")).Owner_Account, "mira");
  });

  test(`${service} does not see the other product's rooms, but their ids are taken`, async () => {
    const tim = await peopled();
    await create(tim, { Owner_Account: "mira" });
    const other = services.find((known) => known.service !== service)!;
    assert.is((await refused(read(tim, other.service, "r")))[0], 100004);
    const again = tim.call(`${other.service}/create_room`, {
      RoomInfo: { RoomId: "r", RoomType: other.RoomType },
    });
    assert.is((await refused(again))[0], 100003);
  });

  const bad: [code: number, command: string, body: object, says: RegExp][] = [
    [100002, "create_room", {}, /^RoomInfo is missing$/],
    [100002, "create_room", { RoomInfo: { RoomType } }, /^RoomInfo\.RoomId is missing$/],
    [100002, "create_room", { RoomInfo: { RoomId: "r" } }, /^RoomInfo\.RoomType is missing$/],
    [
      100002,
      "create_room",
      { RoomInfo: { RoomId: "r", RoomType: "Salon" } },
      /^RoomInfo\.RoomType is "Salon", wanted "?(Conference|Live)"?$/,
    ],
    [100002, "create_room", { RoomInfo: { RoomId: "", RoomType } }, /^RoomInfo\.RoomId is empty$/],
    [
      100002,
      "create_room",
      { RoomInfo: { RoomId: "x".repeat(49), RoomType } },
      /^RoomInfo\.RoomId is 49 bytes of UTF-8, limit is 48$/,
    ],
    [
      100002,
      "create_room",
      { RoomInfo: { RoomId: "café", RoomType } },
      /^RoomInfo\.RoomId is "café", wanted printable ASCII$/,
    ],
    [
      100002,
      "create_room",
      { RoomInfo: { RoomId: "r", RoomType, RoomName: "ü".repeat(51) } },
      /^RoomInfo\.RoomName is 102 bytes of UTF-8, limit is 100$/,
    ],
    [
      100002,
      "create_room",
      { RoomInfo: { RoomId: "r", RoomType, IsMessageDisabled: "true" } },
      /^RoomInfo\.IsMessageDisabled is "true", wanted a boolean$/,
    ],
    [
      100002,
      "create_room",
      { RoomInfo: { RoomId: "r", RoomType, Owner_Account: "ghost" } },
      /^RoomInfo\.Owner_Account is "ghost", which is no imported account$/,
    ],
    [
      60015,
      "create_room",
      { RoomInfo: { RoomId: "r", RoomType, Owner_Account: 1 } },
      /^RoomInfo\.Owner_Account is 1/,
    ],
    [100002, "get_room_info", {}, /^RoomId is missing$/],
    [100002, "get_room_info", { RoomId: 5 }, /^RoomId is 5, wanted a string$/],
    [100002, "destroy_room", {}, /^RoomId is missing$/],
    [100002, "update_room_info", { RoomInfo: {} }, /^RoomInfo\.RoomId is missing$/],
    [
      100002,
      "update_room_info",
      { RoomInfo: { RoomId: "r", TakeSeatMode: "None" } },
      /^RoomInfo\.TakeSeatMode is "None", wanted one of: FreeToTake, ApplyToTake$/,
    ],
  ];
  for (const [code, command, body, says] of bad) {
    test(`${service}/${command} answers ${code}: ${says.source}`, async () => {
      const [got, info] = await refused((await peopled()).call(`${service}/${command}`, body));
      assert.is(got, code);
      assert.match(info, says);
    });
  }
}

test("create_room refuses a conference of less than five minutes", async () => {
  const tim = await peopled();
  const create = (RoomId: string, seconds: number) =>
    tim.call("room_engine_http_srv/create_room", {
      RoomInfo: { RoomId, RoomType: "Conference", ScheduleEndTime: START + seconds },
    });
  const [code, info] = await refused(create("short", 299));
  assert.is(code, 100002);
  assert.match(info, /ScheduleEndTime is 299 s after the start, wanted 300 s or more/);
  await create("just", 300);
});

for (
  const [RoomInfo, says] of [
    [{ Category: [1, 2, 3, 4] }, /^RoomInfo\.Category has 4 items, limit is 3$/],
    [{ Category: ["1"] }, /^RoomInfo\.Category\[0\] is "1", wanted an integer$/],
    [{ SeatTemplate: "Sofa" }, /^RoomInfo\.SeatTemplate is "Sofa", wanted one of: Video/],
    [{ CoverURL: "x".repeat(201) }, /^RoomInfo\.CoverURL is 201 bytes/],
  ] as const
) {
  test(`live_engine_http_srv/create_room answers 100002: ${says.source}`, async () => {
    const [code, info] = await refused((await peopled()).call("live_engine_http_srv/create_room", {
      RoomInfo: { RoomId: "r", RoomType: "Live", ...RoomInfo },
    }));
    assert.is(code, 100002);
    assert.match(info, says);
  });
}

test("live_engine_http_srv/update_room_info takes a notice of 100 bytes and no more", async () => {
  const tim = await peopled();
  await tim.call("live_engine_http_srv/create_room", {
    RoomInfo: { RoomId: "r", RoomType: "Live" },
  });
  const update = (Notice: string) =>
    tim.call("live_engine_http_srv/update_room_info", { RoomInfo: { RoomId: "r", Notice } });
  await update("x".repeat(100));
  assert.is((await refused(update("x".repeat(101))))[0], 100002);
  assert.is((await read(tim, "live_engine_http_srv", "r")).Notice, "x".repeat(100));
});

test.run();

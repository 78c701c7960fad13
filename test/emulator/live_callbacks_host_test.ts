import { Validator } from "@cfworker/json-schema";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { toJsonSchema } from "../../scripts/generate/json_schema.ts";
import { webhookSign } from "../../src/api/webhooks/mod.ts";
import { calls } from "../support/calls.ts";
import { catalogue } from "../support/catalogue.ts";

const L = "live_engine_http_srv";
const RoomId = "coffee";
const SETTINGS = "http://settings.test";
const LIVE = "http://live.test";

type Event = Record<string, unknown> & { CallbackCommand: string };

const $defs = Object.fromEntries(
  [...catalogue.schemas].map(([name, { schema }]) => [name, toJsonSchema(catalogue, schema)]),
);

/** Holds an event to what is described of it, which names every field that it may have. */
function assertDescribed(event: Event): void {
  const { request } = catalogue.webhooks.find(({ id }) => id === event.CallbackCommand)!;
  const schema = { ...toJsonSchema(catalogue, request.schema), $defs };
  const validator = new Validator(schema as ConstructorParameters<typeof Validator>[0], "2020-12");
  assert.equal(validator.validate(event).errors, [], event.CallbackCommand);
  const known = Object.keys(request.schema.properties!);
  assert.equal(Object.keys(event).filter((name) => !known.includes(name)), []);
}

/** An emulator, and the server of its app with what it was sent. */
async function listening(token?: string) {
  const sent: { url: URL; event: Event }[] = [];
  const fetcher = ((url: string, init: RequestInit) => {
    sent.push({ url: new URL(url), event: JSON.parse(init.body as string) });
    return Promise.resolve(Response.json({ ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" }));
  }) as typeof fetch;
  const made = await calls(undefined, {
    webhooks: { url: SETTINGS, ...(token !== undefined && { token }) },
    fetch: fetcher,
  });
  /** What was told since the last time, by name, without what all have. */
  const heard = () =>
    sent.splice(0).map(({ event }) => {
      assertDescribed(event);
      const { CallbackCommand, EventTime, ...rest } = event;
      assert.is(EventTime, made.clock.now);
      return [CallbackCommand.replace("Live.Callback", ""), rest];
    });
  const create = (id: string, Owner_Account: string) =>
    made.call(`${L}/create_room`, { RoomInfo: { RoomId: id, RoomType: "Live", Owner_Account } });
  return { ...made, sent, heard, create };
}

test("a live room's beginning, its changes and its end are told", async () => {
  const { call, clock, heard, create } = await listening();
  await create(RoomId, "mira");
  const room = {
    RoomName: RoomId,
    RoomType: "Live",
    MaxMemberCount: 1_000_000,
    IsMessageDisabled: false,
    IsSeatEnabled: false,
    TakeSeatMode: "FreeToTake",
    MaxSeatCount: 0,
    IsPublicVisible: true,
    CoverURL: "",
    Category: [],
  };
  const Operator_Account = "administrator";
  const [[name, created]] = heard() as [[string, { RoomInfo: { MaxMemberCount: number } }]];
  room.MaxMemberCount = created.RoomInfo.MaxMemberCount;
  assert.is(name, "AfterCreateRoom");
  assert.equal(created, {
    Operator_Account,
    RoomInfo: { ...room, RoomId, Owner_Account: "mira", CreateTime: clock.seconds },
  });
  await call(`${L}/update_room_info`, {
    RoomInfo: { RoomId, RoomName: "Tea", IsMessageDisabled: true, Notice: "Hello" },
  });
  assert.equal(heard(), [["AfterUpdateRoomInfo", {
    Operator_Account,
    RoomInfo: { RoomId, RoomName: "Tea", IsMessageDisabled: true },
  }]]);
  await call(`${L}/change_room_owner`, { RoomId, NewOwner_Account: "omar" });
  assert.equal(heard(), [["AfterChangeOwner", {
    RoomId,
    Operator_Account,
    CurrentOwner_Account: "omar",
    OriginalOwner_Account: "mira",
  }]]);
  await call(`${L}/modify_admin`, { RoomId, OpType: "add", Admin_Account: ["lin"] });
  await call(`${L}/modify_admin`, { RoomId, OpType: "delete", Admin_Account: ["lin", "zoe"] });
  assert.equal(heard(), [
    ["AfterModifyAdmin", { RoomId, Operator_Account, Admin_Account: ["lin"], opType: "add" }],
    ["AfterModifyAdmin", {
      RoomId,
      Operator_Account,
      Admin_Account: ["lin", "zoe"],
      opType: "delete",
    }],
  ]);
  const Metadata = [{ Key: "theme", Value: "tea" }];
  await call(`${L}/set_room_metadata`, { RoomId, Metadata });
  await call(`${L}/del_room_metadata`, { RoomId, Keys: ["none", "theme"] });
  assert.equal(heard(), [
    ["AfterSetMetadata", { Operator_Account, RoomId, Metadata }],
    ["AfterDelMetadata", { Operator_Account, RoomId, Keys: ["theme"] }],
  ]);
  const { Response } = await call(`${L}/destroy_room`, { RoomId });
  assert.equal(heard(), [["AfterDestroyRoom", {
    Operator_Account,
    RoomId,
    EventType: "DestroyByUser",
    RoomInfo: {
      ...room,
      RoomName: "Tea",
      IsMessageDisabled: true,
      Owner_Account: "omar",
      ActivityStatus: 0,
      ViewCount: 0,
    },
    Statistic: Response!.Statistic,
  }]]);
});

test("who enters and leaves a live room is told, and nobody of whom nothing changes", async () => {
  const { call, heard, create } = await listening();
  await create(RoomId, "mira");
  heard();
  await call(`${L}/add_robot`, { RoomId, RobotList_Account: ["omar", "lin"] });
  await call(`${L}/add_robot`, { RoomId, RobotList_Account: ["omar", "zoe", "zoe"] });
  await call(`${L}/add_robot`, { RoomId, RobotList_Account: ["omar"] });
  await call(`${L}/del_robot`, { RoomId, RobotList_Account: ["lin", "mira"] });
  await call(`${L}/del_robot`, { RoomId, RobotList_Account: ["lin"] });
  await call(`${L}/ban_member`, { RoomId, MemberList_Account: ["omar", "lin"], Duration: 60 });
  await call(`${L}/destroy_room`, { RoomId });
  const told = (EventType: string, EventCause: string, ...accounts: string[]) => [
    "AfterMemberStateChanged",
    {
      RoomId,
      EventType,
      EventCause,
      MemberList: accounts.map((Member_Account) => ({ Member_Account })),
    },
  ];
  const all = heard();
  assert.is(all.pop()![0], "AfterDestroyRoom");
  assert.equal(all, [
    told("Online", "Enter", "omar", "lin"),
    told("Online", "Enter", "zoe"),
    told("Offline", "Leave", "lin"),
    told("Offline", "Kicked", "omar"),
  ]);
});

test("a battle is told when it is made and begins", async () => {
  const { call, clock, heard, create } = await listening();
  await create(RoomId, "mira");
  await create("tea", "omar");
  heard();
  const { Response } = await call("live_engine_http_pk/create_battle", {
    FromRoomId: RoomId,
    ToRoomIdList: ["tea", "none"],
    Duration: 60_000,
    ExtensionInfo: "round 1",
  });
  const asked = { BattleId: Response!.BattleId, Duration: 60_000 };
  assert.equal(heard(), [
    ["AfterCreateBattle", {
      ...asked,
      Operator_Account: "administrator",
      FromRoomId: RoomId,
      ToRoomIdList: ["tea"],
      NeedResponse: false,
      ExtensionInfo: "round 1",
    }],
    ["AfterStartBattle", {
      ...asked,
      CreateTime: clock.seconds,
      StartTime: clock.seconds,
      FromRoomInfo: { RoomId, Owner_Account: "mira" },
      ToRoomList: [{ RoomId: "tea", Owner_Account: "omar" }],
    }],
  ]);
});

test("Live's callbacks go where live_config says, signed with its token when that is on", async () => {
  const { call, clock, sent, create } = await listening("of-the-settings");
  const setting = { Url: LIVE, CallbackCommandList: ["Live.CallbackAfterCreateRoom" as const] };
  await call("room_config/set_callback", {
    Url: "http://room.test",
    CallbackCommandList: ["Room.CallbackAfterCreateRoom"],
  });
  const sign = (token: string) => webhookSign(token, String(clock.seconds));
  /** Where the last callback went, and how it was signed. */
  const last = async (id: string) => {
    await create(id, "mira");
    for (let turn = 0; turn < 200 && sent.length === 0; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const [{ url, event }] = sent.splice(0) as [typeof sent[0]];
    assert.is((event.RoomInfo as { RoomId: string }).RoomId, id);
    return [url.origin, url.searchParams.get("Sign")];
  };
  assert.equal(await last("a"), [SETTINGS, await sign("of-the-settings")]);
  await call("live_config/set_callback", setting);
  assert.equal(await last("b"), [LIVE, await sign("of-the-settings")]);
  await call("live_config/set_callback_token", { Token: "of-live", IsTokenEnable: true });
  assert.equal(await last("c"), [LIVE, await sign("of-live")]);
  await call("live_config/set_callback_token", { IsTokenEnable: false });
  assert.equal(await last("d"), [LIVE, null]);
  await call("live_config/update_callback", { ...setting, CallbackCommandList: [] });
  assert.equal(await last("e"), [SETTINGS, await sign("of-the-settings")]);
});

test("changes of seats go where the product of their room says", async () => {
  const { call, sent } = await listening();
  const seats = { CallbackCommandList: ["Mic.CallbackAfterSeatInfoChanged" as const] };
  const room = { RoomId: "standup", RoomType: "Conference", IsSeatEnabled: true } as const;
  await call("room_engine_http_srv/create_room", { RoomInfo: room });
  await call(`${L}/create_room`, {
    RoomInfo: { RoomId, RoomType: "Live", SeatTemplate: "AudioSalon" },
  });
  const lock = async () => {
    sent.splice(0);
    for (const id of ["standup", RoomId]) {
      await call("room_engine_http_mic/lock_seat", { RoomId: id, Index: 0, ForbidTaken: true });
    }
    return sent.map(({ url, event }) => [event.RoomId, url.origin]);
  };
  await call("live_config/set_callback", { ...seats, Url: LIVE });
  assert.equal(await lock(), [["standup", SETTINGS], [RoomId, LIVE]]);
  await call("room_config/set_callback", { ...seats, Url: "http://room.test" });
  assert.equal(await lock(), [["standup", "http://room.test"], [RoomId, LIVE]]);
  await call("live_config/delete_callback", {});
  assert.equal(await lock(), [["standup", "http://room.test"], [RoomId, SETTINGS]]);
});

test.run();

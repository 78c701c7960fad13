import { test } from "uvu";
import * as assert from "uvu/assert";
import { TimClient } from "../../mod.ts";
import { commands, createTim, findCommand, namedCalls, nearestCommand } from "../../src/api/mod.ts";
import { eachName } from "../../src/api/named_calls.ts";
import { isIdempotent } from "../../src/core/idempotent_commands.ts";

type Method = (body?: object, options?: { timeoutMs?: number }) => Promise<{ ErrorCode: number }>;
type Areas = Record<string, Record<string, Method>>;

/** What a client sent last, and the options to make it with: every call is answered with success. */
function recorder() {
  const sent: { path: string; body: unknown }[] = [];
  const options = {
    sdkAppId: 1400000000,
    secretKey: "anything",
    fetch: async (url: string, init: RequestInit) => {
      const body = JSON.parse(await new Response(init.body).text());
      sent.push({ path: new URL(url).pathname, body });
      return Response.json({ ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0 });
    },
  };
  return { sent, options };
}

test("createTim calls every command by name, and tim.call by its path", async () => {
  const { sent, options } = recorder();
  const tim = createTim(options);
  const areas = tim as unknown as Areas;
  for (const { service, command, area, name } of commands) {
    const wanted = { path: `/v4/${service}/${command}`, body: { Field: name } };
    await areas[area]![name]!({ Field: name });
    assert.equal(sent.at(-1), wanted, `${area}.${name}`);
    await tim.call<string>(`${service}/${command}`, { Field: name });
    assert.equal(sent.at(-1), wanted);
  }
  assert.is(sent.length, 2 * commands.length);
});

test("createTim says what to do with a client that exists already", () => {
  const { options } = recorder();
  assert.throws(() => createTim(new TimClient(options) as never), /namedCalls\(client\)/);
});

test("createTim offers the seat commands to Live as well", async () => {
  const { sent, options } = recorder();
  const tim = createTim(options);
  await tim.live.lockSeat({ RoomId: "r", Index: 1 });
  await tim.room.lockSeat({ RoomId: "r", Index: 1 });
  assert.is(sent[0]!.path, "/v4/room_engine_http_mic/lock_seat");
  assert.equal(sent[0], sent[1]);
});

test("createTim hides nothing of the client behind an area", () => {
  const { options } = recorder();
  const tim = createTim(options);
  assert.instance(tim, TimClient);
  const plain = new TimClient(options);
  for (const [area] of eachName()) assert.not(area in plain, `${area} is the client's own`);
});

test("namedCalls hands body, options and answer through, with an empty body by default", async () => {
  const { sent, options } = recorder();
  const { group } = namedCalls(new TimClient(options));
  const answer = await group.getAppidGroupList();
  assert.equal(sent[0]!.body, {});
  assert.is(answer.ErrorCode, 0);
  let refused: unknown;
  await group.getAppidGroupList({}, { timeoutMs: 1 }).catch((error) => refused = error);
  assert.match(String(refused), "timeoutMs is 1");
});

test("tim.call sends a command that nobody knows", async () => {
  const { sent, options } = recorder();
  await createTim(options).call("a_new_service/a_new_command", { Anything: 1 });
  assert.equal(sent, [{ path: "/v4/a_new_service/a_new_command", body: { Anything: 1 } }]);
});

test("commands have what a client needs to know, once each", () => {
  assert.is(
    new Set(commands.map(({ service, command }) => `${service}/${command}`)).size,
    commands.length,
  );
  assert.is(new Set(commands.map(({ area, name }) => `${area}.${name}`)).size, commands.length);
  for (const row of commands) {
    assert.ok(row.rateLimit > 0, row.name);
    assert.type(row.idempotent, "boolean");
  }
  assert.is([...eachName()].length, commands.length + 6, "x-also-named adds six");
});

test("the core knows the same commands as safe to repeat as the table does, and no other", () => {
  for (const { service, command, idempotent } of commands) {
    assert.is(isIdempotent(`${service}/${command}`), idempotent, command);
  }
  assert.is(isIdempotent("a_new_service/get_anything"), false);
});

test("findCommand knows a command by its path and by its names", () => {
  const row = findCommand("group_open_http_svc/get_appid_group_list")!;
  assert.equal(row, {
    service: "group_open_http_svc",
    command: "get_appid_group_list",
    area: "group",
    name: "getAppidGroupList",
    idempotent: true,
    rateLimit: 1,
    paging: {
      items: ["GroupIdList"],
      carry: { Next: "Next" },
      end: { field: "Next", is: [0] },
      limit: "Limit",
      total: "TotalCount",
    },
  });
  assert.is(findCommand("v4/group_open_http_svc/get_appid_group_list"), row);
  assert.is(findCommand("group.getAppidGroupList"), row);
  assert.is(findCommand("live.lockSeat"), findCommand("room.lockSeat"));
  assert.is(findCommand("group_open_http_svc/get_appid_groups"), undefined);
});

for (
  const [written, meant] of [
    ["live_engine_http_srv/creat_room", "live_engine_http_srv/create_room"],
    ["v4/Group_Open_Http_Svc/get_appid_group_lsit", "group_open_http_svc/get_appid_group_list"],
    ["live.createroom", "live.createRoom"],
    ["live.craeteRoom", "live.createRoom"],
    ["weather/forecast", undefined],
  ] as const
) {
  test(`nearestCommand makes ${meant} of ${written}`, () => {
    assert.is(nearestCommand(written), meant);
  });
}

test.run();

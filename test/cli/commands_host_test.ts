import { test } from "uvu";
import * as assert from "uvu/assert";
import { createEmulator, EMULATOR_APP } from "../../src/emulator/mod.ts";
import { serve } from "../../src/runtime/serve.ts";
import { run } from "../support/run_main.ts";

const emulator = createEmulator();
const { url, close } = await serve((request) => emulator.fetch(request), {
  hostname: "127.0.0.1",
  port: 0,
});
const app = {
  TIM_SDK_APP_ID: String(EMULATOR_APP.sdkAppId),
  TIM_SECRET_KEY: EMULATOR_APP.secretKey,
  TIM_BASE_URL: url,
};
test.after(close);

test("tim call sends fields, by path and by name, and prints the answer", async () => {
  const created = await run([
    "call",
    "live_engine_http_srv/create_room",
    "RoomInfo.RoomId=r1",
    "RoomInfo.RoomType=Live",
    "RoomInfo.Category[]=2",
    "RoomInfo.Category[]=5",
    "RoomInfo.RoomName:=7",
  ], app);
  assert.is(created.code, 0, created.err);
  const read = await run(["call", "live.getRoomInfo", "RoomId=r1"], app);
  const { RoomInfo } = JSON.parse(read.out).Response;
  assert.equal(RoomInfo.Category, [2, 5]);
  assert.is(RoomInfo.RoomName, "7");
});

test("tim call takes the body from an argument, a file and standard input", async () => {
  const command = ["call", "im_open_login_svc/account_import", "--dry-run", "--data"];
  assert.equal(JSON.parse((await run([...command, '{"UserID":"a"}'])).out), { UserID: "a" });
  assert.equal(JSON.parse((await run([...command, "-"], {}, '{"UserID":"b"}')).out), {
    UserID: "b",
  });
  const file = await run([...command, "@deno.json", "--unchecked"]);
  assert.is(JSON.parse(file.out).name, "@tim/edge");
});

test("tim call prints the backend's refusal with its meaning, and exits with 1", async () => {
  const { code, out, err } = await run(["call", "live.getRoomInfo", "RoomId=nowhere"], app);
  assert.is(code, 1);
  assert.is(JSON.parse(out).ErrorCode, 100004);
  assert.match(err, /100004/);
  assert.match(err, /does not exist or was dissolved/);
  assert.not.match(out + err, EMULATOR_APP.secretKey);
});

for (
  const [what, args, message] of [
    [
      "a misspelt command",
      ["live_engine_http_srv/creat_room"],
      /did you mean live_engine_http_srv\/create_room/,
    ],
    ["a misspelt name", ["live.creatRoom"], /did you mean live\.createRoom/],
    ["a field that is missing", ["live.createRoom"], /RoomInfo/],
    ["a field of the wrong type", ["group.getAppidGroupList", "Limit=two"], /Limit/],
    ["a field without a value", ["live.getRoomInfo", "RoomId"], /wanted Field=value/],
    ["data that is no JSON", ["live.getRoomInfo", "--data", "{"], /is no JSON/],
    ["data that is a list", ["live.getRoomInfo", "--data", "[]"], /one JSON object/],
    ["a file that is not there", ["live.getRoomInfo", "--data", "@/nowhere"], /cannot be read/],
    ["no command", [], /Usage:/],
  ] as [string, string[], RegExp][]
) {
  test(`tim call used with ${what} says so and exits with 2`, async () => {
    const { code, out, err } = await run(["call", ...args], app);
    assert.is(code, 2);
    assert.is(out, "");
    assert.match(err, message);
  });
}

test("tim call without credentials says which variables are missing", async () => {
  const { code, err } = await run(["call", "group.getAppidGroupList"]);
  assert.is(code, 2);
  assert.match(err, "TIM_SDK_APP_ID and TIM_SECRET_KEY are not set");
});

test("tim errors explains codes, negative ones too, in both languages", async () => {
  const { code, out } = await run(["errors", "10010", "-20009"]);
  assert.is(code, 0);
  assert.match(out, "10010 (group, not-found)");
  assert.match(out, "-20009 (sdk, rate-limit)");
  assert.match((await run(["errors", "10010", "--lang", "zh"])).out, /\p{Script=Han}/u);
  const data = JSON.parse((await run(["errors", "60008", "--json"])).out);
  assert.is(data[0].outcomeUnknown, true);
});

test("tim errors searches, and says what it does not know", async () => {
  const found = await run(["errors", "--search", "usersig", "--json"]);
  assert.ok(JSON.parse(found.out).length > 10);
  const unknown = await run(["errors", "424242"]);
  assert.is(unknown.code, 1);
  assert.match(unknown.err, "424242 is in no documented table");
  assert.is((await run(["errors", "ten"])).code, 2);
  assert.is((await run(["errors"])).code, 2);
  assert.is((await run(["errors", "1", "--lang", "xx"])).code, 2);
});

test("tim regions lists the hosts", async () => {
  assert.match((await run(["regions"])).out, /sgp +Singapore +adminapisgp\.im\.qcloud\.com/);
  assert.is(JSON.parse((await run(["regions", "--json"])).out).length, 9);
});

test("tim names the nearest command for a misspelt one, and every command has help", async () => {
  assert.match((await run(["strat"])).err, "did you mean start?");
  const { out } = await run(["--help"]);
  const names = [...out.matchAll(/^ {2}([a-z]+) {2,}/gm)].map((match) => match[1]!);
  assert.ok(names.length >= 7);
  for (const name of names) {
    const help = await run([name, "--help"]);
    assert.is(help.code, 0, name);
    assert.ok(help.out.length > 100, name);
  }
});

test.run();

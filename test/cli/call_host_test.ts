import { suite } from "uvu";
import * as assert from "uvu/assert";
import { EMULATOR_APP } from "../../src/emulator/mod.ts";
import { layOut } from "../../src/cli/call/json_text.ts";
import { run } from "../support/run_main.ts";
import { serveEmulator } from "../support/served_emulator.ts";

const test = suite("tim call");
const { env, close } = await serveEmulator();
test.after(close);

/** The body that a command line makes. */
async function bodyOf(command: string, ...words: string[]): Promise<unknown> {
  const { code, out, err } = await run(["call", command, "--dry-run", "--unchecked", ...words]);
  assert.is(code, 0, err);
  return JSON.parse(out);
}

test("sends fields, by path and by name, and prints the answer", async () => {
  const created = await run([
    "call",
    "live_engine_http_srv/create_room",
    "RoomInfo.RoomId=r1",
    "RoomInfo.RoomType=Live",
    "RoomInfo.Category=2",
    "RoomInfo.Category=5",
    "RoomInfo.RoomName=7",
  ], env);
  assert.is(created.code, 0, created.err);
  const read = await run(["call", "live.getRoomInfo", "RoomId=r1"], env);
  const { RoomInfo } = JSON.parse(read.out).Response;
  assert.equal(RoomInfo.Category, [2, 5]);
  assert.is(RoomInfo.RoomName, "7");
});

for (
  const [what, command, words, body] of [
    ["a number where the schema has one", "group.getAppidGroupList", ["Limit=2"], { Limit: 2 }],
    ["text that looks like a number", "live.getRoomInfo", ["RoomId=7"], { RoomId: "7" }],
    ["text that looks like JSON", "live.getRoomInfo", ["RoomId={}"], { RoomId: "{}" }],
    ["what fits no type, as it stands", "group.getAppidGroupList", ["Limit=two"], { Limit: "two" }],
    [
      "numbers that are listed",
      "openim/sendmsg",
      ["SyncOtherMachine=1", "To_Account=2"],
      { SyncOtherMachine: 1, To_Account: "2" },
    ],
    ["one item of a list", "openim/query_online_status", ["To_Account=1"], { To_Account: ["1"] }],
    [
      "a list, item by item and after each other",
      "openim/query_online_status",
      ["To_Account[0]=a", "To_Account[]=b", "To_Account[2]=3"],
      { To_Account: ["a", "b", "3"] },
    ],
    ["a list as JSON", "openim/query_online_status", ['To_Account=["a"]'], { To_Account: ["a"] }],
    [
      "objects in lists",
      "group.addGroupMember",
      ["GroupId=1", "MemberList[0].Member_Account=5", "MemberList[1].Member_Account=b"],
      { GroupId: "1", MemberList: [{ Member_Account: "5" }, { Member_Account: "b" }] },
    ],
    [
      "what stands behind references and alternatives",
      "openim/sendmsg",
      ["MsgBody[0].MsgType=TIMFaceElem", "MsgBody[0].MsgContent.Index=3"],
      { MsgBody: [{ MsgType: "TIMFaceElem", MsgContent: { Index: 3 } }] },
    ],
    [
      "truths",
      "live.createRoom",
      ["RoomInfo.IsPublicVisible=false", "RoomInfo.RoomName=true"],
      { RoomInfo: { IsPublicVisible: false, RoomName: "true" } },
    ],
    ["JSON", "live.getRoomInfo", ['RoomId:={"a":[1]}'], { RoomId: { a: [1] } }],
    ["guesses without a schema", "a_service/cmd", ["N=1", "T=x", "Z=007", "O.P=true"], {
      N: 1,
      T: "x",
      Z: "007",
      O: { P: true },
    }],
    ["fields on top of --data", "live.getRoomInfo", ['--data={"RoomId":"a","B":1}', "RoomId=b"], {
      RoomId: "b",
      B: 1,
    }],
  ] as [string, string, string[], unknown][]
) {
  test(`reads ${what}`, async () => {
    assert.equal(await bodyOf(command, ...words), body);
  });
}

test("sets even __proto__ as a field of its own", async () => {
  const { out } = await run(["call", "a/b", "__proto__.x=1", "--dry-run", "--unchecked"]);
  assert.match(out, '"__proto__": {');
});

test("takes the body from an argument, a file and standard input", async () => {
  const command = ["call", "im_open_login_svc/account_import", "--dry-run", "--data"];
  assert.equal(JSON.parse((await run([...command, '{"UserID":"a"}'])).out), { UserID: "a" });
  assert.equal(JSON.parse((await run([...command, "-"], {}, '{"UserID":"b"}')).out), {
    UserID: "b",
  });
  const file = await run([...command, "@deno.json", "--unchecked"]);
  assert.is(JSON.parse(file.out).name, "@tim/edge");
});

test("prints the backend's refusal with its meaning, and exits with 1", async () => {
  const { code, out, err } = await run(["call", "live.getRoomInfo", "RoomId=nowhere"], env);
  assert.is(code, 1);
  assert.is(JSON.parse(out).ErrorCode, 100004);
  assert.match(err, /100004/);
  assert.match(err, /does not exist or was dissolved/);
  assert.not.match(out + err, EMULATOR_APP.secretKey);
});

test("prints a refusal as one document with --json, and nothing beside it", async () => {
  const { code, out, err } = await run(["call", "live.getRoomInfo", "RoomId=no", "--json"], env);
  assert.is(code, 1);
  assert.is(err, "");
  const { error } = JSON.parse(out);
  assert.is(error.errorCode, 100004);
  assert.is(error.kind, "not-found");
  assert.is(error.exitCode, 1);
  assert.is(error.answer.ErrorCode, 100004);
  assert.match(error.remedy, /./);
});

test("exits with 4 when no answer came", async () => {
  const nobody = { ...env, TIM_BASE_URL: "http://127.0.0.1:1" };
  const { code, out, err } = await run(["call", "live.getRoomInfo", "RoomId=r1"], nobody);
  assert.is(code, 4, err);
  assert.is(out, "");
  const json = await run(["call", "live.getRoomInfo", "RoomId=r1", "--json"], nobody);
  assert.is(json.code, 4);
  assert.is(JSON.parse(json.out).error.kind, "network");
});

test("calls the emulator without credentials, with --emulator", async () => {
  const { TIM_BASE_URL } = env;
  const { code, out, err } = await run(
    ["call", "--emulator", "--verbose", "account.accountImport", "UserID=alice"],
    { TIM_BASE_URL },
  );
  assert.is(code, 0, err);
  assert.is(JSON.parse(out).ErrorCode, 0);
  assert.match(err, /im_open_login_svc\/account_import/);
  assert.not.match(err, /usersig=(?!\*|…|\[)/);
});

for (
  const [what, args, message] of [
    [
      "a misspelt command",
      ["live_engine_http_srv/creat_room"],
      /did you mean live_engine_http_srv\/create_room/,
    ],
    ["a misspelt name", ["live.creatRoom"], /did you mean live\.createRoom/],
    ["no command at all", ["nonsense"], /tim call --list shows them/],
    ["a misspelt option", ["live.getRoomInfo", "--dta", "{}"], /did you mean --data\?/],
    ["a field that is missing", ["live.createRoom"], /RoomInfo/],
    [
      "a misspelt field",
      ["live.createRoom", "RoomInfo.RoomIdd=r1", "RoomInfo.RoomType=Live"],
      /RoomInfo\.RoomIdd: is no field; did you mean RoomId\?\n.*RoomInfo\.RoomId: is missing/s,
    ],
    [
      "a misspelt field in --data",
      ["live.getRoomInfo", "--data", '{"RomId":"r1"}'],
      /RomId: is no field; did you mean RoomId\?/,
    ],
    ["a field of the wrong type", ["group.getAppidGroupList", "Limit=two"], /Limit/],
    ["a field without a value", ["live.getRoomInfo", "RoomId"], /wanted Field=value/],
    ["a field twice", ["live.getRoomInfo", "RoomId=a", "RoomId=b"], /RoomId is given twice/],
    ["a gap in a list", ["openim/query_online_status", "To_Account[1]=a"], /leaves a gap/],
    ["a path that is none", ["live.getRoomInfo", "A..B=1"], /wanted a path like A\.B\[0\]\.C/],
    ["a field inside a text", ["live.getRoomInfo", "RoomId=a", "RoomId.B=1"], /which is no such/],
    ["a list used as an object", ["a/b", "A[]=1", "A.B=1"], /is a list, wanted \[0\] or \[\]/],
    ["a number that is too long", ["openim/sendmsg", "MsgSeq=12345678901234567890"], /exactly/],
    [
      "a number in --data that is too long",
      ["group.updateGroupCounter", "--data", '{"GroupCounter":[{"Value":9007199254740993}]}'],
      /--data: the number at Value is beyond 2\^53 - 1/,
    ],
    ["JSON with one", ["live.getRoomInfo", "A:=12345678901234567890"], /A: the number is beyond/],
    [
      "standard input twice",
      ["account.multiaccountImport", "--data", "-", "--batch", "-"],
      /--data and --batch cannot both be read from standard input/,
    ],
    ["JSON that is none", ["live.getRoomInfo", "RoomId:={"], /RoomId is no JSON/],
    ["data that is no JSON", ["live.getRoomInfo", "--data", "{"], /is no JSON/],
    ["data that is a list", ["live.getRoomInfo", "--data", "[]"], /one JSON object/],
    ["a file that is not there", ["live.getRoomInfo", "--data", "@/nowhere"], /cannot be read/],
    ["--first alone", ["group.getAppidGroupList", "--first", "2"], /--first goes with --all/],
    ["--all and --batch", ["a/b", "--all", "--batch", "-"], /exclude each other/],
  ] as [string, string[], RegExp][]
) {
  test(`used with ${what} says so and exits with 2`, async () => {
    const { code, out, err } = await run(["call", ...args], env);
    assert.is(code, 2);
    assert.is(out, "");
    assert.match(err, message);
    const json = await run(["call", ...args, "--json"], env);
    assert.is(json.code, 2);
    assert.is(json.err, "");
    assert.match(JSON.parse(json.out).error.message, message);
  });
}

test("prints the digits of a number as the backend sent them", async () => {
  const GroupId = "digits";
  await run(["call", "group.createGroup", `GroupId=${GroupId}`, "Name=D", "Type=Public"], env);
  const [Key, Value] = ["views", Number.MAX_SAFE_INTEGER];
  for (const Mode of ["Set", "Increase"]) {
    const given = [`GroupId=${GroupId}`, `Mode=${Mode}`, "GroupCounter[0].Key=views"];
    const { code, err } = await run(
      ["call", "group.updateGroupCounter", ...given, `GroupCounter[0].Value=${Value}`],
      env,
    );
    assert.is(code, 0, err);
  }
  const { out } = await run(["call", "group.getGroupCounter", `GroupId=${GroupId}`], env);
  const twice = String(BigInt(Value) * 2n);
  assert.match(out, `"Key": "${Key}",\n      "Value": ${twice}\n`);
});

for (
  const [what, text, laid] of [
    ["of numbers", "[1.0,-2e3,18446744073709551615]", null],
    ["in texts", '{ "a:{}[],\\"" : "b\\\\",\n"c":"\\u5f20" }', undefined],
    ["of nothing", '{"a":{ },"b":[ ],"c":[[],{}],"d":null,"e":true}', undefined],
    ["alone", "7", undefined],
  ] as const
) {
  test(`lays answers out as JSON.stringify does: signs ${what}`, () => {
    const wanted = laid === null
      ? "[\n  1.0,\n  -2e3,\n  18446744073709551615\n]"
      : JSON.stringify(JSON.parse(text), null, 2);
    assert.is(layOut(text), wanted);
  });
}

test("without credentials says which variables are missing", async () => {
  const { code, err } = await run(["call", "group.getAppidGroupList"]);
  assert.is(code, 2);
  assert.match(err, "TIM_SDK_APP_ID and TIM_SECRET_KEY are not set");
});

test("names the faults of a body as data with --json", async () => {
  const { out } = await run(["call", "live.createRoom", "--json"], env);
  const { error } = JSON.parse(out);
  assert.is(error.command, "live_engine_http_srv/create_room");
  assert.is(error.help, "tim call --help live_engine_http_srv/create_room");
  assert.equal(error.faults.map(({ path }: { path: string }) => path), ["RoomInfo"]);
});

test.run();

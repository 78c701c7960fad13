import { test } from "uvu";
import * as assert from "uvu/assert";
import { isTimError, TimClient, ValidationError } from "../../mod.ts";
import { commands } from "../../src/api/mod.ts";
import { validateBody } from "../../src/api/validate/mod.ts";
import { rejects } from "../support/rejects.ts";

const message = (change: object) => ({
  To_Account: "omar",
  MsgRandom: 1,
  MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "hello" } }],
  ...change,
});
const element = (MsgType: string, MsgContent: object) =>
  message({ MsgBody: [{ MsgType, MsgContent }] });
const room = (change: object) => ({ RoomInfo: { RoomId: "r", RoomType: "Live", ...change } });

const SEND = "openim/sendmsg";
const CHECK = "im_open_login_svc/account_check";
const IMPORT = "im_open_login_svc/multiaccount_import";
const CREATE = "live_engine_http_srv/create_room";
const NAMES = "all_member_push/im_set_attr_name";

const wrong: [command: string, body: unknown, ...faults: string[]][] = [
  [CHECK, {}, "CheckItem is missing, wanted a list"],
  [CHECK, [], " is a list of 0 items, wanted an object"],
  [CHECK, "text", ' is the string "text", wanted an object'],
  [CHECK, undefined, "CheckItem is missing, wanted a list"],
  [CHECK, { CheckItem: "mira" }, 'CheckItem is the string "mira", wanted a list'],
  [CHECK, { CheckItem: [{ UserID: 3 }] }, "CheckItem[0].UserID is 3, wanted a string"],
  [
    CHECK,
    { CheckItem: [{ UserID: "mira" }, { userid: "omar" }] },
    "CheckItem[1].UserID is missing, wanted a string",
    "CheckItem[1].userid is no field, wanted UserID",
  ],
  [
    CHECK,
    { CheckItem: Array.from({ length: 101 }, () => ({ UserID: "mira" })) },
    "CheckItem is a list of 101 items, wanted at most 100 items",
  ],
  [IMPORT, {}, " is an object with nothing, wanted exactly one of AccountList, Accounts"],
  [
    IMPORT,
    { Accounts: ["a"], AccountList: [] },
    " is an object with Accounts, AccountList, wanted exactly one of AccountList, Accounts",
  ],
  [SEND, message({ MsgRandom: -1 }), "MsgRandom is -1, wanted 0 to 4294967295"],
  [SEND, message({ MsgRandom: 1.5 }), "MsgRandom is 1.5, wanted a whole number"],
  [SEND, message({ MsgRandom: NaN }), "MsgRandom is null, wanted a whole number"],
  [SEND, message({ SyncOtherMachine: 3 }), "SyncOtherMachine is 3, wanted one of 1, 2"],
  [SEND, message({ MsgBody: [] }), "MsgBody is a list of 0 items, wanted at least 1 item"],
  [SEND, element("TIMTextElem", {}), "MsgBody[0].MsgContent.Text is missing, wanted a string"],
  [
    SEND,
    element("TIMSoundElem", { UUID: "u" }),
    "MsgBody[0].MsgContent.Url is missing, wanted a string",
    "MsgBody[0].MsgContent.Download_Flag is missing, wanted 2",
  ],
  [
    SEND,
    element("TIMText", {}),
    'MsgBody[0].MsgType is "TIMText", wanted one of "TIMTextElem", "TIMLocationElem", "TIMFaceElem", ' +
    '"TIMCustomElem", "TIMSoundElem", "TIMImageElem", "TIMFileElem", "TIMVideoFileElem", "TIMRelayElem"',
  ],
  [CREATE, room({ RoomType: "Conference" }), 'RoomInfo.RoomType is "Conference", wanted "Live"'],
  [
    NAMES,
    { AttrNames: { x: "b" } },
    'AttrNames.x is "b", wanted no field of that name',
  ],
  [NAMES, { AttrNames: { 1: 7 } }, "AttrNames.1 is 7, wanted a string"],
  [
    NAMES,
    { AttrNames: { "等级 a/b~%": 7 } },
    "AttrNames.等级 a/b~% is 7, wanted no field of that name",
  ],
  [
    NAMES,
    { AttrNames: { "\ud800": 7 } },
    " has half of a surrogate pair in a name, wanted names that UTF-8 can write",
  ],
];

for (const [command, body, ...faults] of wrong) {
  test(`validateBody says of ${command}: ${faults.join("; ")}`, () => {
    const found = validateBody(command, body);
    assert.equal(found.map(({ path, message }) => `${path} ${message}`), faults);
    for (const { message, expected } of found) assert.ok(message.includes(expected));
  });
}

test("validateBody counts bytes of UTF-8, not characters", () => {
  const faults = (UserID: string) => validateBody(CHECK, { CheckItem: [{ UserID }] });
  assert.equal(faults("a".repeat(32)), []);
  assert.equal(faults("é".repeat(16)), []);
  assert.equal(faults("é".repeat(17)), [{
    path: "CheckItem[0].UserID",
    message: "has 34 bytes, wanted at most 32 bytes of UTF-8",
    expected: "at most 32 bytes of UTF-8",
  }]);
  assert.is(faults("你".repeat(11))[0]?.message, "has 33 bytes, wanted at most 32 bytes of UTF-8");
  assert.is(faults("😀".repeat(9))[0]?.message, "has 36 bytes, wanted at most 32 bytes of UTF-8");
});

test("validateBody counts the bytes of a whole message as JSON", () => {
  const frame = JSON.stringify(element("TIMTextElem", { Text: "" }).MsgBody).length;
  const faults = (length: number) =>
    validateBody(SEND, element("TIMTextElem", { Text: "x".repeat(length) }));
  assert.equal(faults(12288 - frame), []);
  assert.equal(faults(12289 - frame), [{
    path: "MsgBody",
    message: "has 12289 bytes, wanted at most 12288 bytes as JSON",
    expected: "at most 12288 bytes as JSON",
  }]);
});

test("validateBody measures fields that have no fixed name", () => {
  assert.is(
    validateBody(NAMES, { AttrNames: { 1: "c".repeat(51) } })[0]?.message,
    "has 51 bytes, wanted at most 50 bytes of UTF-8",
  );
});

test("validateBody lets fields pass that no page describes, and commands too", () => {
  assert.equal(validateBody(CREATE, room({ SomethingNew: true })), []);
  assert.equal(validateBody("a_new_service/a_new_command", { Anything: 1 }), []);
});

test("validateBody judges what JSON makes of a body", () => {
  assert.equal(validateBody(CREATE, room({ RoomName: undefined })), []);
});

test("validateBody has a schema for every command, and each refuses what is no object", () => {
  for (const { service, command } of commands) {
    const name = `${service}/${command}`;
    assert.equal(validateBody(name, 3).map(({ path }) => path), [""], name);
    assert.type(validateBody(name, {}).length, "number");
  }
});

function client() {
  let calls = 0;
  const tim = new TimClient({
    sdkAppId: 1400000000,
    secretKey: "anything",
    validate: validateBody,
    fetch: () => {
      calls++;
      return Promise.resolve(Response.json({ ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0 }));
    },
  });
  return { tim, calls: () => calls };
}

test("TimClient sends no body that its check refuses, and says what is wrong where", async () => {
  const { tim, calls } = client();
  const error = await rejects(
    tim.call<string>(CREATE, room({ RoomId: "r".repeat(49), Category: "x" })),
  );
  assert.is(calls(), 0);
  assert.ok(isTimError(error, "validation"));
  assert.instance(error, ValidationError);
  const { code, command, faults, message, retryable, outcomeUnknown } = error as ValidationError;
  assert.equal({ code, command, retryable, outcomeUnknown }, {
    code: "TIM_VALIDATION",
    command: CREATE,
    retryable: false,
    outcomeUnknown: false,
  });
  assert.equal(faults.map(({ path }) => path), ["RoomInfo.Category", "RoomInfo.RoomId"]);
  assert.is(
    message,
    `Body of ${CREATE} does not fit: RoomInfo.Category is the string "x", wanted a list; ` +
      "RoomInfo.RoomId has 49 bytes, wanted at most 48 bytes of UTF-8",
  );
});

test("TimClient quotes three faults and counts the rest", async () => {
  const { tim } = client();
  const CheckItem = Array.from({ length: 5 }, () => ({ UserID: 1 }));
  const error = await rejects(tim.call<string>(CHECK, { CheckItem }));
  assert.match(String(error), "CheckItem[2].UserID is 1, wanted a string; 2 more");
});

test("TimClient sends a body that fits, and a command that its check does not know", async () => {
  const { tim, calls } = client();
  await tim.call(CREATE, { RoomInfo: { RoomId: "r", RoomType: "Live" } });
  await tim.call("a_new_service/a_new_command");
  assert.is(calls(), 2);
});

test.run();

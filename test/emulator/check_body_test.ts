import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Commands } from "../../src/api/mod.ts";
import { validateBody } from "../../src/api/validate/mod.ts";
import { checkBody } from "../../src/emulator/protocol/check_body.ts";
import { Refusal } from "../../src/emulator/refusal.ts";
import { calls, codeOf } from "../support/calls.ts";

function fault(command: string, body: unknown): string {
  try {
    checkBody(command, body, 1);
    return "";
  } catch (error) {
    assert.instance(error, Refusal);
    return `${(error as Refusal).code} ${(error as Refusal).message}`;
  }
}

const message = (change: object) => ({
  To_Account: "omar",
  MsgRandom: 1,
  MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "hello" } }],
  ...change,
});
const SEND = "openim/sendmsg";
const LIVE = "live_engine_http_srv/create_room";
const CREATE = "group_open_http_svc/create_group";

for (
  const [command, body, says] of [
    [SEND, message({}), /^$/],
    [SEND, message({ Unknown: 1, msgbody: [] }), /^$/],
    [SEND, message({ MsgRandom: "1" }), /MsgRandom is "1", wanted an integer$/],
    [SEND, message({ MsgRandom: -1 }), /MsgRandom is -1, wanted 0 or more$/],
    [SEND, message({ MsgRandom: 2 ** 32 }), /MsgRandom is 4294967296, limit is 4294967295$/],
    [SEND, message({ MsgBody: [{}] }), /MsgBody\[0\]\.MsgType is missing$/],
    [SEND, message({ MsgBody: [{ MsgType: "Text" }] }), /MsgBody\[0\]\.MsgType is "Text", wanted/],
    [
      SEND,
      message({ MsgBody: [{ MsgType: "TIMTextElem", MsgContent: {} }] }),
      /MsgBody\[0\]\.MsgContent\.Text is missing$/,
    ],
    [LIVE, { RoomInfo: { RoomId: "r", RoomType: "Live", Category: [1, 2, 3, 4] } }, /4 items/],
    [CREATE, { Type: "Public", Name: "ü".repeat(16) }, /^1 Name is 32 bytes of UTF-8, limit is 30/],
    [CREATE, { Type: "Public", Name: "x", GroupId: "ü" }, /^10015 GroupId is "ü", wanted print/],
    [CREATE, { Type: "Public", Name: "x", GroupId: 5 }, /^1 GroupId is 5, wanted a string/],
    ["im_open_login_svc/multiaccount_import", { Accounts: ["x".repeat(33)] }, /^$/],
    ["im_open_login_svc/account_import", { Identifier: "mira" }, /^$/],
    ["im_open_login_svc/account_import", { Identifier: "" }, /^1 UserID is empty$/],
    ["no/such", { a: 1 }, /^$/],
  ] as [string, unknown, RegExp][]
) {
  test(`checkBody on ${command} ${JSON.stringify(body).slice(0, 90)}: ${says.source}`, () => {
    assert.match(fault(command, body), says);
  });
}

test("checkBody does not run out of stack on elements within elements", () => {
  let body: unknown[] = [{ MsgType: "TIMTextElem", MsgContent: { Text: "hello" } }];
  for (let depth = 0; depth < 5000; depth++) {
    const MsgContent = { Title: "t", MsgNum: 1, CompatibleText: "c", MsgList: [{ MsgBody: body }] };
    body = [{ MsgType: "TIMRelayElem", MsgContent }];
  }
  assert.type(fault(SEND, message({ MsgBody: body })), "string");
});

test("checkBody finds fault wherever validateBody does, names in other letters aside", () => {
  const bodies: unknown[] = [
    {},
    { CheckItem: null },
    { CheckItem: [{}] },
    { CheckItem: [{ UserID: "a" }] },
    { CheckItem: "x" },
    message({}),
    message({ MsgBody: [] }),
    message({ MsgLifeTime: 700_000 }),
    message({ SyncOtherMachine: 3 }),
  ];
  for (const command of ["im_open_login_svc/account_check", SEND, "openim/batchsendmsg", LIVE]) {
    for (const body of bodies) {
      const told = validateBody(command, body).filter(({ message }) =>
        !/is no field/.test(message)
      );
      assert.is(
        fault(command, body) !== "",
        told.length > 0,
        JSON.stringify([command, body, told]),
      );
    }
  }
});

test("a number of things is never negative", async () => {
  const { call } = await calls();
  const G = "group_open_http_svc";
  const L = "live_engine_http_srv";
  const GroupId = "@TGS#_club";
  const MemberList = [{ Member_Account: "mira" }, { Member_Account: "omar" }];
  await call(`${G}/create_group`, { Type: "Community", Name: "Club", GroupId, MemberList });
  await call(`${G}/create_group`, { Type: "Public", Name: "Club" });
  const lin = { Member_Account: "lin", UnreadMsgNum: -1 };
  const bad: [keyof Commands, object, number][] = [
    [`${G}/get_appid_group_list`, { Limit: -1 }, 10004],
    [`${G}/get_group_member_info`, { GroupId, Next: "", Limit: -1 }, 10004],
    [`${G}/get_joined_group_list`, { Member_Account: "mira", Limit: -1 }, 10004],
    [`${G}/import_group_member`, { GroupId, MemberList: [lin] }, 10004],
    [`${L}/get_room_list`, { Next: "", Count: -1 }, 100002],
    [`${L}/mute_member`, { RoomId: "r", MemberList_Account: ["mira"], MuteTime: -1 }, 100002],
  ];
  for (const [command, body, code] of bad) {
    assert.is(await codeOf(call(command, body as never)), code, command);
  }
});

test.run();

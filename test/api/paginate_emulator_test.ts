import { test } from "uvu";
import * as assert from "uvu/assert";
import { callInBatches, paginate } from "../../src/api/mod.ts";
import { emulated } from "../support/emulated.ts";

const GROUPS = "group_open_http_svc";
const names = Array.from({ length: 5 }, (_, index) => `user-${index}`);
const text = (Text: string) => [{ MsgType: "TIMTextElem", MsgContent: { Text } }];

/** A client whose emulator has five accounts that know each other, a group of them, and messages. */
async function peopled() {
  const { tim } = emulated();
  const call = (command: string, body: object) => tim.call<string>(command, body);
  await callInBatches(tim, "im_open_login_svc/multiaccount_import", {
    AccountList: [{ UserID: "mira" }, ...names.map((UserID) => ({ UserID }))],
  });
  await call("sns/friend_import", {
    From_Account: "mira",
    AddFriendItem: names.map((To_Account) => ({ To_Account, AddSource: "AddSource_Type_Test" })),
  });
  await call(`${GROUPS}/create_group`, {
    GroupId: "club",
    Type: "Public",
    Name: "Club",
    Owner_Account: "mira",
    MemberList: names.map((Member_Account) => ({ Member_Account })),
  });
  for (const [index, From_Account] of names.entries()) {
    await call(`${GROUPS}/send_group_msg`, {
      GroupId: "club",
      From_Account,
      Random: index + 1,
      MsgBody: text(`m${index}`),
    });
    await call(`${GROUPS}/create_group`, {
      GroupId: `g${index}`,
      Type: "Public",
      Name: "Other",
      Owner_Account: "mira",
    });
  }
  return tim;
}

test("paginate reads the emulator's lists by offset, by mark, by sequence and by time", async () => {
  const tim = await peopled();
  const friends = await paginate(tim, "sns/friend_get_all", { From_Account: "mira", GetCount: 2 })
    .toArray();
  assert.equal(friends.map(({ Info_Account }) => Info_Account), names);
  const whole = await paginate(tim, "sns/friend_get", {
    From_Account: "mira",
    StandardSequence: 0,
    CustomSequence: 0,
  }).toArray();
  assert.equal(whole.map(({ To_Account }) => To_Account), names);
  // Blocking somebody ends the friendship.
  await tim.call("sns/black_list_add", { From_Account: "mira", To_Account: names });
  const blocked = await paginate(tim, "sns/black_list_get", {
    From_Account: "mira",
    MaxLimited: 2,
    LastSequence: 0,
  }).toArray();
  assert.equal(blocked.map(({ To_Account }) => To_Account).sort(), names);

  const members = await paginate(tim, `${GROUPS}/get_group_member_info`, {
    GroupId: "club",
    Limit: 4,
  }).toArray();
  assert.equal(members.map(({ Member_Account }) => Member_Account), ["mira", ...names]);
  const joined = await paginate(tim, `${GROUPS}/get_joined_group_list`, {
    Member_Account: "mira",
    Limit: 2,
  }).toArray();
  assert.equal(joined.map(({ GroupId }) => GroupId).sort(), ["club", "g0", "g1", "g2", "g3", "g4"]);
  const messages = await paginate(tim, `${GROUPS}/group_msg_get_simple`, {
    GroupId: "club",
    ReqMsgNumber: 2,
  }).toArray();
  assert.equal(messages.map(({ MsgSeq }) => MsgSeq), [5, 4, 3, 2, 1]);
});

test("paginate reads a conversation of the emulator back in time", async () => {
  let now = 1_795_000_000_000;
  const { tim } = emulated({ now: () => now });
  await tim.call("im_open_login_svc/multiaccount_import", { Accounts: ["mira", "omar"] });
  for (let index = 0; index < 5; index++) {
    now += 1000;
    await tim.call("openim/sendmsg", {
      From_Account: "mira",
      To_Account: "omar",
      MsgRandom: index + 1,
      MsgBody: text(`m${index}`),
    } as never);
  }
  const messages = await paginate(tim, "openim/admin_getroammsg", {
    Operator_Account: "omar",
    Peer_Account: "mira",
    MaxCnt: 2,
    MinTime: 0,
    MaxTime: Math.floor(now / 1000) + 10,
  }).toArray();
  assert.equal(
    messages.map(({ MsgBody }) => JSON.stringify(MsgBody).match(/m\d/)![0]).sort(),
    ["m0", "m1", "m2", "m3", "m4"],
  );
});

test.run();

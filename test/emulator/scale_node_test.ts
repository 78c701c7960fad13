import process from "node:process";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { commands } from "../../src/api/mod.ts";
import {
  COMMUNITY,
  largeWorld,
  NEWS,
  PERMISSIONS,
  type PlainCall,
  SdkAppId,
  text,
} from "../support/large_world.ts";

/** The larger world is so many times the smaller. */
const SMALL = 200;
const LARGE = 3000;
const CALLS = 60;
const ROUNDS = 7;

const G = "group_open_http_svc";
const LIVE = "live_engine_http_srv";
const ROOM = "room_engine_http_srv";
const OFFICIAL = "official_account_open_http_svc";
const AUDIT = "im_msg_audit_mgr";
const TIMES = { MinTime: 0, MaxTime: 4_000_000_000 };
const page = { Limit: 10, Offset: 50 };
let random = 1_000_000;

/** A page of each list, and what is written into the places that the lists are of. */
const probes: Record<string, () => object> = {
  [`${OFFICIAL}/get_subscriber_info`]: () => ({ Official_Account: NEWS, Limit: 10, Next: "" }),
  [`${OFFICIAL}/get_subscribed_official_account_list`]: () => ({
    Subscriber_Account: "u1",
    Limit: 10,
    Offset: 0,
  }),
  [`${OFFICIAL}/official_account_msg_get_simple`]: () => ({
    Official_Account: NEWS,
    ReqMsgNumber: 10,
    LastMsgKey: "60_1_0",
  }),
  [`${AUDIT}/get_cloud_audit_keywords_ids`]: () => ({ SdkAppId, Offset: 0, Limit: 10 }),
  [`${AUDIT}/get_cloud_audit_keywords`]: () => ({ SdkAppId, LibID: "lib-1", ...page }),
  [`${AUDIT}/get_local_audit_keywords`]: () => ({ SdkAppId, ...page }),
  "openim/admin_getroammsg": () => ({
    Operator_Account: "mira",
    Peer_Account: "omar",
    MaxCnt: 10,
    ...TIMES,
  }),
  "sns/friend_get": () => ({ From_Account: "mira", StartIndex: 50 }),
  "sns/friend_get_all": () => ({ From_Account: "mira", StartIndex: 50, GetCount: 10, TagList: [] }),
  "sns/black_list_get": () => ({
    From_Account: "omar",
    StartIndex: 50,
    MaxLimited: 10,
    LastSequence: 0,
  }),
  "follow/follow_get": () => ({
    From_Account: "mira",
    FollowType: 2,
    StartCursor: "",
    WantNum: 10,
  }),
  "recentcontact/get_list": () => ({
    From_Account: "omar",
    TimeStamp: 0,
    StartIndex: 0,
    TopTimeStamp: 0,
    TopStartIndex: 0,
    AssistFlags: 0,
  }),
  "recentcontact/get_contact_group": () => ({ From_Account: "omar", StartIndex: 0 }),
  [`${G}/group_msg_get_simple`]: () => ({ GroupId: "club", ReqMsgNumber: 10, ReqMsgSeq: 60 }),
  [`${G}/get_group_msg_receipt_detail`]: () => ({
    GroupId: "club",
    MsgSeq: 60,
    Filter: 1,
    Cursor: "",
    Count: 10,
  }),
  [`${G}/get_appid_group_list`]: () => ({ Limit: 10, Next: 50 }),
  [`${G}/get_joined_group_list`]: () => ({ Member_Account: "zoe", ...page }),
  [`${G}/get_group_ban_member`]: () => ({ GroupId: "stage", ...page }),
  [`${G}/get_group_member_info`]: () => ({ GroupId: "club", ...page }),
  [`${G}/get_permission_group`]: () => ({ GroupId: COMMUNITY, Limit: 10, Next: "" }),
  [`${G}/get_permission_group_member_list`]: () => ({
    GroupId: COMMUNITY,
    PermissionGroupId: PERMISSIONS,
    Limit: 10,
    Next: "",
  }),
  [`${LIVE}/get_room_list`]: () => ({ Next: "", Count: 10 }),
  [`${LIVE}/get_member_list`]: () => ({ RoomId: "live", Next: "" }),
  [`${LIVE}/get_banned_member_list`]: () => ({ RoomId: "live", ...page }),
  [`${ROOM}/get_room_member_list`]: () => ({ RoomId: "talk", Count: 10, Next: "" }),
  [`${ROOM}/get_banned_member_list`]: () => ({ RoomId: "talk", Limit: 10, Next: "" }),
  "group_open_avchatroom_http_svc/get_members": () => ({ GroupId: "stage", Timestamp: 0 }),
  "openim/sendmsg": () => ({
    From_Account: "mira",
    To_Account: "omar",
    MsgRandom: ++random,
    MsgBody: text("more"),
  }),
  [`${G}/send_group_msg`]: () => ({
    GroupId: "club",
    Random: ++random,
    MsgBody: text("more"),
  }),
  [`${G}/modify_group_member_info`]: () => ({
    GroupId: "club",
    Member_Account: "u7",
    NameCard: `${++random}`,
  }),
  [`${G}/get_group_info`]: () => ({
    GroupIdList: ["club"],
    ResponseFilter: { GroupBaseInfoFilter: ["Name", "MemberNum"] },
  }),
  "im_open_login_svc/account_check": () => ({ CheckItem: [{ UserID: "u9" }] }),
  "im_open_login_svc/account_import": () => ({ UserID: "u9", Nick: `${++random}` }),
  [`${LIVE}/get_room_info`]: () => ({ RoomId: "live" }),
  "follow/follow_get_info": () => ({ From_Account: "u1", To_Account: ["mira"] }),
  "recentcontact/top": () => ({
    From_Account: "omar",
    RecentContactItem: [{ Type: 1, To_Account: "u3" }],
    OperationType: 1,
  }),
};

/** Lists whose page has no size, or whose length is limited below what a world grows by. */
const left: Record<string, string> = {
  "openim_msg_ext_http_svc/get_key_values": "300 pairs at most",
  "openim_msg_ext_http_svc/group_get_key_values": "300 pairs at most",
  "timpush/list_sched_task": "searches by keyword, and planned pushes are few",
};

/** What looks through an account's or an app's own short list; so many microseconds more are allowed it. */
const looksThrough: Record<string, [microseconds: number, why: string]> = {
  "recentcontact/get_list": [1500, "the order of groups' conversations is that of their messages"],
  "recentcontact/top": [400, "counts the pinned ones"],
  [`${G}/get_joined_group_list`]: [600, "TotalCount counts what fits; 5000 groups at most"],
  [`${AUDIT}/get_local_audit_keywords`]: [200, "counts what fits; some thousand words at most"],
};

/** The least processor time of a call, in microseconds. */
async function cost(call: PlainCall, command: string, body: () => object): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    for (let n = 0; n < CALLS; n++) await call(command, body());
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / CALLS);
  }
  return least;
}

test("every list is among the probes", () => {
  for (const { service, command, paging } of commands) {
    const id = `${service}/${command}`;
    if (paging) assert.ok(id in probes || id in left, `${id} is paged and not looked at`);
  }
});

test("no command takes longer because its world is large", async () => {
  const [small, large] = [await largeWorld(SMALL), await largeWorld(LARGE)];
  const slow: string[] = [];
  for (const [command, body] of Object.entries(probes)) {
    const [one, other] = [
      await cost(small.call, command, body),
      await cost(large.call, command, body),
    ];
    if (process.env.SHOW) console.log(command.padEnd(70), one.toFixed(0), other.toFixed(0));
    const allowed = looksThrough[command]?.[0] ?? 60;
    if (other > 2.5 * one && other > one + allowed) {
      slow.push(`${command}: ${one.toFixed()} µs, then ${other.toFixed()} µs`);
    }
  }
  assert.equal(slow, []);
});

test.run();

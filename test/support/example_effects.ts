/** How to see the effect of commands whose example has none in the world of the examples. */

import type { Calls } from "./example_world.ts";

/** What is otherwise than in the example. */
export interface Effect {
  /** Calls that make something to act upon. */
  first?: Calls;
  /** Fields of the body in place of the example's. */
  change?: object;
  /** A call that shows it, where none of the examples that read does. */
  shown?: readonly [command: string, body: object];
}

const GROUP = "group_open_http_svc";
const LIVE_GROUP = "aKQ2WBXMH";
const ROOM = { RoomId: "standup-0412" };
const LIVE_ROOM = { RoomId: "live_coffee_7" };
const COMMUNITY = "@TGS#_@TGS#cNW4KHIM62CT";
const permissions = { GroupId: COMMUNITY, PermissionGroupId: "@PMG#_editors" };
const everyMessage = {
  Operator_Account: "omar",
  Peer_Account: "mira",
  MaxCnt: 100,
  MinTime: 0,
  MaxTime: 4_000_000_000,
};
const history = (GroupId: string) =>
  [`${GROUP}/group_msg_get_simple`, { GroupId, ReqMsgNumber: 20 }] as const;
const city = { UserAttrs: [{ To_Account: "mira", Attrs: { city: "Oslo" } }] };
const running = { UserTags: [{ To_Account: "mira", Tags: ["running"] }] };

/** By command. */
export const effects: Readonly<Record<string, Effect>> = {
  "openim/sendmsg": { change: { MsgRandom: 5 }, shown: ["openim/admin_getroammsg", everyMessage] },
  "openim/importmsg": { shown: ["openim/admin_getroammsg", everyMessage] },
  "all_member_push/im_set_attr_name": { change: { AttrNames: { "0": "music" } } },
  "all_member_push/im_remove_attr": { first: [["all_member_push/im_set_attr", city]] },
  "timpush/remove_attr": { first: [["timpush/set_attr", city]] },
  "all_member_push/im_remove_tag": { first: [["all_member_push/im_add_tag", running]] },
  "timpush/remove_tag": { first: [["timpush/add_tag", running]] },
  "timpush/add_tag": { change: running },
  "sns/black_list_delete": {
    first: [["sns/black_list_add", { From_Account: "mira", To_Account: ["spam01"] }]],
  },
  "sns/group_delete": {
    first: [["sns/group_add", { From_Account: "mira", GroupName: ["Chess"] }]],
  },
  [`${GROUP}/unban_group_member`]: {
    first: [[`${GROUP}/ban_group_member`, {
      GroupId: LIVE_GROUP,
      Members_Account: ["lin"],
      Duration: 60,
    }]],
  },
  "group_open_avchatroom_http_svc/modify_user_info": {
    shown: ["group_open_avchatroom_http_svc/get_members", {
      GroupId: LIVE_GROUP,
      Timestamp: 0,
      Mark: 1000,
    }],
  },
  "group_open_avchatroom_http_svc/add_robots": { change: { Member_Account: ["zoe"] } },
  [`${GROUP}/import_topic`]: {
    change: { TopicId: `${COMMUNITY}@TOPIC#_old` },
    shown: ["million_group_open_http_svc/get_topic", {
      GroupId: COMMUNITY,
      From_Account: "lin",
      TopicIdList: [`${COMMUNITY}@TOPIC#_old`],
    }],
  },
  [`${GROUP}/add_topic_permission_group`]: {
    first: [[`${GROUP}/delete_topic_permission_group`, {
      ...permissions,
      TopicIdList: [`${COMMUNITY}@TOPIC#_novels`],
    }]],
  },
  [`${GROUP}/add_permission_group_member`]: {
    first: [[`${GROUP}/delete_permission_group_member`, {
      ...permissions,
      MemberList: [{ Member_Account: "lin" }],
    }]],
  },
  [`${GROUP}/import_group_msg`]: { shown: history("2IMPORT5B") },
  [`${GROUP}/delete_group_msg_by_sender`]: {
    shown: [`${GROUP}/group_msg_get_simple`, {
      GroupId: "2MARKET9C",
      ReqMsgNumber: 20,
      ReqMsgSeq: 20,
    }],
  },
  [`${GROUP}/set_unread_msg_num`]: {
    change: { UnreadMsgNum: 1 },
    shown: [`${GROUP}/get_group_member_info`, {
      GroupId: "2MARKET9C",
      MemberInfoFilter: ["MsgSeq"],
    }],
  },
  "stream_msg/send_group_stream_msg": { shown: history("2MARKET9C") },
  [`${GROUP}/group_msg_receipt`]: {
    change: { GroupId: "2MARKET9C", MsgSeqList: [{ MsgSeq: 57 }] },
    shown: [`${GROUP}/get_group_msg_receipt`, {
      GroupId: "2MARKET9C",
      MsgSeqList: [{ MsgSeq: 57 }],
    }],
  },
  "room_engine_http_srv/unban_room_member": {
    first: [["room_engine_http_srv/ban_room_member", {
      ...ROOM,
      MemberList_Account: ["omar"],
      Reason: "spam",
      Duration: 60,
    }]],
  },
  "room_config/delete_callback": {
    first: [["room_config/set_callback", {
      Url: "https://hooks.example.net/rooms",
      CallbackCommandList: ["Room.CallbackAfterCreateRoom"],
    }]],
  },
  "live_config/delete_callback": {
    first: [["live_config/set_callback", {
      Url: "https://hooks.example.net/live",
      CallbackCommandList: ["Live.CallbackAfterCreateRoom"],
    }]],
  },
  "live_engine_http_srv/add_gift_category_relations": {
    first: [["live_engine_http_srv/add_gift", {
      GiftId: "g_tulip",
      Coins: 1,
      DefaultName: "Tulip",
    }]],
  },
  "live_engine_http_srv/unban_member": { change: { MemberList_Account: ["zoe"] } },
  "live_engine_http_srv/del_robot": { change: { RobotList_Account: ["noor"] } },
  "live_engine_http_srv/set_mix_stream": {
    shown: ["live_engine_http_srv/resume_mcu_task", LIVE_ROOM],
  },
};

/** Calls that make a world in which the catalogue's own examples succeed. */

import { EMULATOR_SDK_APP_ID } from "../../src/emulator/mod.ts";

export type Calls = readonly (readonly [command: string, body: object])[];

const GROUP = "group_open_http_svc";
const TOPICS = "million_group_open_http_svc";
const ROOM = "room_engine_http_srv";
const LIVE = "live_engine_http_srv";

const COMMUNITY = "@TGS#_@TGS#cNW4KHIM62CT";
const TopicId = `${COMMUNITY}@TOPIC#_novels`;
const PermissionGroupId = "@PMG#_editors";
const inCommunity = { GroupId: COMMUNITY, PermissionGroupId };
const LIVE_GROUP = "aKQ2WBXMH";
const CREATED = 1_700_000_000;

const accounts = [
  ..."mira omar lin zoe ines noor marco tom mara oleg tess troll9 spam_fox host_board".split(" "),
  ..."bot-tea bot_1 robot-notes".split(" "),
];
const list = (...names: string[]) => names.map((Member_Account) => ({ Member_Account }));
const text = (Text: string) => [{ MsgType: "TIMTextElem", MsgContent: { Text } }];

/** Values in examples that only the backend can give, with the fields that it gives them in. */
const GIVEN: Readonly<Record<string, string>> = {
  b5Jk0Qd1b0hZ: "BattleId",
  "7031_480221937_1795000120": "MsgKey",
  "60781340_39868453_1795000918": "MsgKey",
  batch_6a0015d4_20000005_d03ac87: "TaskId",
  700112233: "TaskID",
};

/** A body with ids that a world can have: ids that the backend makes begin with @TGS#, its own may not. */
export function settled(body: object): Record<string, unknown> {
  const json = JSON.stringify(body).replaceAll("1400000001", String(EMULATOR_SDK_APP_ID))
    .replaceAll(/@TGS#(?=[12a])/g, "");
  return JSON.parse(json);
}

/** Whether a body names an id that only an answer can tell. */
export function hasGivenIds(body: object): boolean {
  const json = JSON.stringify(body);
  return Object.keys(GIVEN).some((example) => json.includes(example));
}

/** Writes a body with the ids that there are: a world's, and those given by earlier answers. */
export function asGiven(body: unknown, given: ReadonlyMap<string, unknown>): string {
  let json = JSON.stringify(settled(body as object));
  for (const [example, field] of Object.entries(GIVEN)) {
    const value = given.get(field);
    if (value !== undefined) json = json.replaceAll(example, String(value));
  }
  return json;
}

const account: Calls = [["im_open_login_svc/multiaccount_import", { Accounts: accounts }]];

const groups: Calls = [
  [`${GROUP}/create_group`, {
    GroupId: "book-club",
    Type: "Public",
    Name: "Book club",
    Owner_Account: "mira",
    AppDefinedData: [{ Key: "Shelf", Value: "A3" }],
    MemberList: [{ Member_Account: "omar", Role: "Admin" }, { Member_Account: "lin" }],
  }],
  [`${GROUP}/forbid_send_msg`, { GroupId: "book-club", Members_Account: ["lin"], MuteTime: 60 }],
  [`${GROUP}/update_group_counter`, {
    GroupId: "book-club",
    GroupCounter: [{ Key: "like", Value: 5 }],
  }],
  [`${GROUP}/import_group`, {
    GroupId: "old-forum-17",
    Type: "Public",
    Name: "Old forum",
    CreateTime: CREATED,
  }],
  [`${GROUP}/create_group`, { GroupId: LIVE_GROUP, Type: "AVChatRoom", Name: "Quiz" }],
  ["group_open_avchatroom_http_svc/add_robots", {
    GroupId: LIVE_GROUP,
    Member_Account: ["mira", "lin", "bot-tea"],
  }],
  ["group_open_avchatroom_http_svc/modify_admin", {
    GroupId: LIVE_GROUP,
    CommandType: 1,
    Admin_Account: ["omar"],
  }],
  [`${GROUP}/set_group_attr`, {
    GroupId: LIVE_GROUP,
    GroupAttr: [{ key: "phase", value: "quiz" }, { key: "round", value: "2" }],
  }],
  [`${GROUP}/create_group`, {
    GroupId: COMMUNITY,
    Type: "Community",
    Name: "Readers",
    SupportTopic: 1,
    EnablePermission: 1,
    Owner_Account: "mira",
    MemberList: list("lin"),
  }],
  [`${TOPICS}/create_topic`, { GroupId: COMMUNITY, TopicId, TopicName: "Novels" }],
  [`${GROUP}/create_permission_group`, {
    ...inCommunity,
    PermissionGroupName: "Editors",
    Permission: 17,
  }],
  [`${GROUP}/add_topic_permission_group`, {
    ...inCommunity,
    TopicPermissionList: [{ TopicId, Permission: 3 }],
  }],
  [`${GROUP}/add_permission_group_member`, { ...inCommunity, MemberList: list("lin") }],
];

const MARKET = "2MARKET9C";

const messages: Calls = [
  ...["2NOTICE7A", "2IMPORT5B", MARKET, "2EXAMPLE"].map((GroupId) =>
    [`${GROUP}/import_group`, {
      GroupId,
      Type: "Public",
      Name: "Market",
      CreateTime: CREATED,
      Owner_Account: "mara",
    }] as const
  ),
  ...[MARKET, "2EXAMPLE"].map((GroupId) =>
    [`${GROUP}/add_group_member`, { GroupId, MemberList: list("oleg", "tess", "ines") }] as const
  ),
  ...Array.from({ length: 8 }, (_, part) =>
    [`${GROUP}/import_group_msg`, {
      GroupId: MARKET,
      MsgList: Array.from({ length: 7 }, (_, at) => ({
        From_Account: at === 3 ? "spam_fox" : "oleg",
        SendTime: CREATED + part * 7 + at,
        Random: part * 7 + at,
        MsgBody: text("old"),
      })),
    }] as const),
  ...[57, 58].map((Random) =>
    [`${GROUP}/send_group_msg`, {
      GroupId: MARKET,
      Random,
      From_Account: "mara",
      MsgBody: text("new"),
      NeedReadReceipt: 1,
      SupportMessageExtension: 1,
    }] as const
  ),
];

const conference: Calls = [
  [`${ROOM}/create_room`, {
    RoomInfo: {
      RoomId: "standup-0412",
      RoomType: "Conference",
      Owner_Account: "mira",
      IsSeatEnabled: true,
      MaxSeatCount: 8,
    },
  }],
  ...["mira", "omar", "lin"].map((Member_Account) =>
    [`${ROOM}/add_robot`, { RoomId: "standup-0412", Member_Account }] as const
  ),
];
const onSeat: Calls = [[
  "room_engine_http_mic/pick_user_on_seat",
  { RoomId: "standup-0412", Member_Account: "lin", Index: 5 },
]];
const callback: Calls = [["room_config/set_callback", {
  Url: "https://hooks.example.net/rooms",
  CallbackCommandList: ["Room.CallbackAfterCreateRoom"],
}]];
const liveCallback: Calls = [["live_config/set_callback", {
  Url: "https://hooks.example.net/live",
  CallbackCommandList: ["Live.CallbackAfterCreateRoom"],
}]];
const liveToken: Calls = [["live_config/set_callback_token", {
  Token: "a-token-of-your-own-choice",
  IsTokenEnable: true,
}]];

const rose = { GiftId: "g_rose", Coins: 10, DefaultName: "Rose" };
const flowers = { CategoryId: "c_flowers", DefaultName: "Flowers" };
const mixed = { RoomId: "live_coffee_7", LayoutMode: 0 };

const live: Calls = [
  [`${LIVE}/create_room`, {
    RoomInfo: {
      RoomId: "live_coffee_7",
      RoomType: "Live",
      Owner_Account: "ines",
      SeatTemplate: "VideoDynamicGrid9Seats",
      IsUnlimitedRoomEnabled: true,
    },
  }],
  [`${LIVE}/create_room`, {
    RoomInfo: { RoomId: "live_tea_2", RoomType: "Live", Owner_Account: "tom" },
  }],
  [`${LIVE}/add_robot`, { RoomId: "live_coffee_7", RobotList_Account: ["noor"] }],
  [`${LIVE}/mute_member`, {
    RoomId: "live_coffee_7",
    MemberList_Account: ["noor"],
    MuteTime: 60,
  }],
  [`${LIVE}/ban_member`, {
    RoomId: "live_coffee_7",
    MemberList_Account: ["zoe"],
    Duration: 60,
    Reason: "noise",
  }],
  [`${LIVE}/set_room_metadata`, {
    RoomId: "live_coffee_7",
    Metadata: [{ Key: "theme", Value: "tea" }],
  }],
  [`${LIVE}/add_gift`, rose],
  [`${LIVE}/add_gift_category`, flowers],
  [`${LIVE}/add_gift_category_relations`, { CategoryId: "c_flowers", GiftIdList: ["g_rose"] }],
  [`${LIVE}/set_gift_language`, { GiftId: "g_rose", Language: "en", Name: "Rose" }],
  [`${LIVE}/set_gift_category_language`, {
    CategoryId: "c_flowers",
    Language: "en",
    CategoryName: "Flowers",
  }],
];
const battle: Calls = [["live_engine_http_pk/create_battle", {
  FromRoomId: "live_coffee_7",
  ToRoomIdList: ["live_tea_2"],
  Duration: 60_000,
}]];
const noGift: Calls = [[`${LIVE}/del_gift`, { GiftId: "g_rose" }]];
const noCategory: Calls = [[`${LIVE}/del_gift_category`, { CategoryId: "c_flowers" }]];

const sent = (change: object) => ({
  From_Account: "mira",
  To_Account: "omar",
  MsgSeq: 7031,
  MsgRandom: 480221937,
  MsgBody: text("Lunch?"),
  SupportMessageExtension: 1,
  ...change,
});
const chat: Calls = [
  ["im_open_login_svc/account_import", { UserID: "newsdesk" }],
  ["openim/sendmsg", sent({})],
  ["timpush/set_attr_name", { AttrNames: { "0": "sport", "1": "city" } }],
  ["timpush/add_tag", { UserTags: [{ To_Account: "mira", Tags: ["cycling"] }] }],
  ["timpush/set_attr", { UserAttrs: [{ To_Account: "mira", Attrs: { sport: "cycling" } }] }],
];

const push: Calls = [["timpush/batch", {
  From_Account: "mira",
  To_Account: ["omar"],
  MsgRandom: 1,
  OfflinePushInfo: { Title: "Reminder" },
}]];
const plan: Calls = [["timpush/add_sched_task", {
  Sdkappid: EMULATOR_SDK_APP_ID,
  Type: "Tag",
  SchedAt: "2026-12-01 09:00:00",
  Content: { Condition: { TagsAnd: ["cycling"] } },
}]];

const SPAM = "spam01 spam02".split(" ");
const relations: Calls = [
  ["im_open_login_svc/multiaccount_import", { Accounts: SPAM }],
  [`${GROUP}/create_group`, {
    GroupId: "1CHESS",
    Type: "Public",
    Name: "Chess",
    Owner_Account: "mira",
  }],
  ["sns/friend_add", {
    From_Account: "mira",
    ForceAddFlags: 1,
    AddFriendItem: [{ To_Account: "omar", AddSource: "AddSource_Type_Web", GroupName: "Work" }],
  }],
  ["sns/black_list_add", { From_Account: "mira", To_Account: ["spam02"] }],
  ["follow/follow_add", { From_Account: "omar", FollowItem: [{ To_Account: "mira" }] }],
  ["openim/sendmsg", sent({ From_Account: "omar", To_Account: "mira" })],
  ["recentcontact/mark_contact", {
    From_Account: "mira",
    MarkItem: [{
      OptType: 3,
      ContactItem: { Type: 1, To_Account: "omar" },
      SetMark: [1],
      CustomMark: "vip",
    }],
  }],
];
const clients: Calls = [["recentcontact/create_contact_group", {
  From_Account: "mira",
  GroupContactItem: [{ GroupName: "Clients", ContactItem: [{ Type: 1, To_Account: "omar" }] }],
}]];

const news = { Official_Account: "@TOA#_news" };
const OFFICIAL = "official_account_open_http_svc";
const bots: Calls = [
  ["openim_robot_http_svc/create_robot", { UserID: "@RBT#helper" }],
  [`${OFFICIAL}/create_official_account`, {
    OfficialAccountUserID: "@TOA#_news",
    Owner_Account: "mira",
    Name: "City news",
  }],
  [`${OFFICIAL}/add_subscriber`, { ...news, SubscriberList: [{ Subscriber_Account: "omar" }] }],
  [`${OFFICIAL}/send_official_account_msg`, { ...news, Random: 9182, MsgBody: text("Closed") }],
];

/** What each document's examples speak of. */
export const worlds: Readonly<Record<string, Calls>> = {
  "chat-account": [...account, ...bots],
  "chat-message": [...account, ...chat],
  "chat-relation": [...account, ...relations],
  group: [...account, ...groups],
  "group-message": [...account, ...messages],
  room: [...account, ...conference],
  live: [...account, ...live],
};

/** What some examples need besides, or what must be gone before them. */
export const before: Readonly<Record<string, Calls>> = {
  [`${GROUP}/create_group`]: [[`${GROUP}/destroy_group`, { GroupId: "book-club" }]],
  [`${GROUP}/import_group`]: [[`${GROUP}/destroy_group`, { GroupId: "old-forum-17" }]],
  [`${TOPICS}/create_topic`]: [[`${TOPICS}/destroy_topic`, {
    GroupId: COMMUNITY,
    TopicIdList: [TopicId],
  }]],
  [`${GROUP}/create_permission_group`]: [[`${GROUP}/destroy_permission_group`, {
    GroupId: COMMUNITY,
    PermissionGroupIdList: [PermissionGroupId],
  }]],
  [`${GROUP}/unpin_message`]: [[`${GROUP}/pin_message`, { GroupId: MARKET, MsgSeq: 57 }]],
  [`${GROUP}/get_pinned_messages`]: [[`${GROUP}/pin_message`, { GroupId: MARKET, MsgSeq: 57 }]],
  [`${ROOM}/create_room`]: [[`${ROOM}/destroy_room`, { RoomId: "standup-0412" }]],
  [`${ROOM}/delete_robot`]: [[`${ROOM}/add_robot`, {
    RoomId: "standup-0412",
    Member_Account: "robot-notes",
  }]],
  "room_engine_http_mic/kick_user_off_seat": onSeat,
  "room_engine_http_mic/switch_seat": onSeat,
  "room_engine_http_mic/move_user_to_seat": onSeat,
  "room_config/update_callback": callback,
  "room_config/get_callback": callback,
  "live_config/update_callback": liveCallback,
  "live_config/get_callback": liveCallback,
  "live_config/get_callback_token": liveToken,
  [`${LIVE}/create_room`]: [[`${LIVE}/destroy_room`, { RoomId: "live_coffee_7" }]],
  [`${LIVE}/add_gift`]: noGift,
  [`${LIVE}/add_gift_category`]: noCategory,
  [`${LIVE}/copy_default_gift_config`]: [...noGift, ...noCategory],
  [`${LIVE}/resume_mcu_task`]: [[`${LIVE}/set_mix_stream`, mixed]],
  "live_engine_http_pk/set_battle_score": battle,
  "openim_robot_http_svc/send_stream_msg": [["openim_robot_http_svc/send_stream_msg", {
    From_Account: "@RBT#helper",
    To_Account: "mira",
    Chunk: "Hello ",
  }]],
  "timpush/revoke": push,
  "timpush/modify_sched_task": plan,
  "timpush/delete_sched_task": plan,
  "timpush/get_sched_task": plan,
  "recentcontact/update_contact_group": clients,
  "recentcontact/del_contact_group": clients,
  "recentcontact/search_contact_group": clients,
  "recentcontact/get_contact_group": clients,
  [`${OFFICIAL}/create_official_account`]: [[`${OFFICIAL}/destroy_official_account`, news]],
  "live_engine_http_pk/get_battle_info": battle,
};

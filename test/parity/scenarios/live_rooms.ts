import { accounts, type Area, type Step } from "../scenario.ts";

const L = "live_engine_http_srv";
const P = "live_engine_http_pk";
const RoomId = "$coffee";
const create = (facts: object = {}, code = 0): Step => [
  `${L}/create_room`,
  { RoomInfo: { RoomId, RoomType: "Live", Owner_Account: "$mira", ...facts } },
  code,
];
const own = (command: string, body: object = {}, code = 0): Step => [
  `${L}/${command}`,
  { RoomId, ...body },
  code,
];

/** Live rooms: members, contents, battles, gifts. */
export const liveRooms: Area = {
  name: "live_rooms",
  scenarios: [
    {
      name: "a live room is created, read, changed and ended",
      steps: [
        accounts("mira"),
        create({ RoomName: "Coffee" }),
        create({}, 100010),
        own("get_room_info"),
        [`${L}/update_room_info`, { RoomInfo: { RoomId, RoomName: "Tea", Notice: "Hot" } }],
        own("get_room_info"),
        own("get_room_stats"),
        own("destroy_room"),
        own("get_room_info", {}, 100004),
        own("destroy_room", {}, 100004),
      ],
    },
    {
      name: "robots are its members, three at most, and are listed",
      steps: [
        accounts("mira", "omar", "lin", "zoe", "ines"),
        create(),
        own("add_robot", { RobotList_Account: ["$omar", "$lin"] }),
        own("add_robot", { RobotList_Account: ["$zoe", "$ines"] }, 100013),
        own("get_robot"),
        own("get_member_list", { Next: "" }),
        own("del_robot", { RobotList_Account: ["$omar"] }),
        own("get_robot"),
      ],
    },
    {
      name: "members are muted, banned, made admins, and put back",
      steps: [
        accounts("mira", "omar", "lin"),
        create(),
        own("add_robot", { RobotList_Account: ["$omar", "$lin"] }),
        own("mute_member", { MemberList_Account: ["$omar"], MuteTime: 600 }),
        own("get_muted_member_list"),
        own("mute_member", { MemberList_Account: ["$omar"], MuteTime: 0 }),
        own("get_muted_member_list"),
        own("ban_member", { MemberList_Account: ["$lin"], Duration: 600, Reason: "noise" }),
        own("get_banned_member_list"),
        own("unban_member", { MemberList_Account: ["$lin"] }),
        own("get_banned_member_list"),
        own("modify_admin", { Admin_Account: ["$omar"], OpType: "add" }),
        own("get_admin_list"),
        own("modify_admin", { Admin_Account: ["$omar"], OpType: "delete" }),
        own("get_admin_list"),
      ],
    },
    {
      name: "metadata is set, read and deleted; messages are sent",
      steps: [
        accounts("mira"),
        create(),
        own("set_room_metadata", {
          Metadata: [{ Key: "theme", Value: "tea" }, { Key: "x", Value: "" }],
        }),
        own("get_room_metadata", { Keys: ["theme", "none"] }),
        own("del_room_metadata", { Keys: ["theme"] }),
        own("get_room_metadata", { Keys: ["theme"] }),
        own("send_text_msg", { Sender_Account: "$mira", TextContent: "Welcome" }),
        own("send_custom_msg", { Sender_Account: "$mira", BusinessId: "poll", Data: "{}" }),
      ],
    },
    {
      name: "two live rooms battle",
      steps: [
        accounts("mira", "omar"),
        create(),
        create({ RoomId: "$tea", Owner_Account: "$omar" }),
        [`${P}/create_battle`, { FromRoomId: RoomId, ToRoomIdList: ["$tea"], Duration: 60_000 }],
        [`${P}/set_battle_score`, {
          BattleId: "<BattleId 1>",
          OpType: 1,
          ScoreList: [{ RoomId, Score: 7 }],
        }],
        [`${P}/get_battle_info`, { BattleId: "<BattleId 1>" }],
        [`${P}/get_battle_info`, { BattleId: "none" }, 100411],
      ],
    },
    {
      name: "gifts are added to the app, sent in a live room and counted",
      steps: [
        accounts("mira", "omar"),
        create(),
        own("add_robot", { RobotList_Account: ["$omar"] }),
        [`${L}/add_gift`, { GiftId: "$rose", Coins: 10, DefaultName: "Rose" }],
        [`${L}/get_gift`, { GiftId: "$rose" }],
        own("send_gift", {
          From_Account: "$omar",
          ReceiverList_Account: ["$mira"],
          GiftId: "$rose",
          Count: 2,
        }),
        own("get_room_stats"),
        [`${L}/del_gift`, { GiftId: "$rose" }],
        [`${L}/get_gift`, { GiftId: "$rose" }, 102002],
      ],
      after: [[`${L}/del_gift`, { GiftId: "$rose" }]],
    },
    {
      name: "a conference is no live room",
      steps: [
        accounts("mira"),
        ["room_engine_http_srv/create_room", {
          RoomInfo: { RoomId: "$standup", RoomType: "Conference", Owner_Account: "$mira" },
        }],
        [`${L}/get_room_info`, { RoomId: "$standup" }, 100004],
        [`${L}/destroy_room`, { RoomId: "$standup" }, 100004],
        [`${L}/get_robot`, { RoomId: "$standup" }, 100006],
      ],
    },
  ],
};

import { accounts, type Area, type Step } from "../scenario.ts";

const R = "room_engine_http_srv";
const RoomId = "$standup";
const create = (facts: object = {}, code = 0): Step => [
  `${R}/create_room`,
  { RoomInfo: { RoomId, RoomType: "Conference", Owner_Account: "$mira", ...facts } },
  code,
];
const info: Step = [`${R}/get_room_info`, { RoomId }];
const robot = (name: string, code = 0): Step => [
  `${R}/add_robot`,
  { RoomId, Member_Account: `$${name}` },
  code,
];
const members = (more: object = {}): Step => [`${R}/get_room_member_list`, { RoomId, ...more }];

/** Conferences. */
export const rooms: Area = {
  name: "rooms",
  scenarios: [
    {
      name: "a conference is created, read, changed and ended",
      steps: [
        accounts("mira"),
        create({ RoomName: "Standup", MaxMemberCount: 9 }),
        create({}, 100010),
        info,
        [`${R}/update_room_info`, {
          RoomInfo: { RoomId, RoomName: "Long standup", IsMessageDisabled: true },
        }],
        info,
        [`${R}/destroy_room`, { RoomId }],
        [`${R}/get_room_info`, { RoomId }, 100004],
        [`${R}/destroy_room`, { RoomId }, 100004],
      ],
    },
    {
      name: "fields that are missing or wrong have their codes",
      steps: [
        accounts("mira"),
        create({ Owner_Account: "$ghost" }, 100002),
        create({ RoomType: "Party" }, 100002),
        create({ RoomId: "$" + "x".repeat(49) }, 100002),
        [`${R}/create_room`, {}, 100002],
        [`${R}/get_room_info`, {}, 100002],
      ],
    },
    {
      name: "robots come in, are listed in pages, marked, put out, and let in no more while banned",
      steps: [
        accounts("mira", "omar", "lin"),
        create(),
        robot("omar"),
        robot("lin"),
        robot("ghost", 100002),
        members({ Count: 1 }),
        members({ Count: 1, Next: "<Next>" }),
        [`${R}/update_room_member_info`, {
          RoomId,
          MemberInfo: { Member_Account: "$omar", NameCard: "O." },
        }],
        [`${R}/mark_room_member`, {
          RoomId,
          CommandType: 1,
          MemberList: [{ Member_Account: "$omar", Marks: [1000] }],
        }],
        members(),
        [`${R}/kick_user_out`, { RoomId, MemberList_Account: ["$lin"], Reason: "done" }],
        [`${R}/ban_room_member`, {
          RoomId,
          MemberList_Account: ["$omar"],
          Reason: "spam",
          Duration: 600,
        }],
        [`${R}/get_banned_member_list`, { RoomId }],
        robot("omar", 100016),
        [`${R}/unban_room_member`, { RoomId, MemberList_Account: ["$omar"] }],
        robot("omar"),
      ],
    },
    {
      name: "a conference passes to a new owner who is in it",
      steps: [
        accounts("mira", "omar", "lin"),
        create(),
        robot("omar"),
        [
          `${R}/change_room_owner`,
          { RoomId, From_Account: "$mira", NewOwner_Account: "$lin" },
          100005,
        ],
        [`${R}/change_room_owner`, { RoomId, From_Account: "$mira", NewOwner_Account: "$omar" }],
        info,
      ],
    },
  ],
};

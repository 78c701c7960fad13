import { accounts, type Area, type Step } from "../scenario.ts";

const G = "group_open_http_svc";
const GroupId = "$club";
const list = (...names: string[]) => names.map((name) => ({ Member_Account: `$${name}` }));
const create = (Type = "Public", ...members: string[]): Step => [`${G}/create_group`, {
  Type,
  GroupId,
  Name: "Club",
  Owner_Account: "$mira",
  ...(members.length > 0 && { MemberList: list(...members) }),
}];
const add = (names: string[], code = 0): Step => [
  `${G}/add_group_member`,
  { GroupId, MemberList: list(...names) },
  code,
];
const members = (more: object = {}): Step => [
  `${G}/get_group_member_info`,
  {
    GroupId,
    MemberInfoFilter: ["Role", "NameCard", "MsgFlag", "MuteUntil"],
    ...more,
  },
];
const change = (name: string, fields: object, code = 0): Step => [
  `${G}/modify_group_member_info`,
  { GroupId, Member_Account: `$${name}`, ...fields },
  code,
];
const everybody = ["mira", "omar", "lin", "zoe"];

/** Members: adding, changing, muting, banning, removing, reading in pages. */
export const groupMembers: Area = {
  name: "group_members",
  scenarios: [
    {
      name: "each account that is added is told apart: new, there already, unknown",
      steps: [
        accounts(...everybody),
        create("Public", "omar"),
        add(["omar", "lin", "lin", "mira"]),
        add(["zoe", "ghost"], 10019),
        [`${G}/add_group_member`, { GroupId: "$none", MemberList: list("lin") }, 10010],
        members(),
      ],
    },
    {
      name: "an AVChatRoom takes no members from the server",
      steps: [accounts(...everybody), create("AVChatRoom"), add(["omar"], 10007)],
    },
    {
      name: "members are removed, the owner is not",
      steps: [
        accounts(...everybody),
        create("Public", "omar", "lin"),
        [`${G}/delete_group_member`, { GroupId, MemberToDel_Account: ["$omar", "$zoe"] }],
        [`${G}/delete_group_member`, { GroupId, MemberToDel_Account: ["$mira"] }, 10007],
        members(),
      ],
    },
    {
      name: "members are read in pages and by role",
      steps: [
        accounts(...everybody),
        create("Public", "omar", "lin", "zoe"),
        change("lin", { Role: "Admin" }),
        members({ Limit: 2, Offset: 0 }),
        members({ Limit: 2, Offset: 2 }),
        members({ MemberRoleFilter: ["Owner", "Admin"] }),
        [`${G}/get_specified_group_member_info`, {
          GroupId,
          Member_List_Account: ["$lin", "$ghost"],
        }],
      ],
    },
    {
      name: "the members of a Community are read in pages by Next",
      steps: [
        accounts("mira", "omar"),
        [`${G}/create_group`, {
          Type: "Community",
          GroupId: "@TGS#_$club",
          Name: "Club",
          Owner_Account: "$mira",
          MemberList: list("omar"),
        }],
        members({ GroupId: "@TGS#_$club", Limit: 1, Next: "" }),
        members({ GroupId: "@TGS#_$club", Limit: 1, Next: "<Next>" }),
      ],
    },
    {
      name: "a member's role, name card and way of being told are changed",
      steps: [
        accounts(...everybody),
        create("Public", "omar"),
        change("omar", { NameCard: "O.", MsgFlag: "Discard" }),
        change("omar", { Role: "Admin" }),
        change("omar", { Role: "Owner" }, 10004),
        change("zoe", { NameCard: "Z." }, 10004),
        members(),
      ],
    },
    {
      name: "muted members are listed until the mute is lifted",
      steps: [
        accounts(...everybody),
        create("Public", "omar", "lin"),
        [`${G}/forbid_send_msg`, { GroupId, Members_Account: ["$omar"], MuteTime: 600 }],
        [`${G}/get_group_muted_account`, { GroupId }],
        [`${G}/send_group_msg`, {
          GroupId,
          From_Account: "$omar",
          Random: 1,
          MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "hm" } }],
        }, 10017],
        [`${G}/forbid_send_msg`, { GroupId, Members_Account: ["$omar"], MuteTime: 0 }],
        [`${G}/get_group_muted_account`, { GroupId }],
      ],
    },
    {
      name: "a Work group knows no mutes",
      steps: [
        accounts(...everybody),
        create("Work", "omar"),
        [`${G}/forbid_send_msg`, { GroupId, Members_Account: ["$omar"], MuteTime: 600 }, 10007],
      ],
    },
    {
      name: "banned accounts are out of an AVChatRoom until they are let in again",
      steps: [
        accounts(...everybody),
        create("AVChatRoom"),
        [`${G}/ban_group_member`, {
          GroupId,
          Members_Account: ["$omar"],
          Duration: 600,
          Description: "noise",
        }],
        [`${G}/get_group_ban_member`, { GroupId, Limit: 10, Offset: 0 }],
        [`${G}/unban_group_member`, { GroupId, Members_Account: ["$omar"] }],
        [`${G}/get_group_ban_member`, { GroupId, Limit: 10, Offset: 0 }],
      ],
    },
    {
      name: "an AVChatRoom has admins, who are named and dismissed",
      steps: [
        accounts(...everybody),
        create("AVChatRoom"),
        ["group_open_avchatroom_http_svc/modify_admin", {
          GroupId,
          CommandType: 1,
          Admin_Account: ["$omar"],
        }],
        ["group_open_avchatroom_http_svc/get_admin_list", { GroupId }],
        ["group_open_avchatroom_http_svc/modify_admin", {
          GroupId,
          CommandType: 2,
          Admin_Account: ["$omar"],
        }],
        ["group_open_avchatroom_http_svc/get_admin_list", { GroupId }],
      ],
    },
  ],
};

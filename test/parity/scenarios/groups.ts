import { accounts, type Area, type Scenario, type Step } from "../scenario.ts";

const G = "group_open_http_svc";
const list = (...names: string[]) => names.map((name) => ({ Member_Account: `$${name}` }));
const create = (Type: string, more: object = {}): Step => [`${G}/create_group`, {
  Type,
  GroupId: "$club",
  Name: "Club",
  Owner_Account: "$mira",
  ...more,
}];
const info: Step = [`${G}/get_group_info`, { GroupIdList: ["$club"] }];
const base = (change: object): Step => [
  `${G}/modify_group_base_info`,
  { GroupId: "$club", ...change },
];

/** What a group of one type is after it was created and changed. */
const life = (Type: string, members: object = { MemberList: list("omar") }): Scenario => ({
  name: `a ${Type} group is created, read, changed and dismissed`,
  steps: [
    accounts("mira", "omar"),
    create(Type, {
      Introduction: "Chess",
      Notification: "Sundays",
      FaceUrl: "https://img.example.org/c",
      ...members,
    }),
    info,
    base({ Name: "Chess club", Notification: "Mondays", MuteAllMember: "On" }),
    info,
    [`${G}/destroy_group`, { GroupId: "$club" }],
    info,
    [`${G}/destroy_group`, { GroupId: "$club" }, 10010],
  ],
});

/** Groups of each type, their facts, attributes and counters. */
export const groups: Area = {
  name: "groups",
  scenarios: [
    life("Private"),
    life("Work"),
    life("Public"),
    life("ChatRoom"),
    life("Meeting"),
    life("AVChatRoom", {}),
    {
      name: "a Community without topics has an id of its own form",
      steps: [
        accounts("mira", "omar"),
        create("Community", { GroupId: "@TGS#_$club", MemberList: list("omar") }),
        [`${G}/get_group_info`, { GroupIdList: ["@TGS#_$club"] }],
      ],
    },
    {
      name: "ids, types, names and owners that do not fit have their codes",
      steps: [
        accounts("mira"),
        create("Club", {}),
        create("Public", { GroupId: "@TGS#$club" }),
        create("Public", { GroupId: "é$club" }),
        create("Public", { GroupId: "$club-" + "x".repeat(48) }),
        create("Public", { Name: "n".repeat(101) }),
        create("Public", { Name: undefined }),
        create("Public", { Owner_Account: "$ghost" }),
        create("Public"),
        create("Public"),
        create("Public", { GroupId: undefined }),
      ].map((step, at): Step => {
        const codes = [0, 10004, 10015, 10015, 10015, 10004, 10004, 10019, 0, 10025, 0];
        return [step[0], step[1], codes[at]];
      }),
    },
    {
      name: "a group passes to a new owner",
      steps: [
        accounts("mira", "omar", "lin"),
        create("Public", { MemberList: list("omar") }),
        [`${G}/change_group_owner`, { GroupId: "$club", NewOwner_Account: "$omar" }],
        [`${G}/get_role_in_group`, { GroupId: "$club", User_Account: ["$mira", "$omar", "$lin"] }],
        [`${G}/change_group_owner`, { GroupId: "$club", NewOwner_Account: "$lin" }, 10004],
      ],
    },
    {
      name: "an account's groups are listed",
      steps: [
        accounts("mira", "omar"),
        create("Public", { MemberList: list("omar") }),
        [`${G}/get_joined_group_list`, { Member_Account: "$omar" }],
        [`${G}/get_joined_group_list`, { Member_Account: "$omar", GroupType: "Work" }],
        [`${G}/get_joined_group_list`, {
          Member_Account: "$mira",
          ResponseFilter: {
            GroupBaseInfoFilter: ["Type", "Name"],
            SelfInfoFilter: ["Role", "MsgFlag"],
          },
        }],
      ],
    },
    {
      name: "an account's groups are listed in pages",
      steps: [
        accounts("mira"),
        ...["one", "two", "three"].map((name): Step => [
          `${G}/create_group`,
          { Type: "Public", GroupId: `$${name}`, Name: name, Owner_Account: "$mira" },
        ]),
        [`${G}/get_joined_group_list`, { Member_Account: "$mira", Limit: 2, Offset: 0 }],
        [`${G}/get_joined_group_list`, { Member_Account: "$mira", Limit: 2, Offset: 2 }],
      ],
    },
    {
      name: "attributes of an AVChatRoom are set, changed, read and cleared",
      steps: [
        accounts("mira"),
        create("AVChatRoom"),
        [`${G}/set_group_attr`, { GroupId: "$club", GroupAttr: [{ key: "phase", value: "quiz" }] }],
        [`${G}/modify_group_attr`, { GroupId: "$club", GroupAttr: [{ key: "round", value: "2" }] }],
        ["group_open_attr_http_svc/get_group_attr", { GroupId: "$club" }],
        [`${G}/delete_group_attr`, { GroupId: "$club", GroupAttr: [{ key: "round" }] }],
        [`${G}/clear_group_attr`, { GroupId: "$club" }],
        ["group_open_attr_http_svc/get_group_attr", { GroupId: "$club" }],
      ],
    },
    {
      name: "counters are set, raised, read and deleted",
      steps: [
        accounts("mira"),
        create("Public"),
        [`${G}/update_group_counter`, {
          GroupId: "$club",
          GroupCounter: [{ Key: "like", Value: 5 }],
          Mode: "Set",
        }],
        [`${G}/update_group_counter`, {
          GroupId: "$club",
          GroupCounter: [{ Key: "like", Value: 2 }],
          Mode: "Increase",
        }],
        [`${G}/get_group_counter`, { GroupId: "$club", GroupCounterKeys: ["like", "none"] }],
        [`${G}/delete_group_counter`, { GroupId: "$club", GroupCounterKeys: ["like"] }],
        [`${G}/get_group_counter`, { GroupId: "$club" }],
      ],
    },
    {
      name: "a group from elsewhere is imported with its past",
      steps: [
        accounts("mira", "omar"),
        [`${G}/import_group`, {
          Type: "Public",
          GroupId: "$club",
          Name: "Old club",
          Owner_Account: "$mira",
          CreateTime: 1_700_000_000,
        }],
        [`${G}/import_group_member`, {
          GroupId: "$club",
          MemberList: [
            { Member_Account: "$omar", Role: "Admin", JoinTime: 1_700_000_100, UnreadMsgNum: 2 },
            { Member_Account: "$ghost" },
          ],
        }],
        [`${G}/import_group_msg`, {
          GroupId: "$club",
          MsgList: [
            {
              From_Account: "$omar",
              SendTime: 1_700_000_200,
              Random: 1,
              MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "old" } }],
            },
            {
              From_Account: "$omar",
              SendTime: 1_700_000_100,
              Random: 2,
              MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "older" } }],
            },
          ],
        }],
        info,
      ],
    },
  ],
};

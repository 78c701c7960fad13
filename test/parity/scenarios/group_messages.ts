import { accounts, type Area, type Step, text } from "../scenario.ts";

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
const say = (from: string, Random: number, Text: string, more: object = {}, code = 0): Step => [
  `${G}/send_group_msg`,
  { GroupId, From_Account: `$${from}`, Random, MsgBody: text(Text), ...more },
  code,
];
const history = (more: object = {}): Step => [
  `${G}/group_msg_get_simple`,
  { GroupId, ReqMsgNumber: 2, ...more },
];

/** Messages in groups. */
export const groupMessages: Area = {
  name: "group_messages",
  scenarios: [
    {
      name: "messages are numbered and read in pages, the newest first",
      steps: [
        accounts("mira", "omar"),
        create("Public", "omar"),
        say("mira", 1, "one"),
        say("omar", 2, "two", { MsgPriority: "High", CloudCustomData: "x" }),
        say("omar", 3, "three"),
        history(),
        history({ ReqMsgSeq: 1 }),
        [`${G}/get_group_info`, { GroupIdList: [GroupId] }],
        ["openim/get_c2c_unread_msg_num", { To_Account: "$mira" }],
      ],
    },
    {
      name: "a repeat of a message is not sent twice",
      steps: [
        accounts("mira"),
        create(),
        say("mira", 1, "once"),
        say("mira", 1, "once"),
        history(),
      ],
    },
    {
      name: "messages are recalled and deleted by their sender",
      steps: [
        accounts("mira", "omar"),
        create("Public", "omar"),
        say("omar", 1, "one"),
        say("omar", 2, "two"),
        [`${G}/group_msg_recall`, { GroupId, MsgSeqList: [{ MsgSeq: 1 }, { MsgSeq: 9 }] }],
        history(),
        [`${G}/delete_group_msg_by_sender`, { GroupId, Sender_Account: "$omar" }],
        history(),
      ],
    },
    {
      name: "a message is changed afterwards",
      steps: [
        accounts("mira"),
        create(),
        say("mira", 1, "wrong"),
        ["openim/modify_group_msg", { GroupId, MsgSeq: 1, MsgBody: text("right") }],
        history(),
        ["openim/modify_group_msg", { GroupId, MsgSeq: 9, MsgBody: text("none") }, 10030],
      ],
    },
    {
      name:
        "an account outside a group may send by the server, a member only while not all are muted",
      steps: [
        accounts("mira", "omar", "zoe"),
        create("Public", "omar"),
        say("zoe", 1, "outside"),
        [`${G}/modify_group_base_info`, { GroupId, MuteAllMember: "On" }],
        say("omar", 2, "muted", {}, 10017),
        say("mira", 3, "owner"),
        [`${G}/send_group_msg`, { GroupId, Random: 4, MsgBody: text("server") }],
      ],
    },
    {
      name: "fields that are missing or wrong have their codes",
      steps: [
        accounts("mira"),
        create(),
        [`${G}/send_group_msg`, { GroupId, MsgBody: text("x") }, 10004],
        [`${G}/send_group_msg`, { GroupId, Random: 1 }, 10004],
        [`${G}/send_group_msg`, { GroupId: "$none", Random: 1, MsgBody: text("x") }, 10010],
        say("mira", 2, "x".repeat(12_300), {}, 80002),
        [`${G}/group_msg_get_simple`, { GroupId, ReqMsgNumber: 0 }, 10004],
      ],
    },
    {
      name: "notices of the system reach a group and are no messages of its history",
      steps: [
        accounts("mira"),
        create(),
        [`${G}/send_group_system_notification`, { GroupId, Content: "Closing soon" }],
        history(),
      ],
    },
    {
      name: "read receipts count those who have read",
      steps: [
        accounts("mira", "omar"),
        create("Public", "omar"),
        say("mira", 1, "read me", { NeedReadReceipt: 1 }),
        [`${G}/get_group_msg_receipt`, { GroupId, MsgSeqList: [{ MsgSeq: 1 }] }],
        [`${G}/get_group_msg_receipt_detail`, {
          GroupId,
          MsgSeq: 1,
          Cursor: "",
          Count: 10,
          Filter: 1,
        }],
      ],
    },
  ],
};

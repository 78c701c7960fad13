import { accounts, type Area, type Step, text } from "../scenario.ts";

const T = "million_group_open_http_svc";
const GroupId = "@TGS#_$club";
const own = (name: string) => `${GroupId}@TOPIC#_${name}`;
const community = (more: object = {}): Step => ["group_open_http_svc/create_group", {
  Type: "Community",
  GroupId,
  Name: "Readers",
  SupportTopic: 1,
  Owner_Account: "$mira",
  MemberList: [{ Member_Account: "$omar" }],
  ...more,
}];
const create = (name: string, code = 0): Step => [
  `${T}/create_topic`,
  { GroupId, TopicId: own(name), TopicName: name },
  code,
];
const read = (...names: string[]): Step => [
  `${T}/get_topic`,
  { GroupId, From_Account: "$omar", TopicIdList: names.map(own) },
];

/** Topics of communities. */
export const topics: Area = {
  name: "topics",
  scenarios: [
    {
      name: "topics are created, read, changed and dismissed",
      steps: [
        accounts("mira", "omar"),
        community(),
        create("novels"),
        create("novels", 10025),
        read("novels"),
        [`${T}/modify_topic`, { GroupId, TopicId: own("novels"), TopicName: "Long novels" }],
        read("novels", "none"),
        [`${T}/destroy_topic`, { GroupId, TopicIdList: [own("novels"), own("none")] }],
        read(),
      ],
    },
    {
      name: "a topic has messages of its own",
      steps: [
        accounts("mira", "omar"),
        community(),
        create("novels"),
        ["group_open_http_svc/send_group_msg", {
          GroupId,
          TopicId: own("novels"),
          From_Account: "$omar",
          Random: 1,
          MsgBody: text("page 1"),
        }],
        ["group_open_http_svc/group_msg_get_simple", {
          GroupId,
          TopicId: own("novels"),
          ReqMsgNumber: 5,
        }],
        ["group_open_http_svc/group_msg_get_simple", { GroupId, ReqMsgNumber: 5 }],
      ],
    },
    {
      name: "a community without topics, and a group of another type, take none",
      steps: [
        accounts("mira", "omar"),
        community({ SupportTopic: 0 }),
        create("novels", 11000),
        ["group_open_http_svc/create_group", { Type: "Public", GroupId: "$plain", Name: "Plain" }],
        [`${T}/create_topic`, { GroupId: "$plain", TopicName: "x" }, 11000],
      ],
    },
  ],
};

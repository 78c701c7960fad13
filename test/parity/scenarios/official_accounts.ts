import { accounts, type Area, type Step, text } from "../scenario.ts";

const S = "official_account_open_http_svc";
const Official_Account = "@TOA#_$news";
const own = (command: string, body: object = {}, code = 0): Step => [
  `${S}/${command}`,
  { Official_Account, ...body },
  code,
];
const create = (more: object = {}, code = 0): Step => [
  `${S}/create_official_account`,
  { OfficialAccountUserID: Official_Account, Owner_Account: "$mira", Name: "News", ...more },
  code,
];

/** Official accounts, their subscribers and messages. */
export const officialAccounts: Area = {
  name: "official_accounts",
  scenarios: [
    {
      name: "an official account is created, read, changed and ended",
      steps: [
        accounts("mira"),
        create(),
        create({}, 130008),
        create({ OfficialAccountUserID: "@TOA#_$other", Owner_Account: "$ghost" }, 6017),
        [`${S}/get_official_account_info`, {
          OfficialAccountIdList: [{ Official_Account }, { Official_Account: "@TOA#_$none" }],
        }],
        own("modify_official_account_base_info", { Name: "City news" }),
        own("destroy_official_account"),
        own("destroy_official_account", {}, 130004),
      ],
    },
    {
      name: "subscribers come and go, and messages are sent to them and recalled",
      steps: [
        accounts("mira", "omar", "lin"),
        create(),
        own("add_subscriber", {
          SubscriberList: [
            { Subscriber_Account: "$omar" },
            { Subscriber_Account: "$omar" },
            { Subscriber_Account: "$ghost" },
          ],
        }),
        own("get_subscriber_info", { Limit: 10, Next: "" }),
        own("send_official_account_msg", { Random: 1, MsgBody: text("Closed today") }),
        own("official_account_msg_get_simple", { ReqMsgNumber: 5 }),
        own("official_account_msg_recall", {
          MsgKeyList: ["<MsgKey 1>", "9_1_1700000000"],
          Reason: "",
        }),
        own("official_account_msg_get_simple", { ReqMsgNumber: 5 }),
        own("delete_subscriber", { SubscriberToDel_Account: ["$omar", "$lin"] }),
        own("get_subscriber_info", { Limit: 10, Next: "" }),
      ],
    },
  ],
};

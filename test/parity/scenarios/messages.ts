import { accounts, type Area, type Step, text } from "../scenario.ts";

const send = (
  from: string,
  to: string,
  MsgRandom: number,
  Text: string,
  more: object = {},
): Step => [
  "openim/sendmsg",
  {
    From_Account: `$${from}`,
    To_Account: `$${to}`,
    MsgSeq: MsgRandom,
    MsgRandom,
    MsgBody: text(Text),
    ...more,
  },
];
const history = (more: object = {}): Step => ["openim/admin_getroammsg", {
  Operator_Account: "$omar",
  Peer_Account: "$mira",
  MaxCnt: 2,
  MinTime: "<now-600>",
  MaxTime: "<now+60>",
  ...more,
}];
const unread: Step = [
  "openim/get_c2c_unread_msg_num",
  { To_Account: "$omar", Peer_Account: ["$mira"] },
];

/** One-to-one messages. */
export const messages: Area = {
  name: "messages",
  scenarios: [
    {
      name: "messages are sent, counted as unread, read as history in pages, and marked as read",
      steps: [
        accounts("mira", "omar"),
        send("mira", "omar", 1, "one"),
        send("mira", "omar", 2, "two", { CloudCustomData: "lunch" }),
        send("mira", "omar", 3, "three"),
        unread,
        history(),
        history({ MaxTime: "<LastMsgTime>", LastMsgKey: "<LastMsgKey>" }),
        ["openim/admin_set_msg_read", { Report_Account: "$omar", Peer_Account: "$mira" }],
        unread,
      ],
    },
    {
      name: "a message is changed and recalled",
      steps: [
        accounts("mira", "omar"),
        send("mira", "omar", 1, "wrong"),
        ["openim/modify_c2c_msg", {
          From_Account: "$mira",
          To_Account: "$omar",
          MsgKey: "<MsgKey 1>",
          MsgBody: text("right"),
        }],
        history(),
        ["openim/admin_msgwithdraw", {
          From_Account: "$mira",
          To_Account: "$omar",
          MsgKey: "<MsgKey 1>",
        }],
        ["openim/admin_msgwithdraw", {
          From_Account: "$mira",
          To_Account: "$omar",
          MsgKey: "1_2_1700000000",
        }, 20022],
        history(),
      ],
    },
    {
      name: "a repeat of a message within the second is not sent twice",
      freshSecond: 1,
      steps: [
        accounts("mira", "omar"),
        send("mira", "omar", 5, "once"),
        send("mira", "omar", 5, "once"),
        unread,
      ],
    },
    {
      name: "a message that is for those online only is neither stored nor counted",
      steps: [
        accounts("mira", "omar"),
        send("mira", "omar", 1, "now", { MsgLifeTime: 0 }),
        unread,
        history(),
      ],
    },
    {
      name: "who blocked the sender is reached all the same, and a muted sender's server may send",
      steps: [
        accounts("mira", "omar"),
        ["sns/black_list_add", { From_Account: "$omar", To_Account: ["$mira"] }],
        send("mira", "omar", 1, "blocked"),
        ["openconfigsvr/setnospeaking", { Set_Account: "$mira", C2CmsgNospeakingTime: 600 }],
        send("mira", "omar", 2, "muted"),
        unread,
      ],
    },
    {
      name: "one message goes to many; unknown accounts are told",
      steps: [
        accounts("mira", "omar", "lin"),
        ["openim/batchsendmsg", {
          From_Account: "$mira",
          To_Account: ["$omar", "$lin"],
          MsgRandom: 7,
          MsgSeq: 7,
          MsgBody: text("all"),
        }],
        ["openim/batchsendmsg", {
          From_Account: "$mira",
          To_Account: ["$omar", "$ghost"],
          MsgRandom: 8,
          MsgSeq: 8,
          MsgBody: text("some"),
        }],
        ["openim/batchsendmsg", {
          From_Account: "$mira",
          To_Account: ["$ghost"],
          MsgRandom: 9,
          MsgSeq: 9,
          MsgBody: text("none"),
        }, 90012],
        unread,
      ],
    },
    {
      name: "messages from elsewhere are imported into the past",
      steps: [
        accounts("mira", "omar"),
        ["openim/importmsg", {
          SyncFromOldSystem: 2,
          From_Account: "$mira",
          To_Account: "$omar",
          MsgSeq: 1,
          MsgRandom: 1,
          MsgTimeStamp: "<now-300>",
          MsgBody: text("old"),
        }],
        unread,
        history(),
        ["openim/delete_c2c_msg_ramble", {
          Operator_Account: "$omar",
          Peer_Account: "$mira",
          MsgKeyList: ["<MsgKey 1>"],
        }],
        history(),
      ],
    },
    {
      name: "fields that are missing or wrong have their codes",
      steps: [
        accounts("mira", "omar"),
        ["openim/sendmsg", { From_Account: "$mira", MsgRandom: 1, MsgBody: text("x") }, 90003],
        ["openim/sendmsg", { From_Account: "$mira", To_Account: "$omar", MsgRandom: 1 }, 90002],
        [
          "openim/sendmsg",
          {
            From_Account: "$mira",
            To_Account: "$omar",
            MsgRandom: 1,
            MsgBody: [{ MsgType: "TIMNone" }],
          },
          90002,
        ],
        [
          "openim/sendmsg",
          { From_Account: "$mira", To_Account: "$omar", MsgBody: text("x") },
          90005,
        ],
        [...send("mira", "ghost", 1, "x"), 90012] as unknown as Step,
        [...send("ghost", "omar", 1, "x"), 20003] as unknown as Step,
        [...send("mira", "omar", 1, "x".repeat(12_300)), 93000] as unknown as Step,
      ],
    },
    {
      name: "key-value extensions of a message are set and read",
      steps: [
        accounts("mira", "omar"),
        send("mira", "omar", 1, "vote", { SupportMessageExtension: 1 }),
        ["openim_msg_ext_http_svc/set_key_values", {
          From_Account: "$mira",
          To_Account: "$omar",
          MsgKey: "<MsgKey 1>",
          OperateType: 1,
          ExtensionList: [{ Key: "yes", Value: "1" }],
        }],
        ["openim_msg_ext_http_svc/get_key_values", {
          From_Account: "$mira",
          To_Account: "$omar",
          MsgKey: "<MsgKey 1>",
          StartSeq: 0,
        }],
      ],
    },
  ],
};

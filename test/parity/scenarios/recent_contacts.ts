import { accounts, type Area, type Step, text } from "../scenario.ts";

const send = (to: string, MsgRandom: number): Step => ["openim/sendmsg", {
  From_Account: "$mira",
  To_Account: `$${to}`,
  MsgSeq: MsgRandom,
  MsgRandom,
  MsgBody: text("hi"),
}];
const list = (AssistFlags = 7): Step => ["recentcontact/get_list", {
  From_Account: "$mira",
  TimeStamp: 0,
  StartIndex: 0,
  TopTimeStamp: 0,
  TopStartIndex: 0,
  AssistFlags,
}];
const omar = { Type: 1, To_Account: "$omar" };
const mark = (change: object): Step => ["recentcontact/mark_contact", {
  From_Account: "$mira",
  MarkItem: [{ OptType: 3, ContactItem: omar, ...change }],
}];

/** Conversations: list, pins, marks, groups of them. */
export const recentContacts: Area = {
  name: "recent_contacts",
  scenarios: [
    {
      name: "a message makes a conversation, which is pinned, unpinned and deleted",
      steps: [
        accounts("mira", "omar"),
        list(),
        send("omar", 1),
        list(),
        ["recentcontact/top", {
          From_Account: "$mira",
          OperationType: 1,
          RecentContactItem: [omar],
        }],
        list(),
        ["recentcontact/top", {
          From_Account: "$mira",
          OperationType: 2,
          RecentContactItem: [omar],
        }],
        ["recentcontact/delete", { From_Account: "$mira", ...omar, ClearRamble: 1 }],
        list(),
      ],
    },
    {
      name: "conversations are marked and put into groups",
      steps: [
        accounts("mira", "omar"),
        send("omar", 1),
        mark({ SetMark: [1], CustomMark: "vip" }),
        ["recentcontact/create_contact_group", {
          From_Account: "$mira",
          GroupContactItem: [{ GroupName: "Clients", ContactItem: [omar] }],
        }],
        ["recentcontact/get_contact_group", { From_Account: "$mira", StartIndex: 0 }],
        ["recentcontact/search_contact_group", { From_Account: "$mira", ContactItem: [omar] }],
        ["recentcontact/update_contact_group", {
          From_Account: "$mira",
          UpdateType: 1,
          UpdateGroup: { UpdateGroupType: 1, OldGroupName: "Clients", NewGroupName: "Buyers" },
        }],
        ["recentcontact/get_contact_group", { From_Account: "$mira", StartIndex: 0 }],
        ["recentcontact/del_contact_group", { From_Account: "$mira", GroupName: ["Buyers"] }],
        mark({ ClearMark: [1], CustomMark: "" }),
      ],
    },
    {
      name: "an account that is not imported has no conversations",
      steps: [
        ["recentcontact/get_list", {
          From_Account: "$ghost",
          TimeStamp: 0,
          StartIndex: 0,
          TopTimeStamp: 0,
          TopStartIndex: 0,
          AssistFlags: 7,
        }, 50001],
      ],
    },
  ],
};

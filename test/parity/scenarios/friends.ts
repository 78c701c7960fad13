import { accounts, type Area } from "../scenario.ts";

const add = (...names: string[]) => ({
  From_Account: "$mira",
  AddFriendItem: names.map((name) => ({ To_Account: `$${name}`, AddSource: "AddSource_Type_Web" })),
});
const list = (...names: string[]) => ({
  From_Account: "$mira",
  To_Account: names.map((name) => `$${name}`),
});
const page = { From_Account: "$mira", StartIndex: 0, StandardSequence: 0, CustomSequence: 0 };

/** Friends, friend groups, blocklists, followers. */
export const friends: Area = {
  name: "friends",
  scenarios: [
    {
      name: "friends are added, told one by one how it went, checked and deleted",
      steps: [
        accounts("mira", "omar", "lin"),
        ["sns/friend_add", add("omar", "ghost", "omar")],
        ["sns/friend_add", add("omar")],
        ["sns/friend_check", { ...list("omar", "lin"), CheckType: "CheckResult_Type_Both" }],
        ["sns/friend_delete", { ...list("omar", "lin"), DeleteType: "Delete_Type_Single" }],
        ["sns/friend_check", { ...list("omar"), CheckType: "CheckResult_Type_Both" }],
        ["sns/friend_delete_all", { From_Account: "$mira", DeleteType: "Delete_Type_Both" }],
        ["sns/friend_check", { ...list("omar"), CheckType: "CheckResult_Type_Both" }],
      ],
    },
    {
      name:
        "who wants to be asked is not a friend until a confirmation, unless the server forces it",
      steps: [
        accounts("mira", "omar"),
        ["profile/portrait_set", {
          From_Account: "$omar",
          ProfileItem: [{ Tag: "Tag_Profile_IM_AllowType", Value: "AllowType_Type_NeedConfirm" }],
        }],
        ["sns/friend_add", add("omar")],
        ["sns/friend_add", { ...add("omar"), ForceAddFlags: 1 }],
      ],
    },
    {
      name: "friends are imported, changed and read with their fields",
      steps: [
        accounts("mira", "omar"),
        ["sns/friend_import", {
          From_Account: "$mira",
          AddFriendItem: [{
            To_Account: "$omar",
            AddSource: "AddSource_Type_Web",
            Remark: "Chess",
            GroupName: ["Club"],
          }],
        }],
        ["sns/friend_update", {
          From_Account: "$mira",
          UpdateItem: [{
            To_Account: "$omar",
            SnsItem: [{ Tag: "Tag_SNS_IM_Remark", Value: "Chess club" }],
          }],
        }],
        ["sns/friend_get_list", {
          ...list("omar", "ghost"),
          TagList: ["Tag_SNS_IM_Remark", "Tag_SNS_IM_Group"],
        }],
        ["sns/friend_get", page],
        ["sns/group_get", { From_Account: "$mira", NeedFriend: "Need_Friend_Type_Yes" }],
      ],
    },
    {
      name: "friend groups are made, filled and deleted, and their friends stay",
      steps: [
        accounts("mira", "omar"),
        ["sns/friend_add", add("omar")],
        ["sns/group_add", {
          From_Account: "$mira",
          GroupName: ["Work", "Home"],
          To_Account: ["$omar"],
        }],
        ["sns/group_get", { From_Account: "$mira", NeedFriend: "Need_Friend_Type_Yes" }],
        ["sns/group_delete", { From_Account: "$mira", GroupName: ["Work"] }],
        ["sns/group_get", { From_Account: "$mira" }],
        ["sns/friend_get", page],
      ],
    },
    {
      name: "a block ends the friendship and is listed",
      steps: [
        accounts("mira", "omar", "lin"),
        ["sns/friend_add", add("omar")],
        ["sns/black_list_add", list("omar", "lin", "ghost")],
        ["sns/black_list_add", list("omar")],
        ["sns/black_list_get", {
          From_Account: "$mira",
          StartIndex: 0,
          MaxLimited: 1,
          LastSequence: 0,
        }],
        ["sns/black_list_check", {
          ...list("omar"),
          CheckType: "BlackCheckResult_Type_Both",
        }],
        ["sns/friend_check", { ...list("omar"), CheckType: "CheckResult_Type_Both" }],
        ["sns/black_list_delete", list("omar", "lin")],
        ["sns/black_list_get", {
          From_Account: "$mira",
          StartIndex: 0,
          MaxLimited: 9,
          LastSequence: 0,
        }],
      ],
    },
    {
      name: "followers and who is followed",
      steps: [
        accounts("mira", "omar", "lin"),
        ["follow/follow_add", {
          From_Account: "$mira",
          FollowItem: [{ To_Account: "$omar" }, { To_Account: "$ghost" }],
        }],
        ["follow/follow_check", list("omar", "lin")],
        ["follow/follow_get_info", { From_Account: "$mira", To_Account: ["$mira", "$omar"] }],
        ["follow/follow_delete", list("omar")],
        ["follow/follow_check", list("omar")],
      ],
    },
  ],
};

import { accounts, type Area } from "../scenario.ts";

const set = (Tag: string, Value: unknown) => ({
  From_Account: "$mira",
  ProfileItem: [{ Tag, Value }],
});
const NICK = "Tag_Profile_IM_Nick";

/** Profiles. */
export const profiles: Area = {
  name: "profiles",
  scenarios: [
    {
      name: "fields are set and read back, in the order that was asked for",
      steps: [
        accounts("mira", "omar"),
        ["profile/portrait_set", {
          From_Account: "$mira",
          ProfileItem: [
            { Tag: NICK, Value: "Mira" },
            { Tag: "Tag_Profile_IM_Gender", Value: "Gender_Type_Female" },
            { Tag: "Tag_Profile_IM_BirthDay", Value: 19990102 },
            { Tag: "Tag_Profile_IM_AllowType", Value: "AllowType_Type_NeedConfirm" },
          ],
        }],
        ["profile/portrait_get", {
          To_Account: ["$mira", "$omar"],
          TagList: ["Tag_Profile_IM_AllowType", NICK, "Tag_Profile_IM_Gender"],
        }],
        ["profile/portrait_get", { To_Account: ["$mira", "$ghost"], TagList: [NICK] }],
      ],
    },
    {
      name: "values, names and accounts that do not fit have their codes",
      steps: [
        accounts("mira"),
        ["profile/portrait_set", set("Tag_Profile_IM_Gender", "Gender_Type_Robot"), 40605],
        ["profile/portrait_set", set(NICK, 7), 40610],
        ["profile/portrait_set", set(NICK, "n".repeat(501)), 40601],
        ["profile/portrait_set", set("Tag_Profile_IM_None", "x"), 40009],
        ["profile/portrait_set", { ...set(NICK, "x"), From_Account: "$ghost" }, 40003],
        ["profile/portrait_get", { TagList: [NICK] }, 40002],
        ["profile/portrait_get", { To_Account: ["$mira"] }, 40001],
      ],
    },
  ],
};

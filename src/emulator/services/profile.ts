/**
 * `profile`: the fields that users show of themselves. Source: "Profile Management" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../refusal.ts";
import { differing, type Handler, type Service, service } from "./service.ts";

/** The standard fields: a list of values, any text, or a whole number. */
const STANDARD: Record<string, readonly string[] | "text" | "number"> = {
  Tag_Profile_IM_Nick: "text",
  Tag_Profile_IM_Gender: ["Gender_Type_Unknown", "Gender_Type_Female", "Gender_Type_Male"],
  Tag_Profile_IM_BirthDay: "number",
  Tag_Profile_IM_Location: "text",
  Tag_Profile_IM_SelfSignature: "text",
  Tag_Profile_IM_AllowType: [
    "AllowType_Type_NeedConfirm",
    "AllowType_Type_AllowAny",
    "AllowType_Type_DenyAny",
  ],
  Tag_Profile_IM_Language: "number",
  Tag_Profile_IM_Image: "text",
  Tag_Profile_IM_MsgSettings: "number",
  Tag_Profile_IM_AdminForbidType: ["AdminForbid_Type_None", "AdminForbid_Type_SendOut"],
  Tag_Profile_IM_Level: "number",
  Tag_Profile_IM_Role: "number",
};

const CUSTOM = "Tag_Profile_Custom_";

const get: Handler<"profile/portrait_get"> = (world, { To_Account, TagList }) => {
  TagList.forEach((tag, at) => checkTag(`TagList[${at}]`, tag));
  const failed = To_Account.filter((account) => !world.accounts.has(account));
  return {
    UserProfileItem: To_Account.map((account) => {
      if (!world.accounts.has(account)) {
        return {
          To_Account: account,
          ResultCode: 40003,
          ResultInfo: `There is no account ${quote(account)}`,
        };
      }
      return {
        To_Account: account,
        ProfileItem: TagList.flatMap((Tag) => {
          const Value = world.accounts.profileValue(account, Tag);
          return Value === undefined ? [] : [{ Tag, Value }];
        }),
        ResultCode: 0,
        ResultInfo: "",
      };
    }),
    ...(failed.length > 0 && { Fail_Account: failed }),
    ErrorDisplay: "",
  };
};

const set: Handler<"profile/portrait_set"> = (world, body, caller) => {
  const { From_Account, ProfileItem } = body;
  if (!world.accounts.has(From_Account)) {
    refuse(40003, `From_Account is ${quote(From_Account)}, which is no imported account`);
  }
  ProfileItem.forEach(({ Tag, Value }, at) => {
    checkTag(`ProfileItem[${at}].Tag`, Tag);
    checkValue(`ProfileItem[${at}].Value`, Tag, Value);
  });
  for (const { Tag, Value } of ProfileItem) world.accounts.setProfile(From_Account, Tag, Value);
  world.emit("Profile.CallbackPortraitSet", {
    Operator_Account: caller,
    From_Account,
    ProfileItem: ProfileItem.map(({ Tag, Value }) => ({ Tag, Value })),
  });
  return { ErrorDisplay: "" };
};

/** Profiles: read, change. */
export const profileService: Service = service(
  "profile",
  { badBody: 40001, unknownCommand: 60008 },
  {
    portrait_get: differing(get, "Every field may be read (40007)"),
    portrait_set: differing(set, "Every field may be written (40008)"),
  },
);

function checkTag(path: string, tag: string): void {
  if (Object.hasOwn(STANDARD, tag) || tag.startsWith(CUSTOM)) return;
  refuse(40009, `${path} is ${quote(tag)}, which is no standard field and no ${CUSTOM}…`);
}

function checkValue(path: string, tag: string, value: string | number): void {
  const wanted = STANDARD[tag] ?? "text";
  if ((wanted === "number") !== (typeof value === "number")) {
    const type = wanted === "number" ? "a whole number" : "a string";
    refuse(40610, `${path} of ${tag} is ${quote(value)}, wanted ${type}`);
  }
  if (typeof value === "number" && (value < 0 || value > 0xffff_ffff)) {
    refuse(40610, `${path} of ${tag} is ${value}, wanted 0 to 4294967295`);
  }
  if (typeof wanted === "object" && !wanted.includes(value as string)) {
    refuse(40605, `${path} of ${tag} is ${quote(value)}, wanted one of: ${wanted.join(", ")}`);
  }
}

/**
 * `sns`: reading friends. Source: "Relationship chain management" of the Chat documentation.
 *
 * @module
 */

import type { TagValue } from "../../../api/generated/types/chat_relation.ts";
import type { Friend } from "../../store/relations.ts";
import type { World } from "../../store/world.ts";
import { pageOf } from "../page_of.ts";
import { profileValue } from "../profile_view.ts";
import { type Handler, type HandlersOf, seconds } from "../service.ts";
import { BAD_PARAMETER, checkFrom, failAccounts, NO_ACCOUNT, relationItems } from "./results.ts";

/** Friends in one answer of friend_get. */
const PAGE = 100;

const friendCheck: Handler<"sns/friend_check"> = (world, body) => {
  const { From_Account: from, CheckType } = body;
  checkFrom(world, from);
  const { friends } = world.relations.of(from);
  const both = CheckType === "CheckResult_Type_Both";
  const items = relationItems(
    world,
    body.To_Account,
    {
      prefix: "CheckResult_Type_",
      none: "NoRelation",
      noAccount: "Err_SNS_FriendCheck_Account_Not_Exist",
    },
    (to) => friends.has(to),
    (to) => both && world.relations.of(to).friends.has(from),
  );
  return { InfoItem: items, ...failAccounts(items), ErrorDisplay: "" };
};

const friendGet: Handler<"sns/friend_get"> = (world, body) => {
  const { From_Account, StartIndex, StandardSequence, CustomSequence } = body;
  checkFrom(world, From_Account);
  const own = world.relations.of(From_Account);
  // What the caller has of the newest version is left out.
  const standard = StandardSequence !== own.standardSequence;
  const custom = CustomSequence !== own.customSequence;
  const { items, next } = pageOf(standard || custom ? own.friends.values() : [], StartIndex, PAGE);
  return {
    UserDataItem: items.map((friend) => ({
      To_Account: friend.account,
      ValueItem: [...standard ? standardFields(friend) : [], ...custom ? customFields(friend) : []],
    })),
    StandardSequence: own.standardSequence,
    CustomSequence: own.customSequence,
    FriendNum: own.friends.size,
    CompleteFlag: next === 0 ? 1 : 0,
    NextStartIndex: next,
    ErrorDisplay: "",
  };
};

const friendGetList: Handler<"sns/friend_get_list"> = (world, body) => {
  checkFrom(world, body.From_Account);
  const { friends } = world.relations.of(body.From_Account);
  const items = body.To_Account.map((To_Account) => {
    const friend = friends.get(To_Account);
    if (!friend) {
      const [ResultCode, ResultInfo] = world.accounts.has(To_Account)
        ? [BAD_PARAMETER, "Err_SNS_FriendGetList_Friend_Not_Exist"] as const
        : [NO_ACCOUNT, "Err_SNS_FriendGetList_Account_Not_Exist"] as const;
      return { To_Account, ResultCode, ResultInfo };
    }
    const SnsProfileItem = chosenFields(world, friend, body.TagList);
    return { To_Account, SnsProfileItem, ResultCode: 0, ResultInfo: "" };
  });
  return { InfoItem: items, ...failAccounts(items), ErrorDisplay: "" };
};

/** The old command in friend_get's place: pages by StartIndex, which is 0 again at the end. */
const friendGetAll: Handler<"sns/friend_get_all"> = (world, body, _caller, clock) => {
  const { From_Account, StartIndex, TagList, LastStandardSequence, GetCount = 100 } = body;
  checkFrom(world, From_Account);
  const own = world.relations.of(From_Account);
  const known = TagList?.every((tag) => tag.startsWith("Tag_SNS_IM_")) &&
    own.standardSequence > 0 && LastStandardSequence === own.standardSequence;
  const { items, next } = pageOf(known ? [] : own.friends.values(), StartIndex, GetCount);
  return {
    NeedUpdateAll: known ? "GetAll_Type_NO" : "GetAll_Type_YES",
    TimeStampNow: seconds(clock),
    StartIndex: next,
    InfoItem: items.map((friend) => ({
      Info_Account: friend.account,
      SnsProfileItem: TagList
        ? chosenFields(world, friend, TagList)
        : [...standardFields(friend), ...customFields(friend)],
    })),
    CurrentStandardSequence: own.standardSequence,
    FriendNum: own.friends.size,
    ErrorDisplay: "",
  };
};

/** The commands that read friends. */
export const friendReadingCommands: HandlersOf<"sns"> = {
  friend_check: friendCheck,
  friend_get: friendGet,
  friend_get_list: friendGetList,
  friend_get_all: friendGetAll,
};

/** Fields without a value are absent. */
function standardFields(friend: Friend): TagValue[] {
  const fields: [string, TagValue["Value"] | undefined][] = [
    ["Tag_SNS_IM_AddSource", friend.addSource],
    ["Tag_SNS_IM_AddWording", friend.addWording],
    ["Tag_SNS_IM_Remark", friend.remark],
    ["Tag_SNS_IM_Group", [...friend.groups]],
    ["Tag_SNS_IM_AddTime", friend.addTime],
    ["Tag_SNS_IM_RemarkTime", friend.remarkTime],
  ];
  return fields.filter(([, value]) => Array.isArray(value) ? value.length > 0 : value)
    .map(([Tag, Value]) => ({ Tag, Value: Value! }));
}

function customFields(friend: Friend): TagValue[] {
  return [...friend.custom].map(([Tag, Value]) => ({ Tag, Value }));
}

/** The named fields, of the friendship and of the profile, in the order of their names. */
function chosenFields(world: World, friend: Friend, tags: readonly string[]): TagValue[] {
  const own = new Map(
    [...standardFields(friend), ...customFields(friend)].map(({ Tag, Value }) => [Tag, Value]),
  );
  return tags.flatMap((Tag) => {
    const Value = own.get(Tag) ?? profileValue(world, friend.account, Tag);
    return Value === undefined ? [] : [{ Tag, Value }];
  });
}

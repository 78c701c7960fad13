/**
 * `sns`: blocklists and friend groups.
 * Source: "Relationship chain management" of the Chat documentation.
 *
 * @module
 */

import type { ResultItem } from "../../../api/generated/types/chat_relation.ts";
import { refuse } from "../../refusal.ts";
import type { World } from "../../store/world.ts";
import { pageOf } from "../page_of.ts";
import { type Handler, type HandlersOf, seconds } from "../service.ts";
import { groupsFit } from "./friends.ts";
import {
  BAD_PARAMETER,
  checkFrom,
  failAccounts,
  itemsOf,
  NO_ACCOUNT,
  relationItems,
  results,
  succeeded,
} from "./results.ts";

const MAX_BLOCKED = 1000;

const blackListAdd: Handler<"sns/black_list_add"> = (world, body, _caller, clock) => {
  const { From_Account: from } = body;
  checkFrom(world, from);
  const own = world.relations.of(from);
  const answer = results(itemsOf(body.To_Account), ({ To_Account: to }) => {
    if (!world.accounts.has(to)) return [NO_ACCOUNT, "Err_SNS_BlackListAdd_Account_Not_Exist"];
    if (to === from) return [BAD_PARAMETER, "Err_SNS_BlackListAdd_BlackList_Is_Self"];
    if (own.blocked.has(to)) return [BAD_PARAMETER, "Err_SNS_BlackListAdd_Already_Exist"];
    if (own.blocked.size >= MAX_BLOCKED) {
      return [30013, "Err_SNS_BlackListAdd_Num_Exceed_Threshold"];
    }
    world.relations.block(from, to, seconds(clock));
    world.relations.unfriend(from, to);
    world.relations.unfriend(to, from);
    return undefined;
  });
  tell(world, "Sns.CallbackBlackListAdd", from, answer.ResultItem);
  return answer;
};

/** A friendship that the block ended does not come back. */
const blackListDelete: Handler<"sns/black_list_delete"> = (world, body) => {
  checkFrom(world, body.From_Account);
  const answer = results(itemsOf(body.To_Account), ({ To_Account: to }) => {
    if (!world.accounts.has(to)) return [NO_ACCOUNT, "Err_SNS_BlackListDelete_Account_Not_Exist"];
    const was = world.relations.unblock(body.From_Account, to);
    return was ? undefined : [BAD_PARAMETER, "Err_SNS_BlackListDelete_Not_Exist"];
  });
  tell(world, "Sns.CallbackBlackListDelete", body.From_Account, answer.ResultItem);
  return answer;
};

const blackListGet: Handler<"sns/black_list_get"> = (world, body) => {
  const { From_Account, StartIndex, MaxLimited } = body;
  checkFrom(world, From_Account);
  const { blocked, blockSequence } = world.relations.of(From_Account);
  const { items, next } = pageOf(blocked, StartIndex, MaxLimited);
  return {
    BlackListItem: items.map(([To_Account, time]) => ({
      To_Account,
      AddBlackTimeStamp: time,
    })),
    StartIndex: next,
    CurruentSequence: blockSequence,
    ErrorDisplay: "",
  };
};

const blackListCheck: Handler<"sns/black_list_check"> = (world, body) => {
  const { From_Account: from, CheckType } = body;
  checkFrom(world, from);
  const { blocked } = world.relations.of(from);
  const both = CheckType === "BlackCheckResult_Type_Both";
  const items = relationItems(
    world,
    body.To_Account,
    {
      prefix: "BlackCheckResult_Type_",
      none: "NO",
      noAccount: "Err_SNS_BlackListCheck_Account_Not_Exist",
    },
    (to) => blocked.has(to),
    (to) => both && world.relations.of(to).blocked.has(from),
  );
  return { BlackListCheckItem: items, ...failAccounts(items), ErrorDisplay: "" };
};

/** Groups that are there already just get the new members. */
const groupAdd: Handler<"sns/group_add"> = (world, body) => {
  const { From_Account: from, GroupName, To_Account } = body;
  checkFrom(world, from);
  const own = world.relations.of(from);
  if (!groupsFit(own, GroupName)) {
    refuse(
      30011,
      `${own.friendGroups.size} friend groups and the new ones are over the limit of 32`,
    );
  }
  world.relations.addGroups(from, GroupName);
  const { ErrorDisplay, ...outcome } = results(itemsOf(To_Account ?? []), ({ To_Account: to }) => {
    if (!world.accounts.has(to)) return [NO_ACCOUNT, "Err_SNS_GroupAdd_Account_Not_Exist"];
    const friend = own.friends.get(to);
    if (!friend) return [32216, "Err_SNS_GroupAdd_ToTinyId_Not_Friend"];
    for (const name of GroupName) friend.groups.add(name);
    own.standardSequence++;
    return undefined;
  });
  return { ...(To_Account && outcome), CurrentSequence: own.groupSequence, ErrorDisplay };
};

/** Its friends stay friends; a group that is not there is as good as deleted. */
const groupDelete: Handler<"sns/group_delete"> = (world, body) => {
  checkFrom(world, body.From_Account);
  const own = world.relations.of(body.From_Account);
  for (const name of body.GroupName) {
    if (!own.friendGroups.delete(name)) continue;
    own.groupSequence++;
    for (const friend of own.friends.values()) {
      if (friend.groups.delete(name)) own.standardSequence++;
    }
  }
  return { CurrentSequence: own.groupSequence, ErrorDisplay: "" };
};

/** Of the named groups those that are there; all when none is named. */
const groupGet: Handler<"sns/group_get"> = (world, body) => {
  const { From_Account, NeedFriend, LastSequence } = body;
  const GroupName = body.GroupName?.length === 0 ? undefined : body.GroupName;
  checkFrom(world, From_Account);
  const { friendGroups, friends, groupSequence } = world.relations.of(From_Account);
  const known = !GroupName && groupSequence > 0 && LastSequence === groupSequence;
  const names = known ? [] : GroupName?.filter((name) => friendGroups.has(name)) ?? friendGroups;
  return {
    ResultItem: [...names].map((name) => {
      const members = [...friends.values()].filter(({ groups }) => groups.has(name));
      return {
        GroupName: name,
        FriendNumber: members.length,
        ...(NeedFriend === "Need_Friend_Type_Yes" && {
          To_Account: members.map(({ account }) => account),
        }),
      };
    }),
    CurrentSequence: groupSequence,
    ErrorDisplay: "",
  };
};

/** The commands of blocklists and friend groups. */
export const listCommands: HandlersOf<"sns"> = {
  black_list_add: blackListAdd,
  black_list_delete: blackListDelete,
  black_list_get: blackListGet,
  black_list_check: blackListCheck,
  group_add: groupAdd,
  group_delete: groupDelete,
  group_get: groupGet,
};

function tell(
  world: World,
  name: "Sns.CallbackBlackListAdd" | "Sns.CallbackBlackListDelete",
  From_Account: string,
  list: readonly ResultItem[],
): void {
  const PairList = succeeded(list).map((To_Account) => ({ From_Account, To_Account }));
  if (PairList.length > 0) world.emit(name, { PairList });
}

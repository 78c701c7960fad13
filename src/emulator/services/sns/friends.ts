/**
 * `sns`: making, changing and ending friendships.
 * Source: "Relationship chain management" of the Chat documentation.
 *
 * @module
 */

import type { DeleteType, TagValue } from "../../../api/generated/types/chat_relation.ts";
import type { CallbackPair } from "../../../api/generated/types/chat_webhooks.ts";
import { utf8 } from "../../../core/utf8.ts";
import type { AccountRelations, Friend } from "../../store/relations.ts";
import type { World } from "../../store/world.ts";
import { profileValue } from "../profile_view.ts";
import { type BodyOf, differing, type Handler, type HandlersOf, seconds } from "../service.ts";
import { BAD_PARAMETER, checkFrom, type Fault, itemsOf, NO_ACCOUNT, results } from "./results.ts";

/** No page gives a number: calls that add, or delete, friends of one account. */
const CALLS_PER_SECOND = 10;
const MAX_FRIENDS = 3000;
const MAX_FRIEND_GROUPS = 32;
const MAX_REMARK_BYTES = 96;
const MAX_GROUP_BYTES = 30;

type Added = BodyOf<"sns/friend_add">["AddFriendItem"][number];
type Imported = BodyOf<"sns/friend_import">["AddFriendItem"][number];

const friendAdd: Handler<"sns/friend_add"> = (world, body, caller, clock) => {
  const { From_Account: from, AddType, ForceAddFlags } = body;
  checkFrom(world, from);
  const isFast = !world.within(`${from} adds`, CALLS_PER_SECOND, "second", clock());
  const both = AddType !== "Add_Type_Single";
  const pairs: { From_Account: string; To_Account: string; Initiator_Account: string }[] = [];
  const befriend = (owner: string, friend: Friend) => {
    world.relations.befriend(owner, friend);
    pairs.push({ From_Account: owner, To_Account: friend.account, Initiator_Account: from });
  };
  const answer = results(body.AddFriendItem, (item) => {
    const { To_Account: to } = item;
    if (isFast) return [30540, "Err_SNS_FriendAdd_Too_Fast"];
    const fault = addingFault(world, from, item, both) ??
      (ForceAddFlags === 1 ? undefined : consentFault(world, from, to));
    if (fault) return fault;
    const { friends } = world.relations.of(from);
    if (!friends.has(to)) befriend(from, newFriend(item, seconds(clock)));
    if (both && !world.relations.of(to).friends.has(from)) {
      const { AddSource, AddWording } = item;
      const back = { To_Account: from, AddSource, AddWording };
      befriend(to, newFriend(back, seconds(clock)));
    }
    return undefined;
  });
  if (pairs.length > 0) {
    world.emit("Sns.CallbackFriendAdd", {
      PairList: pairs,
      ClientCmd: "friend_add",
      Admin_Account: caller,
      ForceFlag: ForceAddFlags ?? 0,
    });
  }
  return answer;
};

/** Somebody who is a friend already gets the new data. */
const friendImport: Handler<"sns/friend_import"> = (world, body, _caller, clock) => {
  const { From_Account: from } = body;
  checkFrom(world, from);
  const own = world.relations.of(from);
  return results(body.AddFriendItem, (item) => {
    const { To_Account: to, GroupName = [] } = item;
    if (!world.accounts.has(to)) return [NO_ACCOUNT, "Err_SNS_FriendImport_Account_Not_Exist"];
    if (to === from) return [BAD_PARAMETER, "Err_SNS_FriendImport_Friend_Is_Self"];
    if (!own.friends.has(to) && own.friends.size >= MAX_FRIENDS) {
      return [30010, "Err_SNS_FriendImport_My_Friend_Num_Exceed_Threshold"];
    }
    if (!groupsFit(own, GroupName)) {
      return [30011, "Err_SNS_FriendImport_Group_Num_Exceed_Threshold"];
    }
    world.relations.befriend(from, newFriend(item, seconds(clock)));
    return undefined;
  });
};

const friendUpdate: Handler<"sns/friend_update"> = (world, body, _caller, clock) => {
  checkFrom(world, body.From_Account);
  const own = world.relations.of(body.From_Account);
  return results(body.UpdateItem, ({ To_Account, SnsItem }) => {
    if (!world.accounts.has(To_Account)) {
      return [NO_ACCOUNT, "Err_SNS_FriendUpdate_Account_Not_Exist"];
    }
    const friend = own.friends.get(To_Account);
    if (!friend) return [BAD_PARAMETER, "Err_SNS_FriendUpdate_Friend_Not_Exist"];
    for (const item of SnsItem) {
      const fault = fieldFault(own, item);
      if (fault) return fault;
    }
    for (const item of SnsItem) setField(own, friend, item, seconds(clock));
    return undefined;
  });
};

const friendDelete: Handler<"sns/friend_delete"> = (world, body, _caller, clock) => {
  const { From_Account: from, DeleteType } = body;
  checkFrom(world, from);
  const isFast = !world.within(`${from} deletes`, CALLS_PER_SECOND, "second", clock());
  const pairs: CallbackPair[] = [];
  const { Fail_Account: _, ...answer } = results(itemsOf(body.To_Account), ({ To_Account: to }) => {
    if (isFast) return [31707, "Err_SNS_FriendDelete_Too_Fast"];
    if (!world.accounts.has(to)) return [NO_ACCOUNT, "Err_SNS_FriendDelete_Account_Not_Exist"];
    const ended = unfriend(world, from, to, DeleteType);
    pairs.push(...ended);
    return ended.length > 0 ? undefined : [31704, "Err_SNS_FriendDelete_Friend_Not_Exist"];
  });
  if (pairs.length > 0) world.emit("Sns.CallbackFriendDelete", { PairList: pairs });
  return answer;
};

const friendDeleteAll: Handler<"sns/friend_delete_all"> = (world, body) => {
  const { From_Account: from, DeleteType } = body;
  checkFrom(world, from);
  const pairs = [...world.relations.of(from).friends.keys()].flatMap((account) =>
    unfriend(world, from, account, DeleteType)
  );
  if (pairs.length > 0) world.emit("Sns.CallbackFriendDelete", { PairList: pairs });
  return { ErrorDisplay: "" };
};

/** The commands that change who is whose friend. */
export const friendCommands: HandlersOf<"sns"> = {
  friend_add: differing(
    friendAdd,
    "No request is ever pending (30012)",
  ),
  friend_import: friendImport,
  friend_update: friendUpdate,
  friend_delete: friendDelete,
  friend_delete_all: friendDeleteAll,
};

/** Whether an account has room for these friend groups besides its own. */
export function groupsFit(own: AccountRelations, names: readonly string[]): boolean {
  return new Set([...own.friendGroups, ...names]).size <= MAX_FRIEND_GROUPS;
}

/** Ends a friendship on one side or both; tells on which sides there was one. */
function unfriend(world: World, from: string, to: string, type?: DeleteType): CallbackPair[] {
  const pairs = [{ From_Account: from, To_Account: to }];
  if (type === "Delete_Type_Both") pairs.push({ From_Account: to, To_Account: from });
  return pairs.filter(({ From_Account, To_Account }) =>
    world.relations.unfriend(From_Account, To_Account)
  );
}

/** What speaks against a new friend whether he is asked or not. */
function addingFault(world: World, from: string, item: Added, both: boolean): Fault | undefined {
  const { To_Account: to, GroupName } = item;
  if (!world.accounts.has(to)) return [NO_ACCOUNT, "Err_SNS_FriendAdd_Account_Not_Exist"];
  if (to === from) return [BAD_PARAMETER, "Err_SNS_FriendAdd_Friend_Is_Self"];
  const own = world.relations.of(from);
  const other = world.relations.of(to);
  if (own.friends.has(to) && (!both || other.friends.has(from))) {
    return [BAD_PARAMETER, "Err_SNS_FriendAdd_Already_Friend"];
  }
  if (own.blocked.has(to)) return [30515, "Err_SNS_FriendAdd_Friend_In_Self_BlackList"];
  if (other.blocked.has(from)) return [30525, "Err_SNS_FriendAdd_Self_In_Friend_BlackList"];
  if (!own.friends.has(to) && own.friends.size >= MAX_FRIENDS) {
    return [30010, "Err_SNS_FriendAdd_My_Friend_Num_Exceed_Threshold"];
  }
  if (both && !other.friends.has(from) && other.friends.size >= MAX_FRIENDS) {
    return [30014, "Err_SNS_FriendAdd_Friend_Num_Exceed_Threshold"];
  }
  if (GroupName && !groupsFit(own, [GroupName])) {
    return [30011, "Err_SNS_FriendAdd_Group_Num_Exceed_Threshold"];
  }
  return undefined;
}

/** What the two profiles say of friend requests. */
function consentFault(world: World, from: string, to: string): Fault | undefined {
  if (profileValue(world, from, "Tag_Profile_IM_AdminForbidType") === "AdminForbid_Type_SendOut") {
    return [30009, "Err_SNS_FriendAdd_Admin_Forbid"];
  }
  switch (profileValue(world, to, "Tag_Profile_IM_AllowType")) {
    case "AllowType_Type_DenyAny":
      return [30516, "Err_SNS_FriendAdd_Friend_Deny_Any"];
    case "AllowType_Type_NeedConfirm":
      return [30539, "Err_SNS_FriendAdd_Need_Confirm"];
    default:
      return undefined;
  }
}

function newFriend(item: Added | Imported, now: number): Friend {
  const { Remark = "", GroupName = [] } = item;
  const imported = item as Partial<Imported>;
  return {
    account: item.To_Account,
    addTime: imported.AddTime ?? now,
    addSource: item.AddSource,
    addWording: item.AddWording ?? "",
    remark: Remark,
    remarkTime: imported.RemarkTime ?? (Remark === "" ? 0 : now),
    groups: new Set([GroupName].flat().filter((name) => name !== "")),
    custom: new Map(imported.CustomItem?.map(({ Tag = "", Value = "" }) => [Tag, Value])),
  };
}

/** Only remark, groups and custom fields can be changed. */
function fieldFault(own: AccountRelations, { Tag, Value }: TagValue): Fault | undefined {
  const bad: Fault = [BAD_PARAMETER, `Err_SNS_FriendUpdate_Value_Illegal: ${Tag}`];
  if (Tag === "Tag_SNS_IM_Remark") {
    return typeof Value === "string" && utf8(Value).length <= MAX_REMARK_BYTES ? undefined : bad;
  }
  if (Tag === "Tag_SNS_IM_Group") {
    const names = Array.isArray(Value) ? Value : [""];
    if (names.some((name) => name === "" || utf8(name).length > MAX_GROUP_BYTES)) return bad;
    if (groupsFit(own, names)) return undefined;
    return [30011, "Err_SNS_FriendUpdate_Group_Num_Exceed_Threshold"];
  }
  if (!/^Tag_SNS_Custom_[A-Za-z]{1,8}$/.test(Tag)) {
    return [BAD_PARAMETER, `Err_SNS_FriendUpdate_Tag_Illegal: ${Tag}`];
  }
  return Array.isArray(Value) ? bad : undefined;
}

function setField(own: AccountRelations, friend: Friend, item: TagValue, now: number): void {
  const { Tag, Value } = item;
  if (Tag === "Tag_SNS_IM_Remark") {
    friend.remark = Value as string;
    friend.remarkTime = now;
  } else if (Tag === "Tag_SNS_IM_Group") {
    friend.groups = new Set(Value as string[]);
    for (const name of friend.groups) own.friendGroups.add(name);
    own.groupSequence++;
  } else {
    friend.custom.set(Tag, Value as string | number);
    own.customSequence++;
    return;
  }
  own.standardSequence++;
}

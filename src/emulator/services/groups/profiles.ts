/**
 * Groups themselves: made, imported, listed, read, changed, disbanded.
 * Source: "Group Management" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import { GROUP_FORMS, GROUP_RULES, type GroupForm } from "../../store/group_types.ts";
import type { Group } from "../../store/groups.ts";
import {
  DAILY_GROUPS,
  DAILY_GROUPS_ALARM,
  MAX_COMMUNITIES,
  TRIAL_GROUPS,
  TRIAL_LIVE_GROUPS,
} from "../../store/package_limits.ts";
import type { World } from "../../store/world.ts";
import { type BodyOf, type Handler, seconds, type Service, service } from "../service.ts";
import { accountList, groupFields, heed } from "./callbacks.ts";
import {
  changeData,
  checkImported,
  findGroup,
  GROUP_CODES,
  noGroup,
  rulesOf,
  sizedAnswer,
} from "./common.ts";
import {
  checkMayJoin,
  checkOwnId,
  checkSize,
  joinOption,
  newGroup,
  newMember,
} from "./new_group.ts";
import { groupView } from "./view.ts";

const LIST_LIMIT = 10_000;
/** Members that an imported group takes when it does not say. */
const IMPORTED_SIZE = 2000;

/** Owner_Account and every Member_Account must be imported. */
const createGroup: Handler<"group_open_http_svc/create_group"> = (world, body, caller, clock) => {
  const time = seconds(clock);
  const form = GROUP_FORMS[body.Type]!;
  if (body.GroupId) {
    checkOwnId(body.GroupId, form);
    const known = world.groups.get(body.GroupId);
    if (known && known.owner === (body.Owner_Account ?? "")) {
      refuse(10025, `There is a group ${quote(known.id)} of the same owner`);
    }
    checkIdFree(world, body.GroupId);
  }
  const list = body.MemberList ?? [];
  if (list.length > 0 && !GROUP_RULES[form].members) {
    refuse(10007, `An ${form} takes no MemberList; its members join by their clients`);
  }
  checkRoom(world, body.Type);
  if (world.limits && world.groups.growthAt(time) >= DAILY_GROUPS) {
    refuse(10006, `The app has grown by ${DAILY_GROUPS} groups today, which is the limit`);
  }
  const group = newGroup(world, body, time);
  addFirstMembers(world, group, list, time);
  if (group.members.size > group.maxMemberNum) {
    refuse(
      10038,
      `The group begins with ${group.members.size} members, limit is ${group.maxMemberNum}`,
    );
  }
  const facts = {
    Operator_Account: caller,
    Owner_Account: group.owner,
    Type: group.type,
    Name: group.name,
    MemberList: accountList(Array.from(group.members, ({ account }) => account)),
  };
  heed(world.ask("Group.CallbackBeforeCreateGroup", facts));
  world.groups.add(group);
  countGrowth(world, time);
  world.emit("Group.CallbackAfterCreateGroup", {
    GroupId: group.id,
    ...facts,
    UserDefinedDataList: [...body.AppDefinedData ?? []],
  });
  return { GroupId: group.id };
};

/** As create_group, but with an own time of creation, and for forms with members only. */
const importGroup: Handler<"group_open_http_svc/import_group"> = (world, body, _caller, clock) => {
  const form = GROUP_FORMS[body.Type]!;
  if (!GROUP_RULES[form].members) refuse(10007, `A group of the form ${form} cannot be imported`);
  if (body.GroupId) {
    checkOwnId(body.GroupId, form);
    checkIdFree(world, body.GroupId);
  }
  const now = seconds(clock);
  const { CreateTime = now } = body;
  if (CreateTime > now) {
    refuse(10004, `CreateTime is ${CreateTime}, which is ${CreateTime - now} s ahead`);
  }
  checkRoom(world, body.Type);
  const group = world.groups.add(newGroup(world, body, CreateTime, IMPORTED_SIZE));
  return { GroupId: group.id };
};

const listGroups: Handler<"group_open_http_svc/get_appid_group_list"> = (world, body) => {
  const list = world.groups.list(GROUP_FORMS[body.GroupType ?? ""]);
  const { items, next } = list.page(body.Next ?? 0, body.Limit || LIST_LIMIT);
  return {
    TotalCount: list.size,
    GroupIdList: items.map(({ id }) => ({ GroupId: id })),
    Next: next,
  };
};

const getGroupInfo: Handler<"group_open_http_svc/get_group_info"> = (
  world,
  body,
  _caller,
  clock,
) => {
  let members = 0;
  const GroupInfo = body.GroupIdList.map((GroupId) => {
    const group = world.groups.get(GroupId);
    if (!group) return { GroupId, ErrorCode: 10010, ErrorInfo: noGroup(GroupId) };
    const view = groupView(group, world.sdkAppId, seconds(clock), body.ResponseFilter);
    members += view.MemberList?.length ?? 0;
    return { GroupId, ErrorCode: 0, ErrorInfo: "", ...view };
  });
  return sizedAnswer({ GroupInfo }, members);
};

const modifyGroup: Handler<"group_open_http_svc/modify_group_base_info"> = (
  world,
  body,
  caller,
  clock,
) => {
  const group = findGroup(world, body.GroupId);
  checkImported(world, "From_Account", body.From_Account);
  const size = checkSize(world, group.form, "MaxMemberNum", body.MaxMemberNum);
  changeData(group, "AppDefinedData", body.AppDefinedData);
  group.name = body.Name ?? group.name;
  group.introduction = body.Introduction ?? group.introduction;
  group.notification = body.Notification ?? group.notification;
  group.faceUrl = body.FaceUrl ?? group.faceUrl;
  group.muteAllMember = body.MuteAllMember ?? group.muteAllMember;
  group.applyJoinOption = joinOption(group.form, body.ApplyJoinOption ?? group.applyJoinOption);
  const rules = rulesOf(group);
  if (!rules.onlineList) {
    group.maxMemberNum = size || group.maxMemberNum;
    group.inviteJoinOption = body.InviteJoinOption ?? group.inviteJoinOption;
  }
  if (rules.topics) {
    group.enablePermission = body.EnablePermission ?? group.enablePermission;
    group.defaultPermission = body.DefaultPermission ?? group.defaultPermission;
  }
  group.infoSeq++;
  group.lastInfoTime = seconds(clock);
  const { Name, Introduction, Notification, FaceUrl } = body;
  if ([Name, Introduction, Notification, FaceUrl].every((field) => field === undefined)) return;
  world.emit("Group.CallbackAfterGroupInfoChanged", {
    ...groupFields(group),
    Operator_Account: body.From_Account ?? caller,
    Name,
    Introduction,
    Notification,
    FaceUrl,
  });
};

const destroyGroup: Handler<"group_open_http_svc/destroy_group"> = (
  world,
  { GroupId },
  _caller,
  clock,
) => {
  const group = findGroup(world, GroupId);
  world.disband(group);
  world.groups.countGrowth(seconds(clock), -1);
  world.emit("Group.CallbackAfterGroupDestroyed", {
    ...groupFields(group),
    Owner_Account: group.owner,
    Name: group.name,
    ...(!rulesOf(group).topics && {
      MemberList: accountList(Array.from(group.members, ({ account }) => account)),
    }),
  });
};

/** Groups themselves. */
export const groupProfiles: Service = service("group_open_http_svc", GROUP_CODES, {
  create_group: createGroup,
  import_group: importGroup,
  get_appid_group_list: listGroups,
  get_group_info: getGroupInfo,
  modify_group_base_info: modifyGroup,
  destroy_group: destroyGroup,
});

function checkIdFree(world: World, id: string): void {
  if (world.groups.has(id) || world.rooms.has(id)) {
    refuse(10021, `The id ${quote(id)} is taken by somebody else`);
  }
}

/** Counts a new group, and warns the app's server when there are many on one day. */
function countGrowth(world: World, time: number): void {
  world.groups.countGrowth(time, 1);
  const QuotaUsed = world.groups.growthAt(time);
  if (QuotaUsed !== DAILY_GROUPS_ALARM + 1) return;
  world.emit("Group.CallbackOnDailyGroupQuotaAlarm", { QuotaUsed, Quota: DAILY_GROUPS });
}

/** Refuses a group for which the app's package has no room. */
function checkRoom(world: World, type: string): void {
  if (world.trial) checkTrial(world, GROUP_FORMS[type]!);
  if (type !== "Community") return;
  const { size } = world.groups.list("Community");
  if (size >= MAX_COMMUNITIES) refuse(10006, `The app has ${size} communities, which is the limit`);
}

function checkTrial({ groups }: World, form: GroupForm): void {
  if (groups.list().size >= TRIAL_GROUPS) {
    refuse(10058, `The free edition has room for ${TRIAL_GROUPS} groups`);
  }
  if (form === "AVChatRoom" && groups.list(form).size >= TRIAL_LIVE_GROUPS) {
    refuse(10036, `The free edition has room for ${TRIAL_LIVE_GROUPS} live groups`);
  }
}

function addFirstMembers(
  world: World,
  group: Omit<Group, "seq">,
  list: NonNullable<BodyOf<"group_open_http_svc/create_group">["MemberList"]>,
  time: number,
): void {
  list.forEach(({ Member_Account, Role, AppMemberDefinedData }, at) => {
    const path = `MemberList[${at}].Member_Account`;
    checkImported(world, path, Member_Account);
    if (Role === "Admin" && !GROUP_RULES[group.form].admins) {
      refuse(10004, `MemberList[${at}].Role is "Admin", but a ${group.form} group has no admins`);
    }
    let member = group.members.get(Member_Account);
    if (!member) {
      checkMayJoin(world, path, Member_Account);
      member = group.members.add(newMember(group.form, Member_Account, time));
    }
    if (member.role !== "Owner") member.role = Role ?? "Member";
    changeData(member, "AppMemberDefinedData", AppMemberDefinedData);
  });
}

/**
 * Making a group, for create_group and import_group.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import { GROUP_FORMS, GROUP_RULES, type GroupForm } from "../../store/group_types.ts";
import type { Group } from "../../store/groups.ts";
import { type Member, Members } from "../../store/members.ts";
import { MessageLog } from "../../store/message_log.ts";
import { OnlineList } from "../../store/online_list.ts";
import { maxGroupMembers, maxGroupsOfAccount } from "../../store/package_limits.ts";
import type { World } from "../../store/world.ts";
import { changeData, checkImported, type DefinedData } from "./common.ts";

/** What the bodies of create_group and import_group share. */
export interface GroupFacts {
  Owner_Account?: string;
  Type: string;
  GroupId?: string;
  Name: string;
  Introduction?: string;
  Notification?: string;
  FaceUrl?: string;
  MaxMemberCount?: number;
  ApplyJoinOption?: string;
  InviteJoinOption?: string;
  AppDefinedData?: readonly DefinedData[];
  SupportTopic?: 0 | 1;
  EnablePermission?: 0 | 1;
  DefaultPermission?: number;
}

/**
 * Writes a new group down, with its owner as the first member; it is not in the world yet.
 *
 * @param size How many members it takes when it does not say, where the package has room for so many.
 */
export function newGroup(
  world: World,
  body: GroupFacts,
  time: number,
  size: number = Infinity,
): Omit<Group, "seq"> {
  const form = GROUP_FORMS[body.Type]!;
  const rules = GROUP_RULES[form];
  const owner = body.Owner_Account ?? "";
  if (owner !== "") checkImported(world, "Owner_Account", owner);
  const members = new Members();
  if (owner !== "" && rules.members) {
    checkMayJoin(world, "Owner_Account", owner);
    members.add(newMember(form, owner, time, { role: "Owner" }));
  }
  const group: Omit<Group, "seq"> = {
    // An empty GroupId is what clients send whose language has no absent texts.
    id: body.GroupId || world.groups.newId(form, world.random),
    type: body.Type,
    form,
    name: body.Name,
    introduction: body.Introduction ?? "",
    notification: body.Notification ?? "",
    faceUrl: body.FaceUrl ?? "",
    owner,
    createTime: time,
    infoSeq: 1,
    lastInfoTime: time,
    lastMsgTime: 0,
    maxMemberNum: checkSize(world, form, "MaxMemberCount", body.MaxMemberCount) ||
      Math.min(size, maxGroupMembers(form, world.trial)),
    applyJoinOption: joinOption(form, body.ApplyJoinOption),
    inviteJoinOption: rules.onlineList ? undefined : body.InviteJoinOption,
    muteAllMember: "Off",
    active: !rules.needsFirstMessage,
    supportTopic: rules.topics ? body.SupportTopic ?? 0 : 0,
    enablePermission: rules.topics ? body.EnablePermission : undefined,
    defaultPermission: rules.topics ? body.DefaultPermission : undefined,
    members,
    mutes: new Map(),
    bans: new Map(),
    attributes: new Map(),
    counters: new Map(),
    log: new MessageLog(),
    clearedSeq: 0,
    online: new OnlineList(),
    topics: new Map(),
    permissionGroups: new Map(),
  };
  changeData(group, "AppDefinedData", body.AppDefinedData);
  return group;
}

/** A member who joins at a time in seconds. */
export function newMember(
  form: GroupForm,
  account: string,
  time: number,
  facts: Partial<Member> = {},
): Omit<Member, "seq"> {
  return {
    account,
    role: "Member",
    joinTime: time,
    msgSeq: 0,
    msgFlag: GROUP_RULES[form].msgFlag,
    lastSendMsgTime: 0,
    nameCard: "",
    ...facts,
  };
}

/** Lets a wanted number of members through that the package allows; live groups overlook it. */
export function checkSize(
  world: World,
  form: GroupForm,
  field: string,
  wanted: number | undefined,
): number | undefined {
  if (wanted === undefined || GROUP_RULES[form].onlineList) return undefined;
  const most = maxGroupMembers(form, world.trial);
  if (wanted >= 0 && wanted <= most) return wanted;
  return refuse(10004, `${field} is ${wanted}, wanted 1 to ${most}`);
}

/** Who may join: fixed for forms that one cannot apply to, or may always enter. */
export function joinOption(form: GroupForm, wanted: string = "NeedPermission"): string {
  return GROUP_RULES[form].fixedJoinOption ?? wanted;
}

/** Refuses an account that is in as many groups as one can be. */
export function checkMayJoin(world: World, path: string, account: string): void {
  const { size } = world.groups.joinedBy(account);
  const most = maxGroupsOfAccount(world.trial);
  if (size >= most) {
    refuse(
      10037,
      `${path} ${quote(account)} is in ${size} groups, limit is ${most}`,
    );
  }
}

/** Refuses an own id that breaks the rules of its form. */
export function checkOwnId(id: string, form: GroupForm): void {
  if (GROUP_RULES[form].topics) {
    if (!id.startsWith("@TGS#_")) {
      refuse(10015, `GroupId is ${quote(id)}, but a Community's own id begins with @TGS#_`);
    }
  } else if (id.startsWith("@TGS#")) {
    refuse(10015, `GroupId is ${quote(id)}, but ids beginning with @TGS# are the backend's own`);
  }
}

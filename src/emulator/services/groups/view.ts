/**
 * Groups and members as answers show them, whole or cut down by a filter.
 *
 * @module
 */

import type { GroupInfo, MemberProfile } from "../../../api/generated/types/group.ts";
import type { Group } from "../../store/groups.ts";
import type { Member } from "../../store/members.ts";
import { type DefinedData, rulesOf, runningUntil } from "./common.ts";

/** Which fields of a group are wanted. */
export interface GroupFilter {
  GroupBaseInfoFilter?: readonly string[];
  MemberInfoFilter?: readonly string[];
  AppDefinedDataFilter_Group?: readonly string[];
  AppDefinedDataFilter_GroupMember?: readonly string[];
}

/** Writes a group's fields; without a filter all of them. */
export function groupView(
  group: Group,
  sdkAppId: number,
  time: number,
  filter?: GroupFilter,
): Partial<GroupInfo> {
  const view = baseInfo(group, sdkAppId, time, filter && (filter.GroupBaseInfoFilter ?? []));
  const data = definedData(group.data, filter && (filter.AppDefinedDataFilter_Group ?? []));
  if (!filter || data.length > 0) view.AppDefinedData = data;
  if (!filter || filter.MemberInfoFilter || filter.AppDefinedDataFilter_GroupMember) {
    const fields = filter && (filter.MemberInfoFilter ?? []);
    const keys = filter && (filter.AppDefinedDataFilter_GroupMember ?? []);
    view.MemberList = Array.from(
      group.members,
      (member) => memberView(group, member, time, fields, keys),
    );
  }
  return view;
}

/** The fields that every group has, or the named ones. */
export function baseInfo(
  group: Group,
  sdkAppId: number,
  time: number,
  names?: readonly string[],
): Partial<GroupInfo> {
  const view = {
    Type: group.type as GroupInfo["Type"],
    Name: group.name,
    Appid: sdkAppId,
    Introduction: group.introduction,
    Notification: group.notification,
    FaceUrl: group.faceUrl,
    Owner_Account: group.owner,
    CreateTime: group.createTime,
    InfoSeq: group.infoSeq,
    LastInfoTime: group.lastInfoTime,
    LastMsgTime: group.lastMsgTime,
    NextMsgSeq: group.log.lastSeq + 1,
    MemberNum: rulesOf(group).onlineList ? group.online.sizeAt(time) : group.members.size,
    MaxMemberNum: group.maxMemberNum,
    ApplyJoinOption: group.applyJoinOption as GroupInfo["ApplyJoinOption"],
    ...(group.inviteJoinOption !== undefined &&
      { InviteJoinOption: group.inviteJoinOption as GroupInfo["InviteJoinOption"] }),
    MuteAllMember: group.muteAllMember,
    ...(rulesOf(group).topics && { SupportTopic: group.supportTopic }),
    ...(group.enablePermission !== undefined && { EnablePermission: group.enablePermission }),
    ...(group.defaultPermission !== undefined && { DefaultPermission: group.defaultPermission }),
  };
  return pick(view, names);
}

/** A member's fields, or the named ones; the account is always there. */
export function memberView(
  group: Group,
  member: Member,
  time: number,
  names?: readonly string[],
  keys?: readonly string[],
): MemberProfile {
  // A filter may call the account Account or Member_Account.
  const view: MemberProfile = {
    Member_Account: member.account,
    ...pick({
      Role: member.role,
      JoinTime: member.joinTime,
      MsgSeq: member.msgSeq,
      MsgFlag: member.msgFlag,
      LastSendMsgTime: member.lastSendMsgTime,
      MuteUntil: runningUntil(group.mutes, member.account, time),
      NameCard: member.nameCard,
    }, names),
  };
  const data = definedData(member.data, keys);
  if (data.length > 0) view.AppMemberDefinedData = data;
  return view;
}

function definedData(
  data: Map<string, string> | undefined,
  keys?: readonly string[],
): DefinedData[] {
  if (!data) return [];
  const wanted = keys ? [...data].filter(([Key]) => keys.includes(Key)) : [...data];
  return wanted.map(([Key, Value]) => ({ Key, Value }));
}

/** The named fields of an object; all when no names are given. */
export function pick<Fields extends object>(
  fields: Fields,
  names?: readonly string[],
): Partial<Fields> {
  if (!names) return fields;
  const entries = Object.entries(fields).filter(([name]) => names.includes(name));
  return Object.fromEntries(entries) as Partial<Fields>;
}

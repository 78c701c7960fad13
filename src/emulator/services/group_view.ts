/**
 * A group as get_group_info shows it, whole or cut down by a filter.
 *
 * @module
 */

import type { Group, Member } from "../store/groups.ts";
import type { BodyOf } from "./service.ts";

type ResponseFilter = BodyOf<"group_open_http_svc/get_group_info">["ResponseFilter"];

interface DefinedData {
  Key: string;
  Value: string;
}

/** Writes a group's fields; without a filter all of them. */
export function groupView(group: Group, sdkAppId: number, filter?: ResponseFilter): object {
  const view = baseInfo(group, sdkAppId, filter && (filter.GroupBaseInfoFilter ?? []));
  const data = definedData(group.data, filter && (filter.AppDefinedDataFilter_Group ?? []));
  if (!filter || data.length > 0) view.AppDefinedData = data;
  if (!filter || filter.MemberInfoFilter || filter.AppDefinedDataFilter_GroupMember) {
    view.MemberList = [...group.members.values()].map((member) => memberView(member, filter));
  }
  return view;
}

function baseInfo(
  group: Group,
  sdkAppId: number,
  names?: readonly string[],
): Record<string, unknown> {
  return pick({
    Type: group.type,
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
    NextMsgSeq: group.nextMsgSeq,
    MemberNum: group.members.size,
    MaxMemberNum: group.maxMemberNum,
    ApplyJoinOption: group.applyJoinOption,
    ...(group.inviteJoinOption !== undefined && { InviteJoinOption: group.inviteJoinOption }),
    MuteAllMember: group.muteAllMember,
    ...(group.form === "Community" && { SupportTopic: group.supportTopic }),
  }, names);
}

function memberView(member: Member, filter?: ResponseFilter): Record<string, unknown> {
  // The account is always there; the filter may call it Account or Member_Account.
  const view = {
    Member_Account: member.account,
    ...pick({
      Role: member.role,
      JoinTime: member.joinTime,
      MsgSeq: member.msgSeq,
      MsgFlag: member.msgFlag,
      LastSendMsgTime: member.lastSendMsgTime,
      MuteUntil: member.muteUntil,
      NameCard: member.nameCard,
    }, filter && (filter.MemberInfoFilter ?? [])),
  };
  const data = definedData(
    member.data,
    filter && (filter.AppDefinedDataFilter_GroupMember ?? []),
  );
  return data.length > 0 ? { ...view, AppMemberDefinedData: data } : view;
}

function definedData(data: Map<string, string>, keys?: readonly string[]): DefinedData[] {
  return [...data].filter(([Key]) => !keys || keys.includes(Key)).map(([Key, Value]) => ({
    Key,
    Value,
  }));
}

function pick(fields: Record<string, unknown>, names?: readonly string[]): Record<string, unknown> {
  if (!names) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}

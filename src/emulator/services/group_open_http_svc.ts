/**
 * `group_open_http_svc`: Chat groups. Source: "Group Management" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../refusal.ts";
import { type Group, GROUP_FORMS, type GroupForm, type Member } from "../store/groups.ts";
import { maxGroupMembers } from "../store/package_limits.ts";
import type { World } from "../store/world.ts";
import { groupView } from "./group_view.ts";
import { type BodyOf, type Handler, seconds, type Service, service } from "./service.ts";

type CreateGroup = BodyOf<"group_open_http_svc/create_group">;

const LIST_LIMIT = 10_000;

/** Owner_Account and every Member_Account must be imported. */
const createGroup: Handler<"group_open_http_svc/create_group"> = (world, body, _caller, clock) => {
  const form = GROUP_FORMS[body.Type]!;
  const time = seconds(clock);
  const owner = body.Owner_Account ?? "";
  // An empty GroupId is what clients send whose language has no absent texts.
  const id = body.GroupId || world.groups.newId(form, world.random);
  if (body.GroupId) checkOwnId(world, id, form, owner);
  if (owner !== "") checkImported(world, "Owner_Account", owner);
  const members = firstMembers(world, body, form, time);
  const maxMemberNum = body.MaxMemberCount || maxGroupMembers(form);
  if (members.size > maxMemberNum) {
    refuse(10038, `The group begins with ${members.size} members, limit is ${maxMemberNum}`);
  }
  world.groups.add({
    id,
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
    nextMsgSeq: 1,
    maxMemberNum,
    applyJoinOption: joinOption(form, body.ApplyJoinOption),
    inviteJoinOption: body.InviteJoinOption,
    muteAllMember: "Off",
    supportTopic: form === "Community" ? body.SupportTopic ?? 0 : 0,
    data: dataMap(body.AppDefinedData),
    members,
  });
  return { GroupId: id };
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

const getGroupInfo: Handler<"group_open_http_svc/get_group_info"> = (world, body) => ({
  GroupInfo: body.GroupIdList.map((GroupId) => {
    const group = world.groups.get(GroupId);
    if (!group) return { GroupId, ErrorCode: 10010, ErrorInfo: noGroup(GroupId) };
    const view = groupView(group, world.sdkAppId, body.ResponseFilter);
    return { GroupId, ErrorCode: 0, ErrorInfo: "", ...view };
  }),
});

const destroyGroup: Handler<"group_open_http_svc/destroy_group"> = (world, { GroupId }) => {
  if (GroupId === "") refuse(10015, "GroupId is empty");
  world.groups.remove(world.groups.get(GroupId) ?? refuse(10010, noGroup(GroupId)));
};

/** Chat groups: create, list, read, disband. */
export const groupService: Service = service("group_open_http_svc", {
  badBody: 10004,
  unknownCommand: 10003,
}, {
  create_group: createGroup,
  get_appid_group_list: listGroups,
  get_group_info: getGroupInfo,
  destroy_group: destroyGroup,
});

function checkOwnId(world: World, id: string, form: GroupForm, owner: string): void {
  if (form === "Community" && !id.startsWith("@TGS#_")) {
    refuse(10015, `GroupId is ${quote(id)}, but a Community's own id begins with @TGS#_`);
  }
  if (form !== "Community" && id.startsWith("@TGS#")) {
    refuse(10015, `GroupId is ${quote(id)}, but ids beginning with @TGS# are the backend's own`);
  }
  const group = world.groups.get(id);
  if (group?.owner === owner) refuse(10025, `There is a group ${quote(id)} of the same owner`);
  if (group || world.rooms.has(id)) refuse(10021, `The id ${quote(id)} is taken by somebody else`);
}

function firstMembers(
  world: World,
  body: CreateGroup,
  form: GroupForm,
  time: number,
): Map<string, Member> {
  const members = new Map<string, Member>();
  const list = body.MemberList ?? [];
  if (form === "AVChatRoom") {
    if (list.length === 0) return members; // Its owner, too, joins by a client each time.
    refuse(10007, "An AVChatRoom takes no MemberList; its members join by their clients");
  }
  const join = (account: string, role: Member["role"], data?: { Key: string; Value: string }[]) =>
    members.set(account, {
      account,
      role,
      joinTime: time,
      msgSeq: 0,
      msgFlag: form === "Meeting" ? "AcceptNotNotify" : "AcceptAndNotify",
      lastSendMsgTime: 0,
      nameCard: "",
      muteUntil: 0,
      data: dataMap(data),
    });
  const owner = body.Owner_Account;
  if (owner) join(owner, "Owner");
  list.forEach(({ Member_Account, Role, AppMemberDefinedData }, at) => {
    checkImported(world, `MemberList[${at}].Member_Account`, Member_Account);
    if (Role === "Admin" && form === "Work") {
      refuse(10004, `MemberList[${at}].Role is "Admin", but a Work group has no admins`);
    }
    const role = Member_Account === owner ? "Owner" : Role ?? "Member";
    join(Member_Account, role, AppMemberDefinedData);
  });
  return members;
}

function checkImported(world: World, path: string, account: string): void {
  if (!world.accounts.has(account)) {
    refuse(10019, `${path} is ${quote(account)}, which is no imported account`);
  }
}

/** Who may join: fixed for forms that one cannot apply to, or may always enter. */
function joinOption(form: GroupForm, wanted: string | undefined): string {
  if (form === "Work") return "DisableApply";
  if (form === "Community" || form === "AVChatRoom") return "FreeAccess";
  return wanted ?? "NeedPermission";
}

function dataMap(list: { Key: string; Value: string }[] = []): Group["data"] {
  return new Map(list.map(({ Key, Value }) => [Key, Value]));
}

function noGroup(id: string): string {
  return `There is no group ${quote(id)}`;
}

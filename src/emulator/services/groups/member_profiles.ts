/**
 * The members' profiles in a group, read and changed.
 * Source: "Member Profile" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import type { Group } from "../../store/groups.ts";
import type { Member } from "../../store/members.ts";
import { pageOf, placeText, readPlace } from "../page_of.ts";
import { type Handler, seconds, type Service, service } from "../service.ts";
import { groupFields } from "./callbacks.ts";
import {
  changeData,
  GROUP_CODES,
  groupWith,
  memberOf,
  rulesOf,
  setEnd,
  sizedAnswer,
} from "./common.ts";
import { memberView } from "./view.ts";

/** Members on a page of a Community, unless fewer are asked for. */
const COMMUNITY_PAGE = 100;

/** A filter that names nothing is none. */
function filled<Item>(filter: readonly Item[] | undefined): readonly Item[] | undefined {
  return filter?.length === 0 ? undefined : filter;
}

/** Forms with many members go on with Next, a mark; the others with Offset, a place. */
const listMembers: Handler<"group_open_http_svc/get_group_member_info"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const group = groupWith(world, body.GroupId, "members");
  const { pagesByNext } = rulesOf(group);
  const roles = filled(body.MemberRoleFilter);
  const page = pagesByNext
    ? pageByNext(group, body.Next ?? "", body.Limit, roles)
    : { items: pageByOffset(group, body.Offset ?? 0, body.Limit, roles) };
  const time = seconds(clock);
  const answer = {
    MemberNum: group.members.size,
    MemberList: page.items.map((member) =>
      memberView(
        group,
        member,
        time,
        filled(body.MemberInfoFilter),
        filled(body.AppDefinedDataFilter_GroupMember),
      )
    ),
    ...("next" in page && { Next: page.next }),
  };
  return sizedAnswer(answer, page.items.length);
};

/** Accounts that are not in the group are left out. */
const readMembers: Handler<"group_open_http_svc/get_specified_group_member_info"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const group = groupWith(world, body.GroupId, "members");
  const roles = filled(body.MemberRoleFilter);
  const time = seconds(clock);
  const members = body.Member_List_Account.map((account) => group.members.get(account))
    .filter((member) => member !== undefined)
    .filter(({ role }) => !roles || roles.includes(role));
  return {
    GroupId: group.id,
    MemberList: members.map((member) =>
      memberView(
        group,
        member,
        time,
        filled(body.MemberInfoFilter),
        body.AppDefinedDataFilter_GroupMember,
      )
    ),
  };
};

const modifyMember: Handler<"group_open_http_svc/modify_group_member_info"> = (
  world,
  body,
  caller,
  clock,
) => {
  const group = groupWith(world, body.GroupId, "members");
  const member = memberOf(group, "Member_Account", body.Member_Account);
  if (body.Role !== undefined) checkRole(group, member, body.Role);
  if (body.MuteTime !== undefined) groupWith(world, body.GroupId, "mutes");
  changeData(member, "AppMemberDefinedData", body.AppMemberDefinedData);
  member.role = body.Role ?? member.role;
  member.msgFlag = body.MsgFlag ?? member.msgFlag;
  member.nameCard = body.NameCard ?? member.nameCard;
  if (body.MuteTime !== undefined) {
    setEnd(group.mutes, [member.account], seconds(clock), body.MuteTime);
  }
  const { Member_Account, Role, NameCard } = body;
  if (Role === undefined && NameCard === undefined) return;
  world.emit("Group.CallbackAfterMemberFieldChanged", {
    ...groupFields(group),
    Operator_Account: caller,
    Modified_Account: Member_Account,
    Member_Account,
    Role,
    NameCard,
  });
};

/** The members' profiles. */
export const groupMemberProfiles: Service = service("group_open_http_svc", GROUP_CODES, {
  get_group_member_info: listMembers,
  get_specified_group_member_info: readMembers,
  modify_group_member_info: modifyMember,
});

function checkRole(group: Group, member: Member, role: "Admin" | "Member"): void {
  if (member.role === "Owner") {
    refuse(
      10004,
      `Role is "${role}", but ${quote(member.account)} is the owner; use change_group_owner`,
    );
  }
  if (role === "Admin" && !rulesOf(group).admins) {
    refuse(10004, `Role is "Admin", but a ${group.form} group has no admins`);
  }
}

function pageByOffset(
  group: Group,
  offset: number,
  limit: number | undefined,
  roles: readonly string[] | undefined,
): Member[] {
  if (!roles) return group.members.slice(offset, limit ? offset + limit : undefined);
  return pageOf(withRoles(group, roles), offset, limit || Infinity).items;
}

/** One by one, so that a page is read no further than its end. */
function* withRoles(group: Group, roles: readonly string[]): Generator<Member> {
  for (const member of group.members) if (roles.includes(member.role)) yield member;
}

function pageByNext(
  group: Group,
  next: string,
  limit: number = COMMUNITY_PAGE,
  roles: readonly string[] | undefined,
): { items: Member[]; next: string } {
  const mark = readPlace(next, "Next", 10004);
  const size = Math.min(limit || COMMUNITY_PAGE, COMMUNITY_PAGE);
  let page = group.members.page(mark, size);
  const items = page.items.filter(({ role }) => !roles || roles.includes(role));
  // A filter may leave a page short; the pages after it fill it up.
  while (items.length < size && page.next !== 0) {
    page = group.members.page(page.next, size - items.length);
    items.push(...page.items.filter(({ role }) => !roles || roles.includes(role)));
  }
  return { items, next: placeText(page.next) };
}

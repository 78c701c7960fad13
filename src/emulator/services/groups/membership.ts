/**
 * Who is in a group: adding, importing, removing, the owner, and the groups of an account.
 * Source: "Group Member Management" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import { GROUP_FORMS } from "../../store/group_types.ts";
import type { Group } from "../../store/groups.ts";
import { maxGroupsOfAccount } from "../../store/package_limits.ts";
import type { Topic } from "../../store/topics.ts";
import { type AnswerOf, type Handler, seconds, type Service, service } from "../service.ts";
import {
  checkImported,
  GROUP_CODES,
  groupWith,
  isBanned,
  memberOf,
  rulesOf,
  sizedAnswer,
} from "./common.ts";
import { accountList, groupFields, heed, tellWhenFull } from "./callbacks.ts";
import { newMember } from "./new_group.ts";
import { baseInfo, memberView } from "./view.ts";

/** What became of one account, in answers. */
const FAILED = 0, DONE = 1, MEMBER_ALREADY = 2;

/** All accounts must be imported and fit in; who is banned or in too many groups fails by himself. */
const addMembers: Handler<"group_open_http_svc/add_group_member"> = (
  world,
  body,
  caller,
  clock,
) => {
  const group = groupWith(world, body.GroupId, "members");
  const accounts = body.MemberList.map(({ Member_Account }) => Member_Account);
  accounts.forEach((account, at) =>
    checkImported(world, `MemberList[${at}].Member_Account`, account)
  );
  const fresh = new Set(accounts.filter((account) => !group.members.has(account)));
  if (group.members.size + fresh.size > group.maxMemberNum) {
    tellWhenFull(world, group);
    refuse(
      10014,
      `Group ${quote(group.id)} has ${group.members.size} members, limit is ${group.maxMemberNum}`,
    );
  }
  const facts = { ...groupFields(group), Operator_Account: caller };
  const answer = world.ask("Group.CallbackBeforeInviteJoinGroup", {
    ...facts,
    DestinationMembers: accountList(accounts),
  });
  heed(answer);
  const refused = new Set(answer?.RefusedMembers_Account ?? []);
  const time = seconds(clock);
  const added: string[] = [];
  const results: AnswerOf<"group_open_http_svc/add_group_member"> = {
    MemberList: accounts.map((Member_Account) => {
      if (group.members.has(Member_Account)) return { Member_Account, Result: MEMBER_ALREADY };
      if (
        refused.has(Member_Account) || isBanned(group, Member_Account, time) ||
        world.groups.joinedBy(Member_Account).size >= maxGroupsOfAccount(world.trial)
      ) return { Member_Account, Result: FAILED };
      const msgSeq = group.log.lastSeq;
      world.groups.join(group, newMember(group.form, Member_Account, time, { msgSeq }));
      added.push(Member_Account);
      return { Member_Account, Result: DONE };
    }),
  };
  if (added.length > 0) {
    world.emit("Group.CallbackAfterNewMemberJoin", {
      ...facts,
      JoinType: "Invited",
      NewMemberList: accountList(added),
    });
    tellWhenFull(world, group);
  }
  return results;
};

/** Each account succeeds or fails by itself: it must be imported, and its time lie in the group's life. */
const importMembers: Handler<"group_open_http_svc/import_group_member"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const group = groupWith(world, body.GroupId, "members");
  const now = seconds(clock);
  return {
    MemberList: body.MemberList.map(
      ({ Member_Account, Role, JoinTime = now, UnreadMsgNum = 0 }) => {
        if (group.members.has(Member_Account)) return { Member_Account, Result: MEMBER_ALREADY };
        if (
          !world.accounts.has(Member_Account) || JoinTime < group.createTime || JoinTime > now ||
          group.members.size >= group.maxMemberNum || (Role === "Admin" && !rulesOf(group).admins)
        ) return { Member_Account, Result: FAILED };
        const facts = {
          role: Role ?? "Member",
          msgSeq: seqWithUnread(group, UnreadMsgNum),
        } as const;
        world.groups.join(group, newMember(group.form, Member_Account, JoinTime, facts));
        return { Member_Account, Result: DONE };
      },
    ),
  };
};

/** Accounts that are no members count as removed; the owner stays unless the form lets him go. */
const removeMembers: Handler<"group_open_http_svc/delete_group_member"> = (world, body, caller) => {
  const group = groupWith(world, body.GroupId, "members", 10004);
  const accounts = new Set(body.MemberToDel_Account);
  if (group.owner !== "" && accounts.has(group.owner) && !rulesOf(group).ownerMayLeave) {
    refuse(
      10007,
      `${quote(group.owner)} owns ${quote(group.id)}; hand it over by change_group_owner first`,
    );
  }
  const gone = [...accounts].filter((account) => group.members.has(account));
  for (const account of gone) {
    world.leave(group, group.members.get(account)!);
    if (account === group.owner) group.owner = "";
  }
  if (gone.length === 0) return;
  world.emit("Group.CallbackAfterMemberExit", {
    ...groupFields(group),
    ExitType: "Kicked",
    Operator_Account: caller,
    ExitMemberList: accountList(gone),
  });
};

/** The new owner must be a member; the old one becomes a plain member. */
const changeOwner: Handler<"group_open_http_svc/change_group_owner"> = (
  world,
  body,
  caller,
  clock,
) => {
  const group = groupWith(world, body.GroupId, "members");
  checkImported(world, "From_Account", body.From_Account);
  const next = memberOf(group, "NewOwner_Account", body.NewOwner_Account);
  const last = group.members.get(group.owner);
  if (last) last.role = "Member";
  next.role = "Owner";
  const OldOwner_Account = group.owner;
  group.owner = next.account;
  group.infoSeq++;
  group.lastInfoTime = seconds(clock);
  world.emit("Group.CallbackAfterChangeGroupOwner", {
    ...groupFields(group),
    Operator_Account: body.From_Account ?? caller,
    OldOwner_Account,
    NewOwner_Account: next.account,
  });
};

const getRoles: Handler<"group_open_http_svc/get_role_in_group"> = (world, body) => {
  const { members } = groupWith(world, body.GroupId, "members");
  return {
    UserIdList: body.User_Account.map((Member_Account) => ({
      Member_Account,
      Role: members.get(Member_Account)?.role ?? "NotMember",
    })),
  };
};

type JoinedGroup = AnswerOf<"group_open_http_svc/get_joined_group_list">["GroupIdList"][number];

/** Live groups and hidden ones only when asked for. */
const listJoined: Handler<"group_open_http_svc/get_joined_group_list"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const { Member_Account, Offset = 0, Limit = Infinity, ResponseFilter: filter } = body;
  checkImported(world, "Member_Account", Member_Account);
  const time = seconds(clock);
  const form = body.GroupType && GROUP_FORMS[body.GroupType];
  const groups: Group[] = [];
  for (const group of world.groups.joinedBy(Member_Account)) {
    if (form !== undefined && group.form !== form) continue;
    if (!group.active && body.WithNoActiveGroups !== 1) continue;
    if (group.supportTopic === 1 || body.SupportTopic !== 1) groups.push(group);
  }
  if (body.WithHugeGroups === 1 && (form === undefined || form === "AVChatRoom")) {
    groups.push(...world.groups.onlineIn(Member_Account, time));
  }
  const answer = {
    TotalCount: groups.length,
    GroupIdList: groups.slice(Offset, Offset + (Limit || Infinity)).map((group): JoinedGroup => ({
      GroupId: group.id,
      ...(filter?.GroupBaseInfoFilter &&
        baseInfo(group, world.sdkAppId, time, filter.GroupBaseInfoFilter)),
      ...(group.supportTopic === 1 && filter && {
        GrossTopicNextMsgSeq: sum(group, ({ log }) => log.lastSeq + 1),
      }),
      ...(filter?.SelfInfoFilter && {
        SelfInfo: selfInfo(group, Member_Account, time, filter.SelfInfoFilter),
      }),
    })),
  };
  return sizedAnswer(answer, answer.GroupIdList.length);
};

/** Who is in a group. */
export const groupMembership: Service = service("group_open_http_svc", GROUP_CODES, {
  add_group_member: addMembers,
  import_group_member: importMembers,
  delete_group_member: removeMembers,
  change_group_owner: changeOwner,
  get_role_in_group: getRoles,
  get_joined_group_list: listJoined,
});

/** The newest message that a member with so many unread ones has read. */
export function seqWithUnread(group: Group, unread: number): number {
  return rulesOf(group).unread ? Math.max(0, group.log.lastSeq - unread) : group.log.lastSeq;
}

function selfInfo(
  group: Group,
  account: string,
  time: number,
  names: readonly string[],
): NonNullable<JoinedGroup["SelfInfo"]> {
  const member = group.members.get(account) ?? {
    seq: 0,
    ...newMember(group.form, account, group.online.get(account, time)?.joinTime ?? 0),
  };
  const { Member_Account: _, AppMemberDefinedData: __, ...view } = memberView(
    group,
    member,
    time,
    names,
  );
  if (group.supportTopic === 0) return view;
  return { ...view, GrossTopicReadSeq: sum(group, ({ read }) => read.get(account) ?? 0) };
}

/** Adds a number up over the topics of a group. */
function sum(group: Group, number: (topic: Topic) => number): number {
  return [...group.topics.values()].reduce((total, topic) => total + number(topic), 0);
}

/**
 * Live groups (AVChatRoom): who is online, marks, administrators, robots.
 * Source: "Live Streaming Group" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import type { Group } from "../../store/groups.ts";
import { HIDDEN_MARK, ROBOT_MARK } from "../../store/online_list.ts";
import type { World } from "../../store/world.ts";
import { type Handler, seconds, type Service, service } from "../service.ts";
import { checkImported, findGroup, GROUP_CODES, groupWith } from "./common.ts";

const NEWEST = 1000;
const MEMBERS_PER_PAGE = 500;
const MOST_MARKS = 10;
const MOST_MARKED = 1000;
const MOST_ADMINS = 5;

/** The newest first; hidden members only when their mark is asked for. */
const listOnline: Handler<"group_open_avchatroom_http_svc/get_members"> = (
  world,
  { GroupId, Timestamp, Mark },
  _caller,
  clock,
) => {
  const found = findGroup(world, GroupId);
  const group = found.form === "Community" ? found : groupWith(world, GroupId, "onlineList");
  const shown = group.online.at(seconds(clock), NEWEST).reverse().filter(({ marks }) =>
    Mark === undefined ? !marks.has(HIDDEN_MARK) : marks.has(Mark)
  );
  const rest = Timestamp === 0 ? shown : shown.filter(({ seq }) => seq < Timestamp);
  const page = rest.slice(0, MEMBERS_PER_PAGE);
  return {
    MemberList: page.map(({ account, joinTime }) => {
      const profile = world.accounts.get(account);
      return {
        Member_Account: account,
        JoinTime: joinTime,
        NickName: profile?.nick ?? "",
        Avatar: profile?.faceUrl ?? "",
      };
    }),
    NextTimestamp: page.length < rest.length ? page.at(-1)!.seq : 0,
  };
};

/** Who is offline is left out of the answer; when all are, the call fails. A robot's mark brings it online. */
const markMembers: Handler<"group_open_avchatroom_http_svc/modify_user_info"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const group = groupWith(world, body.GroupId, "onlineList");
  const time = seconds(clock);
  const set = body.CommandType === 1;
  const wanted = body.MemberList.filter(({ Member_Account, Marks }) =>
    group.online.get(Member_Account, time) ||
    (set && Marks.includes(ROBOT_MARK) && world.accounts.has(Member_Account))
  );
  if (wanted.length === 0) {
    refuse(10004, `MemberList has nobody who is online in ${quote(group.id)}`);
  }
  if (set) checkMarks(group, wanted, time);
  for (const { Member_Account, Marks } of wanted) {
    for (const mark of Marks) {
      if (mark === ROBOT_MARK) setRobot(world, group, Member_Account, set, time);
      else if (set) group.online.get(Member_Account, time)?.marks.add(mark);
      else group.online.get(Member_Account, time)?.marks.delete(mark);
    }
  }
  return { CommandType: body.CommandType, MemberList: wanted };
};

/** Refuses what would be the eleventh mark of a group, or the 1001st member of a mark. */
function checkMarks(
  group: Group,
  list: readonly { Member_Account: string; Marks: readonly number[] }[],
  time: number,
): void {
  const accounts = new Map<number, Set<string>>();
  const note = (mark: number, account: string) => {
    if (!accounts.has(mark)) accounts.set(mark, new Set());
    accounts.get(mark)!.add(account);
  };
  for (const { account, marks } of group.online.at(time)) {
    for (const mark of marks) note(mark, account);
  }
  for (const { Member_Account, Marks } of list) {
    for (const mark of Marks) note(mark, Member_Account);
  }
  accounts.delete(ROBOT_MARK);
  accounts.delete(HIDDEN_MARK);
  if (accounts.size > MOST_MARKS) {
    refuse(10004, `Marks would be ${accounts.size} different ones, limit is ${MOST_MARKS} a group`);
  }
  for (const [mark, { size }] of accounts) {
    if (size > MOST_MARKED) {
      refuse(10004, `Mark ${mark} would be on ${size} members, limit is ${MOST_MARKED}`);
    }
  }
}

const checkOnline: Handler<"group_open_avchatroom_http_svc/check_members"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const { online } = groupWith(world, body.GroupId, "onlineList");
  const time = seconds(clock);
  return { Member_Account: body.Member_Account.filter((account) => online.get(account, time)) };
};

/** Administrators need not be online. */
const changeAdmins: Handler<"group_open_avchatroom_http_svc/modify_admin"> = (world, body) => {
  const { admins } = groupWith(world, body.GroupId, "onlineList").online;
  body.Admin_Account.forEach((account, at) =>
    checkImported(world, `Admin_Account[${at}]`, account)
  );
  if (body.CommandType === 2) {
    for (const account of body.Admin_Account) admins.delete(account);
    return;
  }
  const { size } = new Set([...admins, ...body.Admin_Account]);
  if (size > MOST_ADMINS) {
    refuse(10004, `Admin_Account would make ${size} administrators, limit is ${MOST_ADMINS}`);
  }
  for (const account of body.Admin_Account) admins.add(account);
};

const listAdmins: Handler<"group_open_avchatroom_http_svc/get_admin_list"> = (
  world,
  { GroupId },
) => ({
  Admin_List: [...groupWith(world, GroupId, "onlineList").online.admins].map((account) => ({
    Admin_Account: account,
    Avatar: world.accounts.get(account)?.faceUrl ?? "",
    NickName: world.accounts.get(account)?.nick ?? "",
  })),
});

const addRobots: Handler<"group_open_avchatroom_http_svc/add_robots"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const group = groupWith(world, body.GroupId, "onlineList");
  body.Member_Account.forEach((account, at) =>
    checkImported(world, `Member_Account[${at}]`, account)
  );
  for (const account of body.Member_Account) setRobot(world, group, account, true, seconds(clock));
};

const removeRobots: Handler<"group_open_avchatroom_http_svc/del_robots"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const group = groupWith(world, body.GroupId, "onlineList");
  for (const account of body.Member_Account) setRobot(world, group, account, false, seconds(clock));
};

const countOnline: Handler<"group_open_http_svc/get_online_member_num"> = (
  world,
  { GroupId },
  _caller,
  clock,
) => ({
  OnlineMemberNum: groupWith(world, GroupId, "onlineList").online.sizeAt(seconds(clock)),
});

/** `group_open_avchatroom_http_svc`: live groups. */
export const liveGroupService: Service = service("group_open_avchatroom_http_svc", GROUP_CODES, {
  get_members: listOnline,
  modify_user_info: markMembers,
  check_members: checkOnline,
  modify_admin: changeAdmins,
  get_admin_list: listAdmins,
  add_robots: addRobots,
  del_robots: removeRobots,
});

/** Online members are counted under the servicename of groups. */
export const onlineCount: Service = service("group_open_http_svc", GROUP_CODES, {
  get_online_member_num: countOnline,
});

/** A robot is online as long as it has its mark. */
function setRobot(world: World, group: Group, account: string, set: boolean, time: number): void {
  if (set) world.groups.enterRobot(group, account, time);
  else world.groups.exit(group, account);
}

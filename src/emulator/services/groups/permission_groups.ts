/**
 * Permission groups of communities. Source: "Permission Group" of the Chat documentation.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import { type Group, randomLetters } from "../../store/groups.ts";
import type { PermissionGroup } from "../../store/topics.ts";
import type { World } from "../../store/world.ts";
import { pageOf, placeText, readPlace } from "../page_of.ts";
import { type Handler, seconds, type Service, service } from "../service.ts";
import { checkImported, GROUP_CODES } from "./common.ts";
import { communityWithTopics, noTopic } from "./find_topic.ts";
import { memberView } from "./view.ts";

const GROUPS_PER_PAGE = 20;
const MEMBERS_PER_PAGE = 50;

const create: Handler<"group_open_http_svc/create_permission_group"> = (world, body) => {
  const { permissionGroups } = withPermissions(world, body.GroupId);
  const own = body.PermissionGroupId;
  if (own && !/^@PMG#_(?!@PMG#).+$/.test(own)) {
    refuse(10004, `PermissionGroupId is ${quote(own)}, wanted @PMG#_ and an own part`);
  }
  if (own && permissionGroups.has(own)) {
    refuse(10004, `PermissionGroupId is ${quote(own)}, which is in use`);
  }
  const id = own || `@PMG#_@PMG#${randomLetters(world.random)}`;
  permissionGroups.set(id, {
    id,
    name: body.PermissionGroupName,
    permission: body.Permission,
    customString: body.CustomString ?? "",
    topics: new Map(),
    members: new Set(),
  });
  return { PermissionGroupId: id };
};

/** Ids that are not there count as deleted. */
const destroy: Handler<"group_open_http_svc/destroy_permission_group"> = (world, body) => {
  const { permissionGroups } = withPermissions(world, body.GroupId);
  for (const id of body.PermissionGroupIdList) permissionGroups.delete(id);
};

const modify: Handler<"group_open_http_svc/modify_permission_group"> = (world, body) => {
  const found = find(withPermissions(world, body.GroupId), body.PermissionGroupId);
  found.name = body.PermissionGroupName ?? found.name;
  found.permission = body.Permission ?? found.permission;
  found.customString = body.CustomString ?? found.customString;
};

/** Ids that are not there are left out. */
const read: Handler<"group_open_http_svc/get_permission_group"> = (world, body) => {
  const { permissionGroups } = withPermissions(world, body.GroupId);
  const { PermissionGroupIdList: ids = [], Limit, Next = "" } = body;
  const wanted = ids.length === 0
    ? permissionGroups.values()
    : ids.map((id) => permissionGroups.get(id)).filter((found) => found !== undefined);
  const { items, next } = pageOf(wanted, readPlace(Next, "Next", 10004), Limit || GROUPS_PER_PAGE);
  return {
    PermissionGroupInfoList: items.map((found) => ({
      PermissionGroupId: found.id,
      PermissionGroupName: found.name,
      Permission: found.permission,
      CustomString: found.customString,
    })),
    Next: placeText(next),
  };
};

const addTopics: Handler<"group_open_http_svc/add_topic_permission_group"> = (world, body) => {
  const group = withPermissions(world, body.GroupId);
  return setTopics(group, body.PermissionGroupId, body.TopicPermissionList);
};

const changeTopics: Handler<"group_open_http_svc/set_topic_permission_group"> = (world, body) => {
  const group = withPermissions(world, body.GroupId);
  return setTopics(group, body.PermissionGroupId, body.TopicPermissionList);
};

const deleteTopics: Handler<"group_open_http_svc/delete_topic_permission_group"> = (
  world,
  body,
) => {
  const group = withPermissions(world, body.GroupId);
  const { topics } = find(group, body.PermissionGroupId);
  return {
    TopicPermissionResultList: body.TopicIdList.map((TopicId) =>
      result(group, TopicId, () => topics.delete(TopicId))
    ),
  };
};

/** No page shows the answer; its list is called as in the command that adds. */
const readTopics: Handler<"group_open_http_svc/get_topic_permission_group"> = (world, body) => {
  const { topics } = find(withPermissions(world, body.GroupId), body.PermissionGroupId);
  const ids = body.TopicIdList ?? [...topics.keys()];
  return {
    TopicPermissionList: ids.filter((id) => topics.has(id))
      .map((TopicId) => ({ TopicId, Permission: topics.get(TopicId)! })),
  };
};

/** Result is 1 for an account that was added, 2 for one that was there, 0 for one that is no member. */
const addMembers: Handler<"group_open_http_svc/add_permission_group_member"> = (world, body) => {
  const group = withPermissions(world, body.GroupId);
  const { members } = find(group, body.PermissionGroupId);
  body.MemberList.forEach(({ Member_Account }, at) =>
    checkImported(world, `MemberList[${at}].Member_Account`, Member_Account)
  );
  return {
    MemberList: body.MemberList.map(({ Member_Account }) => {
      if (!group.members.has(Member_Account)) return { Member_Account, Result: 0 };
      if (members.has(Member_Account)) return { Member_Account, Result: 2 };
      members.add(Member_Account);
      return { Member_Account, Result: 1 };
    }),
  };
};

const deleteMembers: Handler<"group_open_http_svc/delete_permission_group_member"> = (
  world,
  body,
) => {
  const { members } = find(withPermissions(world, body.GroupId), body.PermissionGroupId);
  for (const { Member_Account } of body.MemberList) members.delete(Member_Account);
};

const listMembers: Handler<"group_open_http_svc/get_permission_group_member_list"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const group = withPermissions(world, body.GroupId);
  const { members } = find(group, body.PermissionGroupId);
  const from = readPlace(body.Next ?? "", "Next", 10004);
  const { items, next } = pageOf(members, from, body.Limit || MEMBERS_PER_PAGE);
  const time = seconds(clock);
  return {
    MemberList: items.map((account) => memberView(group, group.members.get(account)!, time)),
    Next: placeText(next),
  };
};

/** Permission groups. */
export const permissionGroups: Service = service("group_open_http_svc", GROUP_CODES, {
  create_permission_group: create,
  destroy_permission_group: destroy,
  modify_permission_group: modify,
  get_permission_group: read,
  add_topic_permission_group: addTopics,
  set_topic_permission_group: changeTopics,
  delete_topic_permission_group: deleteTopics,
  get_topic_permission_group: readTopics,
  add_permission_group_member: addMembers,
  delete_permission_group_member: deleteMembers,
  get_permission_group_member_list: listMembers,
});

/** Finds a community whose permission groups are switched on, or refuses. */
function withPermissions(world: World, id: string): Group {
  const group = communityWithTopics(world, id);
  if (group.enablePermission !== 1) {
    refuse(10007, `Community ${quote(id)} has no permission groups (EnablePermission is not 1)`);
  }
  return group;
}

function find(group: Group, id: string): PermissionGroup {
  return group.permissionGroups.get(id) ??
    refuse(10004, `PermissionGroupId is ${quote(id)}, which ${quote(group.id)} does not have`);
}

interface TopicResult {
  TopicId: string;
  ErrorCode: number;
  ErrorInfo: string;
}

function setTopics(
  group: Group,
  id: string,
  list: readonly { TopicId: string; Permission: number }[],
): { TopicPermissionResultList: TopicResult[] } {
  const { topics } = find(group, id);
  return {
    TopicPermissionResultList: list.map(({ TopicId, Permission }) =>
      result(group, TopicId, () => topics.set(TopicId, Permission))
    ),
  };
}

function result(group: Group, TopicId: string, change: () => unknown): TopicResult {
  if (!group.topics.has(TopicId)) {
    return { TopicId, ErrorCode: 110003, ErrorInfo: noTopic(group, TopicId) };
  }
  change();
  return { TopicId, ErrorCode: 0, ErrorInfo: "" };
}

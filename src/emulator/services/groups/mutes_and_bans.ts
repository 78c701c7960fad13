/**
 * Members who may not speak, and accounts that may not enter.
 * Source: "Group Member Management" of the Chat documentation.
 *
 * @module
 */

import { findTopic } from "./find_topic.ts";
import { pageOf } from "../page_of.ts";
import { type Handler, seconds, type Service, service } from "../service.ts";
import type { Group } from "../../store/groups.ts";
import type { World } from "../../store/world.ts";
import { findGroup, GROUP_CODES, groupWith, running, setEnd } from "./common.ts";

const BANS_PER_PAGE = 100;

/** A mute stays when the member leaves, so accounts that are no members can be muted too. */
const mute: Handler<"group_open_http_svc/forbid_send_msg"> = (world, body, _caller, clock) => {
  const group = groupWith(world, body.GroupId, "mutes");
  const { mutes } = body.TopicId ? findTopic(group, body.TopicId) : group;
  setEnd(mutes, body.Members_Account, seconds(clock), body.MuteTime);
};

const listMuted: Handler<"group_open_http_svc/get_group_muted_account"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const group = findGroup(world, body.GroupId);
  const { mutes } = body.TopicId ? findTopic(group, body.TopicId) : group;
  return {
    GroupId: group.id,
    MutedAccountList: [...running(mutes, seconds(clock))]
      .map(([Member_Account, MutedUntil]) => ({ Member_Account, MutedUntil })),
  };
};

/** The older form of get_group_muted_account. */
const listShutted: Handler<"group_open_http_svc/get_group_shutted_uin"> = (
  world,
  { GroupId },
  _caller,
  clock,
) => ({
  GroupId,
  ShuttedUinList: [...running(findGroup(world, GroupId).mutes, seconds(clock))]
    .map(([Member_Account, ShuttedUntil]) => ({ Member_Account, ShuttedUntil })),
});

/** Whoever is banned is taken out too. */
const ban: Handler<"group_open_http_svc/ban_group_member"> = (world, body, _caller, clock) => {
  const group = findGroup(world, body.GroupId);
  setEnd(group.bans, body.Members_Account, seconds(clock), body.Duration);
  if (body.Duration > 0) body.Members_Account.forEach((account) => takeOut(world, group, account));
};

const unban: Handler<"group_open_http_svc/unban_group_member"> = (world, body) => {
  const { bans } = findGroup(world, body.GroupId);
  for (const account of body.Members_Account) bans.delete(account);
};

const listBanned: Handler<"group_open_http_svc/get_group_ban_member"> = (
  world,
  { GroupId, Offset, Limit },
  _caller,
  clock,
) => {
  const banned = running(findGroup(world, GroupId).bans, seconds(clock));
  const { items, next } = pageOf(banned, Offset, Limit || BANS_PER_PAGE);
  return {
    BannedAccountList: items
      .map(([Member_Account, BannedUntil]) => ({ Member_Account, BannedUntil })),
    NextOffset: next,
  };
};

/** Mutes and bans. */
export const groupMutes: Service = service("group_open_http_svc", GROUP_CODES, {
  forbid_send_msg: mute,
  get_group_muted_account: listMuted,
  get_group_shutted_uin: listShutted,
  ban_group_member: ban,
  unban_group_member: unban,
  get_group_ban_member: listBanned,
});

function takeOut(world: World, group: Group, account: string): void {
  world.groups.exit(group, account);
  const member = group.members.get(account);
  if (!member) return;
  world.leave(group, member);
  if (group.owner === account) group.owner = "";
}

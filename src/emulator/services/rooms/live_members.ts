/**
 * Who is in a live room, who leads it, and who may not speak or enter.
 * Source: "Member Management" of the Live documentation.
 *
 * @module
 */

import type { Webhooks } from "../../../api/generated/webhooks.ts";
import { refuse } from "../../refusal.ts";
import type { Room } from "../../store/rooms.ts";
import type { World } from "../../store/world.ts";
import { pageOf, placeText, readPlace } from "../page_of.ts";
import { type Handler, seconds, type Service, service } from "../service.ts";
import {
  BAD_PARAMETER,
  banAll,
  checkImported,
  checkMayEnter,
  findLiveRoom,
  findRoom,
  listBans,
  ROOM_CODES,
} from "./common.ts";

const NEWEST = 1000;
const MEMBERS_PER_PAGE = 100;
const MOST_ADMINS = 5;
const MOST_ROBOTS = 3;

/** The newest members at most, in pages; Next is the place of the next one. */
const listMembers: Handler<"live_engine_http_srv/get_member_list"> = (world, body) => {
  const room = findLiveRoom(world, body.RoomId);
  const from = readPlace(body.Next, "Next", BAD_PARAMETER);
  const members = [...room.members.keys()].slice(-NEWEST);
  const { items, next } = pageOf(members, from, MEMBERS_PER_PAGE);
  return {
    Response: {
      Next: placeText(next),
      MemberCount: room.members.size,
      MemberList: items.map((Member_Account) => ({ Member_Account })),
    },
  };
};

const mute: Handler<"live_engine_http_srv/mute_member"> = (world, body, _caller, clock) => {
  const { mutes } = findRoom(world, body.RoomId, "Live");
  for (const account of body.MemberList_Account) {
    mutes.delete(account);
    if (body.MuteTime > 0) mutes.set(account, seconds(clock) + body.MuteTime);
  }
};

const listMuted: Handler<"live_engine_http_srv/get_muted_member_list"> = (
  world,
  { RoomId },
  _caller,
  clock,
) => {
  const time = seconds(clock);
  return {
    Response: {
      MutedAccountList: [...findRoom(world, RoomId, "Live").mutes]
        .filter(([, until]) => until > time)
        .map(([Member_Account, MutedUntil]) => ({ Member_Account, MutedUntil })),
    },
  };
};

/** Accounts need not be in the room; those that are leave it. */
const ban: Handler<"live_engine_http_srv/ban_member"> = (world, body, _caller, clock) => {
  const room = findRoom(world, body.RoomId, "Live");
  const before = [...room.members.keys()];
  banAll(world, room, body.MemberList_Account, seconds(clock), body);
  tellOfMembers(world, room, "Kicked", before.filter((account) => !room.members.has(account)));
};

const unban: Handler<"live_engine_http_srv/unban_member"> = (world, body) => {
  const { bans } = findRoom(world, body.RoomId, "Live");
  for (const account of body.MemberList_Account) bans.delete(account);
};

const listBanned: Handler<"live_engine_http_srv/get_banned_member_list"> = (
  world,
  { RoomId, Offset, Limit },
  _caller,
  clock,
) => {
  const { bans, next } = listBans(findRoom(world, RoomId, "Live"), seconds(clock), Offset, Limit);
  return {
    Response: {
      BannedAccountList: bans.map(({ account, until, reason }) => ({
        Member_Account: account,
        BannedUntil: until,
        Reason: reason,
      })),
      NextOffset: next,
    },
  };
};

const listAdmins: Handler<"live_engine_http_srv/get_admin_list"> = (world, { RoomId }) => ({
  Response: { Admin_Account: [...findRoom(world, RoomId, "Live").admins] },
});

const changeAdmins: Handler<"live_engine_http_srv/modify_admin"> = (world, body, caller) => {
  const { admins } = findRoom(world, body.RoomId, "Live");
  const tell = (opType: "add" | "delete") =>
    world.emit("Live.CallbackAfterModifyAdmin", {
      RoomId: body.RoomId,
      Operator_Account: caller,
      Admin_Account: [...body.Admin_Account],
      opType,
    });
  if (body.OpType === "delete") {
    for (const account of body.Admin_Account) admins.delete(account);
    return tell("delete");
  }
  body.Admin_Account.forEach((account, at) =>
    checkImported(world, `Admin_Account[${at}]`, account)
  );
  const { size } = new Set([...admins, ...body.Admin_Account]);
  if (size > MOST_ADMINS) {
    refuse(100020, `Admin_Account would make ${size} administrators, limit is ${MOST_ADMINS}`);
  }
  for (const account of body.Admin_Account) admins.add(account);
  tell("add");
};

/** Adding a robot that is there changes nothing. */
const addRobots: Handler<"live_engine_http_srv/add_robot"> = (world, body, _caller, clock) => {
  const room = findLiveRoom(world, body.RoomId);
  const { size } = new Set([...room.members.keys(), ...body.RobotList_Account]);
  if (size > MOST_ROBOTS) {
    refuse(100013, `RobotList_Account would make ${size} robots, limit is ${MOST_ROBOTS} a room`);
  }
  const path = (at: number) => `RobotList_Account[${at}]`;
  checkMayEnter(world, room, body.RobotList_Account, path, seconds(clock));
  const robots = new Set(body.RobotList_Account);
  const entered = [...robots].filter((account) => !room.members.has(account));
  for (const account of entered) world.rooms.enter(room, account);
  tellOfMembers(world, room, "Enter", entered);
};

const listRobots: Handler<"live_engine_http_srv/get_robot"> = (world, { RoomId }) => ({
  Response: { RobotList_Account: [...findLiveRoom(world, RoomId).members.keys()] },
});

/** Robots that are not there count as removed. */
const removeRobots: Handler<"live_engine_http_srv/del_robot"> = (world, body) => {
  const room = findLiveRoom(world, body.RoomId);
  const left = body.RobotList_Account.filter((account) => world.rooms.leave(room, account));
  tellOfMembers(world, room, "Leave", left);
};

/** Members of live rooms. */
export const liveMembers: Service = service("live_engine_http_srv", ROOM_CODES, {
  get_member_list: listMembers,
  mute_member: mute,
  get_muted_member_list: listMuted,
  ban_member: ban,
  unban_member: unban,
  get_banned_member_list: listBanned,
  get_admin_list: listAdmins,
  modify_admin: changeAdmins,
  add_robot: addRobots,
  get_robot: listRobots,
  del_robot: removeRobots,
});

function tellOfMembers(
  world: World,
  room: Room,
  EventCause: Webhooks["Live.CallbackAfterMemberStateChanged"]["event"]["EventCause"],
  accounts: readonly string[],
): void {
  if (accounts.length === 0) return;
  world.emit("Live.CallbackAfterMemberStateChanged", {
    RoomId: room.id,
    EventType: EventCause === "Enter" ? "Online" : "Offline",
    EventCause,
    MemberList: accounts.map((Member_Account) => ({ Member_Account })),
  });
}

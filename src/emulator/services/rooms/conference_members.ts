/**
 * Who is in a conference. Source: "Member Management" of the Room (Conference) documentation.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import type { Room } from "../../store/rooms.ts";
import type { World } from "../../store/world.ts";
import { pageOf, placeText, readPlace } from "../page_of.ts";
import { type Handler, seconds, type Service, service } from "../service.ts";
import {
  BAD_PARAMETER,
  banAll,
  checkMayEnter,
  findRoom,
  isBanned,
  listBans,
  memberOf,
  ROOM_CODES,
} from "./common.ts";

const MEMBERS_PER_PAGE = 50;
const MOST_MARKS = 10;

/** The new owner must be in the room. */
const changeOwner: Handler<"room_engine_http_srv/change_room_owner"> = (world, body) => {
  const room = findRoom(world, body.RoomId, "Conference");
  if (body.From_Account !== room.owner) {
    refuse(100006, `From_Account is ${quote(body.From_Account)}, who does not own the room`);
  }
  memberOf(room, "NewOwner_Account", body.NewOwner_Account).role = "Member";
  room.owner = body.NewOwner_Account;
};

/** Next is the place of the first member of the next page. */
const listMembers: Handler<"room_engine_http_srv/get_room_member_list"> = (world, body) => {
  const room = findRoom(world, body.RoomId, "Conference");
  const from = readPlace(body.Next ?? "", "Next", BAD_PARAMETER);
  const { items, next } = pageOf(room.members.values(), from, body.Count || MEMBERS_PER_PAGE);
  return {
    Response: {
      Next: placeText(next),
      MemberList: items.map((member) => ({
        Member_Account: member.account,
        NameCard: member.nameCard,
        Role: member.account === room.owner ? "Owner" : member.role,
        Marks: [...member.marks],
        CustomInfo: member.customInfo,
      })),
    },
  };
};

/** Ownership is not changed here. */
const updateMember: Handler<"room_engine_http_srv/update_room_member_info"> = (world, body) => {
  const room = findRoom(world, body.RoomId, "Conference");
  const { Member_Account, NameCard, Role, CustomInfo } = body.MemberInfo;
  const member = memberOf(room, "MemberInfo.Member_Account", Member_Account);
  if (Role !== undefined && Member_Account === room.owner) {
    refuse(100006, `MemberInfo.Role is for others than the owner; use change_room_owner`);
  }
  member.nameCard = NameCard ?? member.nameCard;
  member.role = Role ?? member.role;
  member.customInfo = CustomInfo ?? member.customInfo;
};

const markMembers: Handler<"room_engine_http_srv/mark_room_member"> = (world, body) => {
  const room = findRoom(world, body.RoomId, "Conference");
  body.MemberList.forEach(({ Member_Account }, at) =>
    memberOf(room, `MemberList[${at}].Member_Account`, Member_Account)
  );
  const set = Number(body.CommandType) === 1;
  if (set) {
    const marks = new Set([...room.members.values()].flatMap(({ marks }) => [...marks]));
    for (const { Marks } of body.MemberList) Marks.forEach((mark) => marks.add(mark));
    if (marks.size > MOST_MARKS) {
      refuse(100009, `The room would have ${marks.size} different marks, limit is ${MOST_MARKS}`);
    }
  }
  for (const { Member_Account, Marks } of body.MemberList) {
    const { marks } = room.members.get(Member_Account)!;
    for (const mark of Marks) set ? marks.add(mark) : marks.delete(mark);
  }
};

const kick: Handler<"room_engine_http_srv/kick_user_out"> = (world, body, caller) => {
  const room = findRoom(world, body.RoomId, "Conference");
  body.MemberList_Account.forEach((account, at) =>
    memberOf(room, `MemberList_Account[${at}]`, account)
  );
  for (const account of body.MemberList_Account) world.rooms.leave(room, account);
  tellOfLeaving(world, room, caller, "Kicked", body.MemberList_Account, body.Reason);
};

/** A banned account answers 100016; others must be in the room, and leave it. */
const ban: Handler<"room_engine_http_srv/ban_room_member"> = (world, body, caller, clock) => {
  const room = findRoom(world, body.RoomId, "Conference");
  const time = seconds(clock);
  body.MemberList_Account.forEach((account, at) => {
    if (!isBanned(room, account, time)) memberOf(room, `MemberList_Account[${at}]`, account);
  });
  const present = body.MemberList_Account.filter((account) => room.members.has(account));
  banAll(world, room, body.MemberList_Account, time, body);
  const gone = present.filter((account) => !room.members.has(account));
  tellOfLeaving(world, room, caller, "Kicked", gone, body.Reason);
};

/** Accounts that are not banned count as let in. */
const unban: Handler<"room_engine_http_srv/unban_room_member"> = (world, body) => {
  const { bans } = findRoom(world, body.RoomId, "Conference");
  for (const account of body.MemberList_Account) bans.delete(account);
};

const listBanned: Handler<"room_engine_http_srv/get_banned_member_list"> = (
  world,
  body,
  _caller,
  clock,
) => {
  const room = findRoom(world, body.RoomId, "Conference");
  // The field table calls the place Next, the sample Offset.
  const offset = body.Offset ?? Number(body.Next ?? 0);
  const { bans, next } = listBans(room, seconds(clock), offset || 0, body.Limit);
  return {
    Response: {
      BannedAccountList: bans.map(({ account, until }) => ({
        Member_Account: account,
        BannedUntil: until,
      })),
      NextOffset: next,
    },
  };
};

const addRobot: Handler<"room_engine_http_srv/add_robot"> = (world, body, caller, clock) => {
  const room = findRoom(world, body.RoomId, "Conference");
  const { Member_Account } = body;
  checkMayEnter(world, room, [Member_Account], () => "Member_Account", seconds(clock));
  if (room.members.has(Member_Account)) return;
  world.rooms.enter(room, Member_Account);
  world.emit("Room.CallbackAfterMemberEnter", {
    Operator_Account: caller,
    RoomId: room.id,
    MemberCount: room.members.size,
    Type: "Enter",
    MemberList_Account: [Member_Account],
  });
};

const deleteRobot: Handler<"room_engine_http_srv/delete_robot"> = (world, body, caller) => {
  const room = findRoom(world, body.RoomId, "Conference");
  memberOf(room, "Member_Account", body.Member_Account);
  world.rooms.leave(room, body.Member_Account);
  tellOfLeaving(world, room, caller, "Leave", [body.Member_Account]);
};

/** Who is in a conference. */
export const conferenceMembers: Service = service("room_engine_http_srv", ROOM_CODES, {
  change_room_owner: changeOwner,
  get_room_member_list: listMembers,
  update_room_member_info: updateMember,
  mark_room_member: markMembers,
  kick_user_out: kick,
  ban_room_member: ban,
  unban_room_member: unban,
  get_banned_member_list: listBanned,
  add_robot: addRobot,
  delete_robot: deleteRobot,
});

function tellOfLeaving(
  world: World,
  room: Room,
  caller: string,
  Type: "Leave" | "Kicked",
  accounts: readonly string[],
  Reason = "",
): void {
  if (accounts.length === 0) return;
  world.emit("Room.CallbackAfterMemberLeave", {
    Operator_Account: caller,
    RoomId: room.id,
    MemberCount: room.members.size,
    Type,
    MemberList_Account: [...accounts],
    Reason,
  });
}

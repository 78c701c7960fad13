/**
 * What the services of Room and Live share.
 *
 * @module
 */

import { quote, refuse } from "../../refusal.ts";
import { MAX_SEATS } from "../../store/package_limits.ts";
import type { NewRoom, Room, RoomBan, RoomMember } from "../../store/rooms.ts";
import type { World } from "../../store/world.ts";
import { pageOf } from "../page_of.ts";
import type { ServiceCodes } from "../service.ts";

/** "A request parameter is invalid; ErrorInfo says which." */
export const BAD_PARAMETER = 100002;

/** The codes of every servicename that is about rooms. */
export const ROOM_CODES: ServiceCodes = {
  badBody: BAD_PARAMETER,
  unknownCommand: 60008,
  tooOften: 100012,
};

/** Puts a room into the world, unless its id is taken or its owner is no imported account. */
export function addRoom(world: World, facts: NewRoom): Room {
  const { id, owner, info } = facts;
  checkImported(world, "RoomInfo.Owner_Account", owner);
  const other = world.rooms.get(id);
  if (other?.owner === owner) refuse(100010, `There is a room ${quote(id)} of the same owner`);
  if (other) refuse(100003, `There is a room ${quote(id)} of another owner`);
  if (world.groups.has(id)) refuse(100011, `There is a Chat group with the id ${quote(id)}`);
  if (world.limits && world.rooms.wasJustMade(id, facts.createTime)) {
    refuse(100012, `The room ${quote(id)} was made within this second already`);
  }
  const seats = info.MaxSeatCount as number;
  if (seats < 0 || seats > MAX_SEATS) {
    refuse(100013, `RoomInfo.MaxSeatCount is ${seats}, limit is ${MAX_SEATS}`);
  }
  return world.rooms.add(facts);
}

/** Finds a room of the one product; those of the other are not there for it. */
export function findRoom(world: World, id: string, type: Room["type"]): Room {
  const room = world.rooms.get(id);
  if (room?.type === type) return room;
  return refuse(100004, `There is no ${type === "Live" ? "live room" : "conference"} ${quote(id)}`);
}

/** Finds a live room for a command that tells conferences apart from rooms that are not there. */
export function findLiveRoom(world: World, id: string): Room {
  const room = findAnyRoom(world, id);
  if (room.type === "Live") return room;
  return refuse(100006, `Room ${quote(id)} is a conference, wanted a live room`);
}

/** Finds a room of either product. */
export function findAnyRoom(world: World, id: string): Room {
  return world.rooms.get(id) ?? refuse(100004, `There is no room ${quote(id)}`);
}

/** Finds somebody in a room, or refuses with 100005. */
export function memberOf(room: Room, path: string, account: string): RoomMember {
  return room.members.get(account) ??
    refuse(100005, `${path} is ${quote(account)}, who is not in the room ${quote(room.id)}`);
}

/** Refuses an account that was never imported. */
export function checkImported(world: World, path: string, account: string): void {
  if (!world.accounts.has(account)) {
    refuse(BAD_PARAMETER, `${path} is ${quote(account)}, which is no imported account`);
  }
}

/** Whether an account is kept out of a room at a time in seconds. */
export function isBanned(room: Room, account: string, time: number): boolean {
  return (room.bans.get(account)?.until ?? 0) > time;
}

/** Keeps accounts out for a time; refuses when one is kept out already. */
export function banAll(
  world: World,
  room: Room,
  accounts: readonly string[],
  time: number,
  ban: { Duration: number; Reason?: string },
): void {
  accounts.forEach((account, at) => {
    if (isBanned(room, account, time)) {
      refuse(100016, `MemberList_Account[${at}] is ${quote(account)}, who is banned already`);
    }
  });
  for (const account of accounts) {
    room.bans.delete(account);
    if (ban.Duration <= 0) continue;
    room.bans.set(account, { until: time + ban.Duration, reason: ban.Reason ?? "" });
    world.rooms.leave(room, account);
  }
}

const BANS_PER_PAGE = 100;

/** A page of those who are kept out; `next` is 0 at the end. */
export function listBans(
  room: Room,
  time: number,
  offset: number = 0,
  limit: number = BANS_PER_PAGE,
): { bans: { account: string; until: number; reason: string }[]; next: number } {
  const { items, next } = pageOf(running(room.bans, time), offset, limit || BANS_PER_PAGE);
  return { bans: items.map(([account, ban]) => ({ account, ...ban })), next };
}

function* running(bans: Room["bans"], time: number): Generator<[account: string, ban: RoomBan]> {
  for (const entry of bans) if (entry[1].until > time) yield entry;
}

/** Refuses accounts that cannot enter a room: not imported, banned, or more than it holds. */
export function checkMayEnter(
  world: World,
  room: Room,
  accounts: readonly string[],
  path: (at: number) => string,
  time: number,
): void {
  accounts.forEach((account, at) => {
    checkImported(world, path(at), account);
    if (isBanned(room, account, time)) {
      refuse(100016, `${path(at)} is ${quote(account)}, who is banned from ${quote(room.id)}`);
    }
  });
  const most = room.info.MaxMemberCount as number;
  const size = room.members.size +
    new Set(accounts.filter((account) => !room.members.has(account))).size;
  if (size > most && size > room.members.size) {
    refuse(100008, `Room ${quote(room.id)} has ${room.members.size} members, limit is ${most}`);
  }
}

/** Changes the named fields that are there; a MaxMemberCount of 0 is none, as when a room is made. */
export function change(info: Room["info"], changes: object, names: readonly string[]): void {
  const { MaxMemberCount } = info;
  Object.assign(info, pick(changes, names));
  info.MaxMemberCount ||= MaxMemberCount;
}

/** Copies the named fields that are there. */
export function pick(source: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(source).filter(([name]) => names.includes(name)));
}

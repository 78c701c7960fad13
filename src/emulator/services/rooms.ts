/**
 * What the services of Room and Live share.
 *
 * @module
 */

import { quote, refuse } from "../refusal.ts";
import type { Room } from "../store/rooms.ts";
import type { World } from "../store/world.ts";

/** "A request parameter is invalid; ErrorInfo says which." */
export const BAD_PARAMETER = 100002;

/** Puts a room into the world, unless its id is taken or its owner is no imported account. */
export function addRoom(world: World, room: Room): void {
  const { id, owner } = room;
  if (!world.accounts.has(owner)) {
    refuse(
      BAD_PARAMETER,
      `RoomInfo.Owner_Account is ${quote(owner)}, which is no imported account`,
    );
  }
  const other = world.rooms.get(id);
  if (other?.owner === owner) refuse(100010, `There is a room ${quote(id)} of the same owner`);
  if (other) refuse(100003, `There is a room ${quote(id)} of another owner`);
  if (world.groups.has(id)) refuse(100011, `There is a Chat group with the id ${quote(id)}`);
  world.rooms.set(id, room);
}

/** Finds a room of the one product; those of the other are not there for it. */
export function findRoom(world: World, id: string, type: Room["type"]): Room {
  const room = world.rooms.get(id);
  if (room?.type === type) return room;
  return refuse(100004, `There is no ${type === "Live" ? "live room" : "conference"} ${quote(id)}`);
}

/** Copies the named fields that are there. */
export function pick(source: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(source).filter(([name]) => names.includes(name)));
}

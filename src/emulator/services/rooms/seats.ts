/**
 * `room_engine_http_mic`: the seats of rooms of both products.
 * Source: "Seat Management" of the Room (Conference) and Live documentation.
 *
 * @module
 */

import type { Seat } from "../../../api/generated/types/common.ts";
import { quote, refuse } from "../../refusal.ts";
import type { Room } from "../../store/rooms.ts";
import type { World } from "../../store/world.ts";
import { differing, type Handler, type Service, service } from "../service.ts";
import { BAD_PARAMETER, findAnyRoom, memberOf, ROOM_CODES } from "./common.ts";

const listSeats: Handler<"room_engine_http_mic/get_seat_list"> = (world, { RoomId }) => ({
  Response: { SeatList: findAnyRoom(world, RoomId).seats.map((seat) => ({ ...seat })) },
});

const pickUser: Handler<"room_engine_http_mic/pick_user_on_seat"> = (world, body, caller) => {
  const room = findAnyRoom(world, body.RoomId);
  memberOf(room, "Member_Account", body.Member_Account);
  checkSeats(room);
  if (seatWith(room, body.Member_Account)) {
    refuse(100203, `Member_Account ${quote(body.Member_Account)} has a seat already`);
  }
  if (room.seats.every(({ Member_Account }) => Member_Account)) {
    refuse(100205, `All ${room.seats.length} seats of ${quote(room.id)} are taken`);
  }
  sitDown(seatAt(room, "Index", body.Index), body.Member_Account);
  tellOfSeats(world, room, caller);
};

const kickUser: Handler<"room_engine_http_mic/kick_user_off_seat"> = (world, body, caller) => {
  const room = findAnyRoom(world, body.RoomId);
  delete seatOf(room, body.Member_Account).Member_Account;
  tellOfSeats(world, room, caller);
};

/** Who sits on a seat that is locked loses it. */
const lockSeat: Handler<"room_engine_http_mic/lock_seat"> = (world, body, caller) => {
  const room = findAnyRoom(world, body.RoomId);
  checkSeats(room);
  const seat = seatAt(room, "Index", body.Index);
  if (body.ForbidTaken) delete seat.Member_Account;
  seat.IsTakenDisabled = body.ForbidTaken ?? seat.IsTakenDisabled;
  seat.IsVideoDisabled = body.ForbidVideo ?? seat.IsVideoDisabled;
  seat.IsAudioDisabled = body.ForbidAudio ?? seat.IsAudioDisabled;
  tellOfSeats(world, room, caller);
};

/** The old form: only an empty seat will do. */
const switchSeat: Handler<"room_engine_http_mic/switch_seat"> = (world, body, caller) => {
  const room = findAnyRoom(world, body.RoomId);
  const from = seatOf(room, body.Member_Account);
  const to = seatAt(room, "ToIndex", body.ToIndex);
  if (to === from) return;
  sitDown(to, body.Member_Account);
  delete from.Member_Account;
  tellOfSeats(world, room, caller);
};

/** The new form: Policy 0 gives up when somebody sits there, 1 takes him off, 2 swaps; a lock is opened. */
const moveUser: Handler<"room_engine_http_mic/move_user_to_seat"> = (world, body, caller) => {
  const room = findAnyRoom(world, body.RoomId);
  memberOf(room, "Member_Account", body.Member_Account);
  const from = seatOf(room, body.Member_Account);
  const to = seatAt(room, "SeatIndex", body.SeatIndex);
  if (to === from) return;
  const other = to.Member_Account;
  if (other && body.Policy === 0) {
    refuse(100210, `${quote(other)} sits on seat ${to.Index}, and Policy is 0`);
  }
  to.IsTakenDisabled = false;
  to.Member_Account = body.Member_Account;
  delete from.Member_Account;
  if (other && body.Policy === 2) from.Member_Account = other;
  tellOfSeats(world, room, caller);
};

/** Seats. */
export const seatService: Service = service("room_engine_http_mic", ROOM_CODES, {
  get_seat_list: listSeats,
  pick_user_on_seat: differing(
    pickUser,
    "Nobody waits for a seat (100202), since only clients apply for one",
  ),
  kick_user_off_seat: kickUser,
  lock_seat: lockSeat,
  switch_seat: switchSeat,
  move_user_to_seat: moveUser,
});

function tellOfSeats(world: World, room: Room, caller: string): void {
  world.emit("Mic.CallbackAfterSeatInfoChanged", {
    Operator_Account: caller,
    RoomId: room.id,
    SeatList: room.seats.map((seat) => ({ ...seat })),
  });
}

function checkSeats(room: Room): void {
  if (room.seats.length === 0) refuse(100211, `Room ${quote(room.id)} has no seats`);
}

function seatAt(room: Room, field: string, index: number): Seat {
  return room.seats[index] ?? refuse(
    BAD_PARAMETER,
    `${field} is ${index}, wanted a seat of ${quote(room.id)}: 0 to ${room.seats.length - 1}`,
  );
}

function seatWith(room: Room, account: string): Seat | undefined {
  return room.seats.find(({ Member_Account }) => Member_Account === account);
}

function seatOf(room: Room, account: string): Seat {
  return seatWith(room, account) ??
    refuse(100206, `Member_Account ${quote(account)} has no seat in ${quote(room.id)}`);
}

function sitDown(seat: Seat, account: string): void {
  if (seat.IsTakenDisabled) refuse(100200, `Seat ${seat.Index} is locked`);
  if (seat.Member_Account) {
    refuse(100210, `${quote(seat.Member_Account)} sits on seat ${seat.Index}`);
  }
  seat.Member_Account = account;
}

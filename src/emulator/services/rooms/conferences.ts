/**
 * Conferences themselves: made, read, changed, dissolved. Source: "Room Management" of the Room (Conference) documentation.
 *
 * @module
 */

import type { RoomInfo } from "../../../api/generated/types/room.ts";
import { refuse } from "../../refusal.ts";
import { maxConferenceMembers } from "../../store/package_limits.ts";
import type { Room } from "../../store/rooms.ts";
import { addRoom, BAD_PARAMETER, change, findRoom, pick, ROOM_CODES } from "./common.ts";
import { type Handler, seconds, type Service, service } from "../service.ts";

/** A conference lasts an hour when no end is given, and never less than five minutes. In seconds. */
const DEFAULT_LENGTH = 3600;
const SHORTEST_LENGTH = 300;
const DEFAULT_SEATS = 8;

/** Fields that create_room and update_room_info share. */
const SETTINGS = [
  "RoomName",
  "MaxMemberCount",
  "IsVideoDisabled",
  "IsAudioDisabled",
  "IsMessageDisabled",
  "IsScreenSharingDisabled",
  "IsCloudRecordingDisabled",
  "CustomInfo",
  "TakeSeatMode",
  "IsPasswordEnabled",
  "Password",
];

/** Changes that the app's own server is told of. */
const TOLD_CHANGES = ["RoomId", ...SETTINGS.filter((name) => !name.includes("Password"))];

/** The owner must be imported; it is the caller when none is named. */
const createRoom: Handler<"room_engine_http_srv/create_room"> = (
  world,
  { RoomInfo, ScheduleInviteeList_Account = [] },
  caller,
  clock,
) => {
  const { RoomId, Owner_Account, IsSeatEnabled = false } = RoomInfo;
  const time = seconds(clock);
  const start = RoomInfo.ScheduleStartTime || time;
  const end = RoomInfo.ScheduleEndTime || start + DEFAULT_LENGTH;
  if (end - start < SHORTEST_LENGTH) {
    refuse(
      BAD_PARAMETER,
      `RoomInfo.ScheduleEndTime is ${end - start} s after the start, wanted 300 s or more`,
    );
  }
  const room = addRoom(world, {
    id: RoomId,
    type: "Conference",
    owner: Owner_Account || caller,
    createTime: time,
    info: {
      RoomName: RoomId,
      IsVideoDisabled: false,
      IsAudioDisabled: false,
      IsMessageDisabled: false,
      IsScreenSharingDisabled: false,
      IsCloudRecordingDisabled: false,
      CustomInfo: "",
      IsPasswordEnabled: false,
      Password: "",
      ...pick(RoomInfo, SETTINGS),
      MaxMemberCount: RoomInfo.MaxMemberCount || maxConferenceMembers(world.trial),
      ScheduleStartTime: start,
      ScheduleEndTime: end,
      IsSeatEnabled,
      MaxSeatCount: IsSeatEnabled ? RoomInfo.MaxSeatCount || DEFAULT_SEATS : 0,
      TakeSeatMode: seatMode(IsSeatEnabled, RoomInfo.TakeSeatMode),
    },
  });
  // Neither the password nor the number of members is told.
  const { IsPasswordEnabled: _, Password: __, MemberCount: ___, ...told } = view(room, time);
  world.emit("Room.CallbackAfterCreateRoom", {
    Operator_Account: caller,
    RoomInfo: told,
    ScheduleInviteeList_Account: [...ScheduleInviteeList_Account],
  });
};

const getRoomInfo: Handler<"room_engine_http_srv/get_room_info"> = (
  world,
  { RoomId },
  _caller,
  clock,
) => {
  const room = findRoom(world, RoomId, "Conference");
  return { Response: { RoomInfo: view(room, seconds(clock)) } };
};

/** Seats, schedule and owner stay as they are: those fields are not among the changeable ones. */
const updateRoomInfo: Handler<"room_engine_http_srv/update_room_info"> = (
  world,
  { RoomInfo },
  caller,
) => {
  const { info } = findRoom(world, RoomInfo.RoomId, "Conference");
  change(info, RoomInfo, SETTINGS);
  if (info.IsSeatEnabled === false) info.TakeSeatMode = "None";
  world.emit("Room.CallbackAfterUpdateRoomInfo", {
    Operator_Account: caller,
    RoomInfo: pick(RoomInfo, TOLD_CHANGES),
  });
};

const destroyRoom: Handler<"room_engine_http_srv/destroy_room"> = (world, { RoomId }, caller) => {
  world.rooms.remove(findRoom(world, RoomId, "Conference"));
  world.emit("Room.CallbackAfterDestroyRoom", { Operator_Account: caller, RoomId });
};

/** Conferences themselves. */
export const conferences: Service = service("room_engine_http_srv", ROOM_CODES, {
  create_room: createRoom,
  get_room_info: getRoomInfo,
  update_room_info: updateRoomInfo,
  destroy_room: destroyRoom,
});

function seatMode(isSeatEnabled: boolean, wanted: string | undefined): string {
  if (!isSeatEnabled) return "None";
  return wanted === undefined || wanted === "None" ? "FreeToTake" : wanted;
}

function view(room: Room, time: number): RoomInfo {
  return {
    RoomId: room.id,
    RoomType: room.type,
    Owner_Account: room.owner,
    ...room.info,
    RoomStatus: time < (room.info.ScheduleStartTime as number) ? "NotStarted" : "Running",
    CreateTime: room.createTime,
    MemberCount: room.members.size,
  };
}
